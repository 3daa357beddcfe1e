"""The rules of a commission, and the quorum that they ask for."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from domain.enums import DecisionRule, TieRule
from domain.enums import OrganisationKind as K
from domain.texts import Term
from services.commission.rules import Rules, ScoreCriterion, rules_on
from services.commission.sessions.quorum import VotingSeat, quorum_of, seats_needed


@pytest.mark.parametrize(("members", "needed"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (7, 4)])
def test_quorum_is_more_than_half(members: int, needed: int) -> None:
    assert seats_needed(members, rules_on(date(2026, 11, 22))) == needed


OLD = {
    "version": "2026-01",
    "quorum_more_than": "1/2",
    "organisation_kinds_min": 3,
    "decision": "simple_majority",
    "tie": "chair",
}
"""As a session of before November 2026 has them frozen."""


def seats(*told: tuple[K, bool]) -> list[VotingSeat]:
    return [VotingSeat(kind, is_present, f"org-{kind.value}") for kind, is_present in told]


def test_quorum_names_the_kinds_of_organisation_that_are_missing() -> None:
    there = seats((K.MINISTRY, True), (K.AGENCY, True), (K.NGO, False))
    quorum = quorum_of(there, Rules.from_json(OLD))
    assert not quorum.holds
    missing = (Term("OrganisationKind", "international"), Term("OrganisationKind", "ngo"))
    assert quorum.sentence.values["missing"] == missing


def test_quorum_counts_kinds_once() -> None:
    there = seats(*[(K.MINISTRY, True)] * 5)
    assert quorum_of(there, Rules.from_json(OLD)).kinds_present == (K.MINISTRY,)


def test_composition_names_the_empty_seat_whoever_else_is_there() -> None:
    rules = rules_on(date(2026, 12, 1))
    there = seats((K.MINISTRY, True), (K.AGENCY, False), (K.INTERNATIONAL, True), (K.NGO, True))
    quorum = quorum_of(there, rules)
    assert not quorum.holds and quorum.kinds_missing == (K.AGENCY,)
    assert quorum.sentence.values["organisations"] == (Term("organisation", "org-agency"),)
    assert quorum_of(there, Rules.from_json(OLD)).holds, "the rules of before asked for no kind"
    assert quorum_of(there, rules, with_composition=False).holds


def test_composition_says_when_nobody_has_the_seat() -> None:
    there = seats((K.AGENCY, True), (K.INTERNATIONAL, True), (K.NGO, True))
    sentence = quorum_of(there, rules_on(date(2026, 12, 1))).sentence
    assert "nobody has a seat" in sentence.text
    assert sentence.values["missing"] == (Term("OrganisationKind", "ministry"),)


def test_rules_frozen_of_old_mean_what_they_meant() -> None:
    rules = Rules.from_json(OLD)
    assert (rules.required_kinds, rules.quorum_throughout, rules.may_be_secret) == (
        (),
        False,
        False,
    )
    assert (rules.departure_places, rules.appeal_days) == (None, None)


def test_rules_before_the_first_entry_are_the_first_ones() -> None:
    assert rules_on(date(1990, 1, 1)) == rules_on(date(2026, 1, 1))


def test_rules_come_back_from_a_session_unchanged() -> None:
    rules = replace(
        rules_on(date(2026, 11, 22)),
        decision=DecisionRule.SCORE_THRESHOLD,
        score_criteria=(ScoreCriterion("skills", "უნარები", "Skills"),),
        score_threshold=Fraction(13, 2),
        tie=TieRule.NOT_APPROVED,
    )
    assert Rules.from_json(json.loads(json.dumps(rules.to_json()))) == rules
