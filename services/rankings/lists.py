"""The lists of a ranking: one page at a time, under a filter, however many people there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from db.models import CandidacyRow
from db.queries.pool import PersonFacts, called, people_shown
from db.repositories.ranking import candidacies_of
from db.session import reading
from domain.enums import CandidacyStatus
from domain.records.officer import Officer
from domain.records.ranking import (
    Brief,
    CandidateFilter,
    CandidatePage,
    ExcludedRow,
    RankedRow,
    Reason,
)
from domain.values import PER_POINT
from matching.explanation import strongest_reasons
from matching.gates import flag_sentence, gate_sentence
from matching.types import CriterionResult, Exclusion, RankedCandidate
from services.jobseekers.files import folded_words
from services.rankings.runs import Run, run_of
from services.rankings.shown import EXCLUDED, RANKED, filter_details, note_part

Ints = npt.NDArray[np.int64]


def list_candidates(
    *,
    run_id: int,
    chosen: CandidateFilter | None = None,
    offset: int = 0,
    limit: int = 50,
    by: Officer,
) -> CandidatePage:
    """Some rows of the ranked list under a filter, best first, with their strongest reasons.

    Which part was shown is logged, once per officer.
    """
    run = run_of(run_id, by)
    wanted = chosen or CandidateFilter()
    with reading() as session:
        candidacies = candidacies_of(session, run.vacancy.id)
        fits = _fitting(session, run, wanted, candidacies)
        shown = [run.ranking.candidates[int(i)] for i in fits[offset : offset + limit]]
        facts = people_shown(session, [candidate.person for candidate in shown])
    profiles = run.profiles(candidate.person for candidate in shown)
    rows = [
        _ranked_row(c, facts[c.person], candidacies.get(c.person), run.criteria(profiles[c.person]))
        for c in shown
    ]
    note_part(
        run_id,
        RANKED,
        offset=offset,
        count=len(rows),
        total=len(fits),
        filtered=filter_details(wanted),
        by=by,
    )
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
        briefs=tuple(Brief(c.name, c.status, c.brief) for c in criteria),
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
        fits &= places.first_gate == _gate_place(places.gates, gate)
    with reading() as session:
        if text:
            fits &= np.isin(places.excluded, _called(session, text))
        behind = np.flatnonzero(fits)
        shown = [run.ranking.excluded[int(i)] for i in behind[offset : offset + limit]]
        facts = people_shown(session, [exclusion.person for exclusion in shown])
    note_part(
        run_id,
        gate or EXCLUDED,
        offset=offset,
        count=len(shown),
        total=len(behind),
        filtered=filter_details(CandidateFilter(text)),
        by=by,
    )
    return tuple(_excluded_row(e, facts[e.person]) for e in shown), len(behind)


def _gate_place(gates: Sequence[str], gate: str) -> int:
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
