"""How long runs stay in the log: their own period, and that of the cases that rest on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from db.queries import run_retention as queries
from domain.exceptions import InvalidInput
from domain.texts import N_
from domain.values import months_after
from services import clock
from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class Rules:
    """The periods in force on a day, in months."""

    run_months: int
    decided_run_months: int


def rules_on(day: date) -> Rules:
    """The periods in force on that day; refuses ones below the law's floor."""
    found = in_force(stored_rules("ranking_log"), day)
    rules = Rules(found["run_months"], found["decided_run_months"])
    if min(rules.run_months, rules.decided_run_months) < found["least_months"]:
        raise InvalidInput(
            N_("Rankings have to be kept for {months} months at least: correct the parameters."),
            months=found["least_months"],
        )
    return rules


@dataclass(frozen=True, slots=True)
class Cases:
    """What rests on runs: those behind open cases, and the last decision behind each other one."""

    open: frozenset[int]
    decided_at: Mapping[int, datetime]


def read_cases(session: Session) -> Cases:
    """What rests on any run now."""
    open_ones = frozenset(queries.runs_of_open_cases(session))
    return Cases(open_ones, queries.runs_of_decisions(session))


def kept_until(run_id: int, made_at: datetime, cases: Cases) -> date | None:
    """The first day on which a run may be removed; None while a case that rests on it is open."""
    rules = rules_on(clock.today())
    if run_id in cases.open:
        return None
    own = months_after(clock.day_of(made_at), rules.run_months)
    decided_at = cases.decided_at.get(run_id)
    if decided_at is None:
        return own
    return max(own, months_after(clock.day_of(decided_at), rules.decided_run_months))


@dataclass(frozen=True, slots=True)
class Due:
    """Runs older than their period: those that may go, and those that a case still needs."""

    before: date
    runs: tuple[int, ...]
    kept_for_cases: int


def due_runs(session: Session) -> Due:
    """Every run whose own period is over today."""
    today = clock.today()
    before = months_after(today, -rules_on(today).run_months)
    cases = read_cases(session)
    older = queries.runs_made_before(session, clock.beginning(before))
    runs = tuple(run_id for run_id, made_at in older if _is_over(run_id, made_at, cases, today))
    return Due(before, runs, len(older) - len(runs))


def _is_over(run_id: int, made_at: datetime, cases: Cases, today: date) -> bool:
    last = kept_until(run_id, made_at, cases)
    return last is not None and last <= today
