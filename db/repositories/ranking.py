"""Stored ranking runs and the frozen inputs that make them reproducible."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, RankingInputRow, RankingRunRow


def keep_input(session: Session, content: bytes, at: datetime) -> str:
    """Store frozen people or a vocabulary once, and name it by its content."""
    digest = hashlib.sha256(content).hexdigest()
    if session.get(RankingInputRow, digest) is None:
        session.add(RankingInputRow(sha256=digest, content=content, created_at=at))
        session.flush()
    return digest


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
