"""Whether a form can be saved: tidied first, then problems that block and doubts that do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TypeVar

import phonenumbers
import pycountry

from domain.enums import DocumentKind
from domain.exceptions import FieldProblem
from domain.records.jobseeker import (
    DocumentEntry,
    EducationEntry,
    JobseekerForm,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.texts import N_, Sentence, Term
from domain.values import (
    NO_LICENCE,
    birth_date_problem,
    email_problem,
    georgian_name_problem,
    latin_name_doubt,
    latin_name_problem,
    passport_number_doubt,
    period_problem,
    personal_number_problem,
    tidy,
    tidy_name,
    years_between,
)
from services import clock
from services.jobseekers.rules import rules_on
from services.reference import Reference, reference

HOME = "GE"


def tidied(form: JobseekerForm) -> JobseekerForm:
    """The form as it would be stored: spaces, apostrophes, phone number and e-mail in one shape."""
    number = "".join((form.personal_number or "").split()) or None
    return replace(
        form,
        personal_number=number,
        first_name_ka=tidy_name(form.first_name_ka),
        last_name_ka=tidy_name(form.last_name_ka),
        first_name_lat=tidy_name(form.first_name_lat),
        last_name_lat=tidy_name(form.last_name_lat),
        citizenship=(tidy(form.citizenship) or "").upper() or None,
        address=tidy(form.address),
        phone=tidied_phone(form.phone),
        email=(tidy(form.email) or "").lower() or None,
        wishes=(form.wishes or "").strip() or None,
        occupations=in_order(
            replace(o, employer_name=tidy(o.employer_name)) for o in form.occupations
        ),
        documents=in_order(
            replace(d, number=(tidy(d.number) or "").upper() or None) for d in form.documents
        ),
        education_entries=in_order(
            replace(e, institution=tidy(e.institution), field=tidy(e.field))
            for e in form.education_entries
        ),
        skills=in_order(form.skills),
        languages=in_order(form.languages),
        licences=in_order(_held(form.licences)),
        desired_countries=tuple(sorted(set(form.desired_countries))),
    )


def _held(licences: Iterable[LicenceEntry]) -> list[LicenceEntry]:
    """Whoever has a licence has not none."""
    held = [entry for entry in licences if entry.licence != NO_LICENCE]
    return held or list(licences)


Entry = TypeVar(
    "Entry",
    OccupationEntry,
    SkillEntry,
    LanguageEntry,
    LicenceEntry,
    DocumentEntry,
    EducationEntry,
)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each entry once, in the order in which files are read: the longest and highest first."""
    return tuple(sorted(dict.fromkeys(entries), key=_place))


def _place(entry: object) -> tuple[object, ...]:
    match entry:
        case OccupationEntry():
            return (-(entry.years or 0), entry.isco, entry.employer_name or "", str(entry))
        case EducationEntry():
            return (-entry.level, -(entry.year_completed or 0), str(entry))
        case DocumentEntry():
            return (list(DocumentKind).index(entry.kind), str(entry))
        case LanguageEntry():
            return (-entry.level.order, entry.language)
        case _:
            return (str(entry),)


