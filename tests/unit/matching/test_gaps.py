"""What the gap board says is what really happens when a person is trained and ranked again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.enums import Evidence, GapKind
from matching.gaps.board import Gaps, find_gaps
from matching.gaps.changes import Change, Nearness, Opening, asked_changes, is_asked, trained
from matching.outside import outside_of
from matching.pool import Pool
from matching.ranking import rank
from matching.types import LanguageAsked, Profile
from tests.unit.matching.people import (
    PARAMETERS,
    VOCABULARY,
    profile,
    requirement,
    synthetic_people,
    synthetic_vacancies,
)

NEAR = Nearness(language_levels=2)
Pairs = dict[Change, dict[tuple[int, int], bool]]


def board(people: list[Profile], openings: list[Opening], near: Nearness = NEAR) -> Gaps:
    gates = [outside_of(people)] * len(openings)
    return find_gaps(Pool(people), openings, VOCABULARY, PARAMETERS, near, gates)


def pairs(found: Gaps) -> Pairs:
    return {
        each.change: dict(
            zip(
                zip(each.vacancy.tolist(), each.person.tolist(), strict=True),
                each.excluded.tolist(),
                strict=True,
            )
        )
        for each in found.opened
    }


def really_opened(people: list[Profile], openings: list[Opening], near: Nearness) -> Pairs:
    """Everybody trained in everything, one at a time, put back into the pool and ranked again."""
    gates = outside_of(people)
    found: Pairs = {}
    for place, opening in enumerate(openings):
        asked = opening.requirement

        def standing(pool: Pool, asked=asked) -> dict[int, int]:
            ranking = rank(pool, asked, VOCABULARY, PARAMETERS, explain_top=0, outside=gates)
            return {c.person: c.rank for c in ranking.candidates}

        pool = Pool(people)
        today = standing(pool)
        reached: set[tuple[int, str]] = set()
        for change in asked_changes([o.requirement for o in openings], near):
            for person in people if is_asked(asked, change) else ():
                after = trained(person, change, near)
                if after is None or today.get(person.person, 10**9) <= opening.places:
                    continue
                if change.kind is GapKind.LANGUAGE and (person.person, change.code) in reached:
                    continue
                changed = pool.copy()
                changed.replace([after])
                if standing(changed).get(person.person, 10**9) <= opening.places:
                    was_out = person.person not in today
                    found.setdefault(change, {})[place, person.person] = was_out
                    if change.kind is GapKind.LANGUAGE:
                        reached.add((person.person, change.code))
    return found


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 3))
def test_board_says_what_training_and_ranking_again_brings(
    seed: int, places: int, levels: int
) -> None:
    people = synthetic_people(24, seed=seed)
    openings = [Opening(v, places) for v in synthetic_vacancies(3, seed=seed)]
    near = Nearness(levels)
    assert pairs(board(people, openings, near)) == really_opened(people, openings, near)


def test_a_seed_opens_something_of_every_kind() -> None:
    people = synthetic_people(300, seed=3)
    found = pairs(board(people, [Opening(v, 5) for v in synthetic_vacancies(20, seed=3)]))
    assert {change.kind for change in found} == set(GapKind)
    both = {out for entries in found.values() for out in entries.values()}
    assert both == {True, False}


GERMAN_B1 = replace(
    requirement(country="DE"),
    languages=(LanguageAsked("de", 3, must=True),),
    licences_required=("B",),
)
DRIVER = profile(
    1,
    languages={"de": (1, Evidence.STATED)},
    licences={"B": Evidence.STATED},
    desired_countries=frozenset({"DE"}),
)


def changes_for(person: Profile, asked=GERMAN_B1, levels: int = 2) -> set[Change]:
    return set(pairs(board([person], [Opening(asked, 1)], Nearness(levels))))


def test_two_levels_short_is_near_and_three_are_not() -> None:
    assert changes_for(DRIVER) == {Change(GapKind.LANGUAGE, "de", 3)}
    assert changes_for(replace(DRIVER, languages={"ka": (7, Evidence.STATED)})) == set()
    assert changes_for(DRIVER, levels=1) == set()


def test_two_missing_things_are_no_near_miss() -> None:
    assert changes_for(replace(DRIVER, licences={"C": Evidence.STATED})) == set()
    assert changes_for(
        replace(DRIVER, languages={"de": (4, Evidence.STATED)}, licences={"C": Evidence.STATED})
    ) == {Change(GapKind.LICENCE, "B")}


def test_a_licence_that_no_course_gives_is_left_out() -> None:
    german = replace(
        DRIVER, languages={"de": (4, Evidence.STATED)}, licences={"C": Evidence.STATED}
    )
    near = Nearness(2, untaught=frozenset({"B"}))
    assert board([german], [Opening(GERMAN_B1, 1)], near).opened == ()


def test_what_nobody_has_stated_is_a_question_and_no_gap() -> None:
    assert changes_for(replace(DRIVER, languages={})) == set()
    assert changes_for(replace(DRIVER, licences={})) == {Change(GapKind.LANGUAGE, "de", 3)}


def test_a_lower_level_that_is_enough_counts_and_the_higher_one_does_not() -> None:
    easy = replace(GERMAN_B1, languages=(LanguageAsked("de", 2, must=True),))
    found = pairs(board([DRIVER], [Opening(easy, 1), Opening(GERMAN_B1, 1)]))
    assert found == {
        Change(GapKind.LANGUAGE, "de", 2): {(0, 1): True},
        Change(GapKind.LANGUAGE, "de", 3): {(1, 1): True},
    }


def test_full_places_are_opened_only_to_whoever_would_beat_the_last_one() -> None:
    better = replace(DRIVER, person=2, languages={"de": (3, Evidence.STATED)})
    assert pairs(board([DRIVER, better], [Opening(GERMAN_B1, 2)])) != {}
    # As good as the other after the course: the lower id goes first among equals.
    assert pairs(board([DRIVER, better], [Opening(GERMAN_B1, 1)])) != {}
    assert pairs(board([replace(DRIVER, person=3), better], [Opening(GERMAN_B1, 1)])) == {}


def test_whom_another_gate_excludes_no_course_helps() -> None:
    assert changes_for(replace(DRIVER, desired_countries=frozenset({"FR"}))) == set()


@pytest.mark.parametrize("people", [[], [DRIVER]])
def test_nothing_open_opens_nothing(people: list[Profile]) -> None:
    found = board(people, [])
    assert (found.opened, found.eligible, found.people) == ((), (), len(people))
