"""Lists of vacancies for screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, EmployerRow, VacancyOccupationRow, VacancyRow
from domain.enums import VacancyStatus
from domain.records.vacancy import UncodedVacancy, VacancyFilter, VacancyList, VacancySummary


def list_vacancies(
    session: Session, wanted: VacancyFilter, *, offset: int, limit: int | None
) -> VacancyList:
    """One page of the vacancies, newest first."""
    conditions = _conditions(wanted)
    joined = VacancyRow.employer_id == EmployerRow.id
    counted = select(func.count(VacancyRow.id)).outerjoin(EmployerRow, joined).where(*conditions)
    people = (
        select(func.count())
        .where(CandidacyRow.vacancy_id == VacancyRow.id)
        .correlate(VacancyRow)
        .scalar_subquery()
    )
    query = (
        select(VacancyRow, EmployerRow.name, people)
        .outerjoin(EmployerRow, joined)
        .where(*conditions)
        .order_by(VacancyRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    found = session.execute(query).all()
    codes = _occupations(session, [row.id for row, _, _ in found])
    rows = tuple(_summary(row, name, codes, count) for row, name, count in found)
    return VacancyList(rows, session.scalar(counted) or 0)


def _summary(
    row: VacancyRow, employer: str | None, codes: dict[int, tuple[str, ...]], people: int
) -> VacancySummary:
    return VacancySummary(
        id=row.id,
        number=row.number,
        title=row.title,
        title_ka=row.title_ka,
        employer=employer,
        country=row.country,
        town=row.town,
        positions=row.positions,
        occupations=codes.get(row.id, ()),
        start_on=row.start_on,
        closes_on=row.closes_on,
        status=row.status,
        candidacies=people,
    )


def _occupations(session: Session, ids: list[int]) -> dict[int, tuple[str, ...]]:
    codes: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(ids), 500):
        query = (
            select(VacancyOccupationRow.vacancy_id, VacancyOccupationRow.isco)
            .where(VacancyOccupationRow.vacancy_id.in_(ids[start : start + 500]))
            .order_by(VacancyOccupationRow.position)
        )
        for vacancy_id, code in session.execute(query):
            codes[vacancy_id] = (*codes.get(vacancy_id, ()), code)
    return codes


def _conditions(wanted: VacancyFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(VacancyRow.status.in_(wanted.statuses))
    if wanted.countries:
        found.append(VacancyRow.country.in_(wanted.countries))
    if wanted.employer_id is not None:
        found.append(VacancyRow.employer_id == wanted.employer_id)
    if wanted.occupation:
        found.append(_coded(VacancyOccupationRow.isco.startswith(wanted.occupation)))
    if wanted.uncoded:
        found.append(~_coded())
        found.append(VacancyRow.status == VacancyStatus.DRAFT)
    if words := wanted.text.strip():
        found.append(_contains(words))
    return found


def _coded(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(VacancyOccupationRow.vacancy_id == VacancyRow.id, *conditions)


def _contains(words: str) -> ColumnElement[bool]:
    # SQLite folds the case of ASCII only: the usual other writings are tried as well.
    spellings = {words, words.lower(), words.upper(), words.capitalize()}
    columns: Iterable[Any] = (
        VacancyRow.number,
        VacancyRow.title,
        VacancyRow.title_ka,
        VacancyRow.town,
        EmployerRow.name,
    )
    return or_(
        *(column.icontains(text, autoescape=True) for column in columns for text in spellings)
    )


def list_uncoded(
    session: Session, wanted: VacancyFilter, *, skipped: tuple[str, ...], offset: int, limit: int
) -> tuple[UncodedVacancy, ...]:
    """Drafts without an occupation, in the order in which they came."""
    query = (
        select(VacancyRow.number, VacancyRow.title, VacancyRow.country, EmployerRow.name)
        .outerjoin(EmployerRow, VacancyRow.employer_id == EmployerRow.id)
        .where(*_uncoded(wanted, skipped))
        .order_by(VacancyRow.id)
        .offset(offset)
        .limit(limit)
    )
    return tuple(
        UncodedVacancy(number=number, title=title, country=country, employer=name)
        for number, title, country, name in session.execute(query)
    )


def count_uncoded(session: Session, wanted: VacancyFilter, *, skipped: tuple[str, ...]) -> int:
    """How many drafts without an occupation there are."""
    query = (
        select(func.count(VacancyRow.id))
        .outerjoin(EmployerRow, VacancyRow.employer_id == EmployerRow.id)
        .where(*_uncoded(wanted, skipped))
    )
    return session.scalar(query) or 0


def _uncoded(wanted: VacancyFilter, skipped: tuple[str, ...]) -> list[ColumnElement[bool]]:
    conditions = _conditions(replace(wanted, uncoded=True))
    if skipped:
        conditions.append(VacancyRow.number.not_in(skipped))
    return conditions
