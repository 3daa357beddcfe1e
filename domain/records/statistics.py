"""What the dashboard shows: counts without persons, small ones hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from domain.enums import CandidacyStatus, DecisionOutcome, DecisionReason, FunnelStage, Measure
from domain.texts import N_, Sentence


class Hidden(Enum):
    """A count that is kept back so that nobody can be recognised in it."""

    FEW = "few"
    """Fewer than the dated parameter says."""
    PROTECTING = "protecting"
    """Larger, but another hidden count could be computed from it."""


Figure = int | Hidden


def said(figure: Figure, least: int) -> object:
    """The figure as a sentence's value."""
    if figure is Hidden.FEW:
        return Sentence(N_("fewer than {number}"), {"number": least})
    return Sentence(N_("hidden")) if figure is Hidden.PROTECTING else figure


@dataclass(frozen=True, slots=True)
class StatisticsFilter:
    """Calendar days in Georgia, both included; None = all."""

    since: date
    until: date
    scheme: str | None = None
    country: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many people reached a stage, and where they are now."""

    stage: FunnelStage
    reached: Figure
    went_on: Figure
    waiting: Figure
    dropped: Figure
    reasons: tuple[tuple[CandidacyStatus, Figure], ...] = ()


@dataclass(frozen=True, slots=True)
class Funnel:
    """People in the register, and those preselected in the period, by how far they came."""

    finding: Sentence
    steps: tuple[FunnelStep, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Days in one stage; None = nobody has finished it in the period, or too few did."""

    status: CandidacyStatus
    finished: Figure
    median: float | None
    nine_of_ten: int | None
    waiting: Figure
    longest: int | None
    """Days that the longest of those still waiting has waited."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Where it is slow."""

    finding: Sentence
    rows: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class RegionRow:
    """Registered people of a region; None = no region stated."""

    region: str | None
    people: Figure
    new: Figure
    by_group: Mapping[str | None, Figure]
    """By ISCO-08 major group of the longest work; None = no occupation stated."""


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """Registered people by ISCO-08 group; None = no occupation stated."""

    code: str | None
    people: Figure


@dataclass(frozen=True, slots=True)
class Register:
    """Who is registered: by region and by the occupation worked in longest."""

    finding: Sentence
    occupation_finding: Sentence
    people: Figure
    regions: tuple[RegionRow, ...]
    major: tuple[OccupationRow, ...]
    minor: tuple[OccupationRow, ...]


@dataclass(frozen=True, slots=True)
class CountryRow:
    """Vacancies published in the period and their positions."""

    country: str
    vacancies: int
    positions: int
    filled: Figure
    on_the_way: Figure
    open: Figure
    unfilled: Figure
    """Positions of vacancies that ended without being filled."""


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """Departed in the calendar year against the scheme's yearly quota; None = no data."""

    scheme: str
    departed: Figure
    quota: int | None


@dataclass(frozen=True, slots=True)
class Openings:
    """Which vacancies and quotas are filled."""

    finding: Sentence
    quota_finding: Sentence
    year: int
    countries: tuple[CountryRow, ...]
    quotas: tuple[QuotaRow, ...]


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """Decisions of one month or of one session."""

    name: str
    """Month as 2026-11, or the session's number."""
    outcomes: Mapping[DecisionOutcome, Figure]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the commission decided."""

    finding: Sentence
    reason_finding: Sentence
    months: tuple[DecidedRow, ...]
    sessions: tuple[DecidedRow, ...]
    reasons: tuple[tuple[DecisionReason | None, Figure], ...]
    """Why people were not approved; None = no reason code."""


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in the last days against as many days before."""

    measure: Measure
    before: Figure
    now: Figure

    @property
    def difference(self) -> int | None:
        """None where either side is hidden."""
        if isinstance(self.now, Hidden) or isinstance(self.before, Hidden):
            return None
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since last month."""

    finding: Sentence
    rows: tuple[Change, ...]
    days: int
    since: date
    """First day of the later of the two spans."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything under one filter, as it stood at one moment."""

    wanted: StatisticsFilter
    least: int
    """Counts of people below are hidden."""
    counted_at: datetime
    funnel: Funnel
    waits: Waits
    register: Register
    openings: Openings
    decisions: Decisions
    changes: Changes
