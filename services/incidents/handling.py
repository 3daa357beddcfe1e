"""Working on an incident: begun, assessed, described, contained, closed, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy.orm import Session

from db.models import IncidentRow
from db.repositories.incidents import find_locked
from db.session import unit_of_work
from domain.enums import Harm, IncidentStatus, IncidentStep, TellPeople
from domain.exceptions import InvalidInput, NotFound, Refused, StaleVersion
from domain.records.incidents import BreachForm, IncidentRecord, IncidentSummary
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from domain.transitions import INCIDENT, check_can_move
from services import audit, clock
from services.incidents.opening import note_step
from services.incidents.register import LONGEST_TEXT, NO_INCIDENT, STANDS_STILL, form_of, record_of
from services.permissions import Permission, check_can

BEGIN_FIRST = N_("Begin with the incident first: so that everybody sees who works on it.")
CLOSED = N_("This incident is closed. Open it again first.")
WRITE = N_("Write it in a sentence.")


def check_can_take(one: IncidentSummary, by: Officer) -> None:
    """Raise unless this officer may begin with the incident now."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    if one.status is not IncidentStatus.OPEN:
        raise Refused(N_("Somebody has begun with this incident already."))


def check_can_work(one: IncidentSummary, by: Officer) -> None:
    """Raise unless this officer may write in the incident now."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    if one.status is IncidentStatus.CLOSED:
        raise Refused(CLOSED)
    if one.status is IncidentStatus.OPEN:
        raise Refused(BEGIN_FIRST)


def check_can_close(one: IncidentSummary, by: Officer) -> None:
    """Raise unless the incident may be closed: assessed, and the clock stands."""
    check_can_work(one, by)
    if one.is_breach is None:
        raise Refused(N_("Say first whether personal data were reached."))
    if one.clock not in STANDS_STILL:
        raise Refused(N_("The authority is not notified yet: do that first, or say why not."))


def check_can_reopen(one: IncidentSummary, by: Officer) -> None:
    """Raise unless the incident is closed and this officer may open it again."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    if one.status is not IncidentStatus.CLOSED:
        raise Refused(N_("This incident is not closed."))


