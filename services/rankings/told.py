"""What a person is told of a vacancy: against whom they stand, and what would raise them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.records.ranking import AboveNext, LastTaken, WhatWouldRaise
from domain.values import PER_POINT
from matching.explanation import AGAINST_THE_LAST, requirement_table, why_above
from matching.gates import gate_sentence
from matching.types import Improvement, RankedCandidate, RequirementRow
from services.rankings.runs import Run


def raises_told(improvements: Iterable[Improvement]) -> tuple[WhatWouldRaise, ...]:
    """What would raise somebody, with scores of 0–100."""
    return tuple(
        WhatWouldRaise(
            better.change,
            better.score / PER_POINT,
            better.rank,
            gate_sentence(better.opens_gate) if better.opens_gate else None,
        )
        for better in improvements
    )


def following(run: Run, candidate: RankedCandidate | None) -> RankedCandidate | None:
    """Who stands next; None below the last one and for somebody excluded."""
    if candidate is None or candidate.rank >= len(run.ranking.candidates):
        return None
    return run.ranking.candidates[candidate.rank]


def above_next(
    run: Run, below: RankedCandidate | None, table: Sequence[RequirementRow]
) -> tuple[AboveNext, ...]:
    """Why somebody with this table stands above the next one."""
    if below is None:
        return ()
    return tuple(
        AboveNext(line.sentence, line.points) for line in why_above(table, _table(run, below))
    )


def last_taken(
    run: Run, candidate: RankedCandidate | None, table: Sequence[RequirementRow]
) -> LastTaken | None:
    """For somebody ranked below all who go to the employer: what the last of those has more."""
    places = run.vacancy.positions * run.parameters.candidates_per_position
    if candidate is None or candidate.rank <= places:
        return None
    last = run.ranking.candidates[places - 1]
    lines = why_above(_table(run, last), table, AGAINST_THE_LAST)
    return LastTaken(
        places, last.points, tuple(AboveNext(line.sentence, -line.points) for line in lines)
    )


def _table(run: Run, candidate: RankedCandidate) -> tuple[RequirementRow, ...]:
    profile = run.profile(candidate.person)
    return requirement_table(profile, run.requirement, run.vocabulary, run.parameters)
