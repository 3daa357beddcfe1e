"""Certificates of orientation: only for who was there and passed; a code anybody can check."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import (
    OrientationCertificateRow,
    OrientationPlaceRow,
    OrientationQuizRow,
    OrientationSessionRow,
)
from db.repositories import preparation as repository
from db.repositories.numbers import next_in_series
from db.session import reading, unit_of_work
from documents.certificate import CertificateRecord, certificate_paper
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import Attendance, FileFormat
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock, texts
from services.audit import Happening
from services.official_documents.canonical import record_sha256
from services.official_documents.codes import code_of
from services.official_documents.files import MadeFile, content_of, keep
from services.official_documents.minutes import foot
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.preparation.orientations import locked_session
from services.preparation.quizzes import NOT_THERE, place_in
from services.preparation.rules import curriculum_on


def issue_certificate(*, number: str, candidacy_id: int, by: Officer) -> str:
    """Issue the certificate of one person; its number."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        row = locked_session(work.session, number)
        place = place_in(work.session, row, candidacy_id)
        goes = repository.quizzes_of(work.session, [place.id]).get(place.id, [])
        kept = repository.certificates_of(work.session, [candidacy_id]).get(candidacy_id)
        check_can_issue(place, goes, kept, by)
        issued, person = _issue(work.session, row, place, goes, by)
        audit.record(
            work.session,
            action="certificate_issued",
            entity="orientation_session",
            entity_id=row.number,
            subject=person,
            details={"certificate": issued.number, "code": issued.code},
            by=by,
        )
        work.commit()
        return issued.number


def check_can_issue(
    place: OrientationPlaceRow,
    goes: list[OrientationQuizRow],
    kept: OrientationCertificateRow | None,
    by: Officer,
) -> None:
    """Raise unless the person was there, passed the quiz and has no certificate yet."""
    check_can(by, Permission.PREPARATION_EDIT)
    if kept is not None:
        raise Refused(N_("The certificate was issued already."))
    if place.attendance is not Attendance.ATTENDED:
        raise Refused(NOT_THERE)
    if not any(one.is_passed for one in goes):
        raise Refused(N_("The certificate follows the quiz: it is not passed yet."))


def _issue(
    session: Session,
    row: OrientationSessionRow,
    place: OrientationPlaceRow,
    goes: list[OrientationQuizRow],
    by: Officer,
) -> tuple[OrientationCertificateRow, str]:
    traveller = repository.find_traveller(session, place.candidacy_id)
    assert traveller is not None
    person, passed = traveller.person, next(one for one in goes if one.is_passed)
    curriculum = curriculum_on(row.curriculum_from)
    series = f"CERT-{clock.today().year}"
    number = f"{series}-{next_in_series(session, series):04d}"
    record = CertificateRecord(
        number=number,
        session_number=row.number,
        held_on=clock.day_of(row.starts_at),
        issued_at=clock.now(),
        name_ka=_name(person.first_name_ka, person.last_name_ka) or person.external_id,
        name_lat=_name(person.first_name_lat, person.last_name_lat) or person.external_id,
        external_id=person.external_id,
        hours=curriculum.hours,
        topics=tuple((topic.title_ka, topic.title_en) for topic in curriculum.topics),
        right_count=passed.right_count,
        question_count=passed.question_count,
        trainer=row.trainer,
    )
    sha256 = record_sha256(record)
    code = code_of(sha256)
    file = MadeFile("ka", FileFormat.PDF, certificate_pdf(record, code))
    issued = OrientationCertificateRow(
        number=number,
        place_id=place.id,
        candidacy_id=place.candidacy_id,
        code=code,
        record_sha256=sha256,
        file_sha256=keep(session, file, file_name(number), by),
        issued_at=record.issued_at,
        issued_by=by.id,
    )
    session.add(issued)
    session.flush()
    return issued, person.external_id


def certificate_pdf(record: CertificateRecord, code: str) -> bytes:
    """The file: the same record gives the same bytes."""
    paper = certificate_paper(
        record,
        foot=foot(code, "ka"),
        georgian=Speech("ka", texts.show),
        english=Speech("en", texts.show),
    )
    return to_pdf(paper)


def file_name(number: str) -> str:
    """As it is called when somebody downloads it."""
    return f"{number}.pdf"


def read_certificate(*, candidacy_id: int, by: Officer) -> tuple[str, bytes]:
    """Name and content of the person's certificate; the reading is recorded."""
    check_can(by, Permission.PREPARATION_READ)
    with reading() as session:
        row = repository.certificates_of(session, [candidacy_id]).get(candidacy_id)
        traveller = repository.find_traveller(session, candidacy_id)
        if row is None or traveller is None:
            raise NotFound(N_("There is no certificate yet."))
        content = content_of(session, row.file_sha256)
        number, person = row.number, traveller.person.external_id
    happening = Happening("read", "orientation_certificate", number, person)
    log_once_a_day(("orientation_certificate", candidacy_id), happening, by=by)
    return file_name(number), content


def _name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part)
