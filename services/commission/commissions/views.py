"""A commission as a reader sees it: records made from its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models import CommissionRow, CommissionRulesRow, CommissionSeatRow, OfficerRow
from db.repositories import commissions as repository
from domain.records.commissions import CommissionRecord, RulesEntry, Seat
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import clock
from services.commission.commissions.composition import composition_of, plan_refusal, rules_among
from services.commission.rules import Rules
from services.permissions import Permission, can


def commission_record(session: Session, row: CommissionRow, by: Officer) -> CommissionRecord:
    """The commission for this reader, as of today."""
    today = clock.today()
    seats = repository.list_seats(session, [row.id])
    rules = repository.list_rules(session, [row.id])
    entries = [entry for entry, _, _ in rules]
    held = [seat for seat, _ in repository.list_seats_on(session, row.id, today)]
    is_composed, composition = composition_of(held, rules_among(entries, today))
    may_found = can(by, Permission.COMMISSIONS_FOUND)
    return CommissionRecord(
        code=row.code,
        name_ka=row.name_ka,
        name_en=row.name_en,
        order_number=row.order_number,
        ordered_on=row.ordered_on,
        scope=row.scope,
        term_from=row.term_from,
        term_until=row.term_until,
        seats=tuple(_seat(seat, officer, today, by) for seat, officer in seats),
        rules=tuple(_entry(entry, ka, en, entries, today) for entry, ka, en in rules),
        sessions=repository.count_sessions(session).get(row.id, 0),
        composition=composition,
        is_composed=is_composed,
        i_may_found=may_found,
        plan_refusal=plan_refusal(row, held, today, by),
    )


def _seat(seat: CommissionSeatRow, officer: OfficerRow, today: date, by: Officer) -> Seat:
    return Seat(
        id=seat.id,
        officer_id=officer.id,
        name_ka=officer.name_ka,
        name_en=officer.name_en,
        organisation_code=seat.organisation_code,
        organisation_kind=seat.organisation_kind,
        role=seat.role,
        substitute_for_id=seat.substitute_for_id,
        seated_from=seat.seated_from,
        seated_until=seat.seated_until,
        end_refusal=end_refusal(seat, by),
    )


def end_refusal(seat: CommissionSeatRow, by: Officer) -> Sentence | None:
    """Why this reader can't end the seat; None when it is possible."""
    if not can(by, Permission.COMMISSIONS_FOUND):
        return Sentence(N_("A manager or an administrator changes the register."))
    if seat.seated_until is not None and seat.seated_until < clock.today():
        return Sentence(N_("This seat has ended."))
    return None


def _entry(
    row: CommissionRulesRow,
    made_by_ka: str | None,
    made_by_en: str | None,
    entries: Sequence[CommissionRulesRow],
    today: date,
) -> RulesEntry:
    rules = Rules.from_json(row.rules)
    begun = [entry.valid_from for entry in entries if entry.valid_from <= today]
    return RulesEntry(
        valid_from=row.valid_from,
        version=rules.version,
        quorum_more_than=rules.quorum_more_than,
        kinds_min=rules.kinds_min,
        required_kinds=rules.required_kinds,
        quorum_throughout=rules.quorum_throughout,
        decision=rules.decision,
        score_criteria=tuple((c.code, c.name_ka, c.name_en) for c in rules.score_criteria),
        score_threshold=rules.score_threshold,
        tie=rules.tie,
        may_be_secret=rules.may_be_secret,
        departure_places=rules.departure_places,
        appeal_days=rules.appeal_days,
        source=row.source,
        reason=row.reason,
        made_at=row.made_at,
        made_by_ka=made_by_ka,
        made_by_en=made_by_en,
        is_in_force=bool(begun) and row.valid_from == max(begun),
        is_to_come=row.valid_from > today,
    )
