"""Job titles to ISCO-08 codes: suggestions that a person confirms, never a silent guess."""

from __future__ import annotations

import re
from dataclasses import replace

from babel.languages import get_official_languages

from db.queries import vacancies as queries
from db.repositories import vacancies as repository
from db.session import reading, unit_of_work
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.records.vacancy import (
    OccupationSuggestion,
    UncodedVacancy,
    VacancyFilter,
    VacancyRecord,
)
from domain.texts import N_, Term
from services import audit, clock
from services.coding.decisions import note_decisions, times_chosen
from services.coding.title_coding import Classification, coder_in_use, rank_codes
from services.permissions import Permission, check_can
from services.reference import reference
from services.vacancies.records import found, vacancy_record
from services.vacancies.vacancies import check_can_edit, get_vacancy

OWN_LANGUAGES = ("ka", "en")
IN_CYRILLIC = {"ru", "uk", "be", "bg", "mk", "sr"}
TOP = 3
LEAST_ALIKE = 0.2
"""Where even the likeliest label is less alike, and nothing was learnt, nothing is suggested."""
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def suggest_occupations(
    *, title: str, language: str | None = None, country: str | None = None, by: Officer
) -> tuple[OccupationSuggestion, ...]:
    """The three likeliest unit groups, with what speaks for each; none if nothing is alike.

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
    found = rank_codes(title, languages=languages, to=Classification.ISCO, top=TOP)
    if not found or not any(one.decided or one.likeness >= LEAST_ALIKE for one in found):
        return ()
    known = coder_in_use()
    with reading() as session:
        chosen = times_chosen(session, [title])[title]
    suggested = [
        OccupationSuggestion(
            one.code,
            one.likeness if one.decided is None else one.score,
            one.label,
            one.language,
            times=chosen.get(one.code, 0),
            coder_version=known[0] if known else None,
        )
        for one in found
    ]
    # What people chose for this very title goes before what is only alike.
    return tuple(sorted(suggested, key=lambda one: -one.times))


def confirm_occupation(
    *, vacancy_number: str, isco: str, score: float | None, by: Officer
) -> VacancyRecord:
    """Give the vacancy a code that this officer confirms; `score` is the suggestion's, if any."""
    check_can(by, Permission.VACANCIES_EDIT)
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
        note_decisions(
            work.session,
            number=vacancy_number,
            title=before.title,
            country=before.country,
            codes={isco: score},
            by=by,
        )
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
