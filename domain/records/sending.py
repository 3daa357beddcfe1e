"""Packages for employers, and the board of a vacancy, as a screen shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.enums import (
    CandidacyStatus,
    CvLevel,
    DecisionReason,
    FileFormat,
    PackageFileKind,
    PackageStatus,
    TransferBasis,
    VacancyStatus,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryStanding:
    """Whether personal data may go to a country today, on what basis, and how that is known."""

    country: str
    basis: TransferBasis | None
    """None: neither on the list nor under a permit. Unknown is not adequate."""
    permit_id: int | None
    permit_number: str | None
    sentence: Sentence
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPermit:
    """A permit number for a country, as kept."""

    id: int
    country: str
    number: str
    issued_on: date
    valid_until: date | None
    note: str | None
    recorded_at: datetime
    ended_at: datetime | None
    counts: bool
    """Whether it counts today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageCandidate:
    """One candidate of a package, and the CV that went."""

    candidacy_id: int
    external_id: str
    name_ka: str | None
    name_lat: str | None
    position: int
    frozen_cv_id: int
    status: CandidacyStatus
    removed_at: datetime | None
    remove_reason: Sentence | None


@dataclass(frozen=True, slots=True)
class PackageFile:
    """Covering letter or list of the present edition."""

    kind: PackageFileKind
    language: str
    format: FileFormat
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRecord:
    """A package as it was sent, and what became of it."""

    id: int
    number: str
    vacancy_id: int
    vacancy_number: str
    employer_id: int
    employer: str
    country: str
    status: PackageStatus
    level: CvLevel
    basis: TransferBasis
    permit_number: str | None
    answer_until: date
    message: str | None
    edition: int
    zip_sha256: str
    sent_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    candidates: tuple[PackageCandidate, ...]
    files: tuple[PackageFile, ...]
    link_expires_at: datetime | None = None
    """None: no link opens it now."""
    openings: int = 0
    last_opened_at: datetime | None = None

    @property
    def within(self) -> tuple[PackageCandidate, ...]:
        """Those whose CVs the employer can open."""
        return tuple(one for one in self.candidates if one.removed_at is None)


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that has just gone, and its address: shown once, and never again."""

    package: PackageRecord
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPerson:
    """One person on a vacancy's board, and what stands between them and the employer."""

    candidacy_id: int
    external_id: str
    name_ka: str | None
    name_lat: str | None
    status: CandidacyStatus
    since: datetime
    rank: int | None
    reserve_order: int | None
    is_next: bool
    """First of those who would take a free place."""
    package: str | None
    """The number of the package they are in now."""
    cv_refusal: Sentence | None
    employer_consent: bool
    country_consent: bool
    held_elsewhere: Sentence | None
    because: Sentence | None
    """Why they moved up as the next in line."""
    reason: str | None
    reason_code: DecisionReason | None
    """What was written beside their last step."""

    @property
    def obstacles(self) -> tuple[Sentence, ...]:
        """All that keeps this person's CV here, by itself."""
        return tuple(one for one in (self.cv_refusal, self.held_elsewhere) if one is not None)

    @property
    def is_ready(self) -> bool:
        """Whether the CV can go now, as far as the person is concerned."""
        return self.employer_consent and self.country_consent and not self.obstacles


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingBoard:
    """A vacancy after the commission: who waits, who is sent, who follows."""

    vacancy_id: int
    vacancy_number: str
    title: str
    title_ka: str | None
    employer_id: int | None
    employer: str | None
    employer_email: str | None
    country: str
    positions: int
    places: int
    """How many may be with the employer at once: positions times candidates per position."""
    with_employer: int
    status: VacancyStatus
    standing: CountryStanding
    refusal: Sentence | None
    """Why nothing can be sent for this vacancy now, whoever it is."""
    people: tuple[BoardPerson, ...]
    packages: tuple[PackageRecord, ...]

    def title_in(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.title_ka or self.title if language == "ka" else self.title

    @property
    def room(self) -> int:
        """How many more CVs may go."""
        return max(0, self.places - self.with_employer)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingLine:
    """A vacancy in the list: what is to be sent, what waits for the employer, what is answered."""

    vacancy_number: str
    title: str
    title_ka: str | None
    employer: str | None
    country: str
    positions: int
    status: VacancyStatus
    to_send: int
    sent: int
    reserve: int
    selected: int
    confirmed: int
    answer_until: date | None
    """The earliest last day of a package that waits for an answer."""

    def title_in(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.title_ka or self.title if language == "ka" else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """A candidate in the covering letter and in the list."""

    position: int
    external_id: str
    name: str | None
    """As in the CV that goes; None where its level shows no name."""
    occupation: str | None
    """ISCO-08 code of the occupation with the most years."""
    years: float | None
    languages: tuple[tuple[str, str], ...]
    """Language and level."""
    cv_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """What the covering letter of a package tells."""

    number: str
    edition: int
    sent_at: datetime
    employer: str
    contact: str | None
    vacancy_number: str
    title: str
    title_ka: str | None
    country: str
    positions: int
    answer_until: date
    permit_number: str | None
    message: str | None
    agency_ka: str
    agency_en: str
    officer_ka: str
    officer_en: str
    lines: tuple[LetterLine, ...]
