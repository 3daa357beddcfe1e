"""The 60 vacancies: what foreign employers ask for, in the columns of the import format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from sample_data.employers import EMPLOYERS
from sample_data.reference import Skills

OPENINGS = Path(__file__).parent / "openings.yaml"

COLUMNS = (
    "number", "title", "employer", "country", "town", "positions", "occupations",
    "skills_essential", "skills_optional", "languages", "education_min", "experience_years_min",
    "licences_required", "licences_preferred", "start_on", "end_on", "hours_per_week",
    "pay_amount", "pay_currency", "pay_period", "closes_on", "description",
)  # fmt: skip

CURRENCY = {"DE": "EUR", "FR": "EUR", "BG": "EUR", "PL": "PLN", "IL": "ILS"}
PLACES = {employer.name: employer for employer in EMPLOYERS}


@cache
def read_openings() -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load(OPENINGS.read_text("utf-8")))


def make_vacancies(random: Random, skills: Skills) -> Iterator[dict[str, str]]:
    """Lines of vacancies.csv: each opening with skills drawn from those of its occupation."""
    for opening in read_openings():
        employer = PLACES[opening["employer"]]
        isco = opening.get("occupations", "").split(";")[0]
        drawn = {
            "country": employer.country,
            "town": employer.town,
            "pay_currency": CURRENCY[employer.country] if "pay_amount" in opening else "",
            "skills_essential": _some(random, skills.essential.get(isco, ()), 4, 6),
            "skills_optional": _some(random, skills.optional.get(isco, ()), 2, 4),
        }
        yield {name: str(drawn.get(name, opening.get(name, ""))) for name in COLUMNS}


def _some(random: Random, labels: tuple[str, ...], least: int, most: int) -> str:
    return ";".join(random.sample(labels, min(len(labels), random.randint(least, most))))
