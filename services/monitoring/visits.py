"""Visits to workplaces abroad: planned, carried out by a dated checklist, put right, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import EmployerRow, MonitoringVisitRow, VisitFindingRow
from db.repositories.numbers import next_in_series
from db.session import reading, unit_of_work
from domain.enums import VisitStatus
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.monitoring import FindingForm, VisitFinding, VisitForm, VisitRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.transitions import VISIT, check_can_move
from services import audit, clock
from services.dated_rules import in_force, stored_rules
from services.monitoring.rules import rules_on
from services.permissions import Permission, check_can

WORST = 4
ASKED = {
    "pay": N_("Is the pay on time and in full, and is there a payslip?"),
    "hours": N_("Are hours, rest and days off as in the contract?"),
    "contract": N_("Does each worker have the contract in a language they understand?"),
    "documents": N_("Does each worker keep the own passport and papers?"),
    "housing": N_("Is the housing as agreed, not overcrowded, with heating and water?"),
    "sanitary": N_("Are toilets, showers and kitchen clean and enough?"),
    "safety": N_("Are there protective equipment and safety instructions?"),
    "insurance": N_("Is everybody insured, and do they know with whom?"),
    "deductions": N_("Is nothing held back beyond what was agreed?"),
    "movement": N_("May workers go and come freely?"),
    "harassment": N_("Is there no violence, threat or harassment?"),
    "fees": N_("Has nobody paid for getting the job?"),
    "grievance": N_("Do workers know to whom they can complain?"),
}
"""The questions of every version of the checklist that was ever in force, for translation."""


def checklist_on(day: date) -> tuple[date, tuple[tuple[str, Sentence], ...]]:
    """First day of the version in force on that day, and its lines: code and question."""
    entry: Any = in_force(stored_rules("visit_checklist"), day)
    return entry["valid_from"], tuple(
        (code, Sentence(question)) for code, question in entry["lines"].items()
    )


def plan_visit(*, form: VisitForm, by: Officer) -> VisitRecord:
    """Plan a visit to an employer's workplace."""
    check_can(by, Permission.VISITS_RECORD)
    if not form.inspectors.strip():
        raise InvalidInput(N_("Name who goes on the visit."))
    with unit_of_work() as work:
        employer = work.session.get(EmployerRow, form.employer_id)
        if employer is None:
            raise NotFound(N_("There is no such employer."))
        series = f"VISIT-{clock.today().year}"
        row = MonitoringVisitRow(
            number=f"{series}-{next_in_series(work.session, series):03d}",
            employer_id=employer.id,
            country=employer.country,
            workplace=(form.workplace or "").strip() or employer.town,
            kind=form.kind,
            status=VisitStatus.PLANNED,
            inspectors=form.inspectors.strip(),
            checklist_from=checklist_on(form.visit_on)[0],
            visit_on=form.visit_on,
            planned_at=clock.now(),
            planned_by=by.id,
        )
        work.session.add(row)
        _record(work.session, row, "planned_visit", by)
        work.commit()
        return _shown(work.session, row)


def check_can_carry_out(visit: VisitRecord, by: Officer) -> None:
    """Raise unless what the visit found can be written down now."""
    check_can(by, Permission.VISITS_RECORD)
    if visit.status is not VisitStatus.PLANNED:
        raise Refused(N_("What this visit found is written down already."))
    if visit.visit_on > clock.today():
        raise Refused(
            N_("The visit is on {day}: its findings are written down afterwards."),
            day=visit.visit_on,
        )


def carry_out_visit(
    *,
    number: str,
    visited_on: date,
    summary: str,
    findings: Sequence[FindingForm],
    by: Officer,
) -> VisitRecord:
    """Write down what was found on each line; from severity 1 on with a remedy and its last day."""
    check_can(by, Permission.VISITS_RECORD)
    with unit_of_work() as work:
        row = _locked(work.session, number)
        check_can_carry_out(_shown(work.session, row), by)
        if visited_on > clock.today():
            raise InvalidInput(N_("The day of the visit can't be in the future."))
        lines = {code for code, _ in checklist_on(row.checklist_from)[1]}
        if {finding.line for finding in findings} != lines:
            raise InvalidInput(N_("Answer every line of the checklist."))
        for finding in findings:
            work.session.add(_finding(row, finding, visited_on))
        check_can_move(VISIT, row.status, VisitStatus.CARRIED_OUT)
        row.status, row.visited_on, row.summary = (
            VisitStatus.CARRIED_OUT,
            visited_on,
            summary.strip() or None,
        )
        row.carried_out_at, row.carried_out_by = clock.now(), by.id
        work.session.flush()
        _close_if_right(work.session, row)
        _record(work.session, row, "carried_out_visit", by)
        work.commit()
        return _shown(work.session, row)