def take_incident(*, number: str, by: Officer) -> IncidentRecord:
    """Begin with an incident: whoever begins is its owner."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_take(one, by)
        check_can_move(INCIDENT, row.status, IncidentStatus.IN_WORK)
        row.status, row.owner_id = IncidentStatus.IN_WORK, by.id
        row.taken_at, row.taken_by = clock.now(), by.id
        write_step(
            work.session,
            row,
            IncidentStep.TAKEN,
            {},
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def note_incident(*, number: str, note: str, by: Officer) -> IncidentRecord:
    """Write down what was found or done."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_work(one, by)
        write_step(
            work.session,
            row,
            IncidentStep.NOTED,
            {},
            note=_said(note),
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def assess_incident(
    *, number: str, is_breach: bool, harm: Harm | None, reason: str, by: Officer
) -> IncidentRecord:
    """Say whether personal data were reached, and how likely significant harm is.

    Only "least likely" spares the notification, and needs its reason as the others do.
    """
    check_can(by, Permission.INCIDENTS_HANDLE)
    if is_breach and harm is None:
        raise InvalidInput(N_("Say how likely significant harm to people is."))
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_work(one, by)
        before = [row.is_breach, row.harm.value if row.harm else None]
        row.is_breach, row.harm = is_breach, harm if is_breach else None
        row.harm_reason = _said(reason)
        row.assessed_at, row.assessed_by = clock.now(), by.id
        told = (
            Sentence(N_("personal data were reached; {harm}"), {"harm": Term("Harm", harm.value)})
            if is_breach and harm
            else Sentence(N_("no personal data were reached"))
        )
        details = {"breach": [before[0], is_breach], "harm": [before[1], harm]}
        write_step(
            work.session,
            row,
            IncidentStep.ASSESSED,
            details,
            note=row.harm_reason,
            sentence=told,
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def describe_breach(*, number: str, form: BreachForm, version: int, by: Officer) -> IncidentRecord:
    """Write down what law asks to be told; what is not known yet stays empty and may follow."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    _check_form(form)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_work(one, by)
        before = form_of(row)
        if version != row.version and before != form:
            raise StaleVersion(
                N_("Somebody else has described this incident meanwhile. Nothing was overwritten."),
                yours=form,
                theirs=before,
            )
        changed = [f.name for f in fields(form) if getattr(form, f.name) != getattr(before, f.name)]
        for name in changed:
            value = getattr(form, name)
            setattr(row, name, _plain(value) if isinstance(value, tuple) else value or None)
        row.tell_people = form.tell_people
        row.people_count = form.people_count
        write_step(
            work.session,
            row,
            IncidentStep.DESCRIBED,
            {"fields": changed},
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def _plain(members: tuple[object, ...]) -> list[str]:
    return [str(member) for member in members]


def _check_form(form: BreachForm) -> None:
    if form.began_at and form.ended_at and form.ended_at < form.began_at:
        raise InvalidInput(N_("The incident can't end before it began."))
    if form.people_count is not None and form.people_count < 0:
        raise InvalidInput(N_("A number of people can't be below zero."))
    if form.tell_people is TellPeople.YES and form.tell_people_on is None:
        raise InvalidInput(N_("Say on which day people are told."))
    if form.tell_people is TellPeople.NO and not (form.tell_people_reason or "").strip():
        raise InvalidInput(N_("Say why people are not told."))
    texts = (getattr(form, field.name) for field in fields(form))
    if any(isinstance(text, str) and len(text) > LONGEST_TEXT for text in texts):
        raise InvalidInput(N_("At most {limit} letters."), limit=LONGEST_TEXT)


def contain_incident(*, number: str, note: str, by: Officer) -> IncidentRecord:
    """Say that it does not go on any more, and how that was done."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_work(one, by)
        check_can_move(INCIDENT, row.status, IncidentStatus.CONTAINED)
        row.status = IncidentStatus.CONTAINED
        write_step(
            work.session,
            row,
            IncidentStep.CONTAINED,
            {},
            note=_said(note),
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def close_incident(*, number: str, lesson: str, by: Officer) -> IncidentRecord:
    """Close it, with what is done so that it does not happen again."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_close(one, by)
        check_can_move(INCIDENT, row.status, IncidentStatus.CLOSED)
        row.status, row.lesson = IncidentStatus.CLOSED, _said(lesson)
        row.closed_at, row.closed_by = clock.now(), by.id
        write_step(
            work.session,
            row,
            IncidentStep.CLOSED,
            {},
            note=row.lesson,
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def reopen_incident(*, number: str, note: str, by: Officer) -> IncidentRecord:
    """Open it again: more was learnt, or it goes on."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_reopen(one, by)
        check_can_move(INCIDENT, row.status, IncidentStatus.IN_WORK)
        row.status, row.closed_at, row.closed_by = IncidentStatus.IN_WORK, None, None
        row.source_key = None  # the same again may run as an incident of its own by now
        write_step(
            work.session,
            row,
            IncidentStep.REOPENED,
            {},
            note=_said(note),
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def write_step(
    session: Session,
    row: IncidentRow,
    step: IncidentStep,
    details: Mapping[str, object],
    *,
    note: str | None = None,
    sentence: Sentence | None = None,
    by: Officer,
) -> None:
    """The story's line and the audit event, in the caller's transaction; last before its commit."""
    note_step(session, row, step, note=note, sentence=sentence, by=by)
    audit.record(
        session,
        action=f"incident_{step.value}",
        entity="incident",
        entity_id=row.id,
        details={"number": row.number, **details},
        by=by,
    )


def _said(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(WRITE)
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(N_("At most {limit} letters."), limit=LONGEST_TEXT)
    return text


def locked(session: Session, number: str) -> tuple[IncidentRow, IncidentSummary]:
    """The row, which nobody else changes until the caller's end, and how it is shown."""
    row = find_locked(session, number)
    if row is None:
        raise NotFound(NO_INCIDENT)
    return row, record_of(session, number).summary
