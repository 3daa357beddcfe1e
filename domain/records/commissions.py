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
class RulesOfCommission:
    """How a commission meets and decides from a day on, on which ground, and why."""

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
class RulesForm(RulesOfCommission):
    """New rules, as they are to be entered."""


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
class RulesEntry(RulesOfCommission):
    """Rules of a commission in its register; never edited."""

    version: str
    quorum_throughout: bool
    made_at: datetime
    made_by_ka: str | None
    made_by_en: str | None
    is_in_force: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class RegisteredCommission:
    """What every line of the register says."""

    code: str
    name_ka: str
    name_en: str
    order_number: str | None
    """None where it is not known: the commission implied by sessions of old."""
    term_from: date
    term_until: date | None
    sessions: int
    is_composed: bool
    composition: Sentence
    """Whether the seats of today can fulfil the rules of today, and what is missing."""
    plan_refusal: Sentence | None
    """Why the reader can't plan a session of it now."""

    def name(self, language: str) -> str:
        """The name in the reader's language."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class CommissionSummary(RegisteredCommission):
    """A line of the register."""

    seats: int


@dataclass(frozen=True, slots=True)
class CommissionRecord(RegisteredCommission):
    """A commission with its seats and rules."""

    ordered_on: date | None
    scope: str | None
    seats: tuple[Seat, ...]
    rules: tuple[RulesEntry, ...]
    """The latest first."""
    i_may_found: bool
