"""Orientation sessions, permit files, and the people who prepare to depart. Callers commit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    DeploymentRow,
    EmployerRow,
    JobseekerDocumentRow,
    JobseekerRow,
    OrientationCertificateRow,
    OrientationPlaceRow,
    OrientationQuizRow,
    OrientationSessionRow,
    PermitFileRow,
    PermitPaperRow,
    VacancyRow,
)
from domain.enums import Attendance, CandidacyStatus, DocumentKind, OrientationStatus


@dataclass(frozen=True, slots=True)
class Traveller:
    """A candidacy with its person, vacancy and stay."""

    candidacy: CandidacyRow
    person: JobseekerRow
    vacancy: VacancyRow
    deployment: DeploymentRow | None


def list_travellers(
    session: Session,
    *,
    statuses: Collection[CandidacyStatus] | None = None,
    candidacy_ids: Collection[int] | None = None,
) -> list[Traveller]:
    """Candidacies of these statuses, or with these ids, in the order of their ids."""
    query = (
        select(CandidacyRow, JobseekerRow, VacancyRow, DeploymentRow)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .outerjoin(DeploymentRow, DeploymentRow.candidacy_id == CandidacyRow.id)
        .order_by(CandidacyRow.id)
    )
    if statuses is not None:
        query = query.where(CandidacyRow.status.in_(statuses))
    if candidacy_ids is not None:
        query = query.where(CandidacyRow.id.in_(candidacy_ids))
    return [Traveller(*row) for row in session.execute(query)]


def find_traveller(session: Session, candidacy_id: int) -> Traveller | None:
    """One candidacy with its person, vacancy and stay."""
    found = list_travellers(session, candidacy_ids=[candidacy_id])
    return found[0] if found else None


def lock_candidacy(session: Session, candidacy_id: int) -> CandidacyRow | None:
    """The candidacy as it is now, held against others."""
    query = select(CandidacyRow).where(CandidacyRow.id == candidacy_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def find_employer(session: Session, employer_id: int | None) -> EmployerRow | None:
    """The employer of a vacancy."""
    return session.get(EmployerRow, employer_id) if employer_id else None


def find_session(
    session: Session, number: str, *, lock: bool = False
) -> OrientationSessionRow | None:
    """The orientation session of that number; held against others on request."""
    query = select(OrientationSessionRow).where(OrientationSessionRow.number == number)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def list_sessions(session: Session) -> list[OrientationSessionRow]:
    """All orientation sessions, the latest first."""
    order = (OrientationSessionRow.starts_at.desc(), OrientationSessionRow.id.desc())
    return list(session.scalars(select(OrientationSessionRow).order_by(*order)))


def count_places(session: Session) -> dict[int, dict[Attendance, int]]:
    """By session: how many people stand how."""
    places = OrientationPlaceRow
    counted: dict[int, dict[Attendance, int]] = {}
    query = select(places.session_id, places.attendance, func.count()).group_by(
        places.session_id, places.attendance
    )
    for session_id, attendance, people in session.execute(query):
        counted.setdefault(session_id, {})[attendance] = people
    return counted


def count_certificates(session: Session) -> dict[int, int]:
    """By session: how many certificates were issued."""
    query = (
        select(OrientationPlaceRow.session_id, func.count())
        .join(
            OrientationCertificateRow, OrientationCertificateRow.place_id == OrientationPlaceRow.id
        )
        .group_by(OrientationPlaceRow.session_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def places_of(session: Session, session_id: int) -> list[OrientationPlaceRow]:
    """All places of a session, also of people who were taken off its list."""
    query = select(OrientationPlaceRow).where(OrientationPlaceRow.session_id == session_id)
    return list(session.scalars(query.order_by(OrientationPlaceRow.id)))


def places_of_people(
    session: Session, candidacy_ids: Collection[int]
) -> list[tuple[OrientationPlaceRow, OrientationSessionRow]]:
    """The places of these people with their sessions, the oldest first."""
    query = (
        select(OrientationPlaceRow, OrientationSessionRow)
        .join(OrientationSessionRow, OrientationSessionRow.id == OrientationPlaceRow.session_id)
        .where(OrientationPlaceRow.candidacy_id.in_(candidacy_ids))
        .order_by(OrientationSessionRow.starts_at, OrientationPlaceRow.id)
    )
    return [(place, held) for place, held in session.execute(query)]


def quizzes_of(session: Session, place_ids: Collection[int]) -> dict[int, list[OrientationQuizRow]]:
    """By place: every go at the quiz, in order."""
    query = (
        select(OrientationQuizRow)
        .where(OrientationQuizRow.place_id.in_(place_ids))
        .order_by(OrientationQuizRow.place_id, OrientationQuizRow.attempt)
    )
    found: dict[int, list[OrientationQuizRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.place_id, []).append(row)
    return found


def certificates_of(
    session: Session, candidacy_ids: Collection[int]
) -> dict[int, OrientationCertificateRow]:
    """By candidacy: the certificate of orientation."""
    query = select(OrientationCertificateRow).where(
        OrientationCertificateRow.candidacy_id.in_(candidacy_ids)
    )
    return {row.candidacy_id: row for row in session.scalars(query)}


def permit_files_of(session: Session, candidacy_ids: Collection[int]) -> dict[int, PermitFileRow]:
    """By candidacy: the permit file."""
    query = select(PermitFileRow).where(PermitFileRow.candidacy_id.in_(candidacy_ids))
    return {row.candidacy_id: row for row in session.scalars(query)}


def lock_permit_file(session: Session, candidacy_id: int) -> PermitFileRow | None:
    """The permit file as it is now, held against others."""
    query = select(PermitFileRow).where(PermitFileRow.candidacy_id == candidacy_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def open_seats(session: Session, candidacy_id: int) -> list[OrientationPlaceRow]:
    """The person's invitations to sessions that are still to come, held against others."""
    query = (
        select(OrientationPlaceRow)
        .join(OrientationSessionRow, OrientationSessionRow.id == OrientationPlaceRow.session_id)
        .where(
            OrientationPlaceRow.candidacy_id == candidacy_id,
            OrientationPlaceRow.attendance == Attendance.INVITED,
            OrientationSessionRow.status == OrientationStatus.PLANNED,
        )
        .order_by(OrientationPlaceRow.id)
        .with_for_update(of=OrientationPlaceRow)
    )
    return list(session.scalars(query))


def papers_of(session: Session, file_ids: Collection[int]) -> dict[int, list[PermitPaperRow]]:
    """By permit file: its papers in the order of the checklist."""
    query = (
        select(PermitPaperRow)
        .where(PermitPaperRow.permit_file_id.in_(file_ids))
        .order_by(PermitPaperRow.id)
    )
    found: dict[int, list[PermitPaperRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.permit_file_id, []).append(row)
    return found


def documents_of_person(
    session: Session, jobseeker_id: int
) -> dict[DocumentKind, JobseekerDocumentRow]:
    """By kind: the paper of a person's file that is valid longest."""
    query = select(JobseekerDocumentRow).where(JobseekerDocumentRow.jobseeker_id == jobseeker_id)
    rows = sorted(session.scalars(query), key=lambda row: (row.valid_until or date.min, row.id))
    return {row.kind: row for row in rows}
