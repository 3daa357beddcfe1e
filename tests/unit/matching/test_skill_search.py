"""Somebody types a part of a name, and the skill that is meant is among the first."""

import pytest

from matching.texts.skill_search import SkillName, SkillSearch

SEARCH = SkillSearch(
    [
        SkillName("S1", "prune fruit trees", 0, True),
        SkillName("S2", "drive a tractor", 0, True),
        SkillName("S2", "ტრაქტორის მართვა", 0, True),
        SkillName("http://e/1", "prune", 1, False),
        SkillName("http://e/1", "cut back shoots", 1, True),
        SkillName("http://e/2", "prune hedges", 1, True),
        SkillName("http://e/3", "fruit growing", 1, True),
    ]
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("prune", ["http://e/1", "S1", "http://e/2"]),  # exactly so; then our own
        ("pru", ["S1", "http://e/2", "http://e/1"]),
        ("trees fr", ["S1"]),  # beginnings of words, in any order
        ("FRUIT", ["S1", "http://e/3"]),
        ("trakto", []),
        ("tractr", ["S2"]),  # a letter is missing
        ("ტრაქ", ["S2"]),
        ("p", []),
        ("", []),
        (" ,.", []),
    ],
)
def test_typed_words_find_skills_in_order(typed: str, found: list[str]) -> None:
    assert SEARCH.find(typed) == found


def test_what_is_chosen_already_is_not_offered_again() -> None:
    assert SEARCH.find("prune", without=["S1"]) == ["http://e/1", "http://e/2"]
    assert SEARCH.find("prune", limit=1) == ["http://e/1"]
