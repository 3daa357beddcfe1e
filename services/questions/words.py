"""A question in plain words, with what the vacancies want to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from domain.enums import AskedFact
from domain.records.questions import Wanted
from domain.texts import N_, Sentence, Term
from matching.criteria.readiness import is_asked, season
from matching.criteria.rows import level_term, plain_number
from matching.parameters import Parameters
from matching.types import Requirement

Asked = Sequence[Requirement]
MOST = 6
"""Longer lists are not read out on the telephone."""


def question_sentence(fact: AskedFact, asked: Asked, parameters: Parameters) -> Sentence:
    """What to ask, about what these vacancies ask for."""
    return _QUESTIONS[fact](asked, parameters)


def wanted_of(asked: Asked) -> Wanted:
    """What the vacancies name, for the inputs of an answer."""
    return Wanted(
        occupations=_named(code for each in asked for code in each.occupations),
        skills=_named(
            code for each in asked for code in (*each.skills_essential, *each.skills_optional)
        ),
        languages=_named(one.language for each in asked for one in each.languages),
        licences=_named(
            code for each in asked for code in (*each.licences_required, *each.licences_preferred)
        ),
        countries=_named(each.country for each in asked if each.country),
    )


def _named(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _terms(kind: str, codes: Iterable[str]) -> tuple[Term, ...]:
    return tuple(Term(kind, code) for code in list(codes)[:MOST])


def _occupations(asked: Asked, _: Parameters) -> Sentence:
    named = _terms("occupation", wanted_of(asked).occupations)
    text = N_("What work have they done, and for how many years? Asked: {occupations}")
    return Sentence(text, {"occupations": named})


def _years(asked: Asked, _: Parameters) -> Sentence:
    years = [each.experience_years for each in asked if each.experience_years]
    text = N_("For how many years have they done the work named in the file?")
    if not years:
        return Sentence(text)
    text = N_("For how many years have they done the work named in the file? Asked: {years}")
    return Sentence(text, {"years": plain_number(max(years))})


def _skills(asked: Asked, _: Parameters) -> Sentence:
    named = _terms("skill", wanted_of(asked).skills)
    return Sentence(N_("What can they do? Asked: {skills}"), {"skills": named})


def _languages(asked: Asked, _: Parameters) -> Sentence:
    levels: dict[str, int] = {}
    for each in asked:
        for one in each.languages:
            levels[one.language] = max(one.level, levels.get(one.language, 0))
    named = tuple(
        Sentence(
            N_("{language} {level}"),
            {"language": Term("language", language), "level": level_term(level)},
        )
        for language, level in list(levels.items())[:MOST]
    )
    text = N_("Which languages do they speak, and how well? Asked: {languages}")
    return Sentence(text, {"languages": named})


def _licences(asked: Asked, _: Parameters) -> Sentence:
    named = _terms("licence", wanted_of(asked).licences)
    return Sentence(N_("Which licences do they have? Asked: {licences}"), {"licences": named})


def _education(asked: Asked, _: Parameters) -> Sentence:
    levels = [each.education_min for each in asked if each.education_min is not None]
    if not levels:
        return Sentence(N_("What is their highest finished education?"))
    text = N_("What is their highest finished education? Asked: {education}")
    return Sentence(text, {"education": Term("education", str(max(levels)))})


def _availability(asked: Asked, parameters: Parameters) -> Sentence:
    seasons = [season(each, parameters) for each in asked if is_asked(each)]
    if not seasons:
        return Sentence(N_("From when until when can they go?"))
    values = {
        "start": date.fromordinal(min(one.start for one in seasons)),
        "end": date.fromordinal(max(one.end for one in seasons)),
    }
    text = N_("From when until when can they go? The work lasts {start} – {end}")
    return Sentence(text, values)


def _countries(asked: Asked, _: Parameters) -> Sentence:
    named = _terms("country", wanted_of(asked).countries)
    return Sentence(
        N_("In which countries would they work? Asked: {countries}"), {"countries": named}
    )


def _passport(asked: Asked, parameters: Parameters) -> Sentence:
    until = [season(each, parameters).passport_until for each in asked if is_asked(each)]
    if not until:
        return Sentence(N_("Until when is their passport valid?"))
    text = N_("Until when is their passport valid? Needed until {date}")
    return Sentence(text, {"date": date.fromordinal(max(until))})


def _birth_date(asked: Asked, _: Parameters) -> Sentence:
    return Sentence(N_("When were they born? The agreement sets an age"))


def _citizenship(asked: Asked, _: Parameters) -> Sentence:
    return Sentence(N_("Of which country are they a citizen? The agreement names one"))


_QUESTIONS: Mapping[AskedFact, Callable[[Asked, Parameters], Sentence]] = {
    AskedFact.OCCUPATIONS: _occupations,
    AskedFact.YEARS: _years,
    AskedFact.SKILLS: _skills,
    AskedFact.LANGUAGES: _languages,
    AskedFact.LICENCES: _licences,
    AskedFact.EDUCATION: _education,
    AskedFact.AVAILABILITY: _availability,
    AskedFact.COUNTRIES: _countries,
    AskedFact.PASSPORT: _passport,
    AskedFact.BIRTH_DATE: _birth_date,
    AskedFact.CITIZENSHIP: _citizenship,
}
