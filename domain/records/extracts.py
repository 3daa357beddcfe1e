"""A session's decisions as anybody may read them: no person, and no number that tells of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.enums import DecisionOutcome, DecisionReason
from domain.records.minutes import Named, PaperFileName
from domain.records.statistics import Figure
from domain.texts import Sentence, Term

Reason = DecisionReason | None
"""Group of a refusal's reasons; None where none was coded."""


@dataclass(frozen=True, slots=True)
class ExtractSummary:
    """A line of the public list."""

    session_number: str
    held_on: date
    published_on: date
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class ExtractCounts:
    """How was decided, as far as it may be shown."""

    candidates: Figure
    outcomes: tuple[tuple[DecisionOutcome, Figure], ...]
    reasons: tuple[tuple[Reason, Figure], ...]
    """Groups of reasons of those not approved, one for each person."""


@dataclass(frozen=True, slots=True)
class ExtractItem:
    """An agenda item: the job, not the people."""

    order: int
    occupation: Term | None
    country: Term
    positions: int
    is_secret: bool
    is_decided: bool
    recused: int
    """Members of the commission who took no part."""
    counts: ExtractCounts


@dataclass(frozen=True, slots=True)
class Extract:
    """What is published of a session."""

    session_number: str
    edition: int
    commission: Named
    held_on: date
    decision: Term
    """The rule by which candidates were approved."""
    least: int
    """Counts of fewer people are held back."""
    items: tuple[ExtractItem, ...]
    total: ExtractCounts
    agreement: tuple[int, int] | None
    """(approved, of them among the first so many of the ranking); None where it is held back."""


@dataclass(frozen=True, slots=True)
class PublishedExtract:
    """An extract with what happened to it."""

    extract: Extract
    code: str
    published_on: date
    withdrawn_on: date | None
    withdrawal_reason: str | None


@dataclass(frozen=True, slots=True)
class SessionExtract:
    """The extract of a session for its screen, and what may be done about it."""

    session_number: str
    published: PublishedExtract | None
    files: tuple[PaperFileName, ...]
    may_publish: bool
    """Whether publishing is this reader's task at all, now or later."""
    publish_refusal: Sentence | None
    withdraw_refusal: Sentence | None
