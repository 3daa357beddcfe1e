"""Ranking for the screens: the list, the excluded, the requirement table, the comparison."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.queries.pool import PersonFacts, people_shown, person_of
from db.repositories.ranking import candidacies_of
from db.session import engine, reading, unit_of_work
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.records.ranking import (
    CandidateExplanation,
    CriterionBar,
    ExcludedGroup,
    Following,
    RankingSummary,
    TableRow,
)
from domain.records.vacancy import VacancyRecord
from domain.texts import N_
from domain.values import PER_POINT
from matching.explanation import (
    exclusion_reasons,
    requirement_table,
)
from matching.gates import flag_sentence, gate_sentence
from matching.improvement import sealed_gates, what_would_raise
from matching.reference import assess
from matching.types import CriterionResult, RankedCandidate, RequirementRow
from services import audit
from services.permissions import Permission, check_can
from services.rankings.lists import list_candidates, list_excluded
from services.rankings.runs import Run, current_run, run_of
from services.rankings.told import above_next, following, last_taken, raises_told
from services.vacancies.vacancies import get_vacancy

__all__ = [
    "check_can_rank",
    "compare_candidates",
    "explain_candidate",
    "list_candidates",
    "list_excluded",
    "person_in",
    "rank_vacancy",
    "table_row",
]

_opened: WeakKeyDictionary[Engine, set[tuple[int, int]]] = WeakKeyDictionary()
_guard = threading.Lock()


def check_can_rank(vacancy: VacancyRecord) -> None:
    """Raise Refused, saying what is missing, unless the vacancy asks for something rankable."""
    if not vacancy.occupations:
        raise Refused(
            N_("Confirm an occupation for this vacancy first: without one there is no ranking.")
        )


def rank_vacancy(
    *, vacancy_number: str, parameters: str | None = None, by: Officer
) -> RankingSummary:
    """Rank everybody for a vacancy on today's data, with the version in force or a named one.

    The run is stored when anything it is made from is new; opening it is logged once per officer.
    """
    run = _run(vacancy_number, parameters, by)
    _log_opening(run, by)
    ranking = run.ranking
    return RankingSummary(
        run_id=run.run_id,
        vacancy_number=run.vacancy.number,
        parameters=run.parameters.version,
        pool=ranking.pool,
        ranked=len(ranking.candidates),
        excluded=tuple(
            ExcludedGroup(gate, gate_sentence(gate), people)
            for gate, people in sorted(ranking.excluded_by_gate.items(), key=lambda x: -x[1])
        ),
        created_at=run.created_at,
        candidates_per_position=run.parameters.candidates_per_position,
    )


def _run(vacancy_number: str, parameters: str | None, by: Officer) -> Run:
    check_can(by, Permission.RANKING_READ)
    vacancy = get_vacancy(number=vacancy_number, by=by)
    check_can_rank(vacancy)
    return current_run(vacancy=vacancy, version=parameters, by=by)


def _log_opening(run: Run, by: Officer) -> None:
    with _guard:
        opened = _opened.setdefault(engine(), set())
        if (by.id, run.run_id) in opened:
            return
        opened.add((by.id, run.run_id))
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="read",
            entity="ranking_run",
            entity_id=run.run_id,
            details={"vacancy": run.vacancy.number, "people": len(run.ranking.candidates)},
            by=by,
        )
        work.commit()


def explain_candidate(*, run_id: int, external_id: str, by: Officer) -> CandidateExplanation:
    """Everything about one person for one vacancy, ranked or excluded; the reading is logged."""
    run = run_of(run_id, by)
    explanation = _explained(run, external_id)
    _log_reading(run, (external_id,), by)
    return explanation


def compare_candidates(
    *, run_id: int, external_ids: Sequence[str], by: Officer
) -> tuple[CandidateExplanation, ...]:
    """Two to four people side by side, best first; the reading is logged."""
    check_can(by, Permission.RANKING_READ)
    if not 2 <= len(external_ids) <= 4:
        raise Refused(N_("Choose two to four people to compare."))
    run = run_of(run_id, by)
    compared = [_explained(run, external_id) for external_id in external_ids]
    _log_reading(run, external_ids, by)
    return tuple(sorted(compared, key=lambda x: (x.rank is None, x.rank or 0)))


def _explained(run: Run, external_id: str) -> CandidateExplanation:
    person = person_in(run, external_id)
    profile = run.profile(person)
    asked = (run.requirement, run.vocabulary, run.parameters)
    table = requirement_table(profile, *asked)
    criteria = assess(profile, *asked)
    candidate = run.candidate(person)
    below = following(run, candidate)
    with reading() as session:
        row = candidacies_of(session, run.vacancy.id).get(person)
        shown = people_shown(session, [person, *([below.person] if below else [])])
    facts = shown[person]
    return CandidateExplanation(
        external_id=external_id,
        name_ka=facts.name_ka,
        name_lat=facts.name_lat,
        region=facts.region,
        rank=candidate.rank if candidate else None,
        score=sum(c.points for c in criteria) / PER_POINT,
        low=sum(c.low for c in criteria) / PER_POINT,
        high=sum(c.high for c in criteria) / PER_POINT,
        excluded_by=exclusion_reasons(profile, *asked),
        questions=tuple(flag_sentence(flag) for flag in candidate.flags) if candidate else (),
        table=tuple(table_row(line) for line in table),
        bars=tuple(_bar(criterion) for criterion in criteria),
        above_next=above_next(run, below, table),
        following=_named(below, shown) if below and below.person in shown else None,
        last_taken=last_taken(run, candidate, table),
        raises=raises_told(
            what_would_raise(
                run.pool, person, *asked, outside=run.outside, standing=run.ranking.standing
            )
        ),
        sealed=tuple(
            gate_sentence(gate) for gate in sealed_gates(profile, run.requirement, run.parameters)
        ),
        status=row.status if row else None,
        against_rank_reason=row.against_rank_reason if row else None,
    )


def person_in(run: Run, external_id: str) -> int:
    """The id of a person of the run; NotFound for anybody else."""
    with reading() as session:
        person = person_of(session, external_id)
    if person is None or person not in run.pool:
        raise NotFound(N_("This person is not in the ranking."))
    return person


def table_row(line: RequirementRow) -> TableRow:
    """A line of the engine's requirement table for the screens."""
    return TableRow(**{f.name: getattr(line, f.name) for f in fields(TableRow)})


def _bar(criterion: CriterionResult) -> CriterionBar:
    return CriterionBar(
        criterion.name,
        criterion.status,
        criterion.points / PER_POINT,
        criterion.low / PER_POINT,
        criterion.high / PER_POINT,
        criterion.weight * 100,
        criterion.sentence,
    )


def _named(below: RankedCandidate, shown: Mapping[int, PersonFacts]) -> Following:
    facts = shown[below.person]
    return Following(facts.external_id, facts.name_ka, facts.name_lat, below.rank)


def _log_reading(run: Run, external_ids: Collection[str], by: Officer) -> None:
    with unit_of_work() as work:
        for external_id in external_ids:
            audit.record(
                work.session,
                action="read",
                entity="requirement_table",
                entity_id=run.vacancy.number,
                subject=external_id,
                details={"run": run.run_id},
                by=by,
            )
        work.commit()
