"""Sentences find the skills they name, also among other words."""

from __future__ import annotations

import pytest

from matching.texts.coding import Kind, Label
from matching.texts.sentences import SentenceIndex
from matching.texts.titles import normalise_title

LABELS = [
    Label("weld", "en", "operate welding equipment", Kind.PREFERRED),
    Label("weld", "en", "use welding equipment"),
    Label("team", "en", "work in teams", Kind.PREFERRED),
    Label("team", "en", "teamwork"),
    Label("java", "en", "Java (computer programming)", Kind.PREFERRED),
    Label("java", "en", "Java"),
    Label("clean", "en", "clean rooms", Kind.PREFERRED),
]
INDEX = SentenceIndex("en", LABELS)


@pytest.mark.parametrize(
    ("sentence", "skill"),
    [
        ("You will use the welding equipment of our new workshop.", "weld"),
        ("Good knowledge of Java and databases is an advantage.", "java"),
        ("Ability to work in large international teams", "team"),
        ("cleaning the rooms of our guests", "clean"),
    ],
)
def test_sentence_finds_the_skill_among_other_words(sentence: str, skill: str) -> None:
    best = max(INDEX.matches(normalise_title(sentence), 3), key=lambda match: match.score)
    assert best.concept == skill
    assert 0 < best.score <= 1 and 0 < best.likeness <= 1


def test_match_names_the_label_that_stands_in_the_sentence() -> None:
    best = max(INDEX.matches("we use welding equipment", 1), key=lambda match: match.score)
    assert (best.label, best.language) == ("use welding equipment", "en")


def test_sentence_without_a_known_word_finds_nothing() -> None:
    assert INDEX.matches("xqzzjw", 5) == []
