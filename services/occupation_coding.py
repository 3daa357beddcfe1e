"""Job titles to ISCO-08 codes: suggestions that a person confirms, never a silent guess."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from weakref import WeakKeyDictionary

from babel.languages import get_official_languages
from sqlalchemy import Engine

from db.queries import occupation_labels
from db.queries import vacancies as queries
from db.repositories import vacancies as repository
from db.session import engine, reading, unit_of_work
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.records.vacancy import (
    OccupationSuggestion,
    UncodedVacancy,
    VacancyFilter,
    VacancyRecord,
)
from domain.texts import N_, Term
from matching.titles import TitleIndex
from services import audit, clock
from services.permissions import Permission, check_can
from services.reference import reference
from services.vacancies import check_can_edit, get_vacancy
from services.vacancy_records import found, vacancy_record

OWN_LANGUAGES = ("ka", "en")
IN_CYRILLIC = {"ru", "uk", "be", "bg", "mk", "sr"}
TOP = 3
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)

LabelSet = tuple[tuple[str, str], ...]
_kept: WeakKeyDictionary[Engine, tuple[LabelSet, dict[str, TitleIndex]]] = WeakKeyDictionary()
_guard = threading.Lock()


def suggest_occupations(
    *, title: str, language: str | None = None, country: str | None = None, by: Officer
) -> tuple[OccupationSuggestion, ...]:
    """The three likeliest unit groups with the job title that matched; none if nothing is alike.

    Compared with titles in Georgian and English and in the `language`, else in the official
    languages of the `country`.
    """
    check_can(by, Permission.VACANCIES_READ)
    return _suggest(title, languages_of(language, country, title))


def likely_occupations(title: str, language: str) -> tuple[OccupationSuggestion, ...]:
    """As `suggest_occupations`, for a title in a language that is known: not a use case."""
    return _suggest(title, (language,))


def languages_of(language: str | None, country: str | None, title: str) -> tuple[str, ...]:
    """Languages in which a title may be written."""
    own: tuple[str, ...] = (language,) if language else ()
    if not language and country:
        own = tuple(code.split("_")[0] for code in get_official_languages(country, de_facto=True))
    if _CYRILLIC.search(title) and not set(own) & IN_CYRILLIC:
        own = (*own, "ru")
    return tuple(dict.fromkeys((*own, *OWN_LANGUAGES)))


def _suggest(title: str, languages: tuple[str, ...]) -> tuple[OccupationSuggestion, ...]:
    best: dict[str, OccupationSuggestion] = {}
    for index in _indexes(languages):
        for match in index.suggest(title, top=TOP):
            known = best.get(match.code)
            if known is None or match.score > known.similarity:
                best[match.code] = OccupationSuggestion(
                    match.code, match.score, match.matched_label, match.language
                )
    # Among equals the order of the index stands: the fewest letters of difference go first.
    ranked = sorted(best.values(), key=lambda s: -round(s.similarity, 3))
    return tuple(ranked[:TOP])


def _indexes(languages: tuple[str, ...]) -> list[TitleIndex]:
    current = engine()
    with _guard, reading() as session:
        labels = occupation_labels.label_set(session)
        if current not in _kept or _kept[current][0] != labels:
            _kept[current] = (labels, {})
        kept = _kept[current][1]
        for language in languages:
            if language not in kept:
                pairs = occupation_labels.labels_in(session, language)
                kept[language] = TitleIndex((code, language, label) for code, label in pairs)
        return [kept[language] for language in languages]


def confirm_occupation(
    *, vacancy_number: str, isco: str, score: float | None, by: Officer
) -> VacancyRecord:
    """Give the vacancy a code that this officer confirms; `score` is the suggestion's, if any."""
    if reference().occupation_levels.get(isco) != 4:
        raise InvalidInput(N_("“{code}” is not in the list: choose one that is."), code=isco)
    with unit_of_work() as work:
        row = found(repository.find_vacancy(work.session, vacancy_number, lock=True))
        before = vacancy_record(work.session, row)
        check_can_edit(before, by)
        if isco in before.occupations:
            raise Refused(
                N_("The vacancy has this occupation already: {occupation}."),
                occupation=Term("occupation", isco),
            )
        after = replace(before.form(), occupations=(*before.occupations, isco))
        repository.fill(row, after, at=clock.now(), by=by.id)
        row.occupations[-1].suggested_score = score
        work.session.flush()
        details = {"occupations": [list(before.occupations), list(after.occupations)]}
        audit.record(
            work.session,
            action="occupation_confirmed",
            entity="vacancy",
            entity_id=vacancy_number,
            details={**details, "similarity": [None, score]},
            by=by,
        )
        work.commit()
    return get_vacancy(number=vacancy_number, by=by)


def list_uncoded(
    *,
    wanted: VacancyFilter | None = None,
    skipped: tuple[str, ...] = (),
    offset: int = 0,
    limit: int = 20,
    by: Officer,
) -> tuple[UncodedVacancy, ...]:
    """Drafts without a code, but for the `skipped` numbers, each with suggestions."""
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        rows = queries.list_uncoded(
            session, wanted or VacancyFilter(), skipped=skipped, offset=offset, limit=limit
        )
    return tuple(
        replace(row, suggestions=_suggest(row.title, languages_of(None, row.country, row.title)))
        for row in rows
    )


def count_uncoded(
    *, wanted: VacancyFilter | None = None, skipped: tuple[str, ...] = (), by: Officer
) -> int:
    """How many vacancies wait for a code."""
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        return queries.count_uncoded(session, wanted or VacancyFilter(), skipped=skipped)
