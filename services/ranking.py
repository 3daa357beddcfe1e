"""Ranking for the screens: the list, the excluded, the requirement table, the comparison."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import fields
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.models import CandidacyRow
from db.queries.pool import PersonFacts
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
from matching.names import fold
from matching.reference import assess
from matching.types import CriterionResult, RankedCandidate, RequirementRow
from services import audit
from services.permissions import Permission, check_can
from services.ranking_runs import Run, current_run, find_kept
from services.vacancies import get_vacancy

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
    fits = [c for c in run.ranking.candidates if _fits(run, c, chosen, candidacies)]
    shown = fits[offset : offset + limit]
    return CandidatePage(
        tuple(_ranked_row(run, c, candidacies.get(c.person)) for c in shown), len(fits)
    )


def _fits(
    run: Run,
    candidate: RankedCandidate,
    chosen: CandidateFilter | None,
    candidacies: dict[int, CandidacyRow],
) -> bool:
    if chosen is None:
        return True
    facts = run.facts[candidate.person]
    if chosen.regions and facts.region not in chosen.regions:
        return False
    if chosen.with_questions and not candidate.flags:
        return False
    if chosen.preselected and not _is_taken(candidacies.get(candidate.person)):
        return False
    return not chosen.text or _is_called(facts, chosen.text)


def _is_called(facts: PersonFacts, text: str) -> bool:
    wanted = fold(text)
    names = fold(f"{facts.name_ka or ''} {facts.name_lat or ''}")
    return bool(wanted and wanted in names) or (
        text.strip().casefold() in facts.external_id.casefold()
    )


def _criteria(run: Run, person: int) -> tuple[CriterionResult, ...]:
    return assess(run.profile(person), run.requirement, run.vocabulary, run.parameters)


def _ranked_row(run: Run, candidate: RankedCandidate, row: CandidacyRow | None) -> RankedRow:
    facts = run.facts[candidate.person]
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
            for criterion in strongest_reasons(_criteria(run, candidate.person))
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
    behind = [
        e
        for e in run.ranking.excluded
        if gate in (None, e.gates[0]) and (not text or _is_called(run.facts[e.person], text))
    ]
    rows = []
    for exclusion in behind[offset : offset + limit]:
        facts = run.facts[exclusion.person]
        rows.append(
            ExcludedRow(
                facts.external_id,
                facts.name_ka,
                facts.name_lat,
                facts.region,
                tuple(gate_sentence(name) for name in exclusion.gates),
            )
        )
    return tuple(rows), len(behind)


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
    facts = run.facts[person]
    asked = (run.requirement, run.vocabulary, run.parameters)
    table = requirement_table(profile, *asked)
    criteria = assess(profile, *asked)
    candidate = next((c for c in run.ranking.candidates if c.person == person), None)
    with reading() as session:
        row = candidacies_of(session, run.vacancy.id).get(person)
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
            for better in what_would_raise(run.pool, person, *asked, outside=run.outside)
        ),
        status=row.status if row else None,
        against_rank_reason=row.against_rank_reason if row else None,
    )


def person_in(run: Run, external_id: str) -> int:
    """The id of a person of the run; NotFound for anybody else."""
    person = run.person_of.get(external_id)
    if person is None:
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
