"""The proof that the audit chain is whole: a million events are read and computed again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, select
from sqlalchemy.exc import DataError

from db.models import AuditDetailsRow, AuditEventRow, AuditHeadRow
from db.session import engine as own_engine
from domain.texts import N_
from services.audit_chain.anchors import Anchor, still_valid
from services.audit_chain.hashing import GENESIS, STREAM, canonical, event_hash, sha256

AT_ONCE = 5_000
"""Events read at a time: more is no faster, fewer cost round trips."""

_EVENTS = AuditEventRow.__table__.c
_DETAILS = AuditDetailsRow.__table__.c
_WALK = (
    select(
        _EVENTS.previous_hash,
        _EVENTS.seq,
        _EVENTS.happened_at,
        _EVENTS.actor_id,
        _EVENTS.actor_role,
        _EVENTS.action,
        _EVENTS.entity,
        _EVENTS.entity_id,
        _EVENTS.subject,
        _EVENTS.details_sha256,
        _EVENTS.hash,
        _DETAILS.details,
    )
    .outerjoin(AuditDetailsRow, _DETAILS.seq == _EVENTS.seq)
    .where(_EVENTS.seq > bindparam("after"))
    .order_by(_EVENTS.seq)
)
Event = Row[*tuple[Any, ...]]
CHANGED = N_("a field was changed")
OTHER_THAN_ANCHOR = N_("it differs from an anchor outside the database")


@dataclass(frozen=True)
class ChainReport:
    """What verification found: how many events are whole, and the first that is not."""

    events: int
    broken_seq: int | None = None
    problem: str | None = None
    anchors: int = 0
    """How many anchors from outside the database the chain was held against."""


def verify_chain(engine: Engine | None = None, anchors: Iterable[Anchor] = ()) -> ChainReport:
    """Walk the whole chain: sequence, links, hashes, details, head, and anchors if there are any.

    Everything is read in one snapshot: officers may go on working meanwhile.
    """
    opened = (engine or own_engine()).execution_options(readonly=True)
    if opened.dialect.name != "sqlite":
        opened = opened.execution_options(isolation_level="REPEATABLE READ")
    with opened.connect() as connection:
        return _walk(connection, still_valid(anchors))


def _walk(connection: Connection, anchors: tuple[Anchor, ...]) -> ChainReport:
    fixed: defaultdict[int, set[str]] = defaultdict(set)
    for anchor in anchors:
        fixed[anchor.seq].add(anchor.hash)
    head = connection.execute(
        select(AuditHeadRow.seq, AuditHeadRow.hash).where(AuditHeadRow.stream == STREAM)
    ).one_or_none()
    previous, count, broken, problem = GENESIS, 0, 1, None
    if fixed.pop(0, {GENESIS}) != {GENESIS}:
        problem = OTHER_THAN_ANCHOR
    for event in () if problem else _events(connection):
        problem = CHANGED if event is None else _problem(event, count + 1, previous)
        broken = count + 1 if event is None else event.seq
        if event is None or problem:
            break
        if fixed and fixed.pop(event.seq, {event.hash}) != {event.hash}:
            problem = OTHER_THAN_ANCHOR
            break
        previous, count = event.hash, count + 1
    else:
        broken = count + 1
        if (head.seq if head else 0, head.hash if head else GENESIS) != (count, previous):
            problem = N_("the end of the chain is missing")
        elif fixed:
            problem = N_("the end of the chain was cut: an anchor knows a later event")
    return ChainReport(count, broken if problem else None, problem, len(anchors))


def _events(connection: Connection) -> Iterator[Event | None]:
    """Every event in order; None in the place of one that can't even be read."""
    after, at_once = 0, AT_ONCE
    while True:
        options = {"yield_per": at_once}
        try:
            with connection.execute(_WALK, {"after": after}, execution_options=options) as walked:
                for event in walked:
                    yield event
                    after = event.seq
            return
        except (ValueError, TypeError, DataError):
            # Somewhere among those read together: read on one by one, up to the broken one.
            if at_once == 1:
                yield None
                return
            at_once = 1


def _problem(event: Event, seq: int, previous: str) -> str | None:
    """What is wrong with this event, given the one before it."""
    *fields, own_hash, details = tuple(event)
    if fields[1] != seq:
        return N_("an event is missing before this one")
    if fields[0] != previous:
        return N_("it does not follow the event before it")
    if own_hash != event_hash(*fields):
        return CHANGED
    if details is not None and sha256(canonical(details)) != fields[9]:
        return N_("its details were changed")
    return None
