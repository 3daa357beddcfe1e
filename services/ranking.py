"""Ranking for the screens: the list, the excluded, the requirement table, the comparison."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import fields
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models import CandidacyRow
from db.queries.pool import PersonFacts, called, people_shown, person_of
from db.repositories.ranking import candidacies_of
from db.session import engine, reading, unit_of_work
from domain.enums import CandidacyStatus
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.records.ranking import (
    CandidateExplanation,
    CandidateFilter,
    CandidatePage,
    CriterionBar,
    ExcludedGroup,
    ExcludedRow,
    RankedRow,
    RankingSummary,
    Reason,
    TableRow,
    WhatWouldRaise,
)
from domain.records.vacancy import VacancyRecord
from domain.texts import N_, Sentence
from domain.values import PER_POINT
from matching.explanation import (
    exclusion_reasons,
    requirement_table,
    strongest_reasons,
    why_above,
)
from matching.gates import flag_sentence, gate_sentence
from matching.improvement import what_would_raise
from matching.reference import assess
from matching.types import CriterionResult, Exclusion, RankedCandidate, RequirementRow
from services import audit
from services.jobseeker_files import folded_words
from services.permissions import Permission, check_can
from services.ranking_runs import Run, current_run, find_kept
from services.vacancies import get_vacancy

Ints = npt.NDArray[np.int64]

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


def run_of(run_id: int, by: Officer) -> Run:
    """A run that an officer has on screen; NotFound asks to open the ranking again."""
    check_can(by, Permission.RANKING_READ)
    run = find_kept(run_id)
    if run is None:
        raise NotFound(N_("This ranking is no longer open. Open the vacancy's ranking again."))
    return run


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


def list_candidates(
    *,
    run_id: int,
    chosen: CandidateFilter | None = None,
    offset: int = 0,
    limit: int = 50,
    by: Officer,
) -> CandidatePage:
    """Some rows of the ranked list under a filter, best first, with their strongest reasons."""
    run = run_of(run_id, by)
    with reading() as session:
        candidacies = candidacies_of(session, run.vacancy.id)
        fits = _fitting(session, run, chosen or CandidateFilter(), candidacies)
        shown = [run.ranking.candidates[int(i)] for i in fits[offset : offset + limit]]
        facts = people_shown(session, [candidate.person for candidate in shown])
    profiles = run.profiles(candidate.person for candidate in shown)
    rows = [
        _ranked_row(c, facts[c.person], candidacies.get(c.person), run.criteria(profiles[c.person]))
        for c in shown
    ]
    return CandidatePage(tuple(rows), len(fits))


def _fitting(
    session: Session,
    run: Run,
    chosen: CandidateFilter,
    candidacies: dict[int, CandidacyRow],
) -> Ints:
    """Places in the ranked list that a filter leaves, best first."""
    places = run.ranking.places
    fits = np.ones(len(places.person), bool)
    if chosen.regions or chosen.text:
        fits &= np.isin(places.person, _called(session, chosen.text, chosen.regions))
    if chosen.with_questions:
        fits &= places.has_questions
    if chosen.preselected:
        taken = [person for person, row in candidacies.items() if _is_taken(row)]
        fits &= np.isin(places.person, taken)
    return np.flatnonzero(fits)


def _called(session: Session, text: str, regions: Collection[str] = ()) -> Ints:
    return called(session, text=text, folded_words=folded_words(text), regions=regions)


def _ranked_row(
    candidate: RankedCandidate,
    facts: PersonFacts,
    row: CandidacyRow | None,
    criteria: Sequence[CriterionResult],
) -> RankedRow:
    return RankedRow(
        rank=candidate.rank,
        external_id=facts.external_id,
        name_ka=facts.name_ka,
        name_lat=facts.name_lat,
        region=facts.region,
        score=candidate.points / PER_POINT,
        low=candidate.low / PER_POINT,
        high=candidate.high / PER_POINT,
        flags=tuple(flag_sentence(flag) for flag in candidate.flags),
        reasons=tuple(
            Reason(criterion.status, criterion.sentence)
            for criterion in strongest_reasons(criteria)
        ),
        status=row.status if row else None,
    )


def _is_taken(candidacy: CandidacyRow | None) -> bool:
    """On the shortlist or further; whoever was taken off again is not."""
    return candidacy is not None and candidacy.status is not CandidacyStatus.WITHDRAWN


def list_excluded(
    *,
    run_id: int,
    gate: str | None = None,
    text: str = "",
    offset: int = 0,
    limit: int = 50,
    by: Officer,
) -> tuple[tuple[ExcludedRow, ...], int]:
    """People whom a gate excludes first, with all gates that failed, and how many there are.

    Without a gate, everybody excluded; `text` is a name in either script or a file's number.
    """
    run = run_of(run_id, by)
    places = run.ranking.places
    fits = np.ones(len(places.excluded), bool)
    if gate is not None:
        fits &= places.first_gate == gate_place(places.gates, gate)
    with reading() as session:
        if text:
            fits &= np.isin(places.excluded, _called(session, text))
        behind = np.flatnonzero(fits)
        shown = [run.ranking.excluded[int(i)] for i in behind[offset : offset + limit]]
        facts = people_shown(session, [exclusion.person for exclusion in shown])
    return tuple(_excluded_row(e, facts[e.person]) for e in shown), len(behind)


def gate_place(gates: Sequence[str], gate: str) -> int:
    """Where a gate stands among a ranking's; -1 for one that it has not."""
    return gates.index(gate) if gate in gates else -1


def _excluded_row(exclusion: Exclusion, facts: PersonFacts) -> ExcludedRow:
    return ExcludedRow(
        facts.external_id,
        facts.name_ka,
        facts.name_lat,
        facts.region,
        tuple(gate_sentence(name) for name in exclusion.gates),
    )


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
    with reading() as session:
        row = candidacies_of(session, run.vacancy.id).get(person)
        facts = people_shown(session, [person])[person]
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
        above_next=_above_next(run, candidate, table),
        raises=tuple(
            WhatWouldRaise(
                better.change,
                better.score / PER_POINT,
                better.rank,
                gate_sentence(better.opens_gate) if better.opens_gate else None,
            )
            for better in what_would_raise(
                run.pool, person, *asked, outside=run.outside, standing=run.ranking.standing
            )
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


def _above_next(
    run: Run, candidate: RankedCandidate | None, table: Sequence[RequirementRow]
) -> tuple[Sentence, ...]:
    if candidate is None or candidate.rank >= len(run.ranking.candidates):
        return ()
    following = run.ranking.candidates[candidate.rank]
    theirs = requirement_table(
        run.profile(following.person), run.requirement, run.vocabulary, run.parameters
    )
    return tuple(why_above(tuple(table), theirs))


def _log_reading(run: Run, external_ids: Collection[str], by: Officer) -> None:
    with unit_of_work() as work:
        for external_id in external_ids:
            audit.record(
                work.session,
                action="read",
                entity="requirement_table",
                entity_id=run.vacancy.number,
                subject=external_id,
                by=by,
            )
        work.commit()
