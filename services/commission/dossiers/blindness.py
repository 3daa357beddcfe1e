"""Lifting blindness for a session: by its chair, with a reason that everybody reads, for good."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db.models import CandidacyRow, JobseekerRow, LiftedBlindnessRow, OfficerRow
from db.session import unit_of_work
from domain.exceptions import InvalidInput, Refused
from domain.records.commission import SessionRecord
from domain.records.dossier import ShownPerson
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.dossiers.checks import check_can_lift
from services.commission.sessions.sitting import get_sitting
from services.commission.sessions.views import session_record
from services.permissions import Permission, check_can

SHORTEST_REASON = 10
"""Letters: less is no sentence that a reader of the minutes could understand."""


def lift_blindness(*, number: str, reason: str, by: Officer) -> SessionRecord:
    """Show the members of a session who the candidates are; it can't be undone."""
    check_can(by, Permission.SESSIONS_CHAIR)
    text = (reason or "").strip()
    if len(text) < SHORTEST_REASON:
        raise InvalidInput(N_("Write in a sentence why the names are needed: everybody reads it."))
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        check_can_lift(sitting, by)
        row = LiftedBlindnessRow(
            session_id=sitting.row.id, reason=text, lifted_at=clock.now(), lifted_by=by.id
        )
        work.session.add(row)
        try:
            work.session.flush()
        except IntegrityError:
            raise Refused(N_("Blindness was lifted already.")) from None
        officer = work.session.scalars(select(OfficerRow).where(OfficerRow.id == by.id)).one()
        sitting.lifted = (row, officer)
        audit.record(
            work.session,
            action="lifted_blindness",
            entity="commission_session",
            entity_id=number,
            details={"reason": text},
            by=by,
        )
        work.commit()
        return session_record(sitting, by)


def shown_person(candidacy: CandidacyRow, person: JobseekerRow, on: date) -> ShownPerson:
    """What a lifted file says of a person: name, age on that day, region."""
    return ShownPerson(
        candidacy_id=candidacy.id,
        name_ka=_full(person.first_name_ka, person.last_name_ka),
        name_lat=_full(person.first_name_lat, person.last_name_lat),
        age=_age(person.birth_date, on),
        region=person.region,
    )


def _full(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None


def _age(born: date | None, on: date) -> int | None:
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
