"""English CVs: their content, what one language or one recipient is shown of it, and sign-offs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import (
    CandidacyStatus,
    CefrLevel,
    CvLevel,
    CvSigner,
    CvSignoffChannel,
    CvStatus,
    Evidence,
    FileFormat,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class CvText:
    """A free text in both languages; None where nothing was written."""

    ka: str | None = None
    en: str | None = None

    def of(self, language: str) -> str | None:
        """In that language alone."""
        return self.ka if language == "ka" else self.en


@dataclass(frozen=True, slots=True)
class CvWork:
    """Work experience in one ISCO-08 group."""

    place: str
    isco: str
    employer: CvText
    country: str | None
    years: float | None
    last_year: int | None
    tasks: CvText


@dataclass(frozen=True, slots=True)
class CvStudy:
    """A finished education."""

    place: str
    level: int
    institution: CvText
    field: CvText
    country: str | None
    year_completed: int | None


@dataclass(frozen=True, slots=True)
class CvLanguage:
    """A language and its one level; the file knows no level per skill."""

    language: str
    level: CefrLevel
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CvLicence:
    """A driving licence or certificate."""

    licence: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CvContent:
    """Everything that translator and candidate sign off; its hash names this content alone."""

    given_names: str | None
    surname: str | None
    name_ka: str
    birth_date: date | None
    citizenship: str | None
    region: str | None
    municipality: str | None
    address: CvText
    phone: str | None
    email: str | None
    headline: str | None
    """ISCO-08 group with the longest experience."""
    about: CvText
    work: tuple[CvWork, ...]
    studies: tuple[CvStudy, ...]
    languages: tuple[CvLanguage, ...]
    skills: tuple[str, ...]
    licences: tuple[CvLicence, ...]
    available_from: date | None
    available_to: date | None
    additional: CvText


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its name in the language of the CV."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownWork:
    """Work experience as a reader is shown it."""

    place: str
    occupation: Coded
    employer: str | None = None
    country: Coded | None = None
    years: float | None = None
    last_year: int | None = None
    tasks: str | None = None


@dataclass(frozen=True, slots=True)
class ShownStudy:
    """A finished education as a reader is shown it."""

    place: str
    level: Coded
    institution: str | None = None
    field: str | None = None
    country: Coded | None = None
    year_completed: int | None = None


@dataclass(frozen=True, slots=True)
class ShownLanguage:
    """A language as a reader is shown it."""

    language: Coded
    level: Coded
    evidence: Coded


@dataclass(frozen=True, slots=True)
class ShownLicence:
    """A licence as a reader is shown it."""

    licence: Coded
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ShownCv:
    """What one redaction level shows of a CV in one language; None and () are not shown."""

    language: str
    level: CvLevel
    reference: str
    """What the recipient calls the person by, with or without a name."""
    given_names: str | None = None
    surname: str | None = None
    birth_date: date | None = None
    citizenship: Coded | None = None
    residence: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    headline: Coded | None = None
    about: str | None = None
    work: tuple[ShownWork, ...] = ()
    studies: tuple[ShownStudy, ...] = ()
    languages: tuple[ShownLanguage, ...] = ()
    skills: tuple[Coded, ...] = ()
    licences: tuple[ShownLicence, ...] = ()
    available_from: date | None = None
    available_to: date | None = None
    additional: str | None = None

    def name(self) -> str:
        """Given names and surname as the passport prints them; the reference where hidden."""
        return " ".join(part for part in (self.given_names, self.surname) if part) or self.reference


@dataclass(frozen=True, slots=True)
class CvLine:
    """One fact of a CV: what it is about, and what stands there."""

    place: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class CvSection:
    """A part of a CV under its heading, in the order of the Europass."""

    place: str
    title: str
    lines: tuple[CvLine, ...]


@dataclass(frozen=True, slots=True)
class CvShortfall:
    """What a CV lacks, and what to do; only a must hinders sign-off."""

    place: str
    sentence: Sentence
    is_must: bool


@dataclass(frozen=True, slots=True)
class CvTextRecord:
    """A free text as an officer edits it."""

    place: str
    about: Sentence
    """Which text it is."""
    source_ka: str
    english: str
    is_draft: bool
    is_from_file: bool
    """Its source stands in the person's file and is changed there."""
    is_suggested: bool
    """Nobody wrote the English yet: it is the source in Latin letters."""
    longest: int


