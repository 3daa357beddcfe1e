"""What an officer records of a stay: steps, a transfer, an extension."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from db.models import CandidacyRow, DeploymentRow, EmployerRow, FormerWorkplaceRow, JobseekerRow
from db.queries.deployments import find_placed
from db.repositories.deployments import Step, add_step, last_step, list_steps
from db.session import unit_of_work
from domain.enums import DeploymentStatus, EmployerStatus, EndReason
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.deployments import TransferForm
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import DEPLOYMENT, check_can_move
from services import audit, clock
from services.deployments.checks import contract_checks
from services.deployments.contracts import (
    check_can_save,
    check_version,
    contacts_of,
    contract_of,
    counters_of,
    get_locked,
)
from services.deployments.moving import check_found, move_deployment
from services.permissions import Permission, check_can

D = DeploymentStatus
AT_WORK = (D.WORKING, D.TRANSFERRED)
BY_OFFICERS = (D.ARRIVED, D.WORKING, D.ENDED, D.RETURNED, D.LOST_CONTACT)
"""Departure is confirmed with the papers; transfers and cancellations have forms of their own."""
LONGEST_NOTE = 1000


def check_can_record(
    row: DeploymentRow, candidacy: CandidacyRow, after: DeploymentStatus, by: Officer
) -> None:
    """Raise unless this officer may record this step of the stay now."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    if row.status is D.PLANNED:
        raise Refused(N_("The departure comes first: it is confirmed with the person's papers."))
    if row.status is after:
        raise Refused(N_("So it stands already."))
    check_can_move(DEPLOYMENT, row.status, after)
    if row.status is D.LOST_CONTACT:
        check_found(row, candidacy, after)


def record_step(
    *,
    number: str,
    after: DeploymentStatus,
    on: date,
    note: str = "",
    reason: EndReason | None = None,
    version: int,
    by: Officer,
) -> None:
    """Record arrival, work, the end with its reason, return, or that contact is lost or found."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    if after not in BY_OFFICERS:
        raise Refused(N_("This step is not recorded here."))
    text = _note(note)
    if after is D.LOST_CONTACT and text is None:
        raise InvalidInput(N_("Write how the person was last heard of, and what was tried."))
    with unit_of_work() as work:
        row = get_locked(work.session, number)
        check_version(row, version, yours=after, theirs=row.status)
        candidacy = work.session.get_one(CandidacyRow, row.candidacy_id)
        check_can_record(row, candidacy, after, by)
        move_deployment(work.session, row, after, on=on, note=text, reason=reason, by=by)
        work.commit()


def check_can_transfer(row: DeploymentRow, by: Officer) -> None:
    """Raise unless the person may be moved to another workplace now."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    if row.status not in AT_WORK:
        raise Refused(N_("Only somebody who works can be moved to another workplace."))


