"""Age at departure and citizenship, only where the vacancy's scheme has such a rule.

The engine has no field for either; it is told whom the gate excludes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.records.vacancy import VacancyForm
from matching.outside import OutsideGate
from services.rankings.pool import Registered
from services.vacancies.scheme_terms import GATES, scheme_of

Bools = npt.NDArray[np.bool_]
ENDLESS = 1 << 30


def scheme_gates(vacancy: VacancyForm, people: Registered) -> dict[str, OutsideGate]:
    """Whom each gate excludes that the vacancy's scheme brings; empty without a scheme."""
    scheme = scheme_of(vacancy)
    rules = scheme.terms.get("rules") or () if scheme else ()
    found: dict[str, OutsideGate] = {}
    for rule in rules:
        if rule["rule"] == "age_at_departure":
            found[GATES[rule["rule"]]] = _age(rule, people, vacancy.start_on)
        if rule["rule"] == "citizenship":
            found[GATES[rule["rule"]]] = _citizenship(rule, people)
    return found


def gate(people: Registered, failed: Bools, unknown: Bools | None = None) -> OutsideGate:
    """A gate from what is true of each person."""
    asked = people.person[:0] if unknown is None else people.person[unknown]
    return OutsideGate(people.person[failed], asked)


def _age(rule: Mapping[str, Any], people: Registered, departure: date | None) -> OutsideGate:
    nobody = np.zeros(len(people.person), bool)
    if departure is None:
        return gate(people, nobody, ~nobody)
    youngest, oldest = rule["min"], rule["max"]
    latest = ENDLESS if youngest is None else last_birth(departure, youngest)
    earliest = 0 if oldest is None else last_birth(departure, oldest + 1) + 1
    unknown = people.birth < 0
    return gate(people, ~unknown & ((people.birth > latest) | (people.birth < earliest)), unknown)


def last_birth(day: date, age: int) -> int:
    """The last day of birth, as an ordinal, of whoever has reached an age in years on a day."""
    try:
        return day.replace(year=day.year - age).toordinal()
    except ValueError:  # 29 February, in a year without one
        return date(day.year - age, 2, 28).toordinal()


def _citizenship(rule: Mapping[str, Any], people: Registered) -> OutsideGate:
    asked = rule["value"]
    wanted = people.countries.index(asked) if asked in people.countries else -2
    unknown = people.citizenship < 0
    return gate(people, ~unknown & (people.citizenship != wanted), unknown)
