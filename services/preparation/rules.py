"""The dated rules of the way to departure: passport, curriculum, quiz."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.records.preparation import Curriculum, Quiz, QuizQuestion, Topic
from services.dated_rules import in_force, limits_in_force, stored_rules


@dataclass(frozen=True, slots=True)
class PreparationRules:
    """Whole numbers in force on a day."""

    passport_months_after_return: int
    soon_days: int
    plan_days_ahead_max: int
    reason_letters: int


def rules_on(day: date) -> PreparationRules:
    """The rules in force on that day."""
    return limits_in_force(PreparationRules, "preparation", day)


def curriculum_on(day: date) -> Curriculum:
    """What orientation teaches on that day."""
    entry = in_force(stored_rules("orientation"), day)
    return Curriculum(
        valid_from=entry["valid_from"],
        topics=tuple(
            Topic(one["code"], one["title_en"], one["title_ka"], float(one["hours"]))
            for one in entry["topics"]
        ),
        pass_percent=int(entry["pass_percent"]),
        capacity=int(entry["capacity"]),
        capacity_max=int(entry["capacity_max"]),
        source=entry["source"],
    )


def quiz_on(day: date) -> Quiz:
    """The questions that are asked on that day."""
    entry = in_force(stored_rules("orientation_quiz"), day)
    questions = tuple(_question(one) for one in entry["questions"])
    return Quiz(entry["valid_from"], questions, entry["source"])


def _question(entry: Mapping[str, Any]) -> QuizQuestion:
    answers = tuple((code, said["en"], said["ka"]) for code, said in entry["answers"].items())
    return QuizQuestion(entry["code"], entry["text_en"], entry["text_ka"], answers, entry["right"])
