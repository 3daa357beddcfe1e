"""Who was depersonalised stays so: a restored backup may still say who they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.exc import DBAPIError

from db.models import DepersonalisationRow, JobseekerRow
from db.session import reading
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import Sentence
from services.permissions import Permission, check_can
from services.privacy.depersonalising import depersonalise_one

BY_RESTORING = "restored"
"""The rule of a file that went with the one it had been merged into."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A file in the register of the depersonalised, known again by its number and its beginning."""

    external_id: str
    registered_at: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class StillNamed:
    """A file that could not be depersonalised again, and what stands against it."""

    external_id: str
    reason: Sentence


def register_before(engine: Engine) -> tuple[Gone, ...] | None:
    """Who is depersonalised in the database that is about to be replaced; None: it can't say."""
    rule = func.coalesce(func.max(DepersonalisationRow.rule), BY_RESTORING)
    query = (
        select(JobseekerRow.external_id, JobseekerRow.created_at, rule)
        .outerjoin(DepersonalisationRow, DepersonalisationRow.jobseeker_id == JobseekerRow.id)
        .where(JobseekerRow.depersonalised_at.is_not(None))
        .group_by(JobseekerRow.external_id, JobseekerRow.created_at)
        .order_by(JobseekerRow.external_id)
    )
    try:
        if not inspect(engine).has_table(DepersonalisationRow.__tablename__):
            return ()
        with engine.execution_options(readonly=True).connect() as connection:
            return tuple(Gone(*line) for line in connection.execute(query))
    except Exception as error:
        # SQLite's own module refuses a damaged file before SQLAlchemy can put it in its words.
        is_damaged = type(error).__module__.startswith("pysqlite3")
        if isinstance(error, DBAPIError) or is_damaged:
            return None
        raise


def depersonalise_again(
    gone: Sequence[Gone], *, by: Officer | None
) -> tuple[int, tuple[StillNamed, ...]]:
    """Depersonalise whom the backup names again: (how many, whom an officer has to see to)."""
    if by is not None:
        check_can(by, Permission.PRIVACY_MANAGE)
    done, left = 0, []
    for one in gone:
        if (id_ := _named_again(one)) is None:
            continue
        try:
            depersonalise_one(id_, rule=one.rule, by=by)
            done += 1
        except Refused as refused:
            left.append(StillNamed(one.external_id, refused.sentence))
    return done, tuple(one for one in left if _is_named(one.external_id))


def _named_again(one: Gone) -> int | None:
    query = select(JobseekerRow.id).where(
        JobseekerRow.external_id == one.external_id,
        JobseekerRow.created_at == one.registered_at,
        JobseekerRow.depersonalised_at.is_(None),
    )
    with reading() as session:
        return session.scalar(query)


def _is_named(external_id: str) -> bool:
    query = select(JobseekerRow.id).where(
        JobseekerRow.external_id == external_id, JobseekerRow.depersonalised_at.is_(None)
    )
    with reading() as session:
        return session.scalar(query) is not None
