"""Stored ranking runs and the frozen inputs that make them reproducible."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, RankingInputRow, RankingRunRow
from domain.enums import CandidacyStatus
from domain.exceptions import NotFound
from domain.texts import N_

CHUNK = 500


def keep_input(session: Session, content: bytes, at: datetime) -> str:
    """Store a frozen input once, and name it by its content."""
    digest = hashlib.sha256(content).hexdigest()
    if not known_inputs(session, [digest]):
        add_input(session, digest, content, at)
    return digest


def add_input(session: Session, sha256: str, content: bytes, at: datetime) -> None:
    """Store a frozen input that is named by its plain content; another may store it meanwhile."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(RankingInputRow).on_conflict_do_nothing()
    session.execute(insert.values(sha256=sha256, content=content, created_at=at))


def known_inputs(session: Session, names: Collection[str]) -> set[str]:
    """Which of these inputs are stored."""
    wanted = sorted(names)
    query = select(RankingInputRow.sha256)
    found: set[str] = set()
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found.update(session.scalars(query.where(RankingInputRow.sha256.in_(part))))
    return found


def get_input(session: Session, sha256: str) -> bytes:
    """A frozen input; NotFound where it is gone."""
    query = select(RankingInputRow.content).where(RankingInputRow.sha256 == sha256)
    content = session.scalar(query)
    if content is None:
        raise NotFound(N_("The stored data of this ranking are damaged"))
    return content


def find_run_by_inputs(
    session: Session, vacancy_id: int, inputs_sha256: str
) -> RankingRunRow | None:
    """The latest run of a vacancy on exactly these inputs."""
    return session.scalars(
        select(RankingRunRow)
        .where(RankingRunRow.vacancy_id == vacancy_id, RankingRunRow.inputs_sha256 == inputs_sha256)
        .order_by(RankingRunRow.id.desc())
        .limit(1)
    ).one_or_none()


def candidacies_of(session: Session, vacancy_id: int) -> dict[int, CandidacyRow]:
    """Everybody in the process for a vacancy, by person."""
    rows = session.scalars(select(CandidacyRow).where(CandidacyRow.vacancy_id == vacancy_id))
    return {row.jobseeker_id: row for row in rows}


def statuses_of(session: Session, jobseeker_id: int) -> dict[int, CandidacyStatus]:
    """Where somebody is in the process, by vacancy."""
    c = CandidacyRow
    query = select(c.vacancy_id, c.status).where(c.jobseeker_id == jobseeker_id)
    return {row.vacancy_id: row.status for row in session.execute(query)}


def jobseekers_by_external_id(
    session: Session, external_ids: Collection[str]
) -> dict[str, JobseekerRow]:
    """The named people, locked against others who take them at the same moment."""
    rows = session.scalars(
        select(JobseekerRow)
        .where(JobseekerRow.external_id.in_(sorted(external_ids)))
        .order_by(JobseekerRow.id)
        .with_for_update()
    )
    return {row.external_id: row for row in rows}


def versions_without_values(session: Session) -> list[str]:
    """Names of the versions of runs that were stored before runs kept the values."""
    row = RankingRunRow
    query = select(row.parameters_version).where(row.parameters.is_(null())).distinct()
    return list(session.scalars(query))


def keep_values(session: Session, version: str, values: Mapping[str, Any]) -> None:
    """Add the values to such runs of a version."""
    row = RankingRunRow
    wanted = update(row).where(row.parameters_version == version, row.parameters.is_(null()))
    session.execute(wanted.values(parameters=dict(values)))
