"""The register of commissions: founding orders, seats, and rules that begin on their day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models import CommissionRow, CommissionRulesRow, CommissionSeatRow
from db.repositories import commissions as repository
from db.session import reading, unit_of_work
from domain.enums import DecisionRule
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.commissions import (
    CommissionForm,
    CommissionRecord,
    CommissionSummary,
    RulesForm,
)
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.commissions.composition import composition_of, plan_refusal, rules_among
from services.commission.commissions.views import commission_record
from services.commission.rules import Rules, ScoreCriterion, rules_on
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


def list_commissions(*, by: Officer) -> tuple[CommissionSummary, ...]:
    """All commissions, with whether their seats of today fulfil their rules of today."""
    check_can(by, Permission.COMMISSIONS_READ)
    today = clock.today()
    with reading() as session:
        rows = repository.list_commissions(session)
        ids = [row.id for row in rows]
        seats: dict[int, list[CommissionSeatRow]] = defaultdict(list)
        for seat, officer in repository.list_seats(session, ids):
            if is_held(seat, today) and officer.disabled_at is None:
                seats[seat.commission_id].append(seat)
        rules: dict[int, list[CommissionRulesRow]] = defaultdict(list)
        for entry, _, _ in repository.list_rules(session, ids):
            rules[entry.commission_id].append(entry)
        sessions = repository.count_sessions(session)
        return tuple(
            _summary(row, seats[row.id], rules[row.id], sessions.get(row.id, 0), today, by)
            for row in rows
        )


def _summary(
    row: CommissionRow,
    seats: Sequence[CommissionSeatRow],
    rules: Sequence[CommissionRulesRow],
    sessions: int,
    today: date,
    by: Officer,
) -> CommissionSummary:
    is_composed, composition = composition_of(seats, rules_among(rules, today))
    return CommissionSummary(
        code=row.code,
        name_ka=row.name_ka,
        name_en=row.name_en,
        order_number=row.order_number,
        term_from=row.term_from,
        term_until=row.term_until,
        seats=len(seats),
        sessions=sessions,
        is_composed=is_composed,
        composition=composition,
        plan_refusal=plan_refusal(row, seats, today, by),
    )


def is_held(seat: CommissionSeatRow, day: date) -> bool:
    """Whether somebody sits in the seat on that day."""
    return seat.seated_from <= day and (seat.seated_until is None or day <= seat.seated_until)


def get_commission(*, code: str, by: Officer) -> CommissionRecord:
    """One commission with its order, seats and rules."""
    check_can(by, Permission.COMMISSIONS_READ)
    with reading() as session:
        return commission_record(session, find(session, code), by)


def find(session: Session, code: str, *, lock: bool = False) -> CommissionRow:
    """The commission of that code, locked when asked; NotFound with a sentence."""
    row = repository.find_commission(session, code, lock=lock)
    if row is None:
        raise NotFound(N_("There is no commission {code}."), code=code)
    return row


def found_commission(*, form: CommissionForm, by: Officer) -> CommissionRecord:
    """Enter a commission as its order founds it, with the rules that new ones get."""
    check_can(by, Permission.COMMISSIONS_FOUND)
    ordered_on, term_from = _check_order(form)
    with unit_of_work() as work:
        if repository.find_commission(work.session, form.code) is not None:
            raise InvalidInput(N_("There is a commission {code} already."), code=form.code)
        row = CommissionRow(
            code=form.code,
            name_ka=form.name_ka.strip(),
            name_en=form.name_en.strip(),
            order_number=form.order_number.strip(),
            ordered_on=ordered_on,
            scope=form.scope.strip(),
            term_from=term_from,
            term_until=form.term_until,
            created_at=clock.now(),
            created_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        entry = in_force(stored_rules("commission"), clock.today())
        work.session.add(
            CommissionRulesRow(
                commission_id=row.id,
                valid_from=term_from,
                rules=rules_on(clock.today()).to_json(),
                source=entry["source"],
                reason=entry["reason"],
                made_at=clock.now(),
                made_by=by.id,
            )
        )
        details: dict[str, object] = {"order": row.order_number, "on": ordered_on.isoformat()}
        record(work.session, "founded", row.code, details, by)
        work.commit()
        return commission_record(work.session, row, by)


def _check_order(form: CommissionForm) -> tuple[date, date]:
    if not CODE.fullmatch(form.code):
        raise InvalidInput(
            N_("The code is of small Latin letters, digits and hyphens, two to forty of them.")
        )
    if not form.name_ka.strip() or not form.name_en.strip():
        raise InvalidInput(N_("Give the commission's name in Georgian and in English."))
    if not form.order_number.strip() or form.ordered_on is None:
        raise InvalidInput(N_("Give the number and the date of the founding order."))
    if not form.scope.strip():
        raise InvalidInput(N_("Write what the commission decides, as its order says."))
    if form.term_from is None:
        raise InvalidInput(N_("Give the day from which the commission sits."))
    if form.term_until is not None and form.term_until < form.term_from:
        raise InvalidInput(N_("The term ends before it begins."))
    return form.ordered_on, form.term_from


def add_rules(*, code: str, form: RulesForm, by: Officer) -> CommissionRecord:
    """Add rules that begin on a day from today on; entries of before stay as they are."""
    check_can(by, Permission.COMMISSIONS_FOUND)
    rules = _checked_rules(code, form)
    with unit_of_work() as work:
        row = find(work.session, code, lock=True)
        known = [entry for entry, _, _ in repository.list_rules(work.session, [row.id])]
        if any(entry.valid_from == form.valid_from for entry in known):
            raise Refused(
                N_("Rules that begin on {day} are there already, and are never edited."),
                day=form.valid_from,
            )
        work.session.add(
            CommissionRulesRow(
                commission_id=row.id,
                valid_from=form.valid_from,
                rules=rules.to_json(),
                source=form.source.strip(),
                reason=form.reason.strip(),
                made_at=clock.now(),
                made_by=by.id,
            )
        )
        work.session.flush()
        record(work.session, "added_rules", code, {"rules": rules.to_json()}, by)
        work.commit()
        return commission_record(work.session, row, by)


def _checked_rules(code: str, form: RulesForm) -> Rules:
    if form.valid_from < clock.today():
        raise InvalidInput(N_("Rules begin today or later: sessions were held by those of before."))
    if not form.source.strip() or not form.reason.strip():
        raise InvalidInput(N_("Give the legal ground of the new rules, and why they change."))
    if not 0 <= form.quorum_more_than < 1:
        raise InvalidInput(N_("The share for the quorum is at least none and less than all."))
    by_score = form.decision is DecisionRule.SCORE_THRESHOLD
    if by_score and (form.score_threshold is None or not form.score_criteria):
        raise InvalidInput(N_("A decision by score needs its criteria and its threshold."))
    if form.score_threshold is not None and not 0 <= form.score_threshold <= 10:
        raise InvalidInput(N_("The threshold is an average score from 0 to 10."))
    return Rules(
        version=f"{code}/{form.valid_from.isoformat()}",
        quorum_more_than=form.quorum_more_than,
        kinds_min=form.kinds_min,
        required_kinds=form.required_kinds,
        quorum_throughout=True,
        decision=form.decision,
        score_criteria=tuple(ScoreCriterion(*one) for one in form.score_criteria)
        if by_score
        else (),
        score_threshold=form.score_threshold if by_score else None,
        tie=form.tie,
        may_be_secret=form.may_be_secret,
        departure_places=form.departure_places,
        appeal_days=form.appeal_days,
    )


def record(
    session: Session, action: str, code: str, details: dict[str, object] | None, by: Officer
) -> None:
    """An audit event about a commission."""
    audit.record(
        session, action=action, entity="commission", entity_id=code, details=details, by=by
    )
