"""The dated numbers of monitoring: when to ask, what is a difference, how soon to act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from domain.enums import CaseUrgency
from services import clock
from services.correspondence.working_days import add_working_days
from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class MonitoringRules:
    """One entry of `services/parameters/monitoring.yaml`; days, hours and per cent."""

    valid_from: date
    check_in_days: tuple[int, ...]
    then_every_days: int
    link_days: int
    remind_after_days: tuple[int, ...]
    missed_after_days: int
    missed_until_case: int
    pay_kept_from_percent: int
    pay_broken_below_percent: int
    pay_high_below_percent: int
    hours_short_percent: int
    hours_high_percent: int
    deductions_above_percent: int
    red_hours: int
    high_hours: int
    normal_working_days: int
    correct_within_days: tuple[int, ...]
    small_number: int


def rules_on(day: date) -> MonitoringRules:
    """The rules in force on that day."""
    entry: Mapping[str, Any] = in_force(stored_rules("monitoring"), day)
    found: dict[str, Any] = {field.name: entry[field.name] for field in fields(MonitoringRules)}
    for name, value in found.items():
        found[name] = tuple(value) if isinstance(value, list) else value
    return MonitoringRules(**found)


def act_until(urgency: CaseUrgency, opened_at: datetime, rules: MonitoringRules) -> datetime:
    """By when somebody must have begun: hours on the calendar, or the end of a working day."""
    if urgency is CaseUrgency.RED:
        return opened_at + timedelta(hours=rules.red_hours)
    if urgency is CaseUrgency.HIGH:
        return opened_at + timedelta(hours=rules.high_hours)
    last = add_working_days(clock.day_of(opened_at), rules.normal_working_days)
    return clock.beginning(last + timedelta(1))


def check_in_days(arrived_on: date, until: date, rules: MonitoringRules) -> tuple[date, ...]:
    """Every day up to `until` on which somebody who arrived then is asked."""
    after = list(rules.check_in_days)
    while arrived_on + timedelta(after[-1]) < until:
        after.append(after[-1] + rules.then_every_days)
    days = (arrived_on + timedelta(days) for days in after)
    return tuple(day for day in days if day <= until)
