"""Who makes a quorum: enough members, of the kinds of organisation that the rules ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.enums import OrganisationKind
from domain.records.commission import Quorum
from domain.texts import N_, Sentence, Term
from services.commission.rules import Rules


@dataclass(frozen=True, slots=True)
class VotingSeat:
    """A seat with a vote, as the quorum sees it: observers and secretaries have none."""

    kind: OrganisationKind
    is_present: bool
    """The member, or in the member's absence the substitute, is there."""
    organisation: str | None = None
    """Code of the organisation that the seat is for, to name it when it is missing."""


def seats_needed(members: int, rules: Rules) -> int:
    """How many of so many members make more than the share that the rules ask for."""
    return int(members * rules.quorum_more_than) + 1


def quorum_of(
    seats: Sequence[VotingSeat],
    rules: Rules,
    *,
    with_composition: bool = True,
    at_least: int = 0,
) -> Quorum:
    """Quorum of these seats; those who are recused are left out of them.

    Without composition only the number counts: a recusal must not be a means to stop an item.
    `at_least` so many must be there, however few seats there are: of those who hear an appeal.
    """
    present = [seat for seat in seats if seat.is_present]
    kinds = _in_order(seat.kind for seat in present)
    kinds_min = rules.kinds_min if with_composition else 0
    lacking = [kind for kind in rules.required_kinds if kind not in kinds]
    missing = _in_order(lacking) if with_composition else ()
    needed = max(seats_needed(len(seats), rules), at_least)
    return Quorum(
        members=len(seats),
        needed=needed,
        present=len(present),
        kinds_present=kinds,
        kinds_needed=kinds_min,
        kinds_missing=missing,
        holds=len(present) >= needed and len(kinds) >= kinds_min and not missing,
        sentence=_sentence(seats, needed, kinds, kinds_min, missing),
    )


def _sentence(
    seats: Sequence[VotingSeat],
    needed: int,
    kinds: tuple[OrganisationKind, ...],
    kinds_min: int,
    missing: tuple[OrganisationKind, ...],
) -> Sentence:
    present = sum(seat.is_present for seat in seats)
    counts = {"present": present, "members": len(seats), "needed": needed}
    if missing:
        return _missing_seats(seats, missing)
    if present < needed:
        return Sentence(
            N_("No quorum: {present} of {members} members present, {needed} needed."), counts
        )
    if len(kinds) < kinds_min:
        return Sentence(
            N_(
                "{needed} kinds of organisation must be present, {count} are: {kinds}. "
                "Missing: {missing}."
            ),
            {
                "needed": kinds_min,
                "count": len(kinds),
                "kinds": _terms(kinds),
                "missing": _terms([kind for kind in OrganisationKind if kind not in kinds]),
            },
        )
    return Sentence(
        N_("Quorum holds: {present} of {members} members present, {needed} needed."), counts
    )


def _missing_seats(seats: Sequence[VotingSeat], missing: tuple[OrganisationKind, ...]) -> Sentence:
    """Which required seats are empty, by kind and organisation; or that there is no such seat."""
    unseated = [kind for kind in missing if not any(seat.kind is kind for seat in seats)]
    if unseated:
        return Sentence(
            N_("The composition fails: nobody has a seat for: {missing}. Seat somebody first."),
            {"missing": _terms(unseated)},
        )
    empty = dict.fromkeys(
        seat.organisation for seat in seats if seat.kind in missing and seat.organisation
    )
    if not empty:
        return Sentence(
            N_("The composition fails; empty seats: {missing}."),
            {"missing": _terms(missing)},
        )
    return Sentence(
        N_("The composition fails; empty seats: {missing} ({organisations})."),
        {
            "missing": _terms(missing),
            "organisations": tuple(Term("organisation", code) for code in empty),
        },
    )


def _in_order(kinds: Iterable[OrganisationKind]) -> tuple[OrganisationKind, ...]:
    known = set(kinds)
    return tuple(kind for kind in OrganisationKind if kind in known)


def _terms(kinds: Iterable[OrganisationKind]) -> tuple[Term, ...]:
    return tuple(Term("OrganisationKind", kind.value) for kind in kinds)
