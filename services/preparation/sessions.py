"""Orientation sessions as their screens show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models import (
    OrientationCertificateRow,
    OrientationPlaceRow,
    OrientationQuizRow,
    OrientationSessionRow,
)
from db.repositories import preparation as repository
from db.repositories.preparation import Traveller
from db.session import reading
from domain.enums import Attendance, OrientationStatus
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.preparation import (
    Certificate,
    Invitable,
    OrientationPlace,
    OrientationRecord,
    OrientationSummary,
)
from domain.texts import N_
from services import clock
from services.permissions import Permission, check_can
from services.preparation.certificates import check_can_issue
from services.preparation.obstacles import BEFORE_DEPARTURE
from services.preparation.orientations import (
    TAKES_A_SEAT,
    check_can_cancel,
    check_can_invite,
    check_can_mark,
)
from services.preparation.quizzes import check_can_record_quiz, quiz_result
from services.preparation.rules import curriculum_on, quiz_on
from services.refusals import refusal


def list_orientations(*, by: Officer) -> tuple[OrientationSummary, ...]:
    """Every session, the latest first."""
    check_can(by, Permission.PREPARATION_READ)
    with reading() as session:
        counted = repository.count_places(session)
        certified = repository.count_certificates(session)
        return tuple(
            summary(row, counted.get(row.id, {}), certified.get(row.id, 0))
            for row in repository.list_sessions(session)
        )


def summary(
    row: OrientationSessionRow, counted: Mapping[Attendance, int], certified: int
) -> OrientationSummary:
    """A session's line."""
    return OrientationSummary(
        number=row.number,
        status=row.status,
        country=row.country,
        mode=row.mode,
        place=row.place,
        starts_at=row.starts_at,
        capacity=row.capacity,
        invited=sum(counted.get(one, 0) for one in TAKES_A_SEAT),
        attended=counted.get(Attendance.ATTENDED, 0),
        certified=certified,
    )


def get_orientation(*, number: str, by: Officer) -> OrientationRecord:
    """One session with its people; NotFound if there is none."""
    check_can(by, Permission.PREPARATION_READ)
    with reading() as session:
        row = repository.find_session(session, number)
        if row is None:
            raise NotFound(N_("There is no orientation session {number}."), number=number)
        places = repository.places_of(session, row.id)
        shown = places_shown(session, [(place, row) for place in places], by)
        counted = {one: sum(place.attendance is one for place in places) for one in Attendance}
        return OrientationRecord(
            summary=summary(row, counted, sum(_was_issued_here(one, row) for one in shown)),
            trainer=row.trainer,
            language=row.language,
            curriculum=curriculum_on(row.curriculum_from),
            quiz=quiz_on(clock.today()),
            cancel_reason=row.cancel_reason,
            places=shown,
            version=row.version,
            invite_refusal=refusal(check_can_invite, row, places, by),
            attendance_refusal=refusal(check_can_mark, row, places, by),
            cancel_refusal=refusal(check_can_cancel, row, by),
        )


def _was_issued_here(place: OrientationPlace, row: OrientationSessionRow) -> bool:
    return place.certificate is not None and place.certificate.session_number == row.number


def places_shown(
    session: Session,
    places: Sequence[tuple[OrientationPlaceRow, OrientationSessionRow]],
    by: Officer,
) -> tuple[OrientationPlace, ...]:
    """People with their goes at the quiz and their certificates."""
    people = [place.candidacy_id for place, _ in places]
    travellers = {
        one.candidacy.id: one for one in repository.list_travellers(session, candidacy_ids=people)
    }
    goes = repository.quizzes_of(session, [place.id for place, _ in places])
    kept = repository.certificates_of(session, people)
    numbers = {held.id: held.number for _, held in places}
    issued_in = {place.id: numbers[place.session_id] for place, _ in places}
    return tuple(
        _place(
            place,
            travellers[place.candidacy_id],
            goes.get(place.id, []),
            kept.get(place.candidacy_id),
            issued_in,
            by,
        )
        for place, _ in places
    )


def _place(
    place: OrientationPlaceRow,
    traveller: Traveller,
    goes: list[OrientationQuizRow],
    kept: OrientationCertificateRow | None,
    issued_in: Mapping[int, str],
    by: Officer,
) -> OrientationPlace:
    return OrientationPlace(
        place_id=place.id,
        candidacy_id=place.candidacy_id,
        external_id=traveller.person.external_id,
        name_ka=name_ka(traveller),
        name_lat=name_lat(traveller),
        vacancy_number=traveller.vacancy.number,
        candidacy_status=traveller.candidacy.status,
        attendance=place.attendance,
        results=tuple(quiz_result(one) for one in goes),
        certificate=_certificate(kept, issued_in) if kept else None,
        quiz_refusal=refusal(check_can_record_quiz, place, goes, by),
        certificate_refusal=refusal(check_can_issue, place, goes, kept, by),
    )


def _certificate(kept: OrientationCertificateRow, issued_in: Mapping[int, str]) -> Certificate:
    return Certificate(
        kept.number, kept.code, clock.day_of(kept.issued_at), issued_in.get(kept.place_id, "")
    )


def list_invitable(*, number: str, by: Officer) -> tuple[Invitable, ...]:
    """Who needs orientation and could come to this session, the earliest departure first."""
    check_can(by, Permission.PREPARATION_READ)
    with reading() as session:
        row = repository.find_session(session, number)
        if row is None:
            raise NotFound(N_("There is no orientation session {number}."), number=number)
        travellers = repository.list_travellers(session, statuses=BEFORE_DEPARTURE)
        people = [one.candidacy.id for one in travellers]
        done = set(repository.certificates_of(session, people))
        done |= {
            place.candidacy_id
            for place, held in repository.places_of_people(session, people)
            if place.attendance is Attendance.INVITED and held.status is OrientationStatus.PLANNED
        }
        found = [
            _invitable(one)
            for one in travellers
            if one.candidacy.id not in done and row.country in (None, one.vacancy.country)
        ]
    return tuple(sorted(found, key=lambda one: (one.departs_on or date.max, one.external_id)))


def _invitable(traveller: Traveller) -> Invitable:
    stay = traveller.deployment
    return Invitable(
        candidacy_id=traveller.candidacy.id,
        external_id=traveller.person.external_id,
        name_ka=name_ka(traveller),
        name_lat=name_lat(traveller),
        vacancy_number=traveller.vacancy.number,
        country=traveller.vacancy.country,
        status=traveller.candidacy.status,
        departs_on=stay.planned_departure_on if stay else None,
    )


def name_ka(traveller: Traveller) -> str:
    """The person's name in Georgian letters; the code of the file where there is none."""
    person = traveller.person
    parts = [part for part in (person.first_name_ka, person.last_name_ka) if part]
    return " ".join(parts) or name_lat(traveller)


def name_lat(traveller: Traveller) -> str:
    """The person's name as in the passport."""
    person = traveller.person
    parts = [part for part in (person.first_name_lat, person.last_name_lat) if part]
    return " ".join(parts) or person.external_id
