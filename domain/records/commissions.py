"""A commission as the register has it: its order, its seats, its rules and why they are so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from domain.enums import DecisionRule, OrganisationKind, SeatRole, TieRule
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class CommissionForm:
    """What a founding order says."""

    code: str
    name_ka: str
    name_en: str
    order_number: str
    ordered_on: date | None
    scope: str
    term_from: date | None
    term_until: date | None = None


@dataclass(frozen=True, slots=True)
class SeatForm:
    """Who gets a seat, what for, and from when."""

    officer_id: int
    role: SeatRole
    seated_from: date
    seated_until: date | None = None
    substitute_for_id: int | None = None
    """The seat whose member this officer stands in for."""


@dataclass(frozen=True, slots=True)
class RulesForm:
    """New rules of a commission, the day they begin, and why."""

    valid_from: date
    quorum_more_than: Fraction
    kinds_min: int
    required_kinds: tuple[OrganisationKind, ...]
    decision: DecisionRule
    score_criteria: tuple[tuple[str, str, str], ...]
    """Code, Georgian and English name of what is scored."""
    score_threshold: Fraction | None
    tie: TieRule
    may_be_secret: bool
    departure_places: int | None
    appeal_days: int | None
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat of a commission."""

    id: int
    officer_id: int
    name_ka: str
    name_en: str
    organisation_code: str
    organisation_kind: OrganisationKind
    role: SeatRole
    substitute_for_id: int | None
    """The seat, not the officer."""
    seated_from: date
    seated_until: date | None
    end_refusal: Sentence | None
    """Why the reader can't end it now."""

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en

    def is_held(self, day: date) -> bool:
        """Whether somebody sits in it on that day."""
        return self.seated_from <= day and (self.seated_until is None or day <= self.seated_until)


@dataclass(frozen=True, slots=True)
class RulesEntry:
    """Rules of a commission from a day on; never edited."""

    valid_from: date
    version: str
    quorum_more_than: Fraction
    kinds_min: int
    required_kinds: tuple[OrganisationKind, ...]
    quorum_throughout: bool
    decision: DecisionRule
    score_criteria: tuple[tuple[str, str, str], ...]
    score_threshold: Fraction | None
    tie: TieRule
    may_be_secret: bool
    departure_places: int | None
    appeal_days: int | None
    source: str
    reason: str
    made_at: datetime
    made_by_ka: str | None
    made_by_en: str | None
    is_in_force: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class CommissionRecord:
    """A commission with its seats and rules."""

    code: str
    name_ka: str
    name_en: str
    order_number: str | None
    ordered_on: date | None
    scope: str | None
    term_from: date
    term_until: date | None
    seats: tuple[Seat, ...]
    rules: tuple[RulesEntry, ...]
    """The latest first."""
    sessions: int
    composition: Sentence
    """Whether the seats of today can fulfil the rules of today, and what is missing."""
    is_composed: bool
    i_may_found: bool
    plan_refusal: Sentence | None
    """Why the reader can't plan a session of it now."""

    def name(self, language: str) -> str:
        """The name in the reader's language."""
        return self.name_ka if language == "ka" else self.name_en

    def in_term(self, day: date) -> bool:
        """Whether the order holds on that day."""
        return self.term_from <= day and (self.term_until is None or day <= self.term_until)


@dataclass(frozen=True, slots=True)
class CommissionSummary:
    """A line of the register."""

    code: str
    name_ka: str
    name_en: str
    order_number: str | None
    term_from: date
    term_until: date | None
    seats: int
    sessions: int
    is_composed: bool
    composition: Sentence
    plan_refusal: Sentence | None

    def name(self, language: str) -> str:
        """The name in the reader's language."""
        return self.name_ka if language == "ka" else self.name_en
