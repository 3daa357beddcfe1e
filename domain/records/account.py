"""Accounts of officers, as the administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.enums import Role


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What an administrator enters for a new officer."""

    username: str
    name_ka: str
    name_en: str
    role: Role
    organisation_code: str
    language: str = "ka"


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """One officer's account in the administrator's list."""

    id: int
    username: str
    name_ka: str
    name_en: str
    role: Role
    organisation_code: str
    language: str
    must_change_password: bool
    is_demo: bool
    created_at: datetime
    disabled_at: datetime | None
    last_seen_at: datetime | None

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration, to be printed for newcomers."""

    username: str
    password: str
    role: Role
    organisation_code: str
    name_ka: str
    name_en: str
    must_change_password: bool = False
