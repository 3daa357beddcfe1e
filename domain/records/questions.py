"""Questions to people: what could be asked, what is being asked, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import AskedFact, QuestionOutcome, QuestionStatus
from domain.records.jobseeker import (
    JobseekerRecord,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a question is about."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None

    def name(self, language: str) -> str:
        """The name in the reader's script, else in the other one, else the number of the file."""
        names = (self.name_ka, self.name_lat)
        first, second = names if language == "ka" else names[::-1]
        return first or second or self.external_id


@dataclass(frozen=True, slots=True)
class PossibleMove:
    """What an answer could do in one vacancy."""

    vacancy: str
    places: int
    rank: int
    best: int | None
    """The rank that the best answer brings; None: a mandatory requirement excludes."""
    worst: int | None
    share: float | None
    """Of the known answers in the register, those that move the person across the line."""

    @property
    def enters(self) -> bool:
        """Outside the places now, and an answer could bring the person in."""
        return self.rank > self.places


@dataclass(frozen=True, slots=True)
class WorthAsking:
    """An unknown fact whose answer could change who is shortlisted."""

    person: Person
    phone: str | None
    """Masked."""
    fact: AskedFact
    question: Sentence
    moves: tuple[PossibleMove, ...]
    """The likeliest first."""
    worth: float | None
    """Places that change hands, by the register's known answers; None: no answer is known."""
    said: int
    """How many known answers that was counted on."""

    @property
    def id(self) -> tuple[str, str]:
        """Names the line: person and fact."""
        return self.person.external_id, self.fact.value


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Part of the questions worth asking."""

    rows: tuple[WorthAsking, ...]
    total: int
    vacancies: tuple[str, ...]
    """Numbers of the open vacancies that were looked at."""
    waiting: int
    """Worth asking, and left out: being asked now, or asked lately without an answer."""


@dataclass(frozen=True, slots=True)
class RankChange:
    """What an answer did in one vacancy; None: excluded by a mandatory requirement."""

    vacancy: str
    places: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that somebody asks a person: a task."""

    id: int
    version: int
    person: Person
    fact: AskedFact
    question: Sentence
    status: QuestionStatus
    moves: tuple[PossibleMove, ...]
    """What was possible when the question was made."""
    made_at: datetime
    assigned_to: int | None
    assigned_ka: str | None
    assigned_en: str | None
    outcome: QuestionOutcome | None
    came_of_it: tuple[RankChange, ...]
    ask_again_on: date | None
    closed_at: datetime | None

    def assigned(self, language: str) -> str | None:
        """Who asks, in the reader's script."""
        return self.assigned_ka if language == "ka" else self.assigned_en


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the vacancies want to know, for the input of the answer."""

    occupations: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedQuestion:
    """A task with everything for the call: phone, what is wanted, and the file as it is now."""

    question: AskedQuestion
    phone: str | None
    wanted: Wanted
    is_needed: bool
    """Whether any of the vacancies is still open."""
    file: JobseekerRecord


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person said; only the fields of the asked fact are read."""

    occupations: tuple[OccupationEntry, ...] = ()
    """Also with the years, where these are asked."""
    skills: tuple[str, ...] = ()
    languages: tuple[LanguageEntry, ...] = ()
    licences: tuple[LicenceEntry, ...] = ()
    education: int | None = None
    available_from: date | None = None
    available_to: date | None = None
    countries: tuple[str, ...] = ()
    passport_until: date | None = None
    birth_date: date | None = None
    citizenship: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question once its answer is in the file."""

    question: AskedQuestion
    changes: tuple[RankChange, ...]
