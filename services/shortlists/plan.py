"""The shortlist in the making: who is preselected for a vacancy, and how many more may be."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, VacancyRow
from db.session import reading
from domain.enums import CandidacyStatus, VacancyStatus
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.ranking import Preselected, ShortlistPlan
from domain.records.vacancy import VacancyRecord
from domain.texts import N_
from domain.values import PER_POINT
from services import clock
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.vacancies.vacancies import get_vacancy

TAKING = frozenset({VacancyStatus.PUBLISHED, VacancyStatus.DECIDED})
"""While a vacancy is here, people are preselected for it and sent to the commission."""
NOT_OPEN = N_(
    "People are preselected while a vacancy is published: publish it, or wait for the commission."
)


def get_shortlist_plan(*, vacancy_number: str, by: Officer) -> ShortlistPlan:
    """Who is preselected for a vacancy, and how many more may be."""
    check_can(by, Permission.RANKING_READ)
    vacancy = get_vacancy(number=vacancy_number, by=by)
    with reading() as session:
        return plan_of(session, vacancy)


def plan_of(session: Session, vacancy: VacancyRecord) -> ShortlistPlan:
    """Who is preselected, as the caller\'s transaction has it."""
    session.flush()
    query = (
        select(CandidacyRow, JobseekerRow)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(
            CandidacyRow.vacancy_id == vacancy.id,
            CandidacyRow.status == CandidacyStatus.PRESELECTED,
        )
        .order_by(CandidacyRow.rank, CandidacyRow.id)
    )
    places, reserves = places_of(vacancy)
    preselected = tuple(
        Preselected(
            external_id=person.external_id,
            name_ka=_full(person.first_name_ka, person.last_name_ka),
            name_lat=_full(person.first_name_lat, person.last_name_lat),
            rank=row.rank,
            score=None if row.points is None else row.points / PER_POINT,
            status=row.status,
            against_rank_reason=row.against_rank_reason,
        )
        for row, person in session.execute(query)
    )
    return ShortlistPlan(preselected, places, reserves)


def _full(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None


def places_of(vacancy: VacancyRecord) -> tuple[int, int]:
    """How many candidates and how many reserves may be preselected for a vacancy."""
    per_position = parameters_at(clock.today()).candidates_per_position
    return vacancy.positions * per_position, vacancy.positions * reserves_per_position()


def reserves_per_position() -> int:
    """How many reserves may go along for each position, by the version in force today."""
    return int(in_force(stored_rules("shortlist"), clock.today())["reserves_per_position"])


def lock_vacancy(session: Session, vacancy_id: int) -> VacancyRow:
    """Hold the vacancy against others; Refused unless people are preselected for it now."""
    query = select(VacancyRow).where(VacancyRow.id == vacancy_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.status not in TAKING:
        raise Refused(NOT_OPEN)
    return row
