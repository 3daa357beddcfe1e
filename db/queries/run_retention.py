"""Which old runs and frozen inputs nothing rests on any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.base import Base
from db.models import CandidacyRow, DecisionRow, RankingInputRow, RankingRunRow, ShortlistRow
from domain.enums import CandidacyStatus
from domain.transitions import HOLDING

OPEN = HOLDING | {CandidacyStatus.PRESELECTED}
OWN = ("candidacies", "shortlists")
"""Tables whose cases are judged here; a run that any other table names stays."""
CHUNK = 500


def runs_made_before(session: Session, moment: datetime) -> list[tuple[int, datetime]]:
    """(run, made at) older than a moment, the oldest first."""
    columns = (RankingRunRow.id, RankingRunRow.created_at)
    query = select(*columns).where(RankingRunRow.created_at < moment).order_by(*reversed(columns))
    return [(row[0], row[1]) for row in session.execute(query)]


def runs_of_open_cases(session: Session) -> set[int]:
    """Runs behind somebody in the process or an undecided shortlist, or named by another table."""
    waiting = select(ShortlistRow.run_id).where(ShortlistRow.decided_at.is_(None))
    found = set(session.scalars(waiting.distinct()))
    in_process = select(CandidacyRow.run_id).where(CandidacyRow.status.in_(OPEN))
    found |= set(session.scalars(in_process.distinct()))
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if table.name not in OWN and key.target_fullname == "ranking_runs.id":
                found |= set(session.scalars(select(key.parent).distinct()))
    return {run_id for run_id in found if run_id is not None}


def runs_of_decisions(session: Session) -> dict[int, datetime]:
    """The last decision that rests on each run."""
    found: dict[int, datetime] = {}
    of_lists = select(ShortlistRow.run_id, func.max(ShortlistRow.decided_at))
    of_people = select(CandidacyRow.run_id, func.max(DecisionRow.decided_at)).join(
        DecisionRow, DecisionRow.candidacy_id == CandidacyRow.id
    )
    for query in (
        of_lists.group_by(ShortlistRow.run_id),
        of_people.group_by(CandidacyRow.run_id),
    ):
        for run_id, decided_at in session.execute(query):
            if run_id is not None and decided_at is not None:
                found[run_id] = max(decided_at, found.get(run_id, decided_at))
    return found


def remove_runs(session: Session, runs: Collection[int]) -> int:
    """Remove runs; closed cases that named them keep their own rank and points. Returns bytes."""
    wanted, size = sorted(runs), 0
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        own = RankingRunRow.id.in_(part)
        size += session.scalar(select(func.sum(func.length(RankingRunRow.result))).where(own)) or 0
        for row in (CandidacyRow, ShortlistRow):
            session.execute(update(row).where(row.run_id.in_(part)).values(run_id=None))
        session.execute(delete(RankingRunRow).where(own))
    return size


def inputs_named_by_runs(session: Session, without: Collection[int]) -> set[str]:
    """Frozen people and vocabularies that runs name directly, but for some runs."""
    gone = set(without)
    query = select(RankingRunRow.id, RankingRunRow.people_sha256, RankingRunRow.vocabulary_sha256)
    found: set[str] = set()
    for run_id, people, words in session.execute(query):
        if run_id not in gone:
            found |= {people, words}
    return found


def contents(session: Session, names: Collection[str], beginning: bytes) -> Iterator[bytes]:
    """Frozen inputs among these that begin so."""
    wanted = sorted(names)
    column = RankingInputRow.content
    for start in range(0, len(wanted), CHUNK):
        part = RankingInputRow.sha256.in_(wanted[start : start + CHUNK])
        fits = func.substr(column, 1, len(beginning)) == beginning
        yield from session.scalars(select(column).where(part, fits))


def inputs_kept_before(session: Session, moment: datetime) -> dict[str, int]:
    """Frozen inputs stored before a moment, with their size in bytes."""
    query = select(RankingInputRow.sha256, func.length(RankingInputRow.content))
    found = session.execute(query.where(RankingInputRow.created_at < moment))
    return {row[0]: row[1] for row in found}


def remove_inputs(session: Session, names: Collection[str]) -> None:
    """Remove frozen inputs by name."""
    wanted = sorted(names)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        session.execute(delete(RankingInputRow).where(RankingInputRow.sha256.in_(part)))
