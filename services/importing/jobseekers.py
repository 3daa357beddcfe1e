"""A row of a list of people into a form for the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.enums import CefrLevel, Sex
from domain.records.jobseeker import (
    JobseekerForm,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.texts import N_, Sentence
from domain.values import latin_name_problem
from matching.names import romanise_name
from services.importing import cells as cell
from services.importing.cells import BadCell, Codes, listed
from services.jobseekers.checks import find_problems, tidied
from services.reference import Reference

MOST_YEARS = 80


class JobseekerRows:
    """Parses rows; made once per file."""

    def __init__(self, known: Reference) -> None:
        self.codes = codes = Codes(known)
        self.known = known
        self.level = cell.member(CefrLevel)
        self.parsers = {
            "personal_number": cell.personal_number,
            "birth_date": cell.day,
            "sex": cell.member(Sex),
            "citizenship": codes.country,
            "region": codes.region,
            "municipality": codes.municipality,
            "education": codes.education,
            "occupations": lambda text: listed(text, self._occupation),
            "skills": lambda text: tuple(SkillEntry(code) for code in listed(text, codes.skill)),
            "languages": lambda text: listed(text, self._language),
            "licences": lambda text: tuple(LicenceEntry(x) for x in listed(text, codes.licence)),
            "available_from": cell.day,
            "available_to": cell.day,
            "desired_countries": lambda text: listed(text, codes.country),
            "registered_on": cell.day,
        }
        texts = ("first_name_ka", "last_name_ka", "first_name_lat", "last_name_lat")
        self.parsers |= dict.fromkeys((*texts, "phone", "email"), str)

    def parse(
        self, cells: Mapping[str, str]
    ) -> tuple[str, JobseekerForm | None, list[tuple[str, Sentence]]]:
        """The row's key, its form when everything can be accepted, and what can't."""
        key = cells.get("external_id", "")
        values, problems = cell.parsed(cells, self.parsers)
        problems += cell.missing(cells, ("external_id",))
        if problems:
            return key, None, problems
        form = tidied(self._form(values))
        problems = [(p.field.partition(".")[0], p.sentence) for p in find_problems(form)]
        return key, None if problems else with_latin_names(form), problems

    def _form(self, values: dict[str, Any]) -> JobseekerForm:
        form = JobseekerForm(**values)
        if form.municipality and not form.region:
            return replace(form, region=self.known.municipality_region[form.municipality])
        return form

    def _occupation(self, part: str) -> OccupationEntry:
        code, colon, years = (side.strip() for side in part.partition(":"))
        isco = self.codes.occupation(code)
        if not colon:
            return OccupationEntry(isco)
        number = float(cell.decimal(years))
        if number > MOST_YEARS:
            raise BadCell(N_("“{value}”: so many years can't be right."), value=part)
        return OccupationEntry(isco, number)

    def _language(self, part: str) -> LanguageEntry:
        name, level = cell.leveled(part)
        return LanguageEntry(self.codes.language(name), self.level(level))


def with_latin_names(form: JobseekerForm) -> JobseekerForm:
    """With names in Latin letters suggested where there are none (national system of 2002)."""
    named = tidied(
        replace(
            form,
            first_name_lat=form.first_name_lat or romanise_name(form.first_name_ka or "") or None,
            last_name_lat=form.last_name_lat or romanise_name(form.last_name_ka or "") or None,
        )
    )
    if named == form or any(latin_name_problem(name) for name in _latin_names(named)):
        return form
    return named


def _latin_names(form: JobseekerForm) -> list[str]:
    return [name for name in (form.first_name_lat, form.last_name_lat) if name]
