"""The gap board: what one trained thing would open, counted; and the people behind a count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import GapKind
from domain.records.statistics import Figure
from domain.texts import Sentence, Term


@dataclass(frozen=True, slots=True)
class GapFilter:
    """None or empty = all. The period is that of the vacancies' first day of work."""

    kinds: tuple[GapKind, ...] = ()
    country: str | None = None
    region: str | None = None
    """Of the person."""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class GapCount:
    """What a change opens: each position once, however many people; each person once."""

    people: Figure
    vacancies: int
    positions: int
    lacking: int
    """Positions of those vacancies that have too few eligible people today."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One thing to train."""

    id: str
    kind: GapKind
    change: Sentence
    count: GapCount
    excluded: Figure
    """People whom a gate of some opened vacancy excludes today; the others stand too low."""


@dataclass(frozen=True, slots=True)
class GapBoard:
    """All changes under a filter, the most useful first."""

    finding: Sentence
    rows: tuple[GapRow, ...]
    vacancies: int
    """Open vacancies under the filter, their positions, and those that lack eligible people."""
    positions: int
    lacking: int
    people: int
    """Everybody who was tried."""
    language_levels: int
    untaught: tuple[Term, ...]
    """Licences that no course gives."""
    candidates_per_position: int
    least: int | None
    """Counts of people below this are hidden; None: this reader may open the files."""
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class GapVacancy:
    """One vacancy that a change opens."""

    number: str
    title: str
    title_ka: str | None
    country: str
    start_on: date | None
    positions: int
    eligible: int
    """People whom no gate excludes today."""
    places: int
    """Candidates who are sent to the employer."""
    people: Figure

    def title_in(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.title_ka or self.title if language == "ka" else self.title


@dataclass(frozen=True, slots=True)
class GapSplit:
    """One change in detail; a None region is not stated."""

    row: GapRow
    regions: tuple[tuple[str | None, Figure], ...]
    countries: tuple[tuple[str, GapCount], ...]
    vacancies: tuple[GapVacancy, ...]


@dataclass(frozen=True, slots=True)
class GapPerson:
    """A person near enough, and what the change would open to them."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    has: Sentence
    """What they have today of what is trained."""
    excluded: int
    """Of the vacancies, those from which a gate excludes them today."""
    vacancies: tuple[str, ...]
    positions: int
