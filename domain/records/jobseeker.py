"""A job-seeker's file: what can be entered, what is stored, and how lists show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import CefrLevel, DocumentKind, Evidence, JobseekerStatus, Sex
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class OccupationEntry:
    """Work experience in one ISCO-08 group; `years` None means that it was not stated."""

    isco: str
    years: float | None = None
    employer_name: str | None = None
    country: str | None = None
    last_year: int | None = None
    evidence: Evidence = Evidence.STATED


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """A skill of the vocabulary in use."""

    skill_id: str
    evidence: Evidence = Evidence.STATED


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """A language (ISO 639-1) and its level."""

    language: str
    level: CefrLevel
    evidence: Evidence = Evidence.STATED


@dataclass(frozen=True, slots=True)
class LicenceEntry:
    """A licence of the reference table, such as "B" or "welding-111"."""

    licence: str
    valid_until: date | None = None
    evidence: Evidence = Evidence.STATED


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A paper: its number and dates."""

    kind: DocumentKind
    number: str | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    evidence: Evidence = Evidence.STATED


@dataclass(frozen=True, slots=True)
class EducationEntry:
    """A finished education; `level` is ISCED 0–8."""

    level: int
    institution: str | None = None
    field: str | None = None
    country: str | None = None
    year_completed: int | None = None


@dataclass(frozen=True, slots=True)
class JobseekerForm:
    """Everything that can be entered about a person. None and () mean: not stated."""

    personal_number: str | None = None
    first_name_ka: str | None = None
    last_name_ka: str | None = None
    first_name_lat: str | None = None
    last_name_lat: str | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    citizenship: str | None = None
    region: str | None = None
    municipality: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    education: int | None = None
    """Highest finished level, ISCED 0–8."""
    available_from: date | None = None
    available_to: date | None = None
    wishes: str | None = None
    registered_on: date | None = None
    """None: today for a new person, unchanged for a known one."""
    occupations: tuple[OccupationEntry, ...] = ()
    skills: tuple[SkillEntry, ...] = ()
    languages: tuple[LanguageEntry, ...] = ()
    licences: tuple[LicenceEntry, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    education_entries: tuple[EducationEntry, ...] = ()
    desired_countries: tuple[str, ...] = ()

    def name_ka(self) -> str:
        """First name and surname in Georgian script; empty when neither is known."""
        return _joined(self.first_name_ka, self.last_name_ka)

    def name_lat(self) -> str:
        """First name and surname in Latin script; empty when neither is known."""
        return _joined(self.first_name_lat, self.last_name_lat)


def _joined(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a file is known."""

    known: int
    total: int
    missing: tuple[str, ...]
    """Names of the facts that nobody has stated yet."""

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when nothing is missing."""
        return self.known * 100 // self.total


@dataclass(frozen=True, slots=True)
class JobseekerRecord:
    """A person's file as it is stored."""

    id: int
    external_id: str
    version: int
    status: JobseekerStatus
    registered_on: date
    updated_at: datetime
    form: JobseekerForm
    completeness: Completeness

    def name(self, language: str) -> str:
        """The name in the reader's script, else in the other one, else the number of the file."""
        names = (self.form.name_ka(), self.form.name_lat())
        first, second = names if language == "ka" else names[::-1]
        return first or second or self.external_id


@dataclass(frozen=True, slots=True)
class JobseekerSummary:
    """A person in a list: no address, the personal number masked."""

    id: int
    external_id: str
    name_ka: str
    name_lat: str
    personal_number: str | None
    """Masked: `*******1234`."""
    birth_date: date | None
    phone: str | None
    region: str | None
    municipality: str | None
    occupations: tuple[OccupationEntry, ...]
    """Longest experience first."""
    languages: tuple[LanguageEntry, ...]
    status: JobseekerStatus
    registered_on: date
    completeness: int
    """Percent."""

    def name(self, language: str) -> str:
        """The name in the reader's script, else in the other one, else the number of the file."""
        names = (self.name_ka, self.name_lat)
        first, second = names if language == "ka" else names[::-1]
        return first or second or self.external_id

    def other_name(self, language: str) -> str:
        """The name in the other script; empty when there is none."""
        other = self.name_lat if language == "ka" else self.name_ka
        return "" if other == self.name(language) else other


@dataclass(frozen=True, slots=True)
class JobseekerQuery:
    """What a list of people is asked for; empty fields do not filter."""

    text: str = ""
    region: str | None = None
    occupation: str | None = None
    """ISCO-08 code of any length: everybody below it."""
    language: str | None = None
    level: CefrLevel | None = None
    """At least this level of `language`."""
    status: JobseekerStatus | None = None
    sort: str = "registered_on"
    descending: bool = True
    limit: int | None = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class JobseekerPage:
    """One page of a list, and how many people it would hold in all."""

    rows: tuple[JobseekerSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A registered person who may be the one being registered."""

    record: JobseekerSummary
    score: float
    """0–100; a person decides, not the score."""
    reasons: tuple[Sentence, ...]
    has_same_number: bool = False
    """The state gives a personal number to one person: this pair can't be declared two."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that happened to a person's file or candidacies."""

    happened_at: datetime
    kind: str
    """"change", "read" or "candidacy"."""
    sentence: Sentence
    by_ka: str | None
    by_en: str | None

    def by(self, language: str) -> str | None:
        """Who did it, in the reader's script; None for the system itself."""
        return self.by_ka if language == "ka" else self.by_en
