"""Working on a case: begun in time, handed over, referred, remedied, closed; and what runs out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CaseReferralRow,
    CaseRemedyRow,
    DeploymentRow,
    JobseekerRow,
    MonitoringCaseRow,
    OfficerRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    AuthorityKind,
    CaseCategory,
    CaseOutcome,
    CaseStatus,
    CaseStep,
    CaseUrgency,
    DeploymentStatus,
    Role,
)
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.monitoring import CaseSummary
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from domain.transitions import CASE, check_can_move
from services import audit, clock
from services.deployments import move_deployment
from services.due_cases import settle_each
from services.monitoring.cases import NO_CASE, summaries
from services.monitoring.opening import note_step, tell_officer
from services.monitoring.rules import act_until, rules_on
from services.permissions import Permission, check_can

CLOSED = N_("This case is closed. Open it again first.")
BEGIN_FIRST = N_("Begin with the case first: that stops the clock.")
WRITE_NOTE = N_("Write in a sentence what was done or found.")


def check_can_take(case: CaseSummary, by: Officer) -> None:
    """Raise unless this officer may begin with the case now."""
    check_can(by, Permission.CASES_HANDLE)
    if case.status is not CaseStatus.OPEN:
        raise Refused(N_("Somebody has begun with this case already."))


def check_can_work(case: CaseSummary, by: Officer) -> None:
    """Raise unless this officer may write in the case now."""
    check_can(by, Permission.CASES_HANDLE)
    if case.status is CaseStatus.CLOSED:
        raise Refused(CLOSED)
    if case.status is CaseStatus.OPEN:
        raise Refused(BEGIN_FIRST)


def check_can_reopen(case: CaseSummary, by: Officer) -> None:
    """Raise unless this officer may open the case again."""
    check_can(by, Permission.CASES_HANDLE)
    if case.status is not CaseStatus.CLOSED:
        raise Refused(N_("This case is not closed."))


def check_can_assign(case: CaseSummary, by: Officer) -> None:
    """Raise unless this officer may give the case to somebody."""
    check_can(by, Permission.CASES_ASSIGN)
    if case.status is CaseStatus.CLOSED:
        raise Refused(CLOSED)


def take_case(*, number: str, note: str = "", by: Officer) -> CaseSummary:
    """Begin with a case: the clock stops, whoever begins is its owner."""
    check_can(by, Permission.CASES_HANDLE)
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_take(case, by)
        check_can_move(CASE, row.status, CaseStatus.IN_WORK)
        row.status, row.started_at, row.started_by = CaseStatus.IN_WORK, clock.now(), by.id
        row.owner_id = by.id
        note_step(work.session, row, CaseStep.TAKEN, note=note.strip(), by=by)
        _record(work.session, row, "took_case", {"status": ["open", "in_work"]}, by)
        work.commit()
        return _shown(work.session, row)


def assign_case(*, number: str, owner_id: int, by: Officer) -> CaseSummary:
    """Give a case to a monitoring officer."""
    check_can(by, Permission.CASES_ASSIGN)
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_assign(case, by)
        owner = work.session.get(OfficerRow, owner_id)
        if owner is None or owner.role is not Role.INSPECTOR or owner.disabled_at is not None:
            raise InvalidInput(N_("A case is given to a monitoring officer."))
        before, row.owner_id = row.owner_id, owner_id
        note_step(work.session, row, CaseStep.OWNER_CHANGED, by=by)
        if before != owner_id:
            tell_officer(work.session, row, "monitoring.case_opened", owner_id, by)
        _record(work.session, row, "assigned_case", {"owner": [before, owner_id]}, by)
        work.commit()
        return _shown(work.session, row)


def note_case(*, number: str, note: str, by: Officer) -> CaseSummary:
    """Write down what was done or found."""
    check_can(by, Permission.CASES_HANDLE)
    if not note.strip():
        raise InvalidInput(WRITE_NOTE)
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_work(case, by)
        note_step(work.session, row, CaseStep.NOTED, note=note.strip(), by=by)
        _record(work.session, row, "noted_case", {}, by)
        work.commit()
        return _shown(work.session, row)


def classify_case(
    *, number: str, category: CaseCategory, urgency: CaseUrgency, by: Officer
) -> CaseSummary:
    """Correct category and urgency; while nobody has begun, the clock runs by the new urgency."""
    check_can(by, Permission.CASES_HANDLE)
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        if case.status is CaseStatus.CLOSED:
            raise Refused(CLOSED)
        details: dict[str, list[object]] = {
            "category": [row.category.value, category.value],
            "urgency": [row.urgency.value, urgency.value],
        }
        row.category, row.urgency = category, urgency
        if row.started_at is None:
            row.act_until = act_until(urgency, row.opened_at, rules_on(clock.today()))
        told = Sentence(
            N_("{category}, {urgency}"),
            {
                "category": Term("CaseCategory", category.value),
                "urgency": Term("CaseUrgency", urgency.value),
            },
        )
        note_step(work.session, row, CaseStep.CLASSIFIED, details=told, by=by)
        _record(work.session, row, "classified_case", details, by)
        work.commit()
        return _shown(work.session, row)


def refer_case(
    *, number: str, kind: AuthorityKind, authority: str, reference: str = "", by: Officer
) -> CaseSummary:
    """Hand the case to an authority abroad or another organisation."""
    check_can(by, Permission.CASES_HANDLE)
    if not authority.strip():
        raise InvalidInput(N_("Name the authority or organisation."))
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_work(case, by)
        if row.status is CaseStatus.IN_WORK:
            row.status = CaseStatus.REFERRED
        work.session.add(
            CaseReferralRow(
                case_id=row.id,
                kind=kind,
                authority=authority.strip(),
                reference=reference.strip() or None,
                referred_at=clock.now(),
                referred_by=by.id,
            )
        )
        told = Sentence(N_("To: {authority}"), {"authority": authority.strip()})
        note_step(work.session, row, CaseStep.REFERRED, details=told, by=by)
        _record(work.session, row, "referred_case", {"to": [None, kind.value]}, by)
        work.commit()
        return _shown(work.session, row)


def record_reply(*, referral_id: int, reply: str, by: Officer) -> CaseSummary:
    """Note what the authority answered: the case is worked on here again."""
    check_can(by, Permission.CASES_HANDLE)
    if not reply.strip():
        raise InvalidInput(N_("Write down what the authority answered."))
    with unit_of_work() as work:
        referral = work.session.get(CaseReferralRow, referral_id, with_for_update=True)
        if referral is None:
            raise NotFound(NO_CASE)
        if referral.replied_at is not None:
            raise Refused(N_("This answer is noted already."))
        row = work.session.get_one(MonitoringCaseRow, referral.case_id, with_for_update=True)
        referral.reply, referral.replied_at = reply.strip(), clock.now()
        referral.replied_by = by.id
        if row.status is CaseStatus.REFERRED:
            row.status = CaseStatus.IN_WORK
        note_step(work.session, row, CaseStep.REFERRAL_ANSWERED, note=reply.strip(), by=by)
        _record(work.session, row, "referral_answered", {}, by)
        work.commit()
        return _shown(work.session, row)


def record_remedy(
    *, number: str, amount: Decimal, currency: str, received_on: date, by: Officer
) -> CaseSummary:
    """Note money that the worker got back."""
    check_can(by, Permission.CASES_HANDLE)
    if amount <= 0 or len(currency) != 3:
        raise InvalidInput(N_("State the amount that the worker got back, and its currency."))
    if received_on > clock.today():
        raise InvalidInput(N_("The day on which the money came can't be in the future."))
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_work(case, by)
        work.session.add(
            CaseRemedyRow(
                case_id=row.id,
                amount=amount,
                currency=currency,
                received_on=received_on,
                recorded_at=clock.now(),
                recorded_by=by.id,
            )
        )
        told = Sentence(N_("Back: {amount}"), {"amount": Term("money", f"{amount:.2f} {currency}")})
        note_step(work.session, row, CaseStep.REMEDIED, details=told, by=by)
        _record(work.session, row, "remedied_case", {"amount": [None, f"{amount} {currency}"]}, by)
        work.commit()
        return _shown(work.session, row)


def close_case(
    *, number: str, outcome: CaseOutcome, satisfaction: int | None, note: str, by: Officer
) -> CaseSummary:
    """Close with an outcome and a sentence why; `satisfaction` 1 to 5, as the worker says."""
    check_can(by, Permission.CASES_HANDLE)
    if not note.strip():
        raise InvalidInput(WRITE_NOTE)
    if satisfaction is not None and not 1 <= satisfaction <= 5:
        raise InvalidInput(N_("How content the worker is goes from 1 to 5."))
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_work(case, by)
        check_can_move(CASE, row.status, CaseStatus.CLOSED)
        row.status, row.outcome, row.satisfaction = CaseStatus.CLOSED, outcome, satisfaction
        row.closed_at, row.closed_by = clock.now(), by.id
        told = Sentence(N_("Outcome: {outcome}."), {"outcome": Term("CaseOutcome", outcome.value)})
        note_step(work.session, row, CaseStep.CLOSED, note=note.strip(), details=told, by=by)
        _record(work.session, row, "closed_case", {"outcome": [None, outcome.value]}, by)
        work.commit()
        return _shown(work.session, row)


def reopen_case(*, number: str, note: str, by: Officer) -> CaseSummary:
    """Open a closed case again, with the reason."""
    check_can(by, Permission.CASES_HANDLE)
    if not note.strip():
        raise InvalidInput(WRITE_NOTE)
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_reopen(case, by)
        check_can_move(CASE, row.status, CaseStatus.IN_WORK)
        row.status, row.closed_at, row.closed_by = CaseStatus.IN_WORK, None, None
        row.outcome = None
        note_step(work.session, row, CaseStep.REOPENED, note=note.strip(), by=by)
        _record(work.session, row, "reopened_case", {}, by)
        work.commit()
        return _shown(work.session, row)


def note_lost_contact(*, number: str, note: str, by: Officer) -> CaseSummary:
    """Say in the register of people abroad that contact is lost, as the case has found."""
    check_can(by, Permission.CASES_HANDLE)
    if not note.strip():
        raise InvalidInput(WRITE_NOTE)
    with unit_of_work() as work:
        row, case = _locked(work.session, number)
        check_can_work(case, by)
        if row.deployment_id is None:
            raise Refused(N_("This case is about nobody in the register of people abroad."))
        stay = work.session.get_one(DeploymentRow, row.deployment_id)
        move_deployment(work.session, stay, DeploymentStatus.LOST_CONTACT, on=clock.today(), by=by)
        note_step(work.session, row, CaseStep.NOTED, note=note.strip(), by=by)
        _record(work.session, row, "noted_case", {"contact": [None, "lost"]}, by)
        work.commit()
        return _shown(work.session, row)


def escalate_cases() -> int:
    """Due work: tell the managers of every case that nobody began in time; how many."""
    with reading() as session:
        query = select(MonitoringCaseRow.number).where(
            MonitoringCaseRow.status == CaseStatus.OPEN,
            MonitoringCaseRow.escalated_at.is_(None),
            MonitoringCaseRow.act_until <= clock.now(),
        )
        numbers = session.scalars(query).all()
    return settle_each("cases", numbers, lambda one: _escalate(one))


def _escalate(number: str) -> bool:
    with unit_of_work() as work:
        row, _ = _locked(work.session, number)
        is_late = row.status is CaseStatus.OPEN and row.act_until <= clock.now()
        if not is_late or row.escalated_at is not None:
            return False
        row.escalated_at = clock.now()
        note_step(work.session, row, CaseStep.ESCALATED, by=None)
        managers = select(OfficerRow.id).where(
            OfficerRow.role == Role.MANAGER, OfficerRow.disabled_at.is_(None)
        )
        for manager_id in work.session.scalars(managers).all():
            tell_officer(work.session, row, "monitoring.case_ran_out", manager_id, None)
        _record(work.session, row, "escalated_case", {}, None)
        work.commit()
        return True


def list_inspectors(*, by: Officer) -> tuple[tuple[int, str, str], ...]:
    """Who may be given a case: id, Georgian and English name."""
    check_can(by, Permission.CASES_ASSIGN)
    with reading() as session:
        query = select(OfficerRow.id, OfficerRow.name_ka, OfficerRow.name_en).where(
            OfficerRow.role == Role.INSPECTOR, OfficerRow.disabled_at.is_(None)
        )
        return tuple((one, ka, en) for one, ka, en in session.execute(query))


def _locked(session: Session, number: str) -> tuple[MonitoringCaseRow, CaseSummary]:
    query = select(MonitoringCaseRow).where(MonitoringCaseRow.number == number)
    query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(NO_CASE)
    return row, _shown(session, row)


def _shown(session: Session, row: MonitoringCaseRow) -> CaseSummary:
    session.flush()
    return summaries(session, [row.id])[0]


def _record(
    session: Session,
    row: MonitoringCaseRow,
    action: str,
    details: dict[str, list[object]],
    by: Officer | None,
) -> None:
    session.flush()
    subject = None
    # The log of a person tells of no complaint whose maker is protected.
    if row.deployment_id is not None and not row.is_anonymous:
        stay = session.get_one(DeploymentRow, row.deployment_id)
        subject = session.get_one(JobseekerRow, stay.jobseeker_id).external_id
    audit.record(
        session,
        action=action,
        entity="monitoring_case",
        entity_id=row.id,
        subject=subject,
        details=details or None,
        by=by,
    )
