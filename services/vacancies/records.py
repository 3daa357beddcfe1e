"""Vacancy rows become records; also for use cases that read a vacancy within their own step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy.orm import Session

from db.models import VacancyRow
from db.repositories import vacancies as repository
from db.repositories.intake import settled_words
from domain.exceptions import NotFound
from domain.records.vacancy import VacancyForm, VacancyRecord
from domain.texts import N_, Sentence
from services.monitoring.suspensions import suspension_refusal
from services.vacancies.publishing import publishing_checks


def vacancy_record(session: Session, row: VacancyRow) -> VacancyRecord:
    """The record of a whole row (`repository.find_vacancy`)."""
    form = repository.form_of(row)
    employer_status = row.employer.status if row.employer else None
    settled = settled_words(session, [row.id]).get(row.id, ())
    return VacancyRecord(
        **{**as_dict(form), "number": row.number},
        id=row.id,
        status=row.status,
        version=row.version,
        employer_id=row.employer_id,
        employer_status=employer_status,
        suggested_scores={
            o.isco: o.suggested_score for o in row.occupations if o.suggested_score is not None
        },
        candidacies=repository.count_candidacies(session, row.id),
        checks=publishing_checks(
            form, employer_status, settled, suspension_refusal(session, row.employer_id)
        ),
        settled=settled,
        published_at=row.published_at,
        updated_at=row.updated_at,
    )


def read_vacancy(session: Session, number: str) -> VacancyRecord:
    """The record by number, or NotFound; the caller has checked the permission."""
    return vacancy_record(session, found(repository.find_vacancy(session, number)))


def found(row: VacancyRow | None) -> VacancyRow:
    """The row, or NotFound with a sentence."""
    if row is None:
        raise NotFound(Sentence(N_("There is no such vacancy.")))
    return row


def as_dict(form: VacancyForm) -> dict[str, Any]:
    """The form's fields by name, not deep."""
    return {f.name: getattr(form, f.name) for f in fields(VacancyForm)}


def changes(before: VacancyForm | None, after: VacancyForm) -> Mapping[str, list[object]]:
    """Changed fields as `[before, after]`, in words an audit event can keep."""
    old = as_dict(before) if before else {}
    return {
        name: [_plain(old.get(name)), _plain(value)]
        for name, value in as_dict(after).items()
        if (None if value == () else value) != (None if old.get(name) == () else old.get(name))
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "level") and hasattr(value, "language"):
        return f"{value.language}:{value.level}{'!' if value.kind == 'must' else ''}"  # type: ignore[attr-defined]
    return value
