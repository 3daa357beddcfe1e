"""Reads everything that the dashboard shows under one filter, once per state of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.queries import statistics as queries
from db.session import reading
from domain.records.officer import Officer
from domain.records.statistics import Dashboard, StatisticsFilter
from services import clock
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can
from services.reference import reference
from services.statistics.kept import KeptBoards
from services.statistics.openings import openings
from services.statistics.outcomes import changes, decisions
from services.statistics.process import funnel, waits
from services.statistics.register import register

_boards: KeptBoards[Dashboard] = KeptBoards()


@dataclass(frozen=True, slots=True)
class Rules:
    """The dated rules of counting in force on a day."""

    small_number_below: int
    compared_days: int


def rules_on(day: date) -> Rules:
    """The rules in force on that day."""
    found = in_force(stored_rules("statistics"), day)
    return Rules(found["small_number_below"], found["compared_days"])


def get_dashboard(*, wanted: StatisticsFilter, by: Officer) -> Dashboard:
    """All figures of the filter; the same ones as long as no event is added to the audit chain."""
    check_can(by, Permission.STATISTICS_READ)
    return _boards.get(wanted, lambda asked: count_board(asked, rules_on(clock.today())))


def count_board(wanted: StatisticsFilter, rules: Rules) -> Dashboard:
    """The figures counted under these rules: nothing leaves that tells of fewer than the least."""
    least = rules.small_number_below
    scope = scope_of(wanted)
    days = timedelta(rules.compared_days)
    later = replace(wanted, since=wanted.until - days + timedelta(1))
    earlier = replace(wanted, since=later.since - days, until=later.since - timedelta(1))
    year_begins = clock.beginning(date(wanted.until.year, 1, 1))
    with reading() as session:
        return Dashboard(
            wanted=wanted,
            least=least,
            counted_at=clock.now(),
            funnel=funnel(session, scope, least),
            waits=waits(session, scope, least),
            register=register(session, scope, least),
            openings=openings(session, scope, year_begins, least),
            decisions=decisions(session, scope, least),
            changes=changes(session, scope_of(earlier), scope_of(later), least),
        )


def scope_of(wanted: StatisticsFilter) -> queries.Scope:
    """The filter with its days as points in time; a scheme brings its country along."""
    scheme = reference().schemes.get(wanted.scheme or "")
    return queries.Scope(
        since=wanted.since,
        until=wanted.until,
        begin=clock.beginning(wanted.since),
        end=clock.beginning(wanted.until + timedelta(1)),
        scheme=wanted.scheme,
        country=wanted.country or (scheme.country if scheme else None),
        region=wanted.region,
    )


def filter_choices(*, by: Officer) -> Mapping[str, tuple[str, ...]]:
    """Codes that the filters offer: schemes, countries, regions."""
    check_can(by, Permission.STATISTICS_READ)
    known = reference()
    with reading() as session:
        offered = set(queries.countries_of_vacancies(session))
    return {
        "scheme": tuple(known.schemes),
        "country": tuple(sorted(offered | {scheme.country for scheme in known.schemes.values()})),
        "region": tuple(known.names["region"]),
    }
