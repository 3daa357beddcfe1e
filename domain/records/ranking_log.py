"""The ranking log: every run with what was shown of it, done by hand, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.enums import DecisionOutcome
from domain.texts import Sentence


class HandMade(StrEnum):
    """What an officer did to a shortlist that the order alone would not have done."""

    AGAINST_RANK = "against_rank"
    """Preselected although better ranked people stay out."""
    WITHDREW = "withdrew"
    """Taken off the shortlist in the making."""


@dataclass(frozen=True, slots=True)
class RunQuery:
    """Which runs; empty = all. Days are Georgia's, both included."""

    vacancy: str = ""
    """A vacancy's number or a part of its title."""
    officer_id: int | None = None
    version: str | None = None
    since: date | None = None
    until: date | None = None
    by_hand: bool = False
    """Only runs from which a shortlist was changed by hand."""


class Made:
    """Whoever made a run, in the reader's script."""

    __slots__ = ()
    officer_ka: str | None
    officer_en: str | None

    def officer(self, language: str) -> str:
        """The officer's name; empty for the system itself."""
        return (self.officer_ka if language == "ka" else self.officer_en) or ""


@dataclass(frozen=True, slots=True)
class RunSummary(Made):
    """One line of the log."""

    run_id: int
    created_at: datetime
    vacancy_number: str
    title: str
    title_ka: str | None
    officer_ka: str | None
    officer_en: str | None
    version: str
    pool: int
    ranked: int
    by_hand: int
    """Changes by hand that are known for this run."""
    sent_at: datetime | None
    decided_at: datetime | None

    def title_in(self, language: str) -> str:
        """The vacancy's title in the reader's language, else the original one."""
        return (self.title_ka if language == "ka" else None) or self.title

    @property
    def excluded(self) -> int:
        """People of the register whom a mandatory requirement excluded."""
        return self.pool - self.ranked


@dataclass(frozen=True, slots=True)
class RunPage:
    """Some lines of the log, and how many there are in all under the filter."""

    rows: tuple[RunSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LogActor:
    """An officer who made a run, for the filter."""

    id: int
    name_ka: str
    name_en: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One requirement as the run asked for it; points are of a hundred."""

    asked: Sentence
    is_must: bool
    points: float


@dataclass(frozen=True, slots=True)
class GateRow:
    """What a mandatory requirement did: excluded, and for outside gates how many were unknown."""

    gate: str
    sentence: Sentence
    excluded: int
    """People whom this gate excluded first."""
    failed: int | None
    """Of a gate decided outside the engine: everybody who fails it; None for the engine's own."""
    unknown: int | None


@dataclass(frozen=True, slots=True)
class ShownPart(Made):
    """A part of a list that an officer had on screen or in a file."""

    shown_at: datetime
    officer_ka: str | None
    officer_en: str | None
    part: str
    """"ranked", "excluded" or the gate whose people were shown; empty: the ranking was opened."""
    sentence: Sentence
    """The same in words."""
    first: int | None
    last: int | None
    of: int | None
    filtered: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OpenedTable(Made):
    """A requirement table that an officer read, by the file's number."""

    external_id: str | None
    officer_ka: str | None
    officer_en: str | None
    first_at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class HandMadeChange(Made):
    """A change by hand with its reason; None where the reason was erased."""

    changed_at: datetime
    officer_ka: str | None
    officer_en: str | None
    kind: HandMade
    external_id: str | None
    rank: int | None
    reason: str | None
    run_id: int | None
    """The run that was on screen then; another one for what was sent later from this run."""


@dataclass(frozen=True, slots=True)
class SentPerson:
    """A candidate of a shortlist, by the file's number, and what was decided."""

    external_id: str
    position: int
    rank: int | None
    score: float | None
    against_rank: bool
    outcome: DecisionOutcome | None
    votes: tuple[int, int, int] | None
    """For, against, abstained."""


@dataclass(frozen=True, slots=True)
class SentShortlist(Made):
    """What was sent to the commission from this run."""

    shortlist_id: int
    session_number: str
    sent_at: datetime
    officer_ka: str | None
    officer_en: str | None
    decided_at: datetime | None
    people: tuple[SentPerson, ...]


@dataclass(frozen=True, slots=True)
class RunStory:
    """Everything the log knows of one run."""

    summary: RunSummary
    version_from: date
    version_reason: str
    asked: tuple[AskedRow, ...]
    gates: tuple[GateRow, ...]
    people_sha256: str
    vocabulary_sha256: str
    inputs_sha256: str
    shown: tuple[ShownPart, ...]
    opened: tuple[OpenedTable, ...]
    changes: tuple[HandMadeChange, ...]
    preselected: int
    """People who were preselected from this run, by hand or in the order of the rank."""
    sent: tuple[SentShortlist, ...]
    kept_until: date | None
    """First day on which the run may be removed; None while a case that rests on it is open."""


@dataclass(frozen=True, slots=True)
class RankedAgain:
    """An old run ranked again from its own inputs."""

    run_id: int
    is_same: bool
    people: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, or would be."""

    runs: int
    inputs: int
    bytes: int
    kept_for_cases: int
    """Older runs that stay because a case that rests on them is open or inside its own period."""
    before: date
    """Runs made before this day are older than the period."""
    archive_sha256: str | None = None
