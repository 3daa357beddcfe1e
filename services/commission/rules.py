"""The rules by which a commission decides: dated parameters, and the arithmetic they govern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from domain.enums import DecisionOutcome, OrganisationKind
from domain.records.commission import Quorum, Tally
from domain.texts import N_, Sentence, Term
from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one session, frozen into it when it was planned."""

    version: str
    quorum_more_than: Fraction
    organisation_kinds_min: int

    def to_json(self) -> dict[str, Any]:
        """As stored with the session."""
        return {
            "version": self.version,
            "quorum_more_than": str(self.quorum_more_than),
            "organisation_kinds_min": self.organisation_kinds_min,
            "decision": "simple_majority",
            "tie": "chair",
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Rules:
        """As read from a session, or from an entry of the parameter file."""
        return Rules(
            version=str(stored["version"]),
            quorum_more_than=Fraction(str(stored["quorum_more_than"])),
            organisation_kinds_min=int(stored["organisation_kinds_min"]),
        )


def rules_on(day: date) -> Rules:
    """The rules in force on a day; before the first entry, the first."""
    entry = in_force(stored_rules("commission"), day)
    if (entry["decision"], entry["tie"]) != ("simple_majority", "chair"):
        raise ValueError(f"no such decision rule in commission rules {entry['version']}")
    return Rules.from_json(entry)


def seats_needed(members: int, rules: Rules) -> int:
    """How many of so many members make more than the share that the rules ask for."""
    return int(members * rules.quorum_more_than) + 1


def _sorted_kinds(kinds: Sequence[OrganisationKind]) -> tuple[OrganisationKind, ...]:
    return tuple(kind for kind in OrganisationKind if kind in set(kinds))


def _terms(kinds: Sequence[OrganisationKind]) -> tuple[Term, ...]:
    return tuple(Term("OrganisationKind", kind.value) for kind in kinds)


def quorum_of(
    members: Sequence[tuple[OrganisationKind, bool]], rules: Rules, *, kinds_min: int
) -> Quorum:
    """Quorum of members given as (kind of organisation, present); recused ones are left out."""
    needed = seats_needed(len(members), rules)
    present = sum(is_present for _, is_present in members)
    kinds = _sorted_kinds([kind for kind, is_present in members if is_present])
    missing = _sorted_kinds([kind for kind in OrganisationKind if kind not in kinds])
    if present < needed:
        sentence = Sentence(
            N_("No quorum: {present} of {members} members present, {needed} needed."),
            {"present": present, "members": len(members), "needed": needed},
        )
    elif len(kinds) < kinds_min:
        sentence = Sentence(
            N_(
                "{needed} kinds of organisation must be present, {count} are: {kinds}. "
                "Missing: {missing}."
            ),
            {
                "needed": kinds_min,
                "count": len(kinds),
                "kinds": _terms(kinds),
                "missing": _terms(missing),
            },
        )
    else:
        sentence = Sentence(
            N_("Quorum holds: {present} of {members} members present, {needed} needed."),
            {"present": present, "members": len(members), "needed": needed},
        )
    return Quorum(
        members=len(members),
        needed=needed,
        present=present,
        kinds_present=kinds,
        kinds_needed=kinds_min,
        holds=present >= needed and len(kinds) >= kinds_min,
        sentence=sentence,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate when the votes are counted."""

    candidacy_id: int
    number: int
    rank: int | None
    tally: Tally


Outcome = tuple[DecisionOutcome, int | None]


def decide(
    standings: Sequence[Standing], places: int, casting: Mapping[int, bool]
) -> dict[int, Outcome | None]:
    """Outcome and reserve order of each candidate; None for a tie without a casting decision.

    Who has more votes for than against can be approved. They are put in order of votes for, then
    rank, then number; the first `places` are approved, the others are the reserve in that order.
    """
    outcomes: dict[int, Outcome | None] = {}
    approvable = []
    for one in standings:
        tally = one.tally
        wanted = (
            casting.get(one.candidacy_id)
            if tally.is_tie
            else (tally.votes_for > tally.votes_against)
        )
        if wanted:
            approvable.append(one)
        else:
            outcomes[one.candidacy_id] = (
                None if wanted is None else (DecisionOutcome.NOT_APPROVED, None)
            )
    for index, one in enumerate(sorted(approvable, key=_order)):
        outcomes[one.candidacy_id] = (
            (DecisionOutcome.APPROVED, None)
            if index < places
            else (DecisionOutcome.RESERVE, index - places + 1)
        )
    return outcomes


def _order(one: Standing) -> tuple[int, bool, int, int]:
    return -one.tally.votes_for, one.rank is None, one.rank or 0, one.number