def transfer(*, number: str, form: TransferForm, version: int, by: Officer) -> None:
    """Move the person to another workplace or employer; what was before stays in the history."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    place, reason = form.workplace_address.strip(), form.reason.strip()
    if not place:
        raise InvalidInput(N_("State the address of the new workplace."))
    if not reason:
        raise InvalidInput(N_("Write why the person moves."))
    with unit_of_work() as work:
        row = get_locked(work.session, number)
        check_version(row, version, yours=form, theirs=row.status)
        check_can_transfer(row, by)
        _check_employer(work.session, row, form.employer_id)
        work.session.add(_former(work.session, row, form, reason, by))
        row.employer_id = form.employer_id
        row.workplace_address = place
        row.housing_address = (form.housing_address or "").strip() or row.housing_address
        row.supervisor_name = (form.supervisor_name or "").strip() or None
        row.supervisor_phone = (form.supervisor_phone or "").strip() or None
        _take_transfer(work.session, row, form.on, reason, by)
        work.commit()


def _take_transfer(
    session: Session, row: DeploymentRow, on: date, reason: str, by: Officer
) -> None:
    """A second transfer begins from work again: nobody is moved twice without having worked."""
    if row.status is D.TRANSFERRED:
        move_deployment(session, row, D.WORKING, on=on, by=by)
    move_deployment(session, row, D.TRANSFERRED, on=on, note=reason, by=by)


def _check_employer(session: Session, row: DeploymentRow, employer_id: int | None) -> None:
    if employer_id is None:
        return
    employer = session.get(EmployerRow, employer_id)
    if employer is None:
        raise NotFound(N_("There is no such employer."))
    if employer.status is EmployerStatus.SUSPENDED and employer_id != row.employer_id:
        raise Refused(N_("{employer} is suspended: nobody is moved there."), employer=employer.name)


def _former(
    session: Session, row: DeploymentRow, form: TransferForm, reason: str, by: Officer
) -> FormerWorkplaceRow:
    steps = [one for one in list_steps(session, row.id) if one.to_status in AT_WORK]
    began = steps[-1].happened_on if steps else row.starts_on
    contract = contract_of(row)
    return FormerWorkplaceRow(
        deployment_id=row.id,
        employer_id=row.employer_id,
        workplace_address=row.workplace_address,
        began_on=began,
        left_on=form.on,
        reason=reason,
        terms={
            "pay_amount": None if contract.pay_amount is None else str(contract.pay_amount),
            "pay_currency": contract.pay_currency,
            "pay_period": contract.pay_period.value if contract.pay_period else None,
            "guaranteed_hours_week": contract.guaranteed_hours_week,
            **{"contacts": {"housing_address": contacts_of(row).housing_address}},
        },
        recorded_at=clock.now(),
        recorded_by=by.id,
    )


def check_can_extend(row: DeploymentRow, by: Officer) -> None:
    """Raise unless the agreed end of the stay can be moved."""
    check_can_save(row.status, by)
    if row.status not in (D.DEPARTED, D.ARRIVED, *AT_WORK):
        raise Refused(N_("Only a stay that is under way is extended; a plan is changed above."))
    if row.ends_on is None:
        raise Refused(N_("State the last day of work in the contract first."))


def extend(
    *, number: str, until: date, insurance_until: date | None, note: str, version: int, by: Officer
) -> None:
    """Let the stay last longer; refused beyond the scheme, the day limits or the minimum wage."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    text = _note(note)
    if text is None:
        raise InvalidInput(N_("Write what the extension is based on: permit, annex."))
    with unit_of_work() as work:
        row = get_locked(work.session, number)
        check_version(row, version, yours=until, theirs=row.ends_on)
        check_can_extend(row, by)
        before, was = row.ends_on, row.planned_return_on
        assert before is not None
        if until <= before:
            raise InvalidInput(N_("The new last day must be after {day}."), day=before)
        row.ends_on = until
        row.planned_return_on = max(until, was or until)
        row.insurance_until = insurance_until or row.insurance_until
        work.session.flush()
        _check_extension(work.session, row)
        step = Step(row.status, clock.today(), text)
        last = last_step(work.session, row.id)
        if last is not None:
            step = replace(step, on=max(last.happened_on, clock.today()))
        add_step(work.session, row, step, at=clock.now(), by=by.id)
        audit.record(
            work.session,
            action="extended_stay",
            entity="deployment",
            entity_id=row.number,
            subject=work.session.get_one(JobseekerRow, row.jobseeker_id).external_id,
            details={"ends_on": [before, until], "note": [None, text]},
            by=by,
        )
        work.commit()


def _check_extension(session: Session, row: DeploymentRow) -> None:
    placed = find_placed(session, row.number)
    assert placed is not None
    form = contract_of(row)
    for check in contract_checks(form, row.country, placed.vacancy.scheme_code):
        if check.is_unlawful:
            raise Refused(N_("The stay can't be extended: {why}"), why=check.sentence)
    for counter in counters_of(session, placed):
        if counter.binds and counter.over_from is not None:
            raise Refused(N_("The stay can't be extended: {why}"), why=counter.sentence)


def _note(note: str) -> str | None:
    text = note.strip()
    if len(text) > LONGEST_NOTE:
        raise InvalidInput(N_("The text is too long: at most {limit} letters."), limit=LONGEST_NOTE)
    return text or None
