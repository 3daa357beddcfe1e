"""Packages, answers, interview slots and confirmations, held against others where they change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    ConfirmationRow,
    EmployerAnswerRow,
    InterviewSlotRow,
    JobseekerRow,
    PackageCandidateRow,
    PackageRow,
    VacancyRow,
)
from db.repositories.holding import find_held, get_held
from domain.enums import CandidacyStatus, ConfirmationStatus


def package_by_number(session: Session, number: str, *, lock: bool = False) -> PackageRow | None:
    """The package of that number."""
    query = select(PackageRow).where(PackageRow.number == number)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def lock_package(session: Session, package_id: int) -> PackageRow:
    """The package, held against others."""
    return get_held(session, PackageRow, package_id)


def lock_vacancy(session: Session, vacancy_id: int) -> VacancyRow:
    """The vacancy, held against others: its places are counted while it is."""
    query = select(VacancyRow).where(VacancyRow.id == vacancy_id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).one()


def lock_candidacy(session: Session, candidacy_id: int) -> CandidacyRow | None:
    """The candidacy, held against others."""
    return find_held(session, CandidacyRow, candidacy_id)


def people_of(
    session: Session, package_id: int, *, lock: bool = False
) -> list[tuple[PackageCandidateRow, CandidacyRow, JobseekerRow]]:
    """Who is in a package now, in its order."""
    query = (
        select(PackageCandidateRow, CandidacyRow, JobseekerRow)
        .join(CandidacyRow, CandidacyRow.id == PackageCandidateRow.candidacy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(
            PackageCandidateRow.package_id == package_id, PackageCandidateRow.removed_at.is_(None)
        )
        .order_by(PackageCandidateRow.position)
    )
    if lock:
        query = query.with_for_update(of=CandidacyRow).execution_options(populate_existing=True)
    return [(one, candidacy, person) for one, candidacy, person in session.execute(query)]


def count_in(
    session: Session,
    vacancy_id: int,
    statuses: Collection[CandidacyStatus],
    *,
    but: Collection[int] = (),
) -> int:
    """How many candidacies of a vacancy stand in these statuses, some of them left aside."""
    query = select(func.count()).where(
        CandidacyRow.vacancy_id == vacancy_id,
        CandidacyRow.status.in_(statuses),
        CandidacyRow.id.not_in(but),
    )
    return session.scalar(query) or 0


def answers_of(
    session: Session, candidacy_ids: Collection[int], *, since: datetime | None = None
) -> dict[int, list[EmployerAnswerRow]]:
    """Every answer about these candidacies, the newest first; `since`: of a package sent then."""
    query = (
        select(EmployerAnswerRow)
        .where(EmployerAnswerRow.candidacy_id.in_(candidacy_ids))
        .order_by(EmployerAnswerRow.id.desc())
    )
    if since is not None:
        query = query.where(EmployerAnswerRow.answered_at >= since)
    found: dict[int, list[EmployerAnswerRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.candidacy_id, []).append(row)
    return found


def slots_of(session: Session, vacancy_id: int) -> list[InterviewSlotRow]:
    """Times for interviews that were not taken back, in their order."""
    query = (
        select(InterviewSlotRow)
        .where(InterviewSlotRow.vacancy_id == vacancy_id, InterviewSlotRow.withdrawn_at.is_(None))
        .order_by(InterviewSlotRow.starts_at, InterviewSlotRow.id)
    )
    return list(session.scalars(query))


def lock_slot(session: Session, slot_id: int) -> InterviewSlotRow | None:
    """The slot, held against others."""
    return find_held(session, InterviewSlotRow, slot_id)


def slot_of(session: Session, candidacy_id: int) -> InterviewSlotRow | None:
    """The time that a candidate has chosen."""
    query = select(InterviewSlotRow).where(
        InterviewSlotRow.candidacy_id == candidacy_id, InterviewSlotRow.withdrawn_at.is_(None)
    )
    return session.scalars(query.with_for_update()).one_or_none()


def confirmations_of(
    session: Session, candidacy_ids: Collection[int]
) -> dict[int, ConfirmationRow]:
    """The newest confirmation of each of these candidacies."""
    query = (
        select(ConfirmationRow)
        .where(ConfirmationRow.candidacy_id.in_(candidacy_ids))
        .order_by(ConfirmationRow.id)
    )
    return {row.candidacy_id: row for row in session.scalars(query)}


def lock_confirmation(session: Session, candidacy_id: int) -> ConfirmationRow | None:
    """The newest confirmation of a candidacy, held against others."""
    query = (
        select(ConfirmationRow)
        .where(ConfirmationRow.candidacy_id == candidacy_id)
        .order_by(ConfirmationRow.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def overdue(session: Session, day: date) -> Sequence[int]:
    """Candidacies whose question is open although its last day is before this day."""
    query = select(ConfirmationRow.candidacy_id).where(
        ConfirmationRow.status == ConfirmationStatus.ASKED, ConfirmationRow.last_day < day
    )
    return session.scalars(query.order_by(ConfirmationRow.id)).all()


def to_remind(session: Session, day: date) -> Sequence[int]:
    """Candidacies whose question is open until this day or the one before, and not reminded of."""
    query = select(ConfirmationRow.candidacy_id).where(
        ConfirmationRow.status == ConfirmationStatus.ASKED,
        ConfirmationRow.reminded_at.is_(None),
        ConfirmationRow.last_day <= day,
    )
    return session.scalars(query.order_by(ConfirmationRow.id)).all()


def free_slot(session: Session, candidacy_id: int) -> InterviewSlotRow | None:
    """Let go of the time that a candidate has chosen; the slot, if there was one."""
    row = slot_of(session, candidacy_id)
    if row is not None:
        row.candidacy_id = row.chosen_at = row.chosen_by = None
        session.flush()
    return row


def place_of(session: Session, candidacy_id: int) -> tuple[str, int] | None:
    """The newest package that a candidacy went in, and its number there."""
    query = (
        select(PackageRow.number, PackageCandidateRow.position)
        .join(PackageCandidateRow, PackageCandidateRow.package_id == PackageRow.id)
        .where(PackageCandidateRow.candidacy_id == candidacy_id)
        .order_by(PackageRow.id.desc())
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None
