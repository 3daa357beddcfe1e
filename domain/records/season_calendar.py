"""The season calendar: the last day of each step before the first day of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.enums import SeasonMark, SeasonStep, VacancyStatus


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far a vacancy has come with one step; people are counted where a step is each one's."""

    done_on: date | None = None
    reached: int | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class CalendarStep:
    """One step: when it must be done at the latest, and when it can be at the earliest."""

    step: SeasonStep
    days: int
    """How many calendar days it takes after the step before it."""
    last_on: date
    earliest_on: date
    mark: SeasonMark
    progress: StepProgress

    @property
    def spare_days(self) -> int:
        """Days between the earliest and the last day; below zero: too late."""
        return (self.last_on - self.earliest_on).days


@dataclass(frozen=True, slots=True)
class SeasonCalendar:
    """All steps back from the first day of work."""

    start_on: date
    country: str
    today: date
    earliest_start_on: date
    """The first day of work that could still be kept from today on."""
    steps: tuple[CalendarStep, ...]
    valid_from: date
    """First day of the planning values."""
    reference: str

    @property
    def is_possible(self) -> bool:
        """Whether work can still begin on that day."""
        return all(step.mark is not SeasonMark.LATE for step in self.steps)

    @property
    def next_step(self) -> CalendarStep | None:
        """The first step that is not done."""
        return next((step for step in self.steps if step.mark is not SeasonMark.DONE), None)

    @property
    def mark(self) -> SeasonMark:
        """The worst mark of a step that is not done."""
        found = {step.mark for step in self.steps}
        order = (SeasonMark.LATE, SeasonMark.TIGHT, SeasonMark.IN_TIME)
        return next((mark for mark in order if mark in found), SeasonMark.DONE)


@dataclass(frozen=True, slots=True)
class VacancyCalendar:
    """A vacancy with its calendar; None where no first day of work is stated."""

    number: str
    title: str
    title_ka: str | None
    status: VacancyStatus
    positions: int
    calendar: SeasonCalendar | None
