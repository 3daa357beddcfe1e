"""Runs tests/cases/ranking_pairs.yaml: who has to rank above whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.enums import CefrLevel
from matching.pool import Pool
from matching.ranking import rank
from matching.types import LanguageAsked, Profile, Requirement, Vocabulary
from tests.unit.matching.people import PARAMETERS, profile, requirement, said, stated, worked

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "ranking_pairs.yaml").read_text(encoding="utf-8")
)
WORDS = Vocabulary(
    CASES["vocabulary"]["group"],
    CASES["vocabulary"]["broader"],
    {code: frozenset(skills) for code, skills in CASES["vocabulary"]["essential"].items()},
)
DATES = ("available_from", "available_to", "passport_valid_until", "registered_on")


def parts(facts: dict[str, Any], name: str) -> list[str]:
    return [part.strip() for part in facts.get(name, "").split(";") if part.strip()]


def person(number: int, facts: dict[str, Any]) -> Profile:
    held = [part.partition(":") for part in parts(facts, "occupations")]
    spoken = [part.partition(":") for part in parts(facts, "languages")]
    days = {name: facts[name].toordinal() for name in DATES if name in facts}
    days["registered"] = days.pop("registered_on", date(2026, 1, 1).toordinal())
    return profile(
        number,
        occupations=tuple(worked(c, float(y) if y else None) for c, _, y in held),
        skills=said(*parts(facts, "skills")),
        languages={code: stated(CefrLevel(level).order) for code, _, level in spoken},
        licences=said(*parts(facts, "licences")),
        education=facts.get("education"),
        desired_countries=frozenset(parts(facts, "desired_countries")),
        **days,
    )


def vacancy(asked: dict[str, Any]) -> Requirement:
    levels = [part.partition(":") for part in parts(asked, "languages")]
    lists = ("occupations", "skills_essential", "skills_optional", "licences_required",
             "licences_preferred")  # fmt: skip
    return requirement(
        country=asked.get("country", ""),
        experience_years=asked.get("experience_years_min"),
        languages=tuple(
            LanguageAsked(code, CefrLevel(level.rstrip("!")).order, level.endswith("!"))
            for code, _, level in levels
        ),
        education_min=asked.get("education_min"),
        start=asked["start_on"].toordinal() if "start_on" in asked else None,
        end=asked["end_on"].toordinal() if "end_on" in asked else None,
        **{name: tuple(parts(asked, name)) for name in lists},
    )


@pytest.mark.parametrize("pair", CASES["pairs"], ids=lambda pair: pair["why"])
def test_better_person_ranks_above(pair: dict[str, Any]) -> None:
    # The worse person has the lower id, so that a mere tie fails.
    crowd = [person(2, pair["better"]), person(1, pair["worse"])]
    ranking = rank(Pool(crowd), vacancy(pair["vacancy"]), WORDS, PARAMETERS)
    gate = pair["worse"].get("excluded")
    assert [c.person for c in ranking.candidates] == ([2] if gate else [2, 1])
    assert [(e.person, e.gates) for e in ranking.excluded] == ([(1, (gate,))] if gate else [])