def _finding(row: MonitoringVisitRow, form: FindingForm, visited_on: date) -> VisitFindingRow:
    if not 0 <= form.severity <= WORST:
        raise InvalidInput(N_("Severity goes from 0 (all right) to 4 (life or freedom at risk)."))
    until = form.correct_until
    if form.severity and until is None:
        days = rules_on(visited_on).correct_within_days[form.severity - 1]
        until = visited_on + timedelta(days)
    if form.severity and not (form.note or "").strip():
        raise InvalidInput(
            N_("Write what was found on the line “{line}”."), line=Sentence(ASKED[form.line])
        )
    return VisitFindingRow(
        visit_id=row.id,
        line=form.line,
        severity=form.severity,
        note=(form.note or "").strip() or None,
        action=(form.action or "").strip() or None,
        correct_until=until if form.severity else None,
    )


def correct_finding(*, number: str, line: str, by: Officer) -> VisitRecord:
    """Note that the employer put a finding right; the last one closes the visit."""
    check_can(by, Permission.VISITS_RECORD)
    with unit_of_work() as work:
        row = _locked(work.session, number)
        finding = work.session.get(VisitFindingRow, (row.id, line), with_for_update=True)
        if finding is None or not finding.severity:
            raise NotFound(N_("There is nothing to put right on this line."))
        if finding.corrected_at is not None:
            raise Refused(N_("This was put right already."))
        finding.corrected_at, finding.corrected_by = clock.now(), by.id
        work.session.flush()
        _close_if_right(work.session, row)
        _record(work.session, row, "corrected_finding", by)
        work.commit()
        return _shown(work.session, row)


def cancel_visit(*, number: str, by: Officer) -> VisitRecord:
    """Cancel a visit that was planned."""
    check_can(by, Permission.VISITS_RECORD)
    with unit_of_work() as work:
        row = _locked(work.session, number)
        check_can_move(VISIT, row.status, VisitStatus.CANCELLED)
        row.status = VisitStatus.CANCELLED
        _record(work.session, row, "cancelled_visit", by)
        work.commit()
        return _shown(work.session, row)


def list_visits(*, employer_id: int | None = None, by: Officer) -> tuple[VisitRecord, ...]:
    """Visits, the newest day first."""
    check_can(by, Permission.MONITORING_READ)
    with reading() as session:
        return visits_of(session, employer_id)


def visits_of(session: Session, employer_id: int | None = None) -> tuple[VisitRecord, ...]:
    """Visits of one employer or of all, for use cases that read within their own step."""
    query = select(MonitoringVisitRow).order_by(MonitoringVisitRow.visit_on.desc())
    if employer_id is not None:
        query = query.where(MonitoringVisitRow.employer_id == employer_id)
    return tuple(_shown(session, row) for row in session.scalars(query))


def _close_if_right(session: Session, row: MonitoringVisitRow) -> None:
    query = select(VisitFindingRow.line).where(
        VisitFindingRow.visit_id == row.id,
        VisitFindingRow.severity > 0,
        VisitFindingRow.corrected_at.is_(None),
    )
    if session.scalars(query).first() is None:
        check_can_move(VISIT, row.status, VisitStatus.CLOSED)
        row.status = VisitStatus.CLOSED


def _locked(session: Session, number: str) -> MonitoringVisitRow:
    query = select(MonitoringVisitRow).where(MonitoringVisitRow.number == number)
    query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such visit."))
    return row


def _record(session: Session, row: MonitoringVisitRow, action: str, by: Officer) -> None:
    session.flush()
    audit.record(
        session,
        action=action,
        entity="monitoring_visit",
        entity_id=row.id,
        details={"status": [None, row.status.value]},
        by=by,
    )


def _shown(session: Session, row: MonitoringVisitRow) -> VisitRecord:
    session.flush()
    found = session.scalars(select(VisitFindingRow).where(VisitFindingRow.visit_id == row.id))
    by_line = {finding.line: finding for finding in found}
    return VisitRecord(
        id=row.id,
        number=row.number,
        employer_id=row.employer_id,
        employer=session.get_one(EmployerRow, row.employer_id).name,
        country=row.country,
        workplace=row.workplace,
        kind=row.kind,
        status=row.status,
        inspectors=row.inspectors,
        checklist_from=row.checklist_from,
        visit_on=row.visit_on,
        visited_on=row.visited_on,
        summary=row.summary,
        findings=tuple(
            VisitFinding(
                code,
                question,
                by_line[code].severity,
                by_line[code].note,
                by_line[code].action,
                by_line[code].correct_until,
                by_line[code].corrected_at,
            )
            for code, question in checklist_on(row.checklist_from)[1]
            if code in by_line
        ),
        version=row.version,
    )
