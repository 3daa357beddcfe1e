"""Asking somebody on the road to call back: one message a day at most."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, VacancyRow
from db.repositories.messages import is_queued
from db.session import reading, unit_of_work
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.dated_rules import in_force, stored_rules
from services.notifications import Recipient, queue_message
from services.permissions import Permission, check_can
from services.refusals import refusal


def ask_to_call(*, candidacy_id: int, by: Officer) -> None:
    """Queue the message; Refused where it could reach nobody, or was sent today."""
    check_can(by, Permission.MESSAGES_EDIT)
    with unit_of_work() as work:
        candidacy, person = _found(work.session, candidacy_id)
        _check(work.session, candidacy, person)
        today = clock.today()
        wait = timedelta(in_force(stored_rules("road"), today)["call_back_days"])
        vacancy = work.session.get_one(VacancyRow, candidacy.vacancy_id)
        message_id = queue_message(
            work.session,
            template="road.please_call",
            to=Recipient.jobseeker(person.id),
            values={"vacancy": vacancy.number, "until": today + wait},
            key=_key(candidacy_id),
            by=by,
        )
        if message_id is None:
            raise Refused(_ASKED)
        audit.record(
            work.session,
            action="asked_to_call",
            entity="candidacy",
            entity_id=candidacy_id,
            subject=person.external_id,
            by=by,
        )
        work.commit()


def calling_refusal(*, candidacy_id: int, by: Officer) -> Sentence | None:
    """Why the person can't be asked to call now; None if they can."""
    check_can(by, Permission.ROAD_READ)
    with reading() as session:
        candidacy, person = _found(session, candidacy_id)
        return refusal(check_can, by, Permission.MESSAGES_EDIT) or refusal(
            _check, session, candidacy, person
        )


_ASKED = N_("This person was asked to call today already.")


def _check(session: Session, candidacy: CandidacyRow, person: JobseekerRow) -> None:
    if not person.phone and not person.email:
        raise Refused(N_("The file has neither a phone number nor an e-mail address: add one."))
    if is_queued(session, _key(candidacy.id)):
        raise Refused(_ASKED)


def _key(candidacy_id: int) -> str:
    return f"please_call:{candidacy_id}:{clock.today()}"


def _found(session: Session, candidacy_id: int) -> tuple[CandidacyRow, JobseekerRow]:
    candidacy = session.get(CandidacyRow, candidacy_id)
    if candidacy is None:
        raise NotFound(N_("There is no such candidacy."))
    return candidacy, session.get_one(JobseekerRow, candidacy.jobseeker_id)
