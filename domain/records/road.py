"""What waits on the road, and what has happened on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.enums import RoadArea, Urgency
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
