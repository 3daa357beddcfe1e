"""The fairness panel of one vacancy, and the line about it that the ranking shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Engine

from db.queries import fairness as queries
from db.session import engine, reading
from domain.enums import SelectionStep, VacancyStatus
from domain.records.fairness import FairnessPanel
from domain.records.officer import Officer
from domain.records.vacancy import VacancyRecord
from domain.texts import N_, Sentence
from services import clock
from services.audit import Happening
from services.fairness.causes import removed_of, with_cause
from services.fairness.finding import alert_words, headline
from services.fairness.groups import Groups, Ints, fairness_rules_on, read_groups
from services.fairness.removal import (
    Ranked,
    Without,
    came,
    divided,
    effects_of,
    stood,
    without_each,
)
from services.fairness.steps import Came, steps_of
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.rankings.ranking import check_can_rank
from services.rankings.runs import FrozenInputs, Run, current_run, frozen_inputs, run_of
from services.vacancies.vacancies import get_vacancy

QUICK = 5_000
"""Up to so many people groups are compared while a ranking is opened: hundredths of a second."""
_told: WeakKeyDictionary[Engine, dict[int, Sentence | None]] = WeakKeyDictionary()


def get_vacancy_fairness(*, vacancy_number: str, by: Officer) -> FairnessPanel:
    """Groups at each step of one vacancy, and which requirement tells them apart.

    While the vacancy is published its ranking is today's; later that of its last shortlist.
    """
    check_can(by, Permission.RANKING_READ)
    vacancy = get_vacancy(number=vacancy_number, by=by)
    check_can_rank(vacancy)
    ranked, run_id, ranked_at = _ranked(vacancy, by)
    rules = fairness_rules_on(clock.today())
    groups = read_groups(clock.today(), rules)
    found = stood(ranked, ranked.requirement)
    rows = later_steps(groups, came(found, groups), found.eligible, [vacancy.id])
    steps, alerts = steps_of(groups, rows, rules)
    as_asked = Without(Sentence(N_("With all requirements")), ranked.requirement)
    base, *effects = (
        (each, *effects_of(ranked, each.requirement, groups, rules))
        for each in (
            as_asked,
            *without_each(ranked.requirement, vacancy, ranked.vocabulary, ranked.parameters),
        )
    )
    alerts = tuple(with_cause(alert, base[2], effects, rules) for alert in alerts)
    note_reading(vacancy.number, {"run": run_id, "alerts": len(alerts)}, by=by)
    _told.setdefault(engine(), {})[run_id] = alert_words(alerts[0]) if alerts else None
    return FairnessPanel(
        headline=headline(alerts, steps),
        alerts=alerts,
        steps=steps,
        rules=rules,
        counted_at=clock.now(),
        as_asked=removed_of(base, rules),
        removed=tuple(removed_of(effect, rules) for effect in effects),
        vacancy=vacancy.number,
        run_id=run_id,
        ranked_at=ranked_at,
    )


def get_ranking_alert(*, run_id: int, by: Officer) -> Sentence | None:
    """The gravest alert of a ranking on the officer's screen, without its cause; None without one.

    Of many people only what the panel has found already: opening a ranking must not wait for it.
    """
    run = run_of(run_id, by)
    told = _told.setdefault(engine(), {})
    if run_id not in told and len(run.pool) <= QUICK and run.ranking.standing is not None:
        rules = fairness_rules_on(clock.today())
        groups = read_groups(clock.today(), rules)
        places = run.vacancy.positions * run.parameters.candidates_per_position
        found = divided(run.ranking.standing, run.requirement, places)
        _, alerts = steps_of(groups, came(found, groups), rules)
        told[run_id] = alert_words(alerts[0]) if alerts else None
    return told.get(run_id)


def _ranked(vacancy: VacancyRecord, by: Officer) -> tuple[Ranked, int, datetime]:
    sent = None
    if vacancy.status is not VacancyStatus.PUBLISHED:
        with reading() as session:
            sent = queries.last_run_sent(session, vacancy.id)
    made: Run | FrozenInputs
    if sent is None:
        made = current_run(vacancy=vacancy, version=None, by=by)
        sent = made.run_id
    else:
        made = frozen_inputs(sent)
    inputs = (made.requirement, made.vocabulary, made.parameters, made.pool, made.outside)
    return Ranked(vacancy, *inputs), sent, made.created_at


def later_steps(
    groups: Groups, found: Came, eligible: Ints, vacancies: Sequence[int]
) -> dict[SelectionStep, tuple[Ints, Ints]]:
    """All four steps; who was preselected earlier and is excluded now came to that step too."""
    with reading() as session:
        taken = np.unique(np.array(queries.preselected(session, vacancies), np.int64))
        decided = queries.decided_for(session, vacancies)
    people = np.union1d(eligible, taken)
    return {
        **found,
        SelectionStep.PRESELECTION: (groups.rows(people), groups.rows(taken)),
        **decision_step(groups, decided),
    }


def decision_step(
    groups: Groups, decided: Sequence[tuple[int, bool]]
) -> dict[SelectionStep, tuple[Ints, Ints]]:
    """Everybody once: approved is who was approved for any of the vacancies."""
    presented = np.unique(np.array([person for person, _ in decided], np.int64))
    approved = np.unique(np.array([person for person, is_ in decided if is_], np.int64))
    return {SelectionStep.DECISION: (groups.rows(presented), groups.rows(approved))}


def note_reading(about: str, details: Mapping[str, object], *, by: Officer) -> None:
    """Reading is noted without names, once a day: only groups are shown."""
    check_can(by, Permission.RANKING_READ)
    happening = Happening("read", entity="fairness_panel", entity_id=about, details=details)
    log_once_a_day(("fairness_panel", about, repr(details)), happening, by=by)
