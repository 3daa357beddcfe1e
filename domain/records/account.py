"""Accounts of officers, as the administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import AccountState, Role


@dataclass(frozen=True, slots=True)
class AccountLimits:
    """When and from where an account opens, and where its officer gets mail."""

    email: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    networks: str = ""
    """As entered: networks (CIDR) or addresses, apart by blanks or commas."""


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What an administrator enters for a new officer."""

    username: str
    name_ka: str
    name_en: str
    role: Role
    organisation_code: str
    language: str = "ka"
    limits: AccountLimits = AccountLimits()


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
    state: AccountState = AccountState.IN_USE
    limits: AccountLimits = AccountLimits()
    waits_until: datetime | None = None
    """After wrong guesses from unknown places: until when the next one has to wait."""
    has_second_factor: bool = False
    needs_second_factor: bool = False
    is_linked: bool = False
    """Whether an identity provider has said whose account it is."""
    sessions: int = 0
    """How many browsers are signed in."""
    renewed_on: date | None = None
    """When an administrator last renewed the access; at first the day of its making."""
    renewal_due_on: date | None = None
    closes_on: date | None = None
    """The day on which it closes if nobody renews it."""

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link by which an officer chooses a password: shown once, works once."""

    username: str
    address: str
    expires_at: datetime
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in."""

    id: str
    """Its public name: useless as a cookie."""
    device: str | None
    address: str | None
    since: datetime
    last_seen_at: datetime
    by_provider: bool
    has_second_factor: bool
    is_this_one: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor that waits for its first code."""

    secret: str
    uri: str

    def __repr__(self) -> str:
        """Without the secret: it may end up in a log."""
        return "Enrolment()"


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
