"""People concerned by an incident: named, and told by a message each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import IncidentPersonRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import IncidentStep, TellPeople
from domain.exceptions import InvalidInput, Refused
from domain.records.incidents import IncidentRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import clock
from services.incidents.handling import check_can_work, locked, write_step
from services.incidents.register import form_of, record_of
from services.notifications import Recipient, queue_message
from services.permissions import Permission, check_can

MOST_AT_ONCE = 5000
TOLD_AT_ONCE = 500
SHORTEST, LONGEST = 20, 1500


def file_numbers(text: str) -> tuple[str, ...]:
    """Numbers of files as somebody pastes them: one a line, or with commas between."""
    return tuple(dict.fromkeys(filter(None, re.split(r"[\s,;]+", text.strip()))))


def name_people(*, number: str, external_ids: Sequence[str], by: Officer) -> IncidentRecord:
    """Say which registered people are concerned; unknown numbers are named and nothing is kept."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    wanted = set(external_ids)
    if not wanted:
        raise InvalidInput(N_("Write at least one number of a file, such as JS-2026-00001."))
    if len(wanted) > MOST_AT_ONCE:
        raise InvalidInput(N_("At most {limit} people at once."), limit=MOST_AT_ONCE)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_work(one, by)
        found = work.session.execute(
            select(JobseekerRow.external_id, JobseekerRow.id).where(
                JobseekerRow.external_id.in_(wanted)
            )
        ).all()
        if missing := sorted(wanted - {line.external_id for line in found}):
            raise InvalidInput(
                N_("There is no file with these numbers: {numbers}. Nobody was added."),
                numbers=", ".join(missing[:10]),
            )
        of_it = IncidentPersonRow.incident_id == row.id
        known = set(work.session.scalars(select(IncidentPersonRow.jobseeker_id).where(of_it)))
        fresh = [line.id for line in found if line.id not in known]
        work.session.add_all(
            IncidentPersonRow(
                incident_id=row.id, jobseeker_id=one_id, named_at=clock.now(), named_by=by.id
            )
            for one_id in fresh
        )
        write_step(
            work.session,
            row,
            IncidentStep.PEOPLE_NAMED,
            {"people": len(fresh)},
            sentence=Sentence(N_("people added: {count}"), {"count": len(fresh)}),
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def check_can_tell(record: IncidentRecord, by: Officer) -> None:
    """Raise unless the people named may be told now."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    check_can_work(record.summary, by)
    if record.summary.is_breach is not True:
        raise Refused(N_("Only of a breach of personal data people are told: assess it first."))
    if record.form.tell_people is not TellPeople.YES:
        raise Refused(N_("Decide first, in the description, that people are told."))
    if record.people_named == record.people_told:
        raise Refused(N_("Nobody waits to be told: name the people concerned first."))


def tell_people(*, number: str, text: str, by: Officer) -> IncidentRecord:
    """Queue a message for everybody named who was not told yet: what happened, what they can do."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise InvalidInput(
            N_("Write in {least} to {most} letters what happened and what they can do."),
            least=SHORTEST,
            most=LONGEST,
        )
    with reading() as session:
        check_can_tell(record_of(session, number), by)
    while True:
        # In portions: ten thousand messages in one transaction would hold up every other writer.
        with unit_of_work() as work:
            told = _tell_some(work.session, number, text, by)
            if told:
                work.commit()
            if told < TOLD_AT_ONCE:
                return record_of(work.session, number)


def _tell_some(session: Session, number: str, text: str, by: Officer) -> int:
    """Queue messages for the next who were not told yet; how many."""
    row, one = locked(session, number)
    check_can_work(one, by)
    waiting = session.scalars(
        select(IncidentPersonRow)
        .where(IncidentPersonRow.incident_id == row.id, IncidentPersonRow.told_at.is_(None))
        .order_by(IncidentPersonRow.jobseeker_id)
        .limit(TOLD_AT_ONCE)
    ).all()
    for person in waiting:
        person.message_id = queue_message(
            session,
            template="incidents.people_told",
            to=Recipient.jobseeker(person.jobseeker_id),
            values={
                "incident": row.number,
                "what": text,
                "contact": form_of(row).contact or "–",
            },
            key=f"incidents.people_told:{row.id}:{person.jobseeker_id}",
            by=by,
        )
        person.told_at = clock.now()
    if waiting:
        write_step(
            session,
            row,
            IncidentStep.PEOPLE_TOLD,
            {"people": len(waiting)},
            sentence=Sentence(N_("messages queued: {count}"), {"count": len(waiting)}),
            by=by,
        )
    return len(waiting)
