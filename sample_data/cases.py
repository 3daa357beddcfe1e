"""People made on purpose: fitting a vacancy, missing it by one thing, unfinished, entered twice."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_data.person import Person

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


@dataclass(frozen=True)
class Case:
    """Why somebody is worth a look: told in cases.csv."""

    person: Person
    case: str
    about: str | Person
    """A vacancy number, the missing facts, or the person who is the same one."""


def fit(random: Random, person: Person, vacancy: Mapping[str, str]) -> None:
    """Give the person everything that the vacancy asks for."""
    isco = vacancy["occupations"].split(";")[0]
    asked_years = float(vacancy["experience_years_min"] or 0)
    person.occupations.pop(isco, None)
    person.occupations = {isco: asked_years + random.randint(1, 4), **person.occupations}
    essential = vacancy["skills_essential"].split(";")
    person.skills = tuple(dict.fromkeys((*essential[:-1], *person.skills)))[:12]
    for language, level in asked_languages(vacancy):
        if LEVELS.index(level) > _order(person.languages.get(language)):
            person.languages[language] = level
    licences = [code for code in vacancy["licences_required"].split(";") if code]
    extra = ["B"] if {"CE", "D"} & set(licences) else []
    person.licences = tuple(dict.fromkeys((*extra, *person.licences, *licences)))
    person.education = max(person.education or 0, int(vacancy["education_min"] or 0))
    person.citizenship = "GE"
    person.countries = tuple(sorted({*person.countries, vacancy["country"]}))
    start, end = season(vacancy)
    person.available_from = min(person.available_from or start, start - timedelta(14))
    person.available_to = end + timedelta(random.randint(60, 400))
    number, issued, until = person.passport or ("00XX00000", start, end)
    person.passport = number, issued, max(until, end + timedelta(400))


def asked_languages(vacancy: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for asked in filter(None, vacancy["languages"].split(";")):
        language, level = asked.rstrip("!").split(":")
        yield language, level


def season(vacancy: Mapping[str, str]) -> tuple[date, date]:
    return date.fromisoformat(vacancy["start_on"]), date.fromisoformat(vacancy["end_on"])


def _order(level: str | None) -> int:
    if level is None:
        return -1
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def one_level_short(person: Person, vacancy: Mapping[str, str]) -> None:
    language, level = next(iter(asked_languages(vacancy)))
    short = LEVELS.index(level) - 1
    person.languages[language] = LEVELS[short] if short >= 0 else LEVELS[0]
    if short < 0:
        del person.languages[language]


def passport_expires_in_season(person: Person, vacancy: Mapping[str, str]) -> None:
    start, end = season(vacancy)
    until = start + (end - start) * 2 // 3
    person.passport = "00XX00000", until.replace(year=until.year - 10, day=1), until


def licence_missing(person: Person, vacancy: Mapping[str, str]) -> None:
    required = set(vacancy["licences_required"].split(";"))
    person.licences = tuple(c for c in person.licences if c not in required) or ("B",)


def two_weeks_late(person: Person, vacancy: Mapping[str, str]) -> None:
    person.available_from = season(vacancy)[0] + timedelta(16)


def a_year_short(person: Person, vacancy: Mapping[str, str]) -> None:
    isco = vacancy["occupations"].split(";")[0]
    person.occupations[isco] = max(0.5, float(vacancy["experience_years_min"]) - 1)


def country_not_wished(person: Person, vacancy: Mapping[str, str]) -> None:
    rest = tuple(code for code in person.countries if code != vacancy["country"])
    person.countries = rest or ("FR" if vacancy["country"] == "PL" else "PL",)


MISSES: Mapping[str, Callable[[Person, Mapping[str, str]], None]] = {
    "language one level short": one_level_short,
    "passport expires in the season": passport_expires_in_season,
    "licence missing": licence_missing,
    "available over two weeks late": two_weeks_late,
    "a year of experience short": a_year_short,
    "does not wish this country": country_not_wished,
}

BLANK: Mapping[str, Mapping[str, object]] = {
    "languages": {"languages": {}},
    "skills": {"skills": ()},
    "passport": {"passport": None},
    "availability": {"available_from": None, "available_to": None},
    "birth_date": {"birth_date": None},
    "desired_countries": {"countries": ()},
    "occupations": {"occupations": {}},
    "education": {"education": None},
    "phone": {"phone": None},
    "personal_number": {"personal_number": None},
    "citizenship": {"citizenship": None},
    "name_lat": {"first_lat": None, "last_lat": None},
    "years": {},
}
"""What a file looks like that does not state the fact."""


def forget(random: Random, person: Person) -> str:
    """Leave one to three facts unstated; returns their names."""
    names = sorted(random.sample(list(BLANK), random.choice((1, 1, 1, 2, 2, 3))))
    for name in names:
        for field, blank in BLANK[name].items():
            setattr(person, field, copy.copy(blank))
    if "years" in names:
        person.occupations = dict.fromkeys(person.occupations)
    return ", ".join(names)


def registered_again(random: Random, person: Person, spelling: str, until: date) -> Person:
    """The same human being, entered a second time later and spelled differently."""
    twin = copy.deepcopy(person)
    twin.registered_on = min(until, person.registered_on + timedelta(random.randint(20, 200)))
    twin.skills, twin.evidence = twin.skills[: len(twin.skills) // 2], {}
    twin.email = None
    SPELLINGS[spelling](twin)
    return twin


def _in_latin(twin: Person) -> None:
    twin.first_ka = twin.last_ka = twin.personal_number = None


def _old_latin(twin: Person) -> None:
    """As older passports spell it."""
    _in_latin(twin)
    for new, old in (("kh", "x"), ("q", "k"), ("ts", "tz")):
        twin.last_lat = (twin.last_lat or "").replace(new, old)
    twin.first_lat = (twin.first_lat or "").replace("k", "q", 1)


def _typo(twin: Person) -> None:
    name = twin.last_ka or ""
    twin.last_ka = name[:3] + name[4:]
    twin.last_lat = twin.first_lat = twin.personal_number = None


def _swapped(twin: Person) -> None:
    twin.first_ka, twin.last_ka = twin.last_ka, twin.first_ka
    twin.first_lat, twin.last_lat = twin.last_lat, twin.first_lat
    twin.personal_number = None


def _one_digit_off(twin: Person) -> None:
    number = twin.personal_number or "00000000000"
    twin.personal_number = number[:-1] + str((int(number[-1]) + 1) % 10)


SPELLINGS: Mapping[str, Callable[[Person], None]] = {
    "same person, in Latin script": _in_latin,
    "same person, older Latin spelling": _old_latin,
    "same person, a letter missing": _typo,
    "same person, first name and surname swapped": _swapped,
    "same person, one digit off": _one_digit_off,
}
