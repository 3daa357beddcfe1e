"""Vacancies in Georgia: taken in, changed, filled, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from sqlalchemy.orm import Session

from db.models import LocalRequirementRow, LocalVacancyRow
from db.repositories import local_vacancies as repository
from db.repositories.numbers import next_in_series
from db.session import reading, unit_of_work
from domain.enums import (
    LocalRequirementKind,
    LocalVacancyStatus,
    ReferralStatus,
    RequirementKind,
)
from domain.exceptions import FieldProblem, InvalidInput, NotFound, StaleVersion
from domain.records.local_vacancies import LocalVacancyForm, LocalVacancyRecord
from domain.records.officer import Officer
from domain.records.vacancy import LanguageWanted, VacancyForm
from domain.texts import N_, Sentence
from domain.transitions import LOCAL_VACANCY, check_can_move
from services import audit, clock
from services.permissions import Permission, check_can
from services.reference import reference
from services.vacancies.form import tidy_vacancy, vacancy_problems

ENTITY = "local_vacancy"
LARI = "GEL"
Kind = LocalRequirementKind
SHARED = tuple(
    f.name for f in fields(LocalVacancyForm) if f.name in {g.name for g in fields(VacancyForm)}
)
"""Fields that a vacancy abroad has too: tidied and checked by the same rules."""
LISTS = frozenset(
    {
        "occupations",
        "skills_essential",
        "skills_optional",
        "languages",
        "licences_required",
        "licences_preferred",
    }
)
SCALARS = tuple(f.name for f in fields(LocalVacancyForm) if f.name not in LISTS)


def create_local_vacancy(*, form: LocalVacancyForm, by: Officer) -> LocalVacancyRecord:
    """Take in a vacancy in Georgia; it is open at once."""
    check_can(by, Permission.RETURNS_EDIT)
    form = _checked(form)
    with unit_of_work() as work:
        _check_employer(work.session, form.employer_id)
        now = clock.now()
        series = f"LOC-{clock.today().year}"
        row = LocalVacancyRow(
            number=f"{series}-{next_in_series(work.session, series):04d}",
            **{name: getattr(form, name) for name in SCALARS},
            status=LocalVacancyStatus.OPEN,
            requirements=_rows(form),
            created_at=now,
            created_by=by.id,
            updated_at=now,
            updated_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        _note(work.session, row, "created", {"title": form.title}, by)
        work.commit()
        number = row.number
    return get_local_vacancy(number=number, by=by)


def update_local_vacancy(
    *, number: str, form: LocalVacancyForm, version: int, by: Officer
) -> LocalVacancyRecord:
    """Change what a vacancy asks; StaleVersion with both versions if somebody saved first."""
    check_can(by, Permission.RETURNS_EDIT)
    form = _checked(form)
    with unit_of_work() as work:
        row = _locked(work.session, number)
        if row.version != version:
            raise StaleVersion(
                N_("Somebody else saved this vacancy before you. Nothing was overwritten."),
                yours=form,
                theirs=record_of(row, {}),
            )
        _check_employer(work.session, form.employer_id)
        before = form_of(row)
        changed = [
            f.name
            for f in fields(LocalVacancyForm)
            if getattr(before, f.name) != getattr(form, f.name)
        ]
        if changed:
            for name in SCALARS:
                setattr(row, name, getattr(form, name))
            if LISTS & set(changed):
                row.requirements.clear()
                work.session.flush()
                row.requirements.extend(_rows(form))
            row.updated_at, row.updated_by = clock.now(), by.id
            work.session.flush()
            _note(work.session, row, "updated", {"fields": changed}, by)
            work.commit()
    return get_local_vacancy(number=number, by=by)


def check_can_move_local_vacancy(
    status: LocalVacancyStatus, after: LocalVacancyStatus, by: Officer
) -> None:
    """Raise unless this officer may now take the vacancy there."""
    check_can(by, Permission.RETURNS_EDIT)
    check_can_move(LOCAL_VACANCY, status, after)


def move_local_vacancy(*, number: str, after: LocalVacancyStatus, by: Officer) -> None:
    """Note a vacancy as filled, close it, or open it again."""
    check_can(by, Permission.RETURNS_EDIT)
    with unit_of_work() as work:
        row = _locked(work.session, number)
        check_can_move_local_vacancy(row.status, after, by)
        take_step(work.session, row, after, by)
        work.commit()


def take_step(
    session: Session, row: LocalVacancyRow, after: LocalVacancyStatus, by: Officer
) -> None:
    """The same in the caller's transaction."""
    check_can_move(LOCAL_VACANCY, row.status, after)
    before, row.status = row.status, after
    row.updated_at, row.updated_by = clock.now(), by.id
    session.flush()
    _note(session, row, "moved", {"status": [before.value, after.value]}, by)


