"""Somebody is back: the stay ends, the day and the reason are kept, needs and plan are noted."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.models import DeploymentRow, ReturnRow
from db.repositories import returns as repository
from db.session import unit_of_work
from domain.enums import DeploymentStatus, EndReason, ReturnNeed, ReturnReason
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.returns import ReturnForm
from domain.texts import N_, Sentence
from services import audit, clock
from services.deployments import move_deployment
from services.permissions import Permission, check_can
from services.returns.rules import rules_on

ENTITY = "return"
BACK_FROM = (*repository.AWAY, DeploymentStatus.RETURNED)

END_REASON = {
    ReturnReason.SEASON_OVER: EndReason.COMPLETED,
    ReturnReason.OWN_WISH: EndReason.RESIGNED,
    ReturnReason.FAMILY: EndReason.FAMILY,
    ReturnReason.HEALTH: EndReason.HEALTH,
    ReturnReason.NO_MORE_WORK: EndReason.OTHER,
    ReturnReason.DISMISSED: EndReason.DISMISSED,
    ReturnReason.RIGHTS_VIOLATED: EndReason.EMPLOYER_BREACH,
    ReturnReason.OTHER: EndReason.OTHER,
}
"""Why the work ended, where the register does not say so yet."""


def check_can_record_return(status: DeploymentStatus, is_recorded: bool, by: Officer) -> None:
    """Raise, with what would help, unless the return from this stay can be recorded now."""
    check_can(by, Permission.RETURNS_EDIT)
    if status not in BACK_FROM:
        raise Refused(N_("This person has not departed: there is no return to record."))
    if is_recorded:
        raise Refused(N_("This return is recorded already. Change what was noted instead."))


def record_return(*, deployment_number: str, form: ReturnForm, by: Officer) -> None:
    """Somebody is back: ends the stay, and keeps day, reason, needs and what was agreed."""
    check_can(by, Permission.RETURNS_EDIT)
    with unit_of_work() as work:
        stay = _stay(work.session, deployment_number)
        known = repository.find_return(work.session, stay.id)
        check_can_record_return(stay.status, known is not None, by)
        form = _checked(stay, form)
        expected = expected_on(stay)
        if stay.status is not DeploymentStatus.RETURNED:
            move_deployment(
                work.session,
                stay,
                DeploymentStatus.RETURNED,
                on=form.returned_on,
                note=form.reason_note or None,
                reason=END_REASON[form.reason],
                by=by,
            )
        now = clock.now()
        row = ReturnRow(
            deployment_id=stay.id,
            jobseeker_id=stay.jobseeker_id,
            expected_on=expected,
            returned_on=form.returned_on,
            is_on_time=_is_on_time(form, stay),
            recorded_at=now,
            recorded_by=by.id,
            updated_at=now,
            updated_by=by.id,
            **_noted(form),
        )
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="registered",
            entity=ENTITY,
            entity_id=stay.number,
            subject=_subject(work.session, stay),
            details={"returned_on": [None, form.returned_on], "reason": [None, form.reason.value]},
            by=by,
        )
        work.commit()


def update_return(*, deployment_number: str, form: ReturnForm, version: int, by: Officer) -> None:
    """Change what was noted of a return; StaleVersion if somebody else saved first.

    The day stays: it ended the stay in the register.
    """
    check_can(by, Permission.RETURNS_EDIT)
    with unit_of_work() as work:
        stay = _stay(work.session, deployment_number)
        row = repository.find_return(work.session, stay.id, lock=True)
        if row is None:
            raise NotFound(N_("This return is not recorded yet."))
        if row.version != version:
            raise StaleVersion(
                N_("Somebody else saved this return before you. Nothing was overwritten."),
                yours=form,
                theirs=form_of(row),
            )
        noted = _noted(form)
        changed = {
            name: [getattr(row, name), value]
            for name, value in noted.items()
            if getattr(row, name) != value
        }
        if changed:
            for name, value in noted.items():
                setattr(row, name, value)
            row.updated_at, row.updated_by = clock.now(), by.id
            work.session.flush()
            audit.record(
                work.session,
                action="updated",
                entity=ENTITY,
                entity_id=stay.number,
                subject=_subject(work.session, stay),
                details={"fields": sorted(changed)},
                by=by,
            )
            work.commit()


def expected_on(stay: DeploymentRow) -> date | None:
    """The day on which somebody is expected back: as planned, else the end of the work."""
    return stay.planned_return_on or stay.ends_on


def form_of(row: ReturnRow) -> ReturnForm:
    """What was entered about a return."""
    return ReturnForm(
        returned_on=row.returned_on,
        reason=row.reason,
        reason_note=row.reason_note or "",
        border_point=row.border_point or "",
        needs=tuple(ReturnNeed(need) for need in row.needs),
        needs_note=row.needs_note or "",
        plan=row.plan or "",
    )


def _noted(form: ReturnForm) -> dict[str, object]:
    return {
        "reason": form.reason,
        "reason_note": form.reason_note.strip() or None,
        "border_point": form.border_point.strip() or None,
        "needs": [need.value for need in form.needs],
        "needs_note": form.needs_note.strip() or None,
        "plan": form.plan.strip() or None,
    }


def _checked(stay: DeploymentRow, form: ReturnForm) -> ReturnForm:
    """The form; InvalidInput names the field that can't be accepted."""
    problems = []
    if form.returned_on > clock.today():
        text = N_("The day of return can't be in the future.")
        problems.append(FieldProblem("returned_on", Sentence(text)))
    if stay.departed_on and form.returned_on < stay.departed_on:
        text = N_("The day of return can't be before the departure on {day}.")
        problems.append(FieldProblem("returned_on", Sentence(text, {"day": stay.departed_on})))
    if form.reason is ReturnReason.OTHER and not form.reason_note.strip():
        text = N_("Write in a few words why the person came back.")
        problems.append(FieldProblem("reason_note", Sentence(text)))
    if problems:
        raise InvalidInput(problems[0].sentence, tuple(problems))
    return form


def _is_on_time(form: ReturnForm, stay: DeploymentRow) -> bool | None:
    """Back by the planned day, or so few days later as the rules of that day allow."""
    expected = expected_on(stay)
    if expected is None:
        return None
    tolerance = timedelta(rules_on(form.returned_on).on_time_tolerance_days)
    return form.returned_on <= expected + tolerance


def _stay(session: Session, number: str) -> DeploymentRow:
    stay = repository.find_stay(session, number, lock=True)
    if stay is None:
        raise NotFound(N_("There is no stay abroad with this number."))
    return stay


def _subject(session: Session, stay: DeploymentRow) -> str:
    return repository.external_id_of(session, stay.jobseeker_id)
