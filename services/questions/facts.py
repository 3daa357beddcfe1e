"""Between an answer and the person's file: what it fills, and whether the fact is known then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from domain.enums import AskedFact, DocumentKind
from domain.exceptions import InvalidInput
from domain.records.jobseeker import DocumentEntry, JobseekerForm, SkillEntry
from domain.records.questions import Answer
from domain.texts import N_

FIELDS: Mapping[AskedFact, str] = {
    AskedFact.OCCUPATIONS: "occupations",
    AskedFact.YEARS: "occupations",
    AskedFact.SKILLS: "skills",
    AskedFact.LANGUAGES: "languages",
    AskedFact.LICENCES: "licences",
    AskedFact.EDUCATION: "education",
    AskedFact.AVAILABILITY: "available_from",
    AskedFact.COUNTRIES: "desired_countries",
    AskedFact.PASSPORT: "documents",
    AskedFact.BIRTH_DATE: "birth_date",
    AskedFact.CITIZENSHIP: "citizenship",
}
"""The field of the file that a fact is read from."""


def is_known(form: JobseekerForm, fact: AskedFact) -> bool:
    """Whether the file says something of this fact."""
    match fact:
        case AskedFact.YEARS:
            return all(entry.years is not None for entry in form.occupations)
        case AskedFact.AVAILABILITY:
            return form.available_from is not None or form.available_to is not None
        case AskedFact.PASSPORT:
            return any(_is_dated_passport(paper) for paper in form.documents)
        case AskedFact.SKILLS:
            # Whoever has an occupation has the skills that go with it: see the engine.
            return bool(form.skills or form.occupations)
        case AskedFact.EDUCATION:
            return form.education is not None
    return bool(getattr(form, FIELDS[fact]))


def _is_dated_passport(paper: DocumentEntry) -> bool:
    return paper.kind is DocumentKind.PASSPORT and paper.valid_until is not None


def with_answer(form: JobseekerForm, fact: AskedFact, answer: Answer) -> JobseekerForm:
    """The file with the answer; InvalidInput where it says nothing about the asked fact."""
    filled = _FILL[fact](form, answer)
    # Of several kinds of work the years of one are an answer too.
    is_answer = filled != form if fact is AskedFact.YEARS else is_known(filled, fact)
    if not is_answer:
        raise InvalidInput(
            N_("Enter what the person said; if there is no answer, say why not instead.")
        )
    return filled


def _passport(form: JobseekerForm, answer: Answer) -> JobseekerForm:
    papers = list(form.documents)
    for place, paper in enumerate(papers):
        if paper.kind is DocumentKind.PASSPORT and paper.valid_until is None:
            papers[place] = replace(paper, valid_until=answer.passport_until)
            return replace(form, documents=tuple(papers))
    new = DocumentEntry(DocumentKind.PASSPORT, valid_until=answer.passport_until)
    return replace(form, documents=(*papers, new))


_FILL: Mapping[AskedFact, Callable[[JobseekerForm, Answer], JobseekerForm]] = {
    AskedFact.OCCUPATIONS: lambda form, said: replace(form, occupations=said.occupations),
    AskedFact.YEARS: lambda form, said: replace(form, occupations=said.occupations),
    AskedFact.SKILLS: lambda form, said: replace(form, skills=tuple(map(SkillEntry, said.skills))),
    AskedFact.LANGUAGES: lambda form, said: replace(form, languages=said.languages),
    AskedFact.LICENCES: lambda form, said: replace(form, licences=said.licences),
    AskedFact.EDUCATION: lambda form, said: replace(form, education=said.education),
    AskedFact.AVAILABILITY: lambda form, said: replace(
        form, available_from=said.available_from, available_to=said.available_to
    ),
    AskedFact.COUNTRIES: lambda form, said: replace(form, desired_countries=said.countries),
    AskedFact.PASSPORT: _passport,
    AskedFact.BIRTH_DATE: lambda form, said: replace(form, birth_date=said.birth_date),
    AskedFact.CITIZENSHIP: lambda form, said: replace(form, citizenship=said.citizenship),
}
