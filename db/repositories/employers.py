"""Reads and adds employers; never commits."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import EmployerRow, VacancyRow


def find_employer(session: Session, employer_id: int, *, lock: bool = False) -> EmployerRow | None:
    """The employer; `lock` holds it until the end of the transaction (PostgreSQL)."""
    query = select(EmployerRow).where(EmployerRow.id == employer_id)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def find_employers_named(session: Session, names: Iterable[str]) -> dict[str, EmployerRow]:
    """Employers by exact name."""
    wanted = sorted(set(names))
    found: dict[str, EmployerRow] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in session.scalars(select(EmployerRow).where(EmployerRow.name.in_(part))):
            found[row.name] = row
    return found


def list_employers(session: Session) -> list[tuple[EmployerRow, int]]:
    """All employers by name, each with the number of its vacancies."""
    count = (
        select(func.count())
        .where(VacancyRow.employer_id == EmployerRow.id)
        .correlate(EmployerRow)
        .scalar_subquery()
    )
    query = select(EmployerRow, count).order_by(func.lower(EmployerRow.name))
    return [(row, number) for row, number in session.execute(query)]


def count_vacancies(session: Session, employer_id: int) -> int:
    """How many vacancies the employer has."""
    query = select(func.count()).where(VacancyRow.employer_id == employer_id)
    return session.scalar(query) or 0
