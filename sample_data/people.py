"""Draws plausible people, one after the other, from a seeded random source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from matching.names import romanise_name
from sample_data import places
from sample_data.choice import pick
from sample_data.languages import languages_of
from sample_data.names import names_by_language
from sample_data.person import Person
from sample_data.reference import Skills

TRADES = Path(__file__).parent / "trades.yaml"

ANCHOR = date(2026, 11, 22)
"""The day on which the sample is "today"; loading moves every date by the days since then."""

REGISTERED_BY_MONTH = {
    (2025, 5): 3, (2025, 6): 3, (2025, 7): 2, (2025, 8): 2, (2025, 9): 6, (2025, 10): 8,
    (2025, 11): 9, (2025, 12): 6, (2026, 1): 8, (2026, 2): 9, (2026, 3): 6, (2026, 4): 5,
    (2026, 5): 4, (2026, 6): 3, (2026, 7): 3, (2026, 8): 3, (2026, 9): 6, (2026, 10): 8,
    (2026, 11): 6,
}  # fmt: skip
Ages = Mapping[tuple[int, int], float]
AGE_BANDS: Ages = {(18, 24): 17, (25, 34): 29, (35, 44): 26, (45, 54): 18, (55, 64): 10}


@dataclass(frozen=True)
class Trade:
    """A group of occupations with what usually goes with it."""

    name: str
    weight: float
    women: float
    town: float
    occupations: dict[str, float]
    education: dict[int, float]
    licences: dict[str, float]
    wishes: dict[str, float]


def read_trades() -> dict[str, Trade]:
    content: dict[str, Any] = yaml.safe_load(TRADES.read_text("utf-8"))
    common = content["common_wishes"]
    return {
        entry["name"]: Trade(**{**entry, "wishes": {**common, **entry.get("wishes", {})}})
        for entry in content["trades"]
    }


def make_person(
    random: Random,
    trade: Trade,
    skills: Skills,
    *,
    occupation: str | None = None,
    ages: Ages = AGE_BANDS,
    registered: date | None = None,
) -> Person:
    """A complete file of somebody of that trade; numbers and contacts come at the end."""
    sex = "f" if random.random() < trade.women else "m"
    municipality = _municipality(random, trade)
    home = _home_language(random, municipality)
    first, last = _name(random, home, sex)
    birth_date = _birth_date(random, ages)
    age = (ANCHOR - birth_date).days // 365
    countries = _wishes(random, trade)
    registered = registered or _registered_on(random)
    held = _occupations(random, trade, age, occupation)
    person = Person(
        registered_on=registered,
        first_ka=first,
        last_ka=last,
        first_lat=romanise_name(first),
        last_lat=romanise_name(last),
        birth_date=birth_date,
        sex=sex,
        citizenship=pick(random, {"GE": 98.5, "AM": 0.5, "AZ": 0.5, "UA": 0.5}),
        municipality=municipality,
        education=pick(random, trade.education),
        occupations=held,
        skills=_skills(random, skills, held),
        languages=languages_of(random, home=home, age=age, trade=trade.name, countries=countries),
        licences=_licences(random, trade, sex),
        countries=countries,
        passport=_passport(random, registered),
    )
    person.available_from, person.available_to = _availability(random, registered)
    add_evidence(random, person)
    return person


def _municipality(random: Random, trade: Trade) -> str:
    in_town = random.random() < trade.town
    return pick(
        random,
        {
            code: people
            for code, people in places.POPULATION.items()
            if (code in places.TOWNS) == in_town
        },
    )


def _home_language(random: Random, municipality: str) -> str:
    drawn = random.random()
    armenian = places.ARMENIAN_AT_HOME.get(municipality, 0.0)
    if drawn < armenian:
        return "hy"
    azerbaijani = places.AZERBAIJANI_AT_HOME.get(municipality, 0.0)
    return "az" if drawn < armenian + azerbaijani else "ka"


def _name(random: Random, home: str, sex: str) -> tuple[str, str]:
    known = names_by_language()[home]
    return random.choice(known.women if sex == "f" else known.men), random.choice(known.surnames)


def _birth_date(random: Random, ages: Ages) -> date:
    youngest, oldest = pick(random, ages)
    # Never younger than `youngest` on the anchor day, never `oldest` + 1.
    days = random.randint(youngest * 365 + youngest // 4 + 1, oldest * 365 + oldest // 4 + 360)
    return ANCHOR - timedelta(days)


def _registered_on(random: Random) -> date:
    year, month = pick(random, REGISTERED_BY_MONTH)
    return date(year, month, random.randint(1, 20 if (year, month) == (2026, 11) else 28))


def _occupations(
    random: Random, trade: Trade, age: int, first: str | None
) -> dict[str, float | None]:
    left = max(1.0, age - 18.0)
    isco = first or pick(random, trade.occupations)
    years = min(left, round(random.triangular(0.5, 18, 3) * 2) / 2)
    held: dict[str, float | None] = {isco: years}
    for chance, other in ((0.4, pick(random, trade.occupations)), (0.22, "9213"), (0.06, "5223")):
        left -= years
        if random.random() < chance and other not in held and left >= 1:
            years = min(left, random.randint(1, 10) / 2)
            held[other] = years
    return held


def _skills(random: Random, skills: Skills, held: dict[str, float | None]) -> tuple[str, ...]:
    named: dict[str, None] = {}
    for isco in held:
        essential, optional = skills.essential.get(isco, ()), skills.optional.get(isco, ())
        share = random.uniform(0.15, 0.6)
        named |= dict.fromkeys(random.sample(essential, round(len(essential) * share)))
        named |= dict.fromkeys(random.sample(optional, min(len(optional), random.randint(0, 2))))
    return tuple(named)[:12]


def _licences(random: Random, trade: Trade, sex: str) -> tuple[str, ...]:
    held = []
    for code, chance in trade.licences.items():
        driving = len(code) <= 2
        # Who drives lorries or buses has the car licence before.
        needs_car = driving and code not in ("B", "T")
        if needs_car and "B" not in held:
            continue
        if random.random() < chance * (0.5 if driving and sex == "f" else 1.0):
            held.append(code)
    return tuple(held)


def _wishes(random: Random, trade: Trade) -> tuple[str, ...]:
    chosen = [country for country, chance in trade.wishes.items() if random.random() < chance]
    return tuple(sorted(chosen or [pick(random, trade.wishes)]))


def _passport(random: Random, registered: date) -> tuple[str, date, date]:
    issued = registered - timedelta(random.randint(20, 9 * 365))
    until = issued.replace(year=issued.year + 10, day=min(issued.day, 28))
    return f"00XX{random.randint(0, 99999):05}", issued, until


def _availability(random: Random, registered: date) -> tuple[date, date | None]:
    if random.random() < 0.68:
        start = registered + timedelta(random.randint(0, 120))
    else:
        month = max(date(2026, 12, 1), registered) + timedelta(random.randint(10, 270))
        start = month.replace(day=random.choice((1, 15)))
    kind = random.random()
    if kind < 0.25:
        return start, None
    if kind < 0.85:
        return start, start + timedelta(random.randint(700, 1500))
    return start, max(date(2027, 7, 31), start + timedelta(90)) + timedelta(random.randint(0, 120))


def add_evidence(random: Random, person: Person) -> None:
    """Some facts are tested or certified; the rest is stated."""
    chances = {
        "language": ([c for c, level in person.languages.items() if level != "native"], 0.15, 0.2),
        "licence": (list(person.licences), 0.0, 0.72),
        "occupation": (list(person.occupations), 0.0, 0.2),
        "skill": (list(person.skills), 0.05, 0.05),
    }
    for fact, (codes, tested, certified) in chances.items():
        for code in codes:
            drawn = random.random()
            if drawn < tested + certified:
                known = "tested" if drawn < tested else "certificate"
                person.evidence[fact, code] = known
