"""What a ranking shows: the list, the requirement table, what was preselected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.enums import CandidacyStatus, CriterionStatus
from domain.texts import Sentence


class Named:
    """Whoever has a name in one script or both."""

    __slots__ = ()
    external_id: str
    name_ka: str | None
    name_lat: str | None

    def name(self, language: str) -> str:
        """The name in the reader's script, the other one where that is empty."""
        own, other = self.name_ka, self.name_lat
        if language != "ka":
            own, other = other, own
        return own or other or self.external_id


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the strongest reasons of a candidate's place."""

    status: CriterionStatus
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Brief:
    """What one criterion says of a candidate, short enough for a cell of the list."""

    name: str
    status: CriterionStatus
    sentence: Sentence | None
    """None where the sign of the status says it all."""


@dataclass(frozen=True, slots=True)
class RankedRow(Named):
    """A candidate in the ranked list; scores are 0–100."""

    rank: int
    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    score: float
    low: float
    high: float
    flags: tuple[Sentence, ...]
    reasons: tuple[Reason, ...]
    briefs: tuple[Brief, ...]
    """Each criterion that the vacancy asks for, in the order of the rules."""
    status: CandidacyStatus | None
    """Where the person stands on this vacancy; None = not preselected."""


@dataclass(frozen=True, slots=True)
class ExcludedGroup:
    """How many people a gate excludes."""

    gate: str
    sentence: Sentence
    people: int


@dataclass(frozen=True, slots=True)
class ExcludedRow(Named):
    """A person behind a failed gate, with all gates that failed."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class RankingSummary:
    """One run for one vacancy: everything above the list."""

    run_id: int
    vacancy_number: str
    parameters: str
    pool: int
    ranked: int
    excluded: tuple[ExcludedGroup, ...]
    created_at: datetime
    candidates_per_position: int


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """Which ranked candidates a list shows; empty = all."""

    text: str = ""
    regions: tuple[str, ...] = ()
    with_questions: bool = False
    preselected: bool = False


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Some rows of the ranked list, and how many there are in all under the filter."""

    rows: tuple[RankedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the requirement table: asked · has · verdict · how known · points.

    Points are per million of the whole score, as the engine counts them.
    """

    criterion: str
    kind: str
    asked: Sentence
    has: Sentence
    status: CriterionStatus
    known: str
    points: int
    low: int
    high: int
    points_max: int


@dataclass(frozen=True, slots=True)
class CriterionBar:
    """Points of one criterion for the picture: earned, unknown, possible (0–100)."""

    name: str
    status: CriterionStatus
    points: float
    low: float
    high: float
    points_max: float
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class WhatWouldRaise:
    """A change, the score and the rank it would bring, and the gate it would open."""

    change: Sentence
    score: float
    rank: int | None
    opens: Sentence | None


@dataclass(frozen=True, slots=True)
class AboveNext:
    """A line of why somebody stands above the next one; points per million, below 0 against it."""

    sentence: Sentence
    points: int


@dataclass(frozen=True, slots=True)
class LastTaken:
    """Against the last one who goes to the employer, for somebody below; nobody is named."""

    places: int
    """How many go to the employer: positions × candidates per position."""
    points: int
    """Per million, of the last of them."""
    lines: tuple[AboveNext, ...]
    """What that one has more (below 0) and less (above 0); they add up to the gap."""


@dataclass(frozen=True, slots=True)
class Following(Named):
    """Who stands next in the ranking."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class CandidateExplanation(Named):
    """Everything the detail panel shows of one person for one vacancy."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    rank: int | None
    score: float
    low: float
    high: float
    excluded_by: tuple[Sentence, ...]
    questions: tuple[Sentence, ...]
    table: tuple[TableRow, ...]
    bars: tuple[CriterionBar, ...]
    above_next: tuple[AboveNext, ...]
    """The lines add up to the lead; empty for the last one and for the excluded."""
    following: Following | None
    last_taken: LastTaken | None
    """None for the excluded and for whoever is among those who go to the employer."""
    raises: tuple[WhatWouldRaise, ...]
    sealed: tuple[Sentence, ...]
    """Failed requirements that nothing a person or an officer does can open."""
    status: CandidacyStatus | None
    against_rank_reason: str | None


@dataclass(frozen=True, slots=True)
class Preselected(Named):
    """A candidate on a vacancy's shortlist in the making."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    rank: int | None
    score: float | None
    status: CandidacyStatus
    against_rank_reason: str | None


@dataclass(frozen=True, slots=True)
class ShortlistPlan:
    """What can be sent to the commission for a vacancy now."""

    preselected: tuple[Preselected, ...]
    places: int
    """Positions × candidates per position."""
    reserves: int
    """How many more may go along as reserves."""

    @property
    def room(self) -> int:
        """How many more people may be preselected."""
        return max(self.places + self.reserves - len(self.preselected), 0)
