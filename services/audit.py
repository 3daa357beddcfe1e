"""The audit chain: who did or read what, when, about whom.

Each event's hash covers the one before it, so a changed, missing or reordered event is found.
The readable before and after values stand in a table of their own, bound by their hash, so that
depersonalisation can erase them and the chain stays whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import AuditDetailsRow, AuditEventRow, AuditHeadRow
from db.requests import note_happening
from db.session import reading
from domain.records.officer import Officer
from domain.texts import N_
from services import clock

STREAM = "main"
FORMAT = "1"
GENESIS = "0" * 64

# Written once here: an event is added by each use case, and to put a statement together anew takes
# longer than the database does.
_HEAD = cast(Table, AuditHeadRow.__table__)
_EVENTS = cast(Table, AuditEventRow.__table__)
EVENT_COLUMNS = tuple(_EVENTS.columns.keys())
READ_HEAD = select(_HEAD).where(_HEAD.c.stream == bindparam("head")).with_for_update()
MOVE_HEAD = (
    update(_HEAD)
    .where(_HEAD.c.stream == bindparam("head"))
    .values(seq=bindparam("last"), hash=bindparam("last_hash"))
)
ADD_EVENTS = insert(_EVENTS)
ADD_DETAILS = insert(cast(Table, AuditDetailsRow.__table__))


@dataclass(frozen=True)
class Happening:
    """What `record` writes down, without the actor."""

    action: str
    entity: str
    entity_id: object = None
    subject: str | None = None
    details: Mapping[str, Any] | None = None


def record(
    session: Session,
    *,
    action: str,
    entity: str,
    entity_id: object = None,
    subject: str | None = None,
    details: Mapping[str, Any] | None = None,
    by: Officer | None,
) -> int:
    """Add an event to the caller's transaction and return its sequence number.

    `action` is a verb in the past ("registered", "read", "voted"); `entity` a noun of the glossary;
    `subject` the external id of the person concerned; `details` readable values, for example
    `{"phone": [before, after]}`. Takes the chain's head: call it last, commit soon.
    """
    happening = Happening(action, entity, entity_id, subject, details)
    return record_all(session, [happening], by=by)[0]


def record_all(
    session: Session, happenings: Sequence[Happening], *, by: Officer | None
) -> list[int]:
    """Add one event each, as `record` does, and write thousands of them at once."""
    session.flush()
    seq, previous = _locked_head(session)
    first, events, readable = seq + 1, [], []
    for seq, happening in enumerate(happenings, first):
        plain = json.loads(_canonical(happening.details)) if happening.details else None
        event = AuditEventRow(
            seq=seq,
            happened_at=clock.now(),
            actor_id=by.id if by else None,
            actor_role=by.role.value if by else None,
            action=happening.action,
            entity=happening.entity,
            entity_id=None if happening.entity_id is None else str(happening.entity_id),
            subject=happening.subject,
            details_sha256=_sha256(_canonical(plain)) if plain else None,
            previous_hash=previous,
            hash="",
        )
        previous = event.hash = event_hash(event)
        events.append({column: getattr(event, column) for column in EVENT_COLUMNS})
        if plain:
            readable.append({"seq": seq, "details": plain})
        note_happening(session, action=event.action, seq=seq, at=event.happened_at)
    if events:
        connection = session.connection()
        connection.execute(ADD_EVENTS, events)
        if readable:
            connection.execute(ADD_DETAILS, readable)
        connection.execute(MOVE_HEAD, {"head": STREAM, "last": seq, "last_hash": previous})
    return list(range(first, seq + 1))


def _locked_head(session: Session) -> tuple[int, str]:
    """The last event's number and hash; nobody else adds one until the caller's end."""
    connection = session.connection()
    head = connection.execute(READ_HEAD, {"head": STREAM}).one_or_none()
    if head is None:
        # Of two first events at once the second waits here for the first, and follows it.
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        begin = dialect.insert(_HEAD).on_conflict_do_nothing()
        connection.execute(begin, {"stream": STREAM, "seq": 0, "hash": GENESIS})
        head = connection.execute(READ_HEAD, {"head": STREAM}).one()
    return head.seq, head.hash


def event_hash(event: AuditEventRow) -> str:
    """SHA-256 over the format, the previous hash and the event's own fields."""
    body = {
        "seq": event.seq,
        "at": event.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "role": event.actor_role,
        "action": event.action,
        "entity": event.entity,
        "id": event.entity_id,
        "subject": event.subject,
        "details": event.details_sha256,
    }
    return _sha256(f"{FORMAT}\n{STREAM}\n{event.previous_hash}\n{_canonical(body)}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} can't stand in an audit event")


@dataclass(frozen=True)
class ChainReport:
    """What verification found: how many events are whole, and the first that is not."""

    events: int
    broken_seq: int | None = None
    problem: str | None = None


def verify_chain() -> ChainReport:
    """Walk the whole chain: sequence, links, hashes, details and head."""
    previous, count = GENESIS, 0
    with reading() as session:
        head = session.get(AuditHeadRow, STREAM)
        query = (
            select(AuditEventRow, AuditDetailsRow.details)
            .outerjoin(AuditDetailsRow, AuditDetailsRow.seq == AuditEventRow.seq)
            .order_by(AuditEventRow.seq)
            .execution_options(yield_per=2000)
        )
        with session.execute(query) as walked:  # a broken chain ends the walk, and the cursor
            for event, details in walked:
                problem = _problem(event, details, count + 1, previous)
                if problem:
                    return ChainReport(count, event.seq, problem)
                previous, count = event.hash, count + 1
                session.expunge(event)
    if (head.seq if head else 0, head.hash if head else GENESIS) != (count, previous):
        return ChainReport(count, count + 1, N_("the end of the chain is missing"))
    return ChainReport(count)


def _problem(event: AuditEventRow, details: object, seq: int, previous: str) -> str | None:
    if event.seq != seq:
        return N_("an event is missing before this one")
    if event.previous_hash != previous:
        return N_("it does not follow the event before it")
    if event.hash != event_hash(event):
        return N_("a field was changed")
    if details is not None and _sha256(_canonical(details)) != event.details_sha256:
        return N_("its details were changed")
    return None