@dataclass(frozen=True, slots=True)
class CvTextForm:
    """What an officer wrote for one place."""

    place: str
    source_ka: str
    english: str


@dataclass(frozen=True, slots=True)
class CvSignoff:
    """Somebody's yes or no to one content."""

    id: int
    signer: CvSigner
    is_approved: bool
    channel: CvSignoffChannel
    note: str | None
    signed_at: datetime
    by_ka: str | None
    by_en: str | None
    is_current: bool
    """Whether it was given to the content as it stands now."""

    def by(self, language: str) -> str | None:
        """The officer in the reader's script; None for the candidate's own link."""
        return self.by_ka if language == "ka" else self.by_en


@dataclass(frozen=True, slots=True)
class FrozenCvFile:
    """A file of a frozen CV, known by its hash."""

    format: FileFormat
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FrozenCv:
    """What a recipient was shown of a CV; it never changes."""

    id: int
    candidacy_id: int
    vacancy_number: str
    level: CvLevel
    sha256: str
    """Of the shown record."""
    content_sha256: str
    """Of the whole content that was signed off."""
    frozen_at: datetime
    shown: ShownCv
    files: tuple[FrozenCvFile, ...]


@dataclass(frozen=True, slots=True)
class CvCandidacy:
    """A vacancy that the person's CV is wanted for."""

    candidacy_id: int
    vacancy_number: str
    title: str
    title_ka: str | None
    country: str
    status: CandidacyStatus


@dataclass(frozen=True, slots=True)
class CvSummary:
    """A line of the list: whose CV stands where, and what comes next."""

    external_id: str
    name_ka: str
    name_lat: str
    status: CvStatus
    is_sent: bool
    candidacies: tuple[CvCandidacy, ...]
    shortfalls: tuple[CvShortfall, ...]
    next_step: Sentence

    def name(self, language: str) -> str:
        """The name in the reader's script, else in the other one, else the number of the file."""
        names = (self.name_ka, self.name_lat)
        first, second = names if language == "ka" else names[::-1]
        return first or second or self.external_id

    @property
    def missing(self) -> int:
        """How many things hinder sign-off."""
        return sum(1 for one in self.shortfalls if one.is_must)


@dataclass(frozen=True, slots=True)
class CvNames:
    """The name as the passport prints it: confirmed, or only suggested."""

    given_names: str
    surname: str
    is_confirmed: bool
    is_from_file: bool
    """Suggested from the Latin name in the file; else from the Georgian letters."""


@dataclass(frozen=True, slots=True)
class CvRecord:
    """A person's CV as an officer works on it."""

    external_id: str
    name_ka: str
    name_lat: str
    version: int
    status: CvStatus
    content_sha256: str
    names: CvNames
    sections_ka: tuple[CvSection, ...]
    sections_en: tuple[CvSection, ...]
    texts: tuple[CvTextRecord, ...]
    left_over: tuple[CvTextRecord, ...]
    """Texts of entries that the file has no more."""
    shortfalls: tuple[CvShortfall, ...]
    signoffs: tuple[CvSignoff, ...]
    candidacies: tuple[CvCandidacy, ...]
    frozen: tuple[FrozenCv, ...]
    review_refusal: Sentence | None
    translator_refusal: Sentence | None
    candidate_refusal: Sentence | None

    def name(self, language: str) -> str:
        """The name in the reader's script, else in the other one, else the number of the file."""
        names = (self.name_ka, self.name_lat)
        first, second = names if language == "ka" else names[::-1]
        return first or second or self.external_id


@dataclass(frozen=True, slots=True)
class CvForCandidate:
    """What the candidate reads behind the personal link, both languages side by side."""

    cv_id: int
    content_sha256: str
    name: str
    sections_ka: tuple[CvSection, ...]
    sections_en: tuple[CvSection, ...]
    can_answer: Sentence | None
    """None: the candidate can answer now; else why not."""
    answered: CvSignoff | None
    """The answer to the content as it stands now."""
