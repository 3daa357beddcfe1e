"""The audit chain: who did or read what, when, about whom.

Each event's hash covers the one before it, so a changed, missing or reordered event is found.
The readable before and after values stand in a table of their own, bound by their hash, so that
depersonalisation can erase them and the chain stays whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import AuditDetailsRow, AuditEventRow, AuditHeadRow
from db.requests import note_happening
from domain.records.officer import Officer
from services import clock
from services.audit_chain.hashing import GENESIS, STREAM, canonical, event_hash, sha256
from services.audit_chain.verifying import ChainReport, verify_chain

__all__ = ["ChainReport", "Happening", "record", "record_all", "verify_chain"]

# Written once here: an event is added by each use case, and to put a statement together anew takes
# longer than the database does.
_HEAD = cast(Table, AuditHeadRow.__table__)
_EVENTS = cast(Table, AuditEventRow.__table__)
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
        plain = json.loads(canonical(happening.details)) if happening.details else None
        event: dict[str, Any] = {
            "previous_hash": previous,
            "seq": seq,
            "happened_at": clock.now(),
            "actor_id": by.id if by else None,
            "actor_role": by.role.value if by else None,
            "action": happening.action,
            "entity": happening.entity,
            "entity_id": None if happening.entity_id is None else str(happening.entity_id),
            "subject": happening.subject,
            "details_sha256": sha256(canonical(plain)) if plain else None,
        }
        previous = event_hash(*event.values())
        events.append({**event, "hash": previous})
        if plain:
            readable.append({"seq": seq, "details": plain})
        note_happening(session, action=event["action"], seq=seq, at=event["happened_at"])
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
