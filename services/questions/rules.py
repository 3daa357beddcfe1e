"""The dated rules of asking, from `parameters/questions.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.enums import QuestionOutcome
from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds on one day."""

    ask_again_after_days: Mapping[QuestionOutcome, int]
    vacancies_noted: int
    """Most vacancies that a task names."""


def rules_on(day: date) -> Rules:
    """The rules in force on that day."""
    found = in_force(stored_rules("questions"), day)
    days = {QuestionOutcome(name): n for name, n in found["ask_again_after_days"].items()}
    return Rules(days, found["vacancies_noted"])
