"""Reads versions of the ranking rules that were made on screen; never commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    DecisionRow,
    OfficerRow,
    ParameterVersionRow,
    ShortlistCandidateRow,
)
from domain.enums import CandidacyStatus, DecisionOutcome, ParametersStatus

_row = ParameterVersionRow


def approved(session: Session) -> list[ParameterVersionRow]:
    """Those that count, in the order in which they were approved."""
    query = select(_row).where(_row.status == ParametersStatus.APPROVED)
    return list(session.scalars(query.order_by(_row.decided_at, _row.id)))


def all_versions(session: Session) -> list[ParameterVersionRow]:
    """Every one, the newest first."""
    return list(session.scalars(select(_row).order_by(_row.id.desc())))


def find_version(
    session: Session, version: str, *, lock: bool = False
) -> ParameterVersionRow | None:
    """One by its name; `lock` holds it against others."""
    query = select(_row).where(_row.version == version)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def names_beginning(session: Session, text: str) -> set[str]:
    """Names of versions that begin with this text."""
    return set(session.scalars(select(_row.version).where(_row.version.startswith(text))))


def officers_of(session: Session, rows: Iterable[ParameterVersionRow]) -> dict[int, OfficerRow]:
    """Whoever drafted, proposed or decided one of these."""
    ids = {
        number
        for row in rows
        for number in (row.created_by, row.proposed_by, row.decided_by)
        if number is not None
    }
    found = session.scalars(select(OfficerRow).where(OfficerRow.id.in_(sorted(ids))))
    return {row.id: row for row in found}


def preselected_of(session: Session, vacancy_ids: Sequence[int]) -> dict[int, list[int]]:
    """Who is preselected, by vacancy, in the order in which they were ranked then."""
    row = CandidacyRow
    query = (
        select(row.vacancy_id, row.jobseeker_id)
        .where(row.vacancy_id.in_(vacancy_ids), row.status == CandidacyStatus.PRESELECTED)
        .order_by(row.rank, row.id)
    )
    found: dict[int, list[int]] = {}
    for vacancy_id, person in session.execute(query):
        found.setdefault(vacancy_id, []).append(person)
    return found


Decided = tuple[int, DecisionOutcome, Mapping[str, Any]]
"""Shortlist, outcome, and what the commission saw."""


def count_decisions(session: Session) -> int:
    """How many candidates were decided on."""
    return session.scalar(select(func.count()).select_from(DecisionRow)) or 0


def decisions(session: Session) -> list[Decided]:
    """Every decision on a candidate with what was seen of them, in order."""
    seen = ShortlistCandidateRow
    query = (
        select(DecisionRow.shortlist_id, DecisionRow.outcome, seen.seen)
        .join(
            seen,
            (seen.shortlist_id == DecisionRow.shortlist_id)
            & (seen.candidacy_id == DecisionRow.candidacy_id),
        )
        .order_by(DecisionRow.shortlist_id, DecisionRow.candidacy_id)
    )
    return [(shortlist, outcome, found) for shortlist, outcome, found in session.execute(query)]
