"""Age at departure and citizenship, only where the vacancy's scheme has such a rule.

The engine has no field for either; it is told the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.records.vacancy import VacancyForm
from matching.types import Verdict
from services.scheme_terms import GATES, scheme_of


def scheme_verdicts(
    vacancy: VacancyForm, *, birth_date: date | None, citizenship: str | None
) -> dict[str, Verdict]:
    """The verdict of each gate that the vacancy's scheme brings; empty without a scheme."""
    scheme = scheme_of(vacancy)
    rules = scheme.terms.get("rules") or () if scheme else ()
    found: dict[str, Verdict] = {}
    for rule in rules:
        if rule["rule"] == "age_at_departure":
            found[GATES[rule["rule"]]] = _age(rule, birth_date, vacancy.start_on)
        if rule["rule"] == "citizenship":
            found[GATES[rule["rule"]]] = _citizenship(rule, citizenship)
    return found


def _age(rule: Mapping[str, Any], born: date | None, departure: date | None) -> Verdict:
    if born is None or departure is None:
        return Verdict.UNKNOWN
    age = departure.year - born.year - ((departure.month, departure.day) < (born.month, born.day))
    youngest, oldest = rule["min"], rule["max"]
    fits = (youngest is None or age >= youngest) and (oldest is None or age <= oldest)
    return Verdict.MET if fits else Verdict.FAILED


def _citizenship(rule: Mapping[str, Any], citizenship: str | None) -> Verdict:
    if citizenship is None:
        return Verdict.UNKNOWN
    return Verdict.MET if citizenship == rule["value"] else Verdict.FAILED
