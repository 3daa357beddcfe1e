"""The outbox: what is to be told to somebody, written with the change that gives rise to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import AddresseeKind, MessageChannel, MessageStatus


class MessageRow(Base):
    """One message to one recipient."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_status_next_try_at", "status", "next_try_at"),
        Index("ix_messages_recipient_kind_recipient_id", "recipient_kind", "recipient_id"),
        who_needs_when("queued"),
        who_needs_when("cancelled"),
    )

    id: Mapped[serial_key]
    public_id: Mapped[str] = mapped_column(unique=True)
    """What the mail server and the SMS provider know it by: the same however often it is tried."""
    key: Mapped[str] = mapped_column(unique=True)
    """What gave rise to it: the same key again is the same message."""
    template: Mapped[str]
    recipient_kind: Mapped[AddresseeKind]
    recipient_id: Mapped[int]
    facts: Mapped[dict[str, Any]]
    """Values of the template's placeholders, as `domain.texts.to_json` writes them."""
    secrets: Mapped[dict[str, Any] | None]
    """Personal links among the values, apart from the rest; emptied once the message is sent."""
    status: Mapped[MessageStatus]
    channel: Mapped[MessageChannel | None]
    sent_to: Mapped[str | None]
    """The address of the last try, masked."""
    language: Mapped[str | None]
    subject: Mapped[str | None]
    body: Mapped[str | None]
    """What was sent, with links blotted out; None while it was not tried."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    claim: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    problem: Mapped[dict[str, Any] | None]
    """Why the last try did not succeed, as a sentence."""
    queued_at: Mapped[datetime]
    queued_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
