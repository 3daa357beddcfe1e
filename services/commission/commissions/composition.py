"""What a commission's rules are on a day, and whether its seats can fulfil them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models import CommissionRow, CommissionRulesRow, CommissionSeatRow
from db.repositories import commissions as repository
from domain.enums import SeatRole
from domain.exceptions import LabourMigrationError, PermissionDenied, Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from services.commission.rules import Rules, rules_on
from services.commission.sessions.quorum import VotingSeat, quorum_of
from services.permissions import Permission, can


def rules_of(session: Session, commission: CommissionRow, day: date) -> Rules:
    """The commission's rules in force on a day; before its first entry, the first."""
    return rules_among([row for row, _, _ in repository.list_rules(session, [commission.id])], day)


def rules_among(entries: Iterable[CommissionRulesRow], day: date) -> Rules:
    """The entry in force on that day; without any, what a new commission would get."""
    by_day = sorted(entries, key=lambda row: row.valid_from)
    begun = [row for row in by_day if row.valid_from <= day] or by_day[:1]
    return Rules.from_json(begun[-1].rules) if begun else rules_on(day)


def composition_of(seats: Sequence[CommissionSeatRow], rules: Rules) -> tuple[bool, Sentence]:
    """Whether a session of all these seats could open, and a sentence on what is missing."""
    if not any(seat.role is SeatRole.CHAIR for seat in seats):
        return False, Sentence(N_("Nobody has the chair's seat."))
    own = [seat for seat in seats if seat.role.votes and seat.substitute_for_id is None]
    quorum = quorum_of(
        [VotingSeat(seat.organisation_kind, True, seat.organisation_code) for seat in own], rules
    )
    if not quorum.holds:
        return False, quorum.sentence
    kinds = tuple(Term("OrganisationKind", kind.value) for kind in quorum.kinds_present)
    return True, Sentence(
        N_("The seats fulfil the composition: {count} with a vote, of {kinds}."),
        {"count": len(own), "kinds": kinds},
    )


def check_can_plan_for(
    commission: CommissionRow, seats: Sequence[CommissionSeatRow], day: date, by: Officer
) -> None:
    """Raise unless the officer may plan a session of this commission on that day."""
    is_secretary = any(
        seat.officer_id == by.id and seat.role is SeatRole.SECRETARY for seat in seats
    )
    if not is_secretary and not can(by, Permission.SESSIONS_PLAN):
        raise PermissionDenied(
            N_("Recruiters, chairs and the secretary of the commission plan its sessions.")
        )
    if day < commission.term_from or (commission.term_until and day > commission.term_until):
        raise Refused(
            N_("The commission's term does not cover {day}: a new order is needed."), day=day
        )
    if not any(seat.role in (SeatRole.CHAIR, SeatRole.DEPUTY) for seat in seats):
        raise Refused(N_("Nobody has the chair's seat: a manager seats a chair in the register."))


def plan_refusal(
    commission: CommissionRow, seats: Sequence[CommissionSeatRow], day: date, by: Officer
) -> Sentence | None:
    """The sentence with which planning is refused; None when it is possible."""
    try:
        check_can_plan_for(commission, seats, day, by)
    except LabourMigrationError as error:
        return error.sentence
    return None
