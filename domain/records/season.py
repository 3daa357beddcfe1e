"""Plans of a season as screens show them; scores are 0 to 100."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import PlanLayer, PlannedState
from domain.records.ranking import Named
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Filling:
    """What one way of filling the positions comes to."""

    filled: int
    fit: float
    """Scores of the people at these positions together."""

    @property
    def mean(self) -> float | None:
        """Score of a filled position; None where none is filled."""
        return self.fit / self.filled if self.filled else None


@dataclass(frozen=True, slots=True)
class Doer:
    """The officer who made or adopted a plan."""

    name_ka: str
    name_en: str

    def name(self, language: str) -> str:
        """As the reader writes it."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonPlanHead:
    """One plan among others."""

    id: int
    made_at: datetime
    made_by: Doer | None
    parameters: str
    inputs_sha256: str
    pool: int
    is_exact: bool
    seconds: float
    vacancies: int
    positions: int
    plan: Filling
    in_turn: Filling
    adopted: int
    """Vacancies adopted so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonVacancy:
    """What a plan has for one vacancy, beside picking in turn."""

    number: str
    title: str
    title_ka: str | None
    country: str
    start_on: date | None
    taken: int
    """In the process for this vacancy before the plan."""
    positions: int
    people: int
    """Of all layers."""
    eligible: int
    plan: Filling
    in_turn: Filling
    worst: float | None
    """Score of the last person at a position."""
    others: int
    """People at positions whom picking in turn would not put here."""
    why_empty: tuple[Sentence, ...]
    """Why positions stay empty and what would open them."""
    is_changed: bool
    """Whether the vacancy asks for something else by now, or is not open any more."""
    has_other_rules: bool
    """Whether people are ranked by another version of the rules than the plan was made by."""
    lost: int
    """People of the plan who can't be taken here any more."""
    changed: int
    """People whose file changed since; they are ranked anew at adoption."""
    adopted_at: datetime | None
    adopted_by: Doer | None
    adopted_people: int | None

    def title_in(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.title_ka or self.title if language == "ka" else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonPlan:
    """A plan with all its vacancies, by number."""

    head: SeasonPlanHead
    vacancies: tuple[SeasonVacancy, ...]
    moved: int
    """People at positions whom picking in turn would put somewhere else."""
    only_here: int
    """People at positions whom picking in turn would not take at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonPerson(Named):
    """Somebody whom a plan has for a vacancy."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    layer: PlanLayer
    score: float
    why: Sentence
    in_turn: str | None
    """Number of the vacancy for which picking in turn would take this person."""
    state: PlannedState


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody of the plan who was not taken, and why."""

    external_id: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting a plan for one vacancy did."""

    taken: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
