"""What a person's story tells of orientation, papers and permit."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    OrientationCertificateRow,
    OrientationPlaceRow,
    OrientationSessionRow,
    PermitFileRow,
)
from db.repositories import preparation as repository
from domain.enums import Attendance, OrientationStatus, PermitStatus, RoadArea
from domain.records.road import TimelineEvent
from domain.texts import N_, Sentence, Term
from services import clock

ANSWERED = {
    PermitStatus.GRANTED: N_("The authority of {country} granted the visa or permit"),
    PermitStatus.REFUSED: N_("The authority of {country} refused the visa or permit: {reason}"),
}


def preparation_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Sessions, quizzes, certificates, applications and answers of one person."""
    people = list(
        session.scalars(select(CandidacyRow.id).where(CandidacyRow.jobseeker_id == jobseeker_id))
    )
    if not people:
        return
    yield from _orientation(session, people)
    for certificate in repository.certificates_of(session, people).values():
        yield _certificate(certificate)
    for file in repository.permit_files_of(session, people).values():
        yield from _permit(file)


def _orientation(session: Session, people: list[int]) -> Iterator[TimelineEvent]:
    places = repository.places_of_people(session, people)
    goes = repository.quizzes_of(session, [place.id for place, _held in places])
    for place, held in places:
        if held.status is OrientationStatus.HELD and place.attendance in _TOLD:
            yield _attended(place, held)
        for go in goes.get(place.id, []):
            text = (
                N_("Passed the quiz of orientation: {right} of {all}")
                if go.is_passed
                else N_("Did not pass the quiz of orientation: {right} of {all}")
            )
            told = {"right": go.right_count, "all": go.question_count}
            yield TimelineEvent(
                RoadArea.PREPARATION,
                go.recorded_at,
                Sentence(text, told),
                "orientation",
                {"session": held.number},
                by=go.recorded_by,
            )


_TOLD = {
    Attendance.ATTENDED: N_("Was at orientation {number}"),
    Attendance.ABSENT: N_("Was not at orientation {number}"),
}


def _attended(place: OrientationPlaceRow, held: OrientationSessionRow) -> TimelineEvent:
    return TimelineEvent(
        RoadArea.PREPARATION,
        held.starts_at,
        Sentence(_TOLD[place.attendance], {"number": held.number}),
        "orientation",
        {"session": held.number},
        by=place.marked_by,
    )


def _certificate(row: OrientationCertificateRow) -> TimelineEvent:
    return TimelineEvent(
        RoadArea.PREPARATION,
        row.issued_at,
        Sentence(N_("Certificate of orientation {number} issued"), {"number": row.number}),
        "preparation",
        {"candidacy": str(row.candidacy_id)},
        by=row.issued_by,
    )


def _permit(file: PermitFileRow) -> Iterator[TimelineEvent]:
    country = Term("country", file.country)
    page = {"candidacy": str(file.candidacy_id)}
    yield TimelineEvent(
        RoadArea.PREPARATION,
        file.created_at,
        Sentence(N_("File for the visa or permit of {country} opened"), {"country": country}),
        "preparation",
        page,
        by=file.created_by,
    )
    if file.submitted_on is not None:
        yield TimelineEvent(
            RoadArea.PREPARATION,
            clock.beginning(file.submitted_on),
            Sentence(N_("Applied for the visa or permit of {country}"), {"country": country}),
            "preparation",
            page,
            is_day_only=True,
        )
    if file.decided_on is not None and file.status in (PermitStatus.GRANTED, PermitStatus.REFUSED):
        refusal = file.refusal.value if file.refusal else ""
        values = {"country": country, "reason": Term("PermitRefusal", refusal)}
        yield TimelineEvent(
            RoadArea.PREPARATION,
            clock.beginning(file.decided_on),
            Sentence(ANSWERED[file.status], values),
            "preparation",
            page,
            is_day_only=True,
        )
