"""Reads and adds decisions on job titles and versions of the coder; never commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db.models import CoderVersionRow, CodingDecisionRow, VacancyOccupationRow, VacancyRow

Decided = tuple[str, str | None, str]
"""Title, its language, the unit group that was chosen."""


def add_decisions(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add decisions, many at once."""
    if rows:
        session.execute(insert(CodingDecisionRow), [dict(row) for row in rows])


def decisions(session: Session) -> list[Decided]:
    """All decisions, in the order in which they were made."""
    row = CodingDecisionRow
    query = select(row.title, row.lang, row.isco).order_by(row.id)
    return [(title, lang, isco) for title, lang, isco in session.execute(query)]


def count_decisions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(CodingDecisionRow)) or 0


def times_chosen(session: Session, keys: Iterable[str]) -> dict[str, dict[str, int]]:
    """Title key → code → how often it was chosen for that title."""
    row = CodingDecisionRow
    query = (
        select(row.title_key, row.isco, func.count())
        .where(row.title_key.in_(sorted(set(keys))))
        .group_by(row.title_key, row.isco)
    )
    found: dict[str, dict[str, int]] = {}
    for key, isco, count in session.execute(query):
        found.setdefault(key, {})[isco] = count
    return found


def coded_vacancies(session: Session) -> list[Any]:
    """Codes of vacancies of which no decision is noted: imported, or older than the notes."""
    noted = (
        select(CodingDecisionRow.id)
        .where(CodingDecisionRow.vacancy_number == VacancyRow.number)
        .where(CodingDecisionRow.isco == VacancyOccupationRow.isco)
    )
    query = (
        select(
            VacancyRow.number,
            VacancyRow.title,
            VacancyRow.country,
            VacancyOccupationRow.isco,
            VacancyOccupationRow.suggested_score,
            VacancyOccupationRow.confirmed_at,
            VacancyOccupationRow.confirmed_by,
            VacancyRow.updated_at,
        )
        .join(VacancyOccupationRow, VacancyOccupationRow.vacancy_id == VacancyRow.id)
        .where(~noted.exists())
        .order_by(VacancyRow.id)
    )
    return list(session.execute(query))


def versions(session: Session) -> list[CoderVersionRow]:
    """All versions, the newest first."""
    return list(session.scalars(select(CoderVersionRow).order_by(CoderVersionRow.number.desc())))


def version(session: Session, number: int) -> CoderVersionRow | None:
    return session.get(CoderVersionRow, number)


def in_use(session: Session) -> tuple[int, str] | None:
    """Number and SHA-256 of the version in use."""
    row = CoderVersionRow
    found = session.execute(select(row.number, row.sha256).where(row.is_in_use)).one_or_none()
    return None if found is None else (found[0], found[1])


def content(session: Session, number: int) -> bytes | None:
    query = select(CoderVersionRow.content).where(CoderVersionRow.number == number)
    return session.scalar(query)


def take_out_of_use(session: Session) -> None:
    """Afterwards no version is in use."""
    session.execute(update(CoderVersionRow).values(is_in_use=False))
