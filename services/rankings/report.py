"""A ranking as plain data, for the terminal and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.queries.pool import people_shown
from db.session import reading
from domain.records.officer import Officer
from domain.values import PER_POINT
from matching.types import CriterionResult, RankedCandidate
from services.rankings.ranking import rank_vacancy
from services.rankings.runs import run_of
from services.rankings.shown import RANKED, note_part
from services.texts import render


def ranking_report(*, vacancy_number: str, top: int = 20, by: Officer) -> dict[str, Any]:
    """The page's ranking with the first `top` candidates explained; scores are 0–100."""
    summary = rank_vacancy(vacancy_number=vacancy_number, by=by)
    run = run_of(summary.run_id, by)
    best = run.ranking.candidates[:top]
    with reading() as session:
        shown = people_shown(session, [candidate.person for candidate in best])
    note_part(
        summary.run_id, RANKED, offset=0, count=len(best), total=len(run.ranking.candidates), by=by
    )
    profiles = run.profiles(candidate.person for candidate in best)
    return {
        "vacancy": summary.vacancy_number,
        "parameters": summary.parameters,
        "pool": summary.pool,
        "excluded": {group.gate: group.people for group in summary.excluded},
        "ranked": summary.ranked,
        "candidates": [
            _candidate(each, shown[each.person].external_id, run.criteria(profiles[each.person]))
            for each in best
        ],
    }


def _candidate(
    candidate: RankedCandidate, external_id: str, criteria: Sequence[CriterionResult]
) -> dict[str, Any]:
    return {
        "rank": candidate.rank,
        "external_id": external_id,
        "score": candidate.points / PER_POINT,
        "low": candidate.low / PER_POINT,
        "high": candidate.high / PER_POINT,
        "flags": list(candidate.flags),
        "criteria": [_criterion(criterion) for criterion in criteria],
    }


def _criterion(criterion: CriterionResult) -> dict[str, Any]:
    return {
        "name": criterion.name,
        "weight": round(criterion.weight, 6),
        "credit": criterion.credit,
        "status": criterion.status.value,
        "en": render(criterion.sentence, "en"),
        "ka": render(criterion.sentence, "ka"),
    }