def get_local_vacancy(*, number: str, by: Officer) -> LocalVacancyRecord:
    """A vacancy in Georgia, or NotFound."""
    check_can(by, Permission.RETURNS_READ)
    with reading() as session:
        row = repository.find_vacancy(session, number)
        if row is None:
            raise NotFound(N_("There is no vacancy in Georgia with this number."))
        return record_of(row, repository.counted_referrals(session))


def list_local_vacancies(*, by: Officer) -> tuple[LocalVacancyRecord, ...]:
    """All vacancies in Georgia, the newest first."""
    check_can(by, Permission.RETURNS_READ)
    with reading() as session:
        counts = repository.counted_referrals(session)
        return tuple(record_of(row, counts) for row in repository.list_vacancies(session))


def _checked(form: LocalVacancyForm) -> LocalVacancyForm:
    """The tidied form; InvalidInput names every field that can't be accepted."""
    shared = {name: getattr(form, name) for name in SHARED}
    currency = LARI if form.pay_amount is not None else None
    abroad = tidy_vacancy(VacancyForm(country="GE", pay_currency=currency, **shared))
    tidy = replace(form, **{name: getattr(abroad, name) for name in SHARED})
    problems = list(vacancy_problems(abroad))
    if tidy.region and tidy.region not in reference().names["region"]:
        problems.append(FieldProblem("region", Sentence(N_("Choose a region from the list."))))
    if tidy.starts_on and tidy.closes_on and tidy.closes_on > tidy.starts_on:
        text = N_("Applications can't close after the work has begun.")
        problems.append(FieldProblem("closes_on", Sentence(text)))
    if problems:
        raise InvalidInput(N_("Nothing was saved: some fields need a correction."), tuple(problems))
    return tidy


def _check_employer(session: Session, employer_id: int) -> None:
    if repository.find_employer(session, employer_id) is None:
        sentence = Sentence(N_("Choose the employer from the list, or take it in first."))
        raise InvalidInput(sentence, (FieldProblem("employer_id", sentence),))


def _rows(form: LocalVacancyForm) -> list[LocalRequirementRow]:
    lines: list[tuple[Kind, str, LanguageWanted | None, bool]] = [
        *((Kind.OCCUPATION, code, None, True) for code in form.occupations),
        *((Kind.SKILL, code, None, True) for code in form.skills_essential),
        *((Kind.SKILL, code, None, False) for code in form.skills_optional),
        *((Kind.LANGUAGE, x.language, x, x.kind is RequirementKind.MUST) for x in form.languages),
        *((Kind.LICENCE, code, None, True) for code in form.licences_required),
        *((Kind.LICENCE, code, None, False) for code in form.licences_preferred),
    ]
    return [
        LocalRequirementRow(
            kind=kind,
            code=code,
            level=language.level if language else None,
            is_must=is_must,
            position=place,
        )
        for place, (kind, code, language, is_must) in enumerate(lines)
    ]


def form_of(row: LocalVacancyRow) -> LocalVacancyForm:
    """What was entered about a vacancy."""

    def codes(kind: Kind, *, must: bool) -> tuple[str, ...]:
        return tuple(x.code for x in row.requirements if x.kind is kind and x.is_must is must)

    languages = tuple(
        LanguageWanted(
            x.code, x.level, RequirementKind.MUST if x.is_must else RequirementKind.PREFERRED
        )
        for x in row.requirements
        if x.kind is Kind.LANGUAGE and x.level is not None
    )
    return LocalVacancyForm(
        **{name: getattr(row, name) for name in SCALARS},
        occupations=codes(Kind.OCCUPATION, must=True),
        skills_essential=codes(Kind.SKILL, must=True),
        skills_optional=codes(Kind.SKILL, must=False),
        languages=languages,
        licences_required=codes(Kind.LICENCE, must=True),
        licences_preferred=codes(Kind.LICENCE, must=False),
    )


def record_of(
    row: LocalVacancyRow, counts: Mapping[tuple[int, ReferralStatus], int]
) -> LocalVacancyRecord:
    """The vacancy as a record."""
    form = form_of(row)
    by_status = {status: counts.get((row.id, status), 0) for status in ReferralStatus}
    return LocalVacancyRecord(
        **{f.name: getattr(form, f.name) for f in fields(LocalVacancyForm)},
        id=row.id,
        number=row.number,
        employer=row.employer.name,
        id_code=row.employer.id_code,
        status=row.status,
        version=row.version,
        referred=sum(by_status.values()) - by_status[ReferralStatus.WITHDRAWN],
        waiting=by_status[ReferralStatus.SENT],
        hired=by_status[ReferralStatus.HIRED],
        created_at=row.created_at,
    )


def _locked(session: Session, number: str) -> LocalVacancyRow:
    row = repository.find_vacancy(session, number, lock=True)
    if row is None:
        raise NotFound(N_("There is no vacancy in Georgia with this number."))
    return row


def _note(
    session: Session, row: LocalVacancyRow, action: str, details: dict[str, object], by: Officer
) -> None:
    audit.record(
        session, action=action, entity=ENTITY, entity_id=row.number, details=details, by=by
    )
