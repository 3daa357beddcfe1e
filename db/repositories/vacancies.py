"""Reads, fills and adds vacancies; never commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from db.base import Base
from db.models import (
    CandidacyRow,
    VacancyLanguageRow,
    VacancyLicenceRow,
    VacancyOccupationRow,
    VacancyRow,
    VacancySkillRow,
)
from domain.enums import CandidacyStatus, RequirementKind
from domain.records.vacancy import LanguageWanted, VacancyForm

SCALARS = (
    "title",
    "title_ka",
    "scheme_code",
    "country",
    "town",
    "positions",
    "education_min",
    "experience_years_min",
    "start_on",
    "end_on",
    "hours_per_week",
    "pay_amount",
    "pay_currency",
    "pay_period",
    "housing",
    "closes_on",
    "description",
)
"""Fields of the form that are columns of the table."""

NUMBERING_LOCK = 2026_06


def _whole() -> Select[VacancyRow]:
    return select(VacancyRow).options(
        joinedload(VacancyRow.employer),
        selectinload(VacancyRow.occupations),
        selectinload(VacancyRow.skills),
        selectinload(VacancyRow.languages),
        selectinload(VacancyRow.licences),
    )


def find_vacancy(session: Session, number: str, *, lock: bool = False) -> VacancyRow | None:
    """The vacancy with all it asks for; `lock` holds it until the transaction ends."""
    query = _whole().where(VacancyRow.number == number)
    if lock:
        query = query.with_for_update(of=VacancyRow).execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def find_vacancies(session: Session, numbers: Iterable[str]) -> dict[str, VacancyRow]:
    """Whole vacancies by number."""
    wanted = sorted(set(numbers))
    found: dict[str, VacancyRow] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in session.scalars(_whole().where(VacancyRow.number.in_(part))):
            found[row.number] = row
    return found


def count_candidacies(session: Session, vacancy_id: int) -> dict[CandidacyStatus, int]:
    """How many people are where in the process of this vacancy."""
    query = (
        select(CandidacyRow.status, func.count())
        .where(CandidacyRow.vacancy_id == vacancy_id)
        .group_by(CandidacyRow.status)
    )
    return dict(session.execute(query).all())


def next_number(session: Session, year: int) -> str:
    """The number after the highest of the year; two officers never get the same one."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(NUMBERING_LOCK)))
    prefix = f"VAC-{year}-"
    query = select(VacancyRow.number).where(VacancyRow.number.startswith(prefix, autoescape=True))
    taken = [number.removeprefix(prefix) for number in session.scalars(query)]
    highest = max((int(tail) for tail in taken if tail.isdecimal()), default=0)
    return f"{prefix}{highest + 1:05d}"


def form_of(row: VacancyRow) -> VacancyForm:
    """What is kept, as the form in which it is edited."""
    must = RequirementKind.MUST
    return VacancyForm(
        number=row.number,
        employer=row.employer.name if row.employer else None,
        occupations=tuple(o.isco for o in sorted(row.occupations, key=lambda o: o.position)),
        skills_essential=tuple(sorted(s.skill_id for s in row.skills if s.is_essential)),
        skills_optional=tuple(sorted(s.skill_id for s in row.skills if not s.is_essential)),
        languages=tuple(
            LanguageWanted(x.language, x.level, x.kind)
            for x in sorted(row.languages, key=lambda x: x.language)
        ),
        licences_required=tuple(sorted(x.licence for x in row.licences if x.kind is must)),
        licences_preferred=tuple(sorted(x.licence for x in row.licences if x.kind is not must)),
        **{name: getattr(row, name) for name in SCALARS},
    )


def fill(row: VacancyRow, form: VacancyForm, *, at: datetime, by: int | None) -> None:
    """Write the form into the row; only what differs is touched, apart from who and when.

    `employer_id` is the caller's. A new row must have its collections empty, not unloaded.
    """
    for name in SCALARS:
        if getattr(row, name) != getattr(form, name):
            setattr(row, name, getattr(form, name))
    _fill_occupations(row, form, at=at, by=by)
    _fill_wishes(row, form)
    row.updated_at, row.updated_by = at, by


def _fill_occupations(row: VacancyRow, form: VacancyForm, *, at: datetime, by: int | None) -> None:
    held = _synchronised(
        row.occupations,
        {code: {"position": place} for place, code in enumerate(form.occupations)},
        key=lambda o: o.isco,
        make=lambda code: VacancyOccupationRow(isco=code, confirmed_at=at, confirmed_by=by),
    )
    row.occupations[:] = held


def _fill_wishes(row: VacancyRow, form: VacancyForm) -> None:
    row.skills[:] = _synchronised(
        row.skills,
        {code: {"is_essential": False} for code in form.skills_optional}
        | {code: {"is_essential": True} for code in form.skills_essential},
        key=lambda s: s.skill_id,
        make=lambda code: VacancySkillRow(skill_id=code),
    )
    row.languages[:] = _synchronised(
        row.languages,
        {x.language: {"level": x.level, "kind": x.kind} for x in form.languages},
        key=lambda x: x.language,
        make=lambda code: VacancyLanguageRow(language=code),
    )
    row.licences[:] = _synchronised(
        row.licences,
        {code: {"kind": RequirementKind.PREFERRED} for code in form.licences_preferred}
        | {code: {"kind": RequirementKind.MUST} for code in form.licences_required},
        key=lambda x: x.licence,
        make=lambda code: VacancyLicenceRow(licence=code),
    )


Part = TypeVar("Part", bound=Base)


def _synchronised(
    parts: list[Part],
    wanted: Mapping[str, Mapping[str, Any]],
    *,
    key: Callable[[Part], str],
    make: Callable[[str], Part],
) -> list[Part]:
    """The parts that stay, changed where they differ, and new ones for what is missing."""
    known = {key(part): part for part in parts}
    result = []
    for code, values in wanted.items():
        part = known.get(code) or make(code)
        for name, value in values.items():
            if getattr(part, name) != value:
                setattr(part, name, value)
        result.append(part)
    return result
