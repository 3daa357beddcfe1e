"""The dated rules of "How good is the ranking?", and shares that are not told of too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.records.quality import Share
from services.dated_rules import in_force, stored_rules
from services.fairness.rates import Count, wilson
from services.statistics.dashboard import rules_on as rules_of_counting


@dataclass(frozen=True, slots=True)
class Rules:
    """What is in force on a day."""

    least: int
    """Shares of fewer cases, and counts of fewer people, are not told."""
    stale_months: int
    days_to_shortlist_before: float | None
    confidence: float
    least_items: int


def rules_on(day: date) -> Rules:
    """The rules in force on that day."""
    found = in_force(stored_rules("quality"), day)
    return Rules(
        rules_of_counting(day).small_number_below,
        found["stale_months"],
        found["days_to_shortlist_before"],
        found["confidence"],
        found["least_items"],
    )


def share_of(part: int, of: int, rules: Rules) -> Share | None:
    """A share with its Wilson interval; None where the cases are too few to be told."""
    if of < rules.least:
        return None
    return Share(part, of, *wilson(Count(of, part), rules.confidence))
