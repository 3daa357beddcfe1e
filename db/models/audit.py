"""The audit chain, imported files and saved mappings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import serial_key


class AuditHeadRow(Base):
    """The last link of the chain; taken FOR UPDATE last in each transaction."""

    __tablename__ = "audit_head"

    stream: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str]


class AuditEventRow(Base):
    """Who did or read what, when, about whom. Append-only; no foreign keys by design."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_action", "action", "seq"),
        Index("ix_audit_events_subject", "subject", "seq"),
        Index("ix_audit_events_actor", "actor_id", "seq"),
        Index("ix_audit_events_entity", "entity", "entity_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None]
    actor_role: Mapped[str | None]
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[str | None]
    subject: Mapped[str | None]
    """External id of the person concerned."""
    details_sha256: Mapped[str | None]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditDetailsRow(Base):
    """Readable before and after values of an event; erasable without breaking the chain."""

    __tablename__ = "audit_details"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    details: Mapped[dict[str, Any]]


class ImportedFileRow(Base):
    """A file that was imported, by content: the same file twice changes nothing."""

    __tablename__ = "imported_files"
    __table_args__ = (UniqueConstraint("sha256", "kind", "mapping_sha256"),)

    id: Mapped[serial_key]
    sha256: Mapped[str]
    kind: Mapped[str]
    mapping_sha256: Mapped[str]
    file_name: Mapped[str]
    accepted: Mapped[int]
    rejected: Mapped[int]
    unchanged: Mapped[int]
    imported_at: Mapped[datetime]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class SavedMappingRow(Base):
    """How another organisation's columns map to ours, under a name."""

    __tablename__ = "saved_mappings"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[serial_key]
    kind: Mapped[str]
    name: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
