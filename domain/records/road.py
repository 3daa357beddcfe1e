"""What waits on the road, and what has happened on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.enums import CandidacyStatus, RoadArea, Urgency
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class RoadTask:
    """Something that an officer has to do today, one click from doing it."""

    area: RoadArea
    urgency: Urgency
    due: date | None
    what: Sentence
    """A whole sentence that names nobody: what has to be done, how many, until when."""
    action: str
    """An English message marked with N_: what the click does."""
    page: str
    """A registered screen; `query` leads to the very thing."""
    query: Mapping[str, str] = field(default_factory=dict)
    candidacy_id: int | None = None
    """Where it is about one person on one vacancy: the board then shows it in that row."""
    vacancy: str | None = None
    """Number of the vacancy it is about."""
    jobseeker: str | None = None
    """Code of the person it is about."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One line of a person's story."""

    area: RoadArea
    at: datetime
    what: Sentence
    """One sentence in plain words: "Sent to the employer with vacancy {vacancy}"."""
    page: str | None = None
    """A registered screen where more stands."""
    query: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    """What somebody wrote about it, as it was written."""
    by: int | None = None
    """Id of the officer who did it; None: the system, or the person by a link."""
    is_day_only: bool = False
    """Whether only the day is known (`at` is its beginning): no hour is shown."""


@dataclass(frozen=True, slots=True)
class RoadQuery:
    """Which candidacies the board shows; None: all."""

    vacancy: str | None = None
    employer_id: int | None = None
    country: str | None = None
    step: CandidacyStatus | None = None
    late_only: bool = False
    mine: bool = False
    """Only those whom this officer preselected."""


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One step of the road: how many stand there now, and how many of them too long."""

    status: CandidacyStatus
    people: int
    late: int
    limit_days: int | None


@dataclass(frozen=True, slots=True)
class NextAction:
    """What comes next for one candidacy, one click away."""

    text: str
    """An English message marked with N_."""
    page: str
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoadRow:
    """One candidacy on the board."""

    id: int
    jobseeker: str
    name_ka: str
    name_lat: str
    vacancy: str
    title_ka: str | None
    title_en: str
    country: str
    employer: str | None
    status: CandidacyStatus
    since: date
    days: int
    due_on: date | None
    is_late: bool
    action: NextAction

    def name(self, language: str) -> str:
        """The name in the reader's script, the other one where that is empty."""
        own, other = self.name_ka, self.name_lat
        if language != "ka":
            own, other = other, own
        return own or other or self.jobseeker

    def title(self, language: str) -> str:
        """The vacancy's title in the reader's language."""
        return self.title_ka if language == "ka" and self.title_ka else self.title_en


@dataclass(frozen=True, slots=True)
class RoadChoices:
    """What the board can be narrowed to."""

    vacancies: Mapping[str, str]
    """Number → Georgian or English title."""
    employers: Mapping[int, str]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoadBoard:
    """Everybody on the road who was asked for, what is late first."""

    steps: tuple[RoadStep, ...]
    """Of everybody who was asked for, whatever the step."""
    rows: tuple[RoadRow, ...]
    total: int
    late: int
