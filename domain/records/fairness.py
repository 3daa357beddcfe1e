"""What the fairness panel shows: rates of groups without persons, small ones hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import RateVerdict, SelectionStep, Trait
from domain.records.statistics import Figure
from domain.texts import Sentence

Group = str | None
"""Code of a group within its trait; None = not stated in the file."""


@dataclass(frozen=True, slots=True)
class FairnessRules:
    """The dated rules of comparing in force on a day."""

    ratio_below: float
    confidence: float
    least_compared: int
    least_change: float
    age_bands: tuple[int, ...]
    cities: frozenset[str]
    small_number_below: int
    reference: str


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group at one step; rates are shares from 0 to 1, None where counts are hidden."""

    group: Group
    people: Figure
    """Who came to this step."""
    selected: Figure
    """Who of them came through."""
    rate: float | None
    low: float | None
    high: float | None
    ratio: float | None
    """The rate divided by the highest rate of a compared group."""
    verdict: RateVerdict
    against: Group = None
    """The group that an alert is told against."""


@dataclass(frozen=True, slots=True)
class StepRates:
    """All groups of one trait at one step."""

    step: SelectionStep
    trait: Trait
    people: Figure
    selected: Figure
    groups: tuple[GroupRate, ...]

    @property
    def alerts(self) -> tuple[GroupRate, ...]:
        """Groups below four fifths whose numbers support it."""
        return tuple(row for row in self.groups if row.verdict is RateVerdict.ALERT)


@dataclass(frozen=True, slots=True)
class Alert:
    """A group below four fifths at one step; `missing`: how many more would reach them."""

    step: SelectionStep
    trait: Trait
    row: GroupRate
    highest: float | None
    """Rate of the group it is told against; None where it is hidden."""
    missing: float
    cause: Sentence | None = None
    """The requirement that weighs most on the difference; None where none does."""
    clause: Sentence | None = None
    """What the agreement says, where the requirement is its."""
    without: float | None = None
    """The ratio without it; None where it can't be shown."""
    is_whole: bool = False
    """Whether four fifths are reached without it."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The same people ranked without one requirement."""

    requirement: Sentence
    clause: Sentence | None
    """What the agreement says, where it makes the requirement."""
    eligible: Figure
    """How many would meet the requirements."""
    ratios: Mapping[tuple[SelectionStep, Trait], Mapping[Group, float]]
    """Every compared group's ratio then, as far as its numbers may be shown."""

    def smallest(self, step: SelectionStep, trait: Trait) -> tuple[Group, float] | None:
        """The group with the smallest ratio; None where no two groups can be shown."""
        found = self.ratios.get((step, trait), {})
        if len(found) < 2:
            return None
        least = min(found, key=lambda group: (found[group], str(group)))
        return least, found[least]


@dataclass(frozen=True, slots=True)
class VacancyAlert:
    """An alert of one of many vacancies."""

    number: str
    title: str
    title_ka: str | None
    alert: Alert


@dataclass(frozen=True, slots=True)
class FairnessPanel:
    """Everything of one scope, as it stood at one moment."""

    headline: Sentence
    alerts: tuple[Alert, ...]
    """The gravest first."""
    steps: tuple[StepRates, ...]
    rules: FairnessRules
    counted_at: datetime
    as_asked: Removed | None = None
    """The groups under all requirements, to hold the others against."""
    removed: tuple[Removed, ...] = ()
    """The same people ranked without each requirement, in the order of the requirements."""
    vacancy: str | None = None
    run_id: int | None = None
    ranked_at: datetime | None = None
    vacancies: int = 0
    """How many vacancies are counted together; 0 of one alone."""
    alerting: tuple[VacancyAlert, ...] = ()
    since: date | None = None
    until: date | None = None

    def of(self, step: SelectionStep, trait: Trait) -> StepRates | None:
        """The groups of a trait at a step; None where the scope has no such step."""
        return next((x for x in self.steps if (x.step, x.trait) == (step, trait)), None)
