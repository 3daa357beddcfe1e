"""One person, one file: likely duplicates, searches for them, two files side by side, merges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.enums import CandidacyStatus, DuplicateStatus, Side
from domain.records.jobseeker import JobseekerRecord, JobseekerSummary
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class DuplicateQuery:
    """Which pairs a list asks for; empty fields do not filter."""

    text: str = ""
    """A file's number, or words of a name in either script."""
    region: str | None = None
    status: DuplicateStatus = DuplicateStatus.OPEN
    limit: int = 25
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two files that may be of one person; the earlier registered one first."""

    first: JobseekerSummary
    second: JobseekerSummary
    score: float
    """0–100; a person decides, not the score."""
    reasons: tuple[Sentence, ...]
    found_at: datetime
    status: DuplicateStatus


@dataclass(frozen=True, slots=True)
class DuplicatePage:
    """One page of pairs, and how many there are in all."""

    rows: tuple[DuplicatePair, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DuplicateSearch:
    """A search of the register: how far it is, and what it came to."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    share: float
    """Done, from 0 to 1."""
    is_alive: bool
    """Still running; False too for one that was interrupted."""
    people: int
    looked_at: int
    compared: int
    found: int


@dataclass(frozen=True, slots=True)
class SearchState:
    """What a screen says about the search: the latest one, and what changed since."""

    latest: DuplicateSearch | None
    """The one that runs or was interrupted, else the last finished one."""
    changed_since: int
    """Files new or changed since the last finished search."""
    open_pairs: int


@dataclass(frozen=True, slots=True)
class CandidacyLine:
    """A candidacy beside its file."""

    vacancy: str
    title: str
    title_ka: str | None
    status: CandidacyStatus


@dataclass(frozen=True, slots=True)
class TwoFiles:
    """Two files side by side, with what uniting them would mean in either direction."""

    first: JobseekerRecord
    second: JobseekerRecord
    score: float
    reasons: tuple[Sentence, ...]
    candidacies: Mapping[str, tuple[CandidacyLine, ...]]
    """By external id."""
    kept: str
    """External id of the file that is better kept."""
    obstacles: Mapping[str, tuple[Sentence, ...]]
    """External id of the file to keep → why the other one can't be merged into it now."""
    choices: Mapping[str, Mapping[str, Side]]
    """External id of the file to keep → differing field → where it is better taken from."""
    is_judged_different: bool

    def other(self, external_id: str) -> JobseekerRecord:
        """The file that is not the named one."""
        return self.second if self.first.external_id == external_id else self.first

    def file(self, external_id: str) -> JobseekerRecord:
        """The named file."""
        return self.first if self.first.external_id == external_id else self.second


@dataclass(frozen=True, slots=True)
class Merge:
    """Two files that are one now."""

    id: int
    kept: str
    """External id."""
    merged: str
    """External id of the file that leads to the kept one."""
    merged_at: datetime
    by_ka: str | None
    by_en: str | None
    obstacles: tuple[Sentence, ...] = field(default=())
    """Why it can't be undone now; empty: it can."""

    def by(self, language: str) -> str | None:
        """Who did it, in the reader's script; None for the system itself."""
        return self.by_ka if language == "ka" else self.by_en
