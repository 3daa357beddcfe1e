"""How good the ranking is: figures for managers, each with its number of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.records.statistics import Figure, StatisticsFilter
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole with its interval; both ends from 0 to 1."""

    part: int
    of: int
    low: float
    high: float

    @property
    def percent(self) -> int:
        """The share in whole percent."""
        return round(100 * self.part / self.of)


@dataclass(frozen=True, slots=True)
class MonthShare:
    """A share in one month, as 2026-11."""

    month: str
    part: int
    of: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of those whom the commission approved the engine had put first."""

    finding: Sentence
    share: Share | None
    """None where too few were approved to be told."""
    by_chance: float | None
    """The share that picking blindly would give."""
    items: int
    """Agenda items in which the commission had a choice."""
    left_out: int
    """Items in which everybody or nobody was approved."""
    months: tuple[MonthShare, ...]


@dataclass(frozen=True, slots=True)
class OrderAgreement:
    """Whether more votes went to those whom the engine put higher."""

    finding: Sentence
    correlation: float | None
    """Goodman and Kruskal's gamma, from -1 to 1; None without a pair that differs."""
    low: float | None
    high: float | None
    same: int
    """Pairs of candidates of one item in the same order by votes and by rank."""
    pairs: int
    items: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Positions of decided vacancies by who filled them."""

    finding: Sentence
    vacancies: int
    positions: int
    from_top: int
    """By people among the first k of the ranking, k = positions × candidates per position."""
    by_others: int
    on_the_way: int
    not_filled: int
    share: Share | None
    """Of the filled positions, those filled from the top."""


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Median days of one month, as 2026-11."""

    month: str
    median: float
    vacancies: int


@dataclass(frozen=True, slots=True)
class TimeToShortlist:
    """Days from publishing a vacancy to sending its first shortlist."""

    finding: Sentence
    saved_finding: Sentence
    median: float | None
    nine_of_ten: int | None
    vacancies: int
    before: float | None
    """The same median before the system; None: nobody has measured it."""
    months: tuple[MonthDays, ...]


@dataclass(frozen=True, slots=True)
class UnknownFacts:
    """People who can be ranked and of whom something is unknown that rankings ask."""

    finding: Sentence
    people: int
    incomplete: Figure
    facts: tuple[tuple[str, Figure], ...]
    """Most frequent first."""


@dataclass(frozen=True, slots=True)
class AgeOfFiles:
    """Files by the months since somebody saved them: from (included) to (excluded; None = open)."""

    first: int
    last: int | None
    people: Figure


@dataclass(frozen=True, slots=True)
class StaleFiles:
    """Files that nobody has saved for long."""

    finding: Sentence
    people: int
    stale: Figure
    months: int
    ages: tuple[AgeOfFiles, ...]


@dataclass(frozen=True, slots=True)
class AgainstRank:
    """Preselections that passed over somebody ranked better."""

    finding: Sentence
    share: Share | None
    months: tuple[MonthShare, ...]
    reasons: tuple[tuple[str, int], ...]
    """Reasons written word for word by several, most frequent first."""
    other_reasons: int
    """Preselections with a reason too rare to be told."""


@dataclass(frozen=True, slots=True)
class QualityBoard:
    """Everything under one filter, as it stood at one moment."""

    wanted: StatisticsFilter
    least: int
    confidence: float
    """Of all intervals, as a share."""
    counted_at: datetime
    agreement: Agreement
    order: OrderAgreement
    filled: Filled
    time: TimeToShortlist
    unknown: UnknownFacts
    stale: StaleFiles
    against: AgainstRank
