"""Orientation sessions: planned, people invited, attendance marked, called off."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from db.models import CandidacyRow, OrientationPlaceRow, OrientationSessionRow
from db.repositories import preparation as repository
from db.repositories.numbers import next_in_series
from db.repositories.preparation import Traveller
from db.session import unit_of_work
from domain.enums import Attendance, CandidacyStatus, OrientationStatus
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.preparation import OrientationForm
from domain.texts import N_
from domain.transitions import ORIENTATION, check_can_move
from services import audit, clock
from services.audit import Happening
from services.candidacies import move_candidacy
from services.permissions import Permission, check_can
from services.preparation.obstacles import BEFORE_DEPARTURE
from services.preparation.rules import curriculum_on
from services.preparation.telling import tell_traveller

O = OrientationStatus  # noqa: E741 - as the other life cycles are called for short
TAKES_A_SEAT = (Attendance.INVITED, Attendance.ATTENDED, Attendance.ABSENT)
ALREADY_INVITED = N_("This person has a place in session {number} already.")


def plan_orientation(*, form: OrientationForm, by: Officer) -> str:
    """Plan a session; its number."""
    check_can(by, Permission.PREPARATION_EDIT)
    today = clock.today()
    curriculum = curriculum_on(today)
    starts_at = form.starts_at
    place, trainer = _tidy(form.place), _tidy(form.trainer)
    capacity = form.capacity if form.capacity is not None else curriculum.capacity
    if starts_at is None or starts_at <= clock.now():
        raise InvalidInput(N_("Choose a day and an hour that have not passed."))
    if not place:
        raise InvalidInput(N_("Write down the address, or how to get into the online session."))
    if not trainer:
        raise InvalidInput(N_("Write down who teaches."))
    if not 1 <= capacity <= curriculum.capacity_max:
        raise InvalidInput(
            N_("A session has between 1 and {most} seats."), most=curriculum.capacity_max
        )
    with unit_of_work() as work:
        series = f"ORI-{today.year}"
        now = clock.now()
        row = OrientationSessionRow(
            number=f"{series}-{next_in_series(work.session, series):04d}",
            status=O.PLANNED,
            country=form.country,
            language=form.language,
            mode=form.mode,
            place=place,
            trainer=trainer,
            starts_at=starts_at,
            capacity=capacity,
            curriculum_from=curriculum.valid_from,
            created_at=now,
            created_by=by.id,
            updated_at=now,
            updated_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        details = {"starts_at": starts_at, "capacity": capacity, "country": form.country}
        _note(work.session, row, "planned", details, by)
        work.commit()
        return row.number


def invite_to_orientation(*, number: str, candidacy_ids: Collection[int], by: Officer) -> int:
    """Give these people a place; who only confirmed is in orientation now. How many were new."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        row = locked_session(work.session, number)
        places = repository.places_of(work.session, row.id)
        check_can_invite(row, places, by)
        wanted = sorted(set(candidacy_ids))
        if not wanted:
            raise InvalidInput(N_("Choose whom to invite."))
        taken = sum(place.attendance in TAKES_A_SEAT for place in places)
        if taken + len(wanted) > row.capacity:
            raise Refused(
                N_("There are {seats} seats left, not {wanted}: choose fewer, or another session."),
                seats=row.capacity - taken,
                wanted=len(wanted),
            )
        own = {place.candidacy_id: place for place in places}
        happenings = [_invite(work.session, row, one, own.get(one), by) for one in wanted]
        work.session.flush()
        audit.record_all(work.session, happenings, by=by)
        details = {"people": len(wanted)}
        _note(work.session, row, "invited", details, by)
        work.commit()
        return len(wanted)


