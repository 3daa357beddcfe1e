"""The audit log as an administrator reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.enums import Role


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which events are listed; None or empty = all. Days are Georgia's, both included."""

    officer_id: int | None = None
    action: str | None = None
    entity: str | None = None
    entity_id: str = ""
    """Number of what it is about; with `entity`."""
    subject: str = ""
    """External id of the person concerned."""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event."""

    seq: int
    happened_at: datetime
    actor_id: int | None
    actor_ka: str | None
    actor_en: str | None
    role: Role | None
    action: str
    entity: str
    entity_id: str | None
    subject: str | None

    def actor(self, language: str) -> str | None:
        """Who acted, in the reader's script; None is the system itself."""
        return self.actor_ka if language == "ka" else self.actor_en


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some events, newest first, and how many there are in all."""

    rows: tuple[AuditEntry, ...]
    total: int
    is_counted: bool = True
    """False: there are more than `total`."""
    has_more: bool = False
    """Whether earlier ones follow."""


@dataclass(frozen=True, slots=True)
class AuditDetail:
    """One event with what was before and after."""

    entry: AuditEntry
    details: Mapping[str, Any] | None
    fields: tuple[str, ...]
    """What changed, where the reader may not see the values."""
    are_erased: bool
    """Whether there were details that depersonalisation has removed."""
    hash: str
    previous_hash: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whose events can be asked for."""

    id: int
    username: str
    name_ka: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en
