"""The fairness panel of many: all open vacancies together, and the decisions of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from db.queries import fairness as queries
from db.session import reading
from domain.enums import VacancyStatus
from domain.exceptions import InvalidInput
from domain.records.fairness import FairnessPanel, VacancyAlert
from domain.records.officer import Officer
from domain.records.vacancy import VacancyFilter, VacancyRecord
from domain.texts import N_
from services import clock
from services.fairness.finding import headline
from services.fairness.groups import fairness_rules_on, read_groups
from services.fairness.panel import decision_step, later_steps, note_reading
from services.fairness.removal import Ranked, Stood, came, stood
from services.fairness.steps import steps_of
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.rankings.outside_gates import outside_gates
from services.rankings.pool import live_pool, vocabulary
from services.vacancies.records import read_vacancy
from services.vacancies.requirements import requirement
from services.vacancies.vacancies import list_vacancies

OPEN = (VacancyStatus.PUBLISHED, VacancyStatus.IN_COMMISSION, VacancyStatus.DECIDED)
"""Vacancies whose people are still being chosen."""


def get_open_fairness(*, by: Officer) -> FairnessPanel:
    """All open vacancies together: everybody counts once, for the furthest they came with any."""
    check_can(by, Permission.STATISTICS_READ)
    rules = fairness_rules_on(clock.today())
    groups = read_groups(clock.today(), rules)
    vacancies = _open_vacancies(by)
    alerting: list[VacancyAlert] = []
    nobody = np.zeros(0, np.int64)
    every = Stood(nobody, nobody, nobody)
    for ranked in _todays(vacancies):
        found = stood(ranked, ranked.requirement)
        every = every.joined(found)
        for alert in steps_of(groups, came(found, groups), rules)[1]:
            told = ranked.vacancy
            alerting.append(VacancyAlert(told.number, told.title, told.title_ka, alert))
    rows = later_steps(groups, came(every, groups), every.eligible, [v.id for v in vacancies])
    steps, alerts = steps_of(groups, rows, rules)
    note_reading("open", {"vacancies": len(vacancies), "alerts": len(alerts)}, by=by)
    return FairnessPanel(
        headline=headline(alerts, steps),
        alerts=alerts,
        steps=steps,
        rules=rules,
        counted_at=clock.now(),
        vacancies=len(vacancies),
        alerting=tuple(sorted(alerting, key=lambda one: (-one.alert.missing, one.number))),
    )


def _open_vacancies(by: Officer) -> list[VacancyRecord]:
    found = list_vacancies(wanted=VacancyFilter(statuses=OPEN), by=by)
    with reading() as session:
        records = [read_vacancy(session, row.number) for row in found.rows if row.occupations]
    return sorted(records, key=lambda record: record.number)


def _todays(vacancies: Sequence[VacancyRecord]) -> Iterator[Ranked]:
    """What today's ranking of each is made from; nothing is stored."""
    live = live_pool()
    pool = live.pool.copy()
    parameters = parameters_at(clock.today())
    words, _ = vocabulary(parameters)
    for vacancy in vacancies:
        asked = requirement(vacancy)
        outside = outside_gates(vacancy, asked, live.registered)
        yield Ranked(vacancy, asked, words, parameters, pool, outside)


def get_decided_fairness(*, since: date, until: date, by: Officer) -> FairnessPanel:
    """The commission's decisions of a period; everybody counts once."""
    check_can(by, Permission.STATISTICS_READ)
    if since > until:
        raise InvalidInput(N_("The period ends before it begins: choose the first day again."))
    rules = fairness_rules_on(until)
    groups = read_groups(until, rules)
    with reading() as session:
        end = clock.beginning(until + timedelta(1))
        decided = queries.decided_between(session, clock.beginning(since), end)
    steps, alerts = steps_of(groups, decision_step(groups, decided), rules)
    note_reading("decisions", {"since": since, "until": until, "alerts": len(alerts)}, by=by)
    return FairnessPanel(
        headline=headline(alerts, steps),
        alerts=alerts,
        steps=steps,
        rules=rules,
        counted_at=clock.now(),
        since=since,
        until=until,
    )
