"""The dated rules of coming back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from domain.enums import FastTrackStep
from services import clock
from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class ReturnRules:
    """The version in force on a day; days are calendar days in Georgia."""

    valid_from: date
    remind_days_before: tuple[int, ...]
    """Farthest first."""
    on_time_tolerance_days: int
    survey_days_open: int
    follow_up_months: tuple[int, ...]
    shown_before_days: int
    reply_within_days: int
    """Days after which an employer in Georgia is asked for a reply."""
    named_request_within_months: int
    orientation_kept_months: int
    never_after: tuple[str, ...]
    """Why a stay ended after which no named request is taken."""
    may_skip: tuple[FastTrackStep, ...]
    never_skip: tuple[FastTrackStep, ...]
    reference: str


def rules_on(day: date | None = None) -> ReturnRules:
    """The rules in force on a day; today's without one."""
    entry = in_force(stored_rules("returns"), day or clock.today())
    return _rules(entry["valid_from"])


@cache
def _rules(valid_from: date) -> ReturnRules:
    entry = in_force(stored_rules("returns"), valid_from)
    return ReturnRules(
        valid_from=entry["valid_from"],
        remind_days_before=tuple(sorted(entry["remind_days_before"], reverse=True)),
        on_time_tolerance_days=entry["on_time_tolerance_days"],
        survey_days_open=entry["survey_days_open"],
        follow_up_months=tuple(sorted(entry["follow_up_months"])),
        shown_before_days=entry["shown_before_days"],
        reply_within_days=entry["reply_within_days"],
        named_request_within_months=entry["named_request_within_months"],
        orientation_kept_months=entry["orientation_kept_months"],
        never_after=tuple(entry["never_after"]),
        may_skip=tuple(FastTrackStep(code) for code in entry["may_skip"]),
        never_skip=tuple(FastTrackStep(code) for code in entry["never_skip"]),
        reference=entry["reference"],
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
