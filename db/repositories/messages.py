"""The outbox. Callers commit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import MessageRow
from domain.enums import AddresseeKind, MessageChannel, MessageStatus


def add_message(session: Session, **columns: Any) -> int | None:
    """Write a message; its id, or None where the key is there already (also a moment ago)."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(MessageRow).values(**columns, attempts=0)
    statement = insert.on_conflict_do_nothing(index_elements=["key"]).returning(MessageRow.id)
    return session.execute(statement).scalar_one_or_none()


def count_messages(session: Session) -> dict[MessageStatus, int]:
    """How many messages stand where."""
    query = select(MessageRow.status, func.count()).group_by(MessageRow.status)
    return {row[0]: row[1] for row in session.execute(query)}


def list_messages_to(session: Session, kind: AddresseeKind, recipient_id: int) -> list[MessageRow]:
    """Every message to one recipient, in the order of queueing."""
    query = (
        select(MessageRow)
        .where(MessageRow.recipient_kind == kind, MessageRow.recipient_id == recipient_id)
        .order_by(MessageRow.id)
    )
    return list(session.scalars(query))


def next_due(session: Session, now: datetime) -> MessageRow | None:
    """A message to try now, locked: one that waits, or one whose claim ran out.

    Two processes that ask at once are given two messages.
    """
    waits = (MessageRow.status == MessageStatus.WAITING) & (MessageRow.next_try_at <= now)
    left = (MessageRow.status == MessageStatus.SENDING) & (MessageRow.claimed_until <= now)
    query = (
        select(MessageRow)
        .where(waits | left)
        .order_by(MessageRow.next_try_at, MessageRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).one_or_none()


def claimed_row(session: Session, message_id: int, claim: str) -> MessageRow | None:
    """The message, locked, if that claim still holds it."""
    query = (
        select(MessageRow)
        .where(MessageRow.id == message_id, MessageRow.claim == claim)
        .with_for_update()
    )
    return session.scalars(query).one_or_none()


def locked_message(session: Session, message_id: int) -> MessageRow | None:
    """One message, locked against the worker and other officers."""
    query = select(MessageRow).where(MessageRow.id == message_id).with_for_update()
    return session.scalars(query).one_or_none()


def page_of_messages(
    session: Session,
    status: MessageStatus | None,
    template: str | None,
    to: AddresseeKind | None,
    *,
    offset: int,
    limit: int,
) -> tuple[list[MessageRow], int]:
    """Messages, the latest first, and how many there are in all."""
    wanted = [
        column == value
        for column, value in (
            (MessageRow.status, status),
            (MessageRow.template, template),
            (MessageRow.recipient_kind, to),
        )
        if value is not None
    ]
    query = select(MessageRow).where(*wanted).order_by(MessageRow.id.desc())
    rows = session.scalars(query.offset(offset).limit(limit))
    return list(rows), session.scalar(select(func.count(MessageRow.id)).where(*wanted)) or 0


def used_templates(session: Session) -> tuple[str, ...]:
    """Kinds of messages that there are."""
    return tuple(session.scalars(select(MessageRow.template).distinct().order_by("template")))


def recipients(session: Session, table: type[Any], ids: Collection[int]) -> Iterator[Any]:
    """The rows of those who are written to, from the table of their kind."""
    if ids:
        yield from session.scalars(select(table).where(table.id.in_(ids)))


def is_queued(session: Session, key: str) -> bool:
    """Whether a message with that key was ever queued."""
    query = select(MessageRow.id).where(MessageRow.key == key)
    return session.scalar(query) is not None


def shown_to(session: Session, officer_id: int, since: datetime) -> list[MessageRow]:
    """What was told to an officer on the screen since then, the latest first."""
    query = (
        select(MessageRow)
        .where(
            MessageRow.recipient_kind == AddresseeKind.OFFICER,
            MessageRow.recipient_id == officer_id,
            MessageRow.channel == MessageChannel.SCREEN,
            MessageRow.sent_at >= since,
        )
        .order_by(MessageRow.id.desc())
    )
    return list(session.scalars(query))