def check_can_invite(
    row: OrientationSessionRow, places: Collection[OrientationPlaceRow], by: Officer
) -> None:
    """Raise unless people can be invited to the session now."""
    check_can(by, Permission.PREPARATION_EDIT)
    if row.status is not O.PLANNED:
        raise Refused(N_("The session is over: plan another one."))
    if sum(place.attendance in TAKES_A_SEAT for place in places) >= row.capacity:
        raise Refused(N_("All seats are taken: plan another session."))


def _invite(
    session: Session,
    row: OrientationSessionRow,
    candidacy_id: int,
    own: OrientationPlaceRow | None,
    by: Officer,
) -> Happening:
    traveller = _traveller(session, candidacy_id)
    candidacy = traveller.candidacy
    if candidacy.status not in BEFORE_DEPARTURE:
        raise Refused(N_("Only people who confirmed and have not departed are invited."))
    if row.country is not None and row.country != traveller.vacancy.country:
        raise Refused(N_("The session is for another country."))
    check_has_no_place(session, candidacy_id)
    told = own.marked_at if own else None
    if own is None:
        session.add(
            OrientationPlaceRow(
                session_id=row.id,
                candidacy_id=candidacy_id,
                attendance=Attendance.INVITED,
                created_at=clock.now(),
                created_by=by.id,
            )
        )
    else:
        own.attendance = Attendance.INVITED
    if candidacy.status is CandidacyStatus.CONFIRMED:
        move_candidacy(session, candidacy, CandidacyStatus.ORIENTATION, by=by)
    key = f"{row.number}:{told}"
    said = {"moment": row.starts_at, "place": row.place}
    tell_traveller(session, candidacy, "invited", key=key, by=by, **said)
    return _about(row, "invited", traveller)


def check_has_no_place(session: Session, candidacy_id: int) -> None:
    """Raise if the person has a certificate, or a place in a session that is still to come."""
    if repository.certificates_of(session, [candidacy_id]):
        raise Refused(N_("This person has the certificate of orientation already."))
    for place, held in repository.places_of_people(session, [candidacy_id]):
        if place.attendance is Attendance.INVITED and held.status is O.PLANNED:
            raise Refused(ALREADY_INVITED, number=held.number)


def _traveller(session: Session, candidacy_id: int) -> Traveller:
    if repository.lock_candidacy(session, candidacy_id) is None:
        raise NotFound(N_("There is no such candidacy."))
    found = repository.find_traveller(session, candidacy_id)
    assert found is not None
    return found


def take_off_orientation(*, number: str, candidacy_id: int, by: Officer) -> None:
    """Give a person's place back."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        row = locked_session(work.session, number)
        place = _place_of(work.session, row, candidacy_id)
        if row.status is not O.PLANNED or place.attendance is not Attendance.INVITED:
            raise Refused(N_("Only an invitation to a session to come can be taken back."))
        _mark(place, Attendance.TAKEN_OFF, by)
        work.session.flush()
        traveller = _traveller(work.session, candidacy_id)
        _tell_cancelled(work.session, row, place, by)
        audit.record(
            work.session,
            action="taken_off_session",
            entity="orientation_session",
            entity_id=row.number,
            subject=traveller.person.external_id,
            details={"candidacy": candidacy_id},
            by=by,
        )
        work.commit()


def mark_attendance(*, number: str, attended: Collection[int], by: Officer) -> None:
    """Write down who of the invited was there; everybody else was not. The session is held."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        row = locked_session(work.session, number)
        places = [one for one in repository.places_of(work.session, row.id) if _has_seat(one)]
        check_can_mark(row, places, by)
        there = set(attended)
        if not there <= {place.candidacy_id for place in places}:
            raise InvalidInput(N_("Somebody who is marked was not invited: invite them first."))
        for place in places:
            is_there = place.candidacy_id in there
            _mark(place, Attendance.ATTENDED if is_there else Attendance.ABSENT, by)
        check_can_move(ORIENTATION, row.status, O.HELD)
        row.status, row.held_on = O.HELD, clock.day_of(row.starts_at)
        row.updated_at, row.updated_by = clock.now(), by.id
        work.session.flush()
        details = {"invited": len(places), "attended": len(there)}
        _note(work.session, row, "held", details, by)
        work.commit()


