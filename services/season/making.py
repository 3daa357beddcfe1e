"""Making a plan of all open vacancies on today's data, frozen with everything it was made of."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.models import SeasonPlanPersonRow, SeasonPlanRow, SeasonPlanVacancyRow
from db.queries.season import all_candidacies
from db.session import reading, unit_of_work
from domain.enums import PlanLayer
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from matching.parameters import Parameters
from matching.season.of_pool import Planned, Season, in_order, plan_season
from matching.season.planning import Plan
from matching.season.reasons import places
from matching.season.shortage import behind_gates, shortage
from matching.types import Vocabulary
from services import audit, clock
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.rankings.batch import open_vacancies
from services.rankings.pool import LivePool, live_pool, vocabulary
from services.season.rooms import Candidacies, Opening, Process, opening

THREADS = 2
LAYER = dict(enumerate(PlanLayer, start=1))
Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class _Inputs:
    """What a plan is made of; vacancies by number."""

    openings: Sequence[Opening]
    season: Season
    live: LivePool
    words: Vocabulary
    parameters: Parameters
    sha256: str


def make_season_plan(*, tell: Tell = lambda doing, count: None, by: Officer) -> int:
    """Plan all open vacancies together and keep the plan; returns its number.

    Nobody is preselected by it. `tell` hears what is done now, and for how many vacancies.
    """
    check_can(by, Permission.RANKING_READ)
    begun = time.perf_counter()
    inputs = _inputs(by)
    planned = plan_season(
        inputs.live.pool,
        inputs.season,
        inputs.words,
        inputs.parameters,
        threads=THREADS,
        told=tell,
    )
    tell("reasons", len(inputs.openings))
    vacancies = _vacancy_rows(inputs, planned)
    people = _person_rows(inputs, planned.plan)
    tell("keeping", len(inputs.openings))
    with unit_of_work() as work:
        head = _head(work.session, inputs, planned.plan, time.perf_counter() - begun, by)
        for table, rows in ((SeasonPlanVacancyRow, vacancies), (SeasonPlanPersonRow, people)):
            if rows:
                work.session.execute(insert(table), [{**row, "plan_id": head.id} for row in rows])
        audit.record(
            work.session,
            action="planned",
            entity="season_plan",
            entity_id=head.id,
            details={
                "vacancies": len(vacancies),
                "positions": sum(row["positions"] for row in vacancies),
                "filled": sum(row["filled"] for row in vacancies),
                "parameters": inputs.parameters.version,
                "inputs": inputs.sha256,
            },
            by=by,
        )
        work.commit()
        return head.id


def _inputs(by: Officer) -> _Inputs:
    parameters = parameters_at(clock.today())
    live = live_pool()
    words, words_sha256 = vocabulary(parameters)
    with reading() as session:
        candidacies = all_candidacies(session)
    process = Process.of(candidacies)
    openings = [opening(one, live.registered, process) for one in open_vacancies(by)]
    if not openings:
        raise Refused(N_("No vacancy is open for ranking: publish one first."))
    season = in_order(
        [one.requirement for one in openings],
        [one.room for one in openings],
        [one.outside for one in openings],
    )
    digest = _sha256(openings, live, words_sha256, parameters, candidacies)
    return _Inputs(openings, season, live, words, parameters, digest)


def _sha256(
    openings: Sequence[Opening],
    live: LivePool,
    words_sha256: str,
    parameters: Parameters,
    candidacies: Candidacies,
) -> str:
    """The name of all inputs: the gates follow from the files, the vacancies and the process."""
    people = live.registered
    columns = (people.person, people.birth, people.citizenship, people.status)
    named: list[Any] = [
        asdict(parameters),
        live.sha256,
        words_sha256,
        [hashlib.sha256(column.tobytes()).hexdigest() for column in columns],
        sorted((person, vacancy, status.value) for person, vacancy, status in candidacies),
        [[asdict(one.requirement), asdict(one.room), one.vacancy.scheme_code] for one in openings],
    ]
    return hashlib.sha256(json.dumps(named, sort_keys=True, default=str).encode()).hexdigest()


def _head(
    session: Session, inputs: _Inputs, plan: Plan, seconds: float, by: Officer
) -> SeasonPlanRow:
    row = SeasonPlanRow(
        made_at=clock.now(),
        made_by=by.id,
        parameters_version=inputs.parameters.version,
        inputs_sha256=inputs.sha256,
        seq=inputs.live.seq,
        pool_size=len(inputs.live.pool),
        is_exact=plan.is_exact,
        seconds=round(seconds, 2),
    )
    session.add(row)
    session.flush()
    return row


def _vacancy_rows(inputs: _Inputs, planned: Planned) -> list[dict[str, Any]]:
    table, plan = planned.plan.table, planned.plan
    sums = {}
    for name, layers in (("plan", plan.layer), ("turn", plan.picked)):
        own = layers == 1
        count = np.bincount(table.vacancy[own], minlength=len(table))
        points = np.bincount(table.vacancy[own], table.points[own], minlength=len(table))
        sums[name] = (count.tolist(), [int(each) for each in points])
    return [
        {
            "vacancy_id": one.vacancy.id,
            "version": one.vacancy.version,
            "taken": one.taken,
            "positions": one.room.positions,
            "candidates": one.room.candidates,
            "reserves": one.room.reserves,
            "eligible": int(planned.eligible[place]),
            "filled": sums["plan"][0][place],
            "points": sums["plan"][1][place],
            "picked": sums["turn"][0][place],
            "picked_points": sums["turn"][1][place],
            "shortage": _shortage(inputs, planned, place, sums["plan"][0][place]),
        }
        for place, one in enumerate(inputs.openings)
    ]


def _shortage(inputs: _Inputs, planned: Planned, place: int, filled: int) -> dict[str, Any] | None:
    """In figures why positions stay empty, and whom each gate keeps out."""
    one = inputs.openings[place]
    if filled >= one.room.positions:
        return None
    short = shortage(planned.plan, inputs.season.rooms, place)
    behind = behind_gates(
        inputs.live.pool, one.requirement, inputs.words, inputs.parameters, one.outside
    )
    return {
        "together": [inputs.openings[v].vacancy.number for v in short.vacancies] if short else [],
        "positions": short.positions if short else None,
        "people": short.people if short else None,
        "failing": dict(behind.failing),
        "alone": dict(behind.alone),
    }


def _person_rows(inputs: _Inputs, plan: Plan) -> list[dict[str, Any]]:
    ids = [one.vacancy.id for one in inputs.openings]
    return [
        {
            "jobseeker_id": place.person,
            "vacancy_id": ids[place.vacancy],
            "layer": LAYER[place.layer],
            "points": place.points,
            "because": place.because,
            "best_vacancy_id": ids[place.best_vacancy],
            "best_points": place.best_points,
            "last_points": place.last_points,
            "next_points": place.next_points,
            "picked_vacancy_id": (
                None if place.picked_vacancy is None else ids[place.picked_vacancy]
            ),
        }
        for place in places(plan)
    ]
