"""The content of a CV: coded facts from the person's file, beside them what was written for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from db.models import CvRow, CvTextRow
from domain.records.cvs import (
    CvContent,
    CvLanguage,
    CvLicence,
    CvNames,
    CvStudy,
    CvText,
    CvWork,
)
from domain.records.jobseeker import EducationEntry, JobseekerForm, OccupationEntry
from domain.values import NO_LICENCE
from matching.names import fold, romanise

ABOUT, ADDITIONAL = "about", "additional"
TASKS, EMPLOYER, INSTITUTION, FIELD = "tasks", "employer", "institution", "field"
Entry = TypeVar("Entry")
GEORGIAN = re.compile("[ა-ჺᲐ-Ჿ]")
NAME_PARTS = (EMPLOYER, INSTITUTION)
"""Names are written in Latin letters; other texts are translated."""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote for one place."""

    source_ka: str | None
    english: str | None
    is_draft: bool


def written_texts(rows: Iterable[CvTextRow]) -> dict[str, Written]:
    """The stored texts by place."""
    return {row.place: Written(row.source_ka, row.english, row.is_draft) for row in rows}


def cv_content(form: JobseekerForm, cv: CvRow | None, texts: Mapping[str, Written]) -> CvContent:
    """All that stands in the CV now."""
    names = cv_names(form, cv)
    work = tuple(
        CvWork(
            place=place,
            isco=entry.isco,
            employer=_named(entry.employer_name, texts.get(f"{place}.{EMPLOYER}")),
            country=entry.country,
            years=entry.years,
            last_year=entry.last_year,
            tasks=_both(texts.get(f"{place}.{TASKS}")),
        )
        for place, entry in work_places(form)
    )
    longest = max(form.occupations, key=lambda entry: entry.years or 0, default=None)
    return CvContent(
        given_names=names.given_names or None,
        surname=names.surname or None,
        name_ka=form.name_ka(),
        birth_date=form.birth_date,
        citizenship=form.citizenship,
        region=form.region,
        municipality=form.municipality,
        address=_named(form.address, None),
        phone=form.phone,
        email=form.email,
        headline=longest.isco if longest else None,
        about=_both(texts.get(ABOUT)),
        work=work,
        studies=tuple(_study(place, entry, texts) for place, entry in study_places(form)),
        languages=tuple(CvLanguage(x.language, x.level, x.evidence) for x in form.languages),
        skills=tuple(entry.skill_id for entry in form.skills),
        licences=tuple(
            CvLicence(x.licence, x.valid_until) for x in form.licences if x.licence != NO_LICENCE
        ),
        available_from=form.available_from,
        available_to=form.available_to,
        additional=_both(texts.get(ADDITIONAL)),
    )


def cv_names(form: JobseekerForm, cv: CvRow | None) -> CvNames:
    """The confirmed name, else a suggestion: passports print capitals and no apostrophes."""
    if cv is not None and cv.name_confirmed_at is not None:
        return CvNames(cv.given_names or "", cv.surname or "", True, False)
    is_from_file = bool(form.first_name_lat and form.last_name_lat)
    given = form.first_name_lat or romanise(form.first_name_ka or "")
    surname = form.last_name_lat or romanise(form.last_name_ka or "")
    return CvNames(_printed(given), _printed(surname), False, is_from_file)


def _printed(name: str) -> str:
    return re.sub(r"['’‘ʼ`´]", "", name).strip().upper()


def work_places(form: JobseekerForm) -> list[tuple[str, OccupationEntry]]:
    """Each work entry with a name that it keeps while occupation, employer and country stay."""
    entries = sorted(
        form.occupations, key=lambda entry: (-(entry.last_year or 0), -(entry.years or 0))
    )
    named = ((f"work.{x.isco}", (x.employer_name, x.country), x) for x in entries)
    return _places(named)


def study_places(form: JobseekerForm) -> list[tuple[str, EducationEntry]]:
    """Each finished education, the last one first; only its level where the file says no more."""
    entries = sorted(form.education_entries, key=lambda entry: -(entry.year_completed or 0))
    if not entries and form.education is not None:
        entries = [EducationEntry(form.education)]
    named = ((f"study.{x.level}", (x.institution, x.country), x) for x in entries)
    return _places(named)


def _places(
    named: Iterable[tuple[str, tuple[str | None, ...], Entry]],
) -> list[tuple[str, Entry]]:
    found: dict[str, Entry] = {}
    for start, by, entry in named:
        folded = "|".join(fold(part or "") for part in by)
        place = f"{start}.{hashlib.sha256(folded.encode()).hexdigest()[:8]}"
        while place in found:
            place += "x"
        found[place] = entry
    return list(found.items())


def _study(place: str, entry: EducationEntry, texts: Mapping[str, Written]) -> CvStudy:
    return CvStudy(
        place=place,
        level=entry.level,
        institution=_named(entry.institution, texts.get(f"{place}.{INSTITUTION}")),
        field=_from_file(entry.field, texts.get(f"{place}.{FIELD}")),
        country=entry.country,
        year_completed=entry.year_completed,
    )


def _both(written: Written | None) -> CvText:
    return CvText(written.source_ka, written.english) if written else CvText()


def _from_file(source: str | None, written: Written | None) -> CvText:
    """The file's own words; what is in Latin letters already needs no translation."""
    if source is None:
        return CvText()
    own = None if GEORGIAN.search(source) else source
    return CvText(source, (written.english if written else None) or own)


def _named(source: str | None, written: Written | None) -> CvText:
    """A name: in Latin letters where nobody wrote how it is called in English."""
    text = _from_file(source, written)
    return CvText(text.ka, text.en or latin_suggestion(source)) if source else text


def latin_suggestion(source: str | None) -> str | None:
    """The words in Latin letters, each with a capital: a suggestion for names."""
    if source is None:
        return None
    return re.sub(r"(^|[\s\-„“\"(])(\w)", lambda m: m[1] + m[2].upper(), romanise(source))
