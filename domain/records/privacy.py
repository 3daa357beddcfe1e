"""What the screens of personal data show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import (
    IdentityProof,
    PrivacyChannel,
    PrivacyOutcome,
    PrivacyRequestKind,
    PrivacyRequestStatus,
    ReviewOutcome,
    Role,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class DepersonalisedFile:
    """What went from one file: rows by table, files, places in free text."""

    external_id: str
    rule: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One line of the register of what was depersonalised."""

    id: int
    external_id: str
    rule: str
    request: str | None
    rules_version: str
    done_at: datetime
    by_ka: str | None
    by_en: str | None
    counts: Mapping[str, int]
    kept: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file whose period is over, or that a reason keeps although it is."""

    external_id: str
    rule: str
    last_on: date
    obstacles: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class RetentionPreview:
    """What the next run would do, without doing it."""

    due: tuple[DueFile, ...]
    kept: tuple[DueFile, ...]
    silent: int
    """Registrations that are open although nothing happened for the whole period."""
    before: date
    stays_before: date


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Why a person's data stay as they are."""

    id: int
    external_id: str
    reason: str
    held_at: datetime
    by_ka: str | None
    by_en: str | None
    ended_at: datetime | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class Access:
    """One reading or handing on of a person's data."""

    happened_at: datetime
    name_ka: str | None
    name_en: str | None
    organisation_ka: str | None
    organisation_en: str | None
    role: Role | None
    action: str
    entity: str


@dataclass(frozen=True, slots=True)
class PrivacyRequest:
    """A request as its screen shows it."""

    id: int
    number: str
    external_id: str
    kind: PrivacyRequestKind
    status: PrivacyRequestStatus
    channel: PrivacyChannel
    wish: str | None
    received_on: date
    due_on: date
    days_left: int
    """Working days; negative when the last day is over."""
    run_id: int | None
    run_vacancy: str | None
    identity: IdentityProof | None
    identity_note: str | None
    extension_reason: str | None
    review: ReviewOutcome | None
    outcome_note: str | None
    reviewed_at: datetime | None
    reviewer_ka: str | None
    reviewer_en: str | None
    outcome: PrivacyOutcome | None
    answer: str | None
    answered_at: datetime | None
    registered_at: datetime
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.status in (PrivacyRequestStatus.RECEIVED, PrivacyRequestStatus.IN_WORK)


@dataclass(frozen=True, slots=True)
class RequestForm:
    """What is entered when a request comes in."""

    external_id: str
    kind: PrivacyRequestKind | None
    channel: PrivacyChannel | None
    wish: str = ""
    received_on: date | None = None
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class Processing:
    """One purpose of the processing register."""

    code: str
    title: Mapping[str, str]
    purpose: Mapping[str, str]
    basis: Mapping[str, str]
    people: Mapping[str, str]
    recipients: Mapping[str, str]
    retention: Mapping[str, str]
    measures: Mapping[str, str]
    data_class: str
    tables: tuple[str, ...]
    personal: int
    """Columns that hold personal data."""
