"""Reads the sample's files into the forms that the services take, moved to today.

Every date is moved by the days between the anchor and today, so that people stay as old as they
are, seasons lie ahead and passports expire when they should, whenever the sample is loaded.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from domain.enums import CefrLevel, DocumentKind, Evidence, PayPeriod, RequirementKind, Sex
from domain.records.jobseeker import (
    DocumentEntry,
    JobseekerForm,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.records.vacancy import LanguageWanted, VacancyForm
from sample_data.people import ANCHOR
from sample_data.reference import read_skills
from sample_data.vacancies import read_openings

HERE = Path(__file__).parent
Row = Mapping[str, str]
T = TypeVar("T")


class Days:
    """Moves the sample's dates to a present day."""

    def __init__(self, today: date) -> None:
        self.shift = today - ANCHOR

    def day(self, text: str) -> date | None:
        return date.fromisoformat(text) + self.shift if text else None

    def moved(self, day: date) -> date:
        return day + self.shift


def rows(name: str) -> Iterator[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _if_stated(text: str, read: Callable[[str], T]) -> T | None:
    return read(text) if text else None


def jobseeker_forms(days: Days) -> Iterator[tuple[str, JobseekerForm]]:
    """External id and form of each person, in the order of registration."""
    papers = {row["external_id"]: row for row in rows("papers.csv")}
    evidence: dict[str, dict[tuple[str, str], Evidence]] = {}
    for row in rows("evidence.csv"):
        known = evidence.setdefault(row["external_id"], {})
        known[row["fact"], row["code"]] = Evidence(row["evidence"])
    skills = read_skills().ids
    for row in rows("jobseekers.csv"):
        key = row["external_id"]
        known = evidence.get(key, {})
        yield (
            key,
            replace(
                _jobseeker(row, days),
                **_held(row, known, skills),
                documents=_papers(papers.get(key), days),
            ),
        )


def _jobseeker(row: Row, days: Days) -> JobseekerForm:
    plain = (
        "personal_number", "first_name_ka", "last_name_ka", "first_name_lat", "last_name_lat",
        "citizenship", "region", "municipality", "phone", "email",
    )  # fmt: skip
    texts: dict[str, Any] = {name: row[name] or None for name in plain}
    return JobseekerForm(
        **texts,
        sex=_if_stated(row["sex"], Sex),
        birth_date=days.day(row["birth_date"]),
        education=_if_stated(row["education"], int),
        available_from=days.day(row["available_from"]),
        available_to=days.day(row["available_to"]),
        desired_countries=_parts(row["desired_countries"]),
        registered_on=days.day(row["registered_on"]),
    )


def _held(
    row: Row, known: Mapping[tuple[str, str], Evidence], skills: Mapping[str, str]
) -> dict[str, Any]:
    def how(fact: str, code: str) -> Evidence:
        return known.get((fact, code), Evidence.STATED)

    occupations = [part.partition(":") for part in _parts(row["occupations"])]
    languages = [part.partition(":") for part in _parts(row["languages"])]
    return {
        "occupations": tuple(
            OccupationEntry(isco, _if_stated(years, float), evidence=how("occupation", isco))
            for isco, _, years in occupations
        ),
        "skills": tuple(
            SkillEntry(skills[label], how("skill", label)) for label in _parts(row["skills"])
        ),
        "languages": tuple(
            LanguageEntry(code, CefrLevel(level), how("language", code))
            for code, _, level in languages
        ),
        "licences": tuple(
            LicenceEntry(code, evidence=how("licence", code)) for code in _parts(row["licences"])
        ),
    }


def _papers(row: Row | None, days: Days) -> tuple[DocumentEntry, ...]:
    if row is None:
        return ()
    return (
        DocumentEntry(
            DocumentKind(row["kind"]),
            row["number"],
            days.day(row["issued_on"]),
            days.day(row["valid_until"]),
            Evidence(row["evidence"]),
        ),
    )


def vacancy_forms(days: Days) -> dict[str, VacancyForm]:
    """The form of each vacancy by its number, with what the import format has no column for."""
    more = {opening["number"]: opening for opening in read_openings()}
    skills = read_skills().ids
    return {
        row["number"]: replace(
            _vacancy(row, days, skills),
            title_ka=more[row["number"]]["title_ka"],
            scheme_code=more[row["number"]].get("scheme"),
            housing=more[row["number"]].get("housing"),
        )
        for row in rows("vacancies.csv")
    }


def _vacancy(row: Row, days: Days, skills: Mapping[str, str]) -> VacancyForm:
    return VacancyForm(
        number=row["number"],
        title=row["title"],
        employer=row["employer"],
        country=row["country"],
        town=row["town"],
        positions=int(row["positions"]),
        occupations=_parts(row["occupations"]),
        skills_essential=tuple(skills[label] for label in _parts(row["skills_essential"])),
        skills_optional=tuple(skills[label] for label in _parts(row["skills_optional"])),
        languages=tuple(_wanted(part) for part in _parts(row["languages"])),
        licences_required=_parts(row["licences_required"]),
        licences_preferred=_parts(row["licences_preferred"]),
        education_min=_if_stated(row["education_min"], int),
        experience_years_min=_if_stated(row["experience_years_min"], float),
        start_on=days.day(row["start_on"]),
        end_on=days.day(row["end_on"]),
        hours_per_week=_if_stated(row["hours_per_week"], float),
        pay_amount=_if_stated(row["pay_amount"], Decimal),
        pay_currency=row["pay_currency"] or None,
        pay_period=_if_stated(row["pay_period"], PayPeriod),
        closes_on=days.day(row["closes_on"]),
        description=row["description"] or None,
    )


def _wanted(text: str) -> LanguageWanted:
    language, level = text.rstrip("!").split(":")
    kind = RequirementKind.MUST if text.endswith("!") else RequirementKind.PREFERRED
    return LanguageWanted(language, CefrLevel(level), kind)