def tidied_phone(text: str | None) -> str | None:
    """E.164 where the text can be read as a number (Georgian unless it says otherwise)."""
    plain = tidy(text)
    number = _parsed_phone(plain) if plain else None
    if number is None or not phonenumbers.is_possible_number(number):
        return plain
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _parsed_phone(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None


def find_problems(form: JobseekerForm) -> tuple[FieldProblem, ...]:
    """What hinders saving a tidied form; an entry of a list is named `languages.0`."""
    known, day = reference(), _day(form)
    return (
        *_identity_problems(form, day),
        *_contact_problems(form, known),
        *_work_problems(form, known, day),
        *_skill_problems(form, known),
        *_paper_problems(form, day),
    )


def find_doubts(form: JobseekerForm) -> tuple[FieldProblem, ...]:
    """What deserves a second look and hinders nothing."""
    return tuple(_doubts(form, _day(form)))


def _day(form: JobseekerForm) -> date:
    # A file kept elsewhere may have been opened by a clock ahead of ours.
    return max(clock.today(), form.registered_on or date.min)


def _problem(field: str, sentence: Sentence | None) -> Iterator[FieldProblem]:
    if sentence is not None:
        yield FieldProblem(field, sentence)


def _identity_problems(form: JobseekerForm, day: date) -> Iterator[FieldProblem]:
    if not (form.name_ka() or form.name_lat()):
        yield FieldProblem(field="first_name_ka", sentence=Sentence(N_("Enter the person's name.")))
    if form.personal_number:
        yield from _problem("personal_number", personal_number_problem(form.personal_number))
    for field in ("first_name_ka", "last_name_ka"):
        if value := getattr(form, field):
            yield from _problem(field, georgian_name_problem(value))
    for field in ("first_name_lat", "last_name_lat"):
        if value := getattr(form, field):
            yield from _problem(field, latin_name_problem(value))
    if form.birth_date:
        rules = rules_on(day)
        found = birth_date_problem(form.birth_date, day, rules.age_min, rules.age_max)
        yield from _problem("birth_date", found)
    if form.citizenship and form.citizenship not in country_codes():
        yield _unknown_code("citizenship", form.citizenship)


def _contact_problems(form: JobseekerForm, known: Reference) -> Iterator[FieldProblem]:
    if form.region and form.region not in known.names["region"]:
        yield _unknown_code("region", form.region)
    if form.municipality and form.municipality not in known.municipality_region:
        yield _unknown_code("municipality", form.municipality)
    elif form.municipality and form.region != known.municipality_region[form.municipality]:
        yield FieldProblem(
            field="municipality",
            sentence=Sentence(
                N_("{municipality} lies in another region: {region}."),
                {
                    "municipality": Term("municipality", form.municipality),
                    "region": Term("region", known.municipality_region[form.municipality]),
                },
            ),
        )
    if form.email:
        yield from _problem("email", email_problem(form.email))
    if form.phone:
        number = _parsed_phone(form.phone)
        if number is None or not phonenumbers.is_possible_number(number):
            text = N_(
                "This is not a phone number. A Georgian one has 9 digits, others begin with +."
            )
            yield FieldProblem(field="phone", sentence=Sentence(text))


def _work_problems(form: JobseekerForm, known: Reference, day: date) -> Iterator[FieldProblem]:
    rules = rules_on(day)
    for at, entry in enumerate(form.occupations):
        field = f"occupations.{at}"
        if entry.isco not in known.occupation_levels:
            yield _unknown_code(field, entry.isco)
        if entry.years is not None and not 0 <= entry.years <= rules.age_max:
            yield FieldProblem(
                field, Sentence(N_("Years of experience can't be {years}."), {"years": entry.years})
            )
        if entry.country and entry.country not in country_codes():
            yield _unknown_code(field, entry.country)
        yield from _year_problem(field, entry.last_year, day)
    if form.education is not None and str(form.education) not in known.names["education"]:
        yield _unknown_code("education", form.education)
    for at, education in enumerate(form.education_entries):
        field = f"education_entries.{at}"
        if str(education.level) not in known.names["education"]:
            yield _unknown_code(field, education.level)
        if education.country and education.country not in country_codes():
            yield _unknown_code(field, education.country)
        yield from _year_problem(field, education.year_completed, day)


def _year_problem(field: str, year: int | None, day: date) -> Iterator[FieldProblem]:
    if year is not None and not day.year - rules_on(day).age_max <= year <= day.year:
        text = N_("{year} can't be right: write a year up to {now}.")
        values = {"year": str(year), "now": str(day.year)}
        yield FieldProblem(field, Sentence(text, values))


def _skill_problems(form: JobseekerForm, known: Reference) -> Iterator[FieldProblem]:
    lists: tuple[tuple[str, Sequence[str], str, frozenset[str]], ...] = (
        ("skills", [s.skill_id for s in form.skills], "skill", frozenset(known.names["skill"])),
        (
            "languages",
            [x.language for x in form.languages],
            "language",
            language_codes() | set(known.languages),
        ),
        (
            "licences",
            [x.licence for x in form.licences],
            "licence",
            frozenset(known.names["licence"]),
        ),
        ("desired_countries", form.desired_countries, "country", country_codes()),
    )
    for field, codes, kind, allowed in lists:
        for at, code in enumerate(codes):
            if code not in allowed:
                yield _unknown_code(f"{field}.{at}", code)
        for code, times in Counter(codes).items():
            if times > 1:
                text = N_("{what} is named twice: keep one line.")
                yield FieldProblem(field, Sentence(text, {"what": Term(kind, code)}))


def _paper_problems(form: JobseekerForm, day: date) -> Iterator[FieldProblem]:
    for at, paper in enumerate(form.documents):
        field = f"documents.{at}"
        yield from _problem(field, period_problem(paper.issued_on, paper.valid_until))
        if paper.issued_on and paper.issued_on > day:
            yield FieldProblem(field, Sentence(N_("The day of issue lies in the future.")))
    found = period_problem(form.available_from, form.available_to)
    yield from _problem("available_to", found)


def _unknown_code(field: str, code: object) -> FieldProblem:
    text = N_("“{code}” is not in the list: choose one of the list.")
    return FieldProblem(field, Sentence(text, {"code": str(code)}))


def _doubts(form: JobseekerForm, day: date) -> Iterator[FieldProblem]:
    for field in ("first_name_lat", "last_name_lat"):
        if value := getattr(form, field):
            yield from _problem(field, latin_name_doubt(value))
    if form.phone:
        number = _parsed_phone(form.phone)
        if number and not phonenumbers.is_valid_number(number):
            text = N_("No such phone number is in use by today's numbering plan: check the digits.")
            yield FieldProblem(field="phone", sentence=Sentence(text))
    for at, paper in enumerate(form.documents):
        field = f"documents.{at}"
        if paper.number and paper.kind in {"passport", "identity_card"}:
            yield from _problem(field, passport_number_doubt(paper.number, form.citizenship))
        if paper.valid_until and paper.valid_until < day:
            text = N_("This document expired on {day}.")
            yield FieldProblem(field, Sentence(text, {"day": paper.valid_until}))
    if form.birth_date:
        age = years_between(form.birth_date, day)
        for at, entry in enumerate(form.occupations):
            if entry.years is not None and entry.years > age - rules_on(day).age_min:
                text = N_("{years} years of experience is a lot for a person of {age}.")
                values = {"years": entry.years, "age": age}
                yield FieldProblem(field=f"occupations.{at}", sentence=Sentence(text, values))


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2."""
    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def language_codes() -> frozenset[str]:
    """ISO 639-1."""
    return frozenset(x.alpha_2 for x in pycountry.languages if hasattr(x, "alpha_2"))