def check_can_mark(
    row: OrientationSessionRow, places: Collection[OrientationPlaceRow], by: Officer
) -> None:
    """Raise unless the attendance of the session can be written down now."""
    check_can(by, Permission.PREPARATION_EDIT)
    if row.status is not O.PLANNED:
        raise Refused(N_("The attendance of this session stands already."))
    if row.starts_at > clock.now():
        raise Refused(
            N_("The session begins on {moment}: mark who came then."), moment=row.starts_at
        )
    if not any(_has_seat(place) for place in places):
        raise Refused(N_("Nobody was invited: call the session off instead."))


def cancel_orientation(*, number: str, reason: str, by: Officer) -> None:
    """Call a session off; whoever was invited needs a place in another one."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        row = locked_session(work.session, number)
        check_can_cancel(row, by)
        why = _tidy(reason)
        if not why:
            raise InvalidInput(N_("Write in a sentence why."))
        row.status, row.cancel_reason = O.CANCELLED, why
        row.updated_at, row.updated_by = clock.now(), by.id
        for place in repository.places_of(work.session, row.id):
            if place.attendance is Attendance.INVITED:
                _tell_cancelled(work.session, row, place, by)
        work.session.flush()
        _note(work.session, row, "cancelled", {"reason": why}, by)
        work.commit()


def check_can_cancel(row: OrientationSessionRow, by: Officer) -> None:
    """Raise unless the session can still be called off."""
    check_can(by, Permission.PREPARATION_EDIT)
    check_can_move(ORIENTATION, row.status, O.CANCELLED)


def locked_session(session: Session, number: str) -> OrientationSessionRow:
    """The session of that number, held against others; NotFound if there is none."""
    row = repository.find_session(session, number, lock=True)
    if row is None:
        raise NotFound(N_("There is no orientation session {number}."), number=number)
    return row


def session_day(row: OrientationSessionRow) -> date:
    """The day in Georgia on which the session takes place."""
    return clock.day_of(row.starts_at)


def _has_seat(place: OrientationPlaceRow) -> bool:
    return place.attendance in TAKES_A_SEAT


def _mark(place: OrientationPlaceRow, attendance: Attendance, by: Officer) -> None:
    place.attendance, place.marked_at, place.marked_by = attendance, clock.now(), by.id


def _tell_cancelled(
    session: Session, row: OrientationSessionRow, place: OrientationPlaceRow, by: Officer
) -> None:
    candidacy = session.get_one(CandidacyRow, place.candidacy_id)
    if candidacy.status in BEFORE_DEPARTURE:  # whoever left the road is not told of its steps
        key = f"{row.number}:{place.attendance}:{place.marked_at}"
        moment = row.starts_at
        tell_traveller(session, candidacy, "place_cancelled", key=key, by=by, moment=moment)


def _place_of(
    session: Session, row: OrientationSessionRow, candidacy_id: int
) -> OrientationPlaceRow:
    places = repository.places_of(session, row.id)
    place = next((one for one in places if one.candidacy_id == candidacy_id), None)
    if place is None:
        raise NotFound(N_("This person has no place in the session."))
    return place


def _tidy(text: str) -> str:
    return " ".join((text or "").split())


def _about(row: OrientationSessionRow, action: str, traveller: Traveller) -> Happening:
    details = {"candidacy": traveller.candidacy.id}
    person = traveller.person.external_id
    return Happening(action, "orientation_session", row.number, person, details)


def _note(
    session: Session,
    row: OrientationSessionRow,
    action: str,
    details: Mapping[str, object],
    by: Officer,
) -> None:
    audit.record(
        session,
        action=action,
        entity="orientation_session",
        entity_id=row.number,
        details=details,
        by=by,
    )
