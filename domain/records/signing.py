"""An official document on its way: files, steps, what the reader is asked and may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.enums import (
    AbsenceReason,
    FileFormat,
    OfficialDocumentKind,
    OfficialDocumentStatus,
    SignatureFinding,
    SignatureLevel,
    StepCapacity,
    StepKind,
    StepStatus,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as a paper names one."""

    officer_id: int
    name_ka: str
    name_en: str
    organisation_code: str

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class ActingFor:
    """For whom a substitute acts, and because of what."""

    person: Person
    reason: AbsenceReason
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A file of a revision; the principal one is endorsed and signed."""

    revision: int
    language: str
    format: FileFormat
    name: str
    sha256: str
    size: int
    is_principal: bool


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step with whoever it is asked of, and what came of it."""

    id: int
    round: int
    place: int
    kind: StepKind
    capacity: StepCapacity | None
    person: Person
    status: StepStatus
    asked_at: datetime | None
    acted_at: datetime | None
    acted_by: Person | None
    acting_for: ActingFor | None
    """Set where a substitute acted."""
    sha256: str | None
    remark: str | None
    absent: ActingFor | None
    """Why the person asked is not there today; None when they are, or the step is over."""
    substitute: Person | None
    """Who acts instead today; None where nobody has to, or nobody can."""
    is_mine: bool
    """It waits for the reader, as their own or as a substitute."""
    refusal: Sentence | None
    """Why the reader can't do it now; None when it is possible."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature under a document, checked at this moment."""

    id: int
    person: Person
    capacity: StepCapacity | None
    acting_for: ActingFor | None
    level: SignatureLevel
    sha256: str
    signed_at: datetime
    scan_sha256: str | None
    scan_name: str | None
    has_detached: bool
    is_demonstration: bool
    finding: SignatureFinding
    certificate: str | None
    """Subject of the signer's certificate."""
    issuer: str | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that happened to a document."""

    happened_at: datetime
    person: Person | None
    action: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of the list of documents."""

    id: int
    kind: OfficialDocumentKind
    number: str | None
    title: str
    status: OfficialDocumentStatus
    revision: int
    created_at: datetime
    is_mine: bool
    asked: StepKind | None
    """What the reader is asked for now."""
    asked_at: datetime | None
    acting_for: Person | None
    """The absent officer for whom the reader is asked."""
    steps_done: int
    steps: int


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document with its files, route, signatures and what the reader may do."""

    id: int
    kind: OfficialDocumentKind
    number: str | None
    title: str
    session_number: str | None
    status: OfficialDocumentStatus
    revision: int
    created_at: datetime
    author: Person | None
    files: tuple[DocumentFile, ...]
    principal: DocumentFile | None
    steps: tuple[RouteStep, ...]
    former: tuple[RouteStep, ...]
    missing: tuple[Person, ...]
    """Whose mandatory endorsement of the principal file is missing."""
    levels: tuple[SignatureLevel, ...]
    rules_version: str
    may_edit_route: bool
    send_refusal: Sentence | None
    take_back_refusal: Sentence | None
    letter_id: int | None = None
    """The letter that the document is, where it is one."""

    @property
    def may_act(self) -> bool:
        """Whether anybody can act on it: in its route, or signed and to be read."""
        return self.status in {OfficialDocumentStatus.IN_ROUTE, OfficialDocumentStatus.SIGNED}

    @property
    def my_step(self) -> RouteStep | None:
        """What the reader is asked for now."""
        return next((step for step in self.steps if step.is_mine), None)


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to be put into a route by hand."""

    place: int
    kind: StepKind
    officer_id: int
    capacity: StepCapacity | None = None


@dataclass(frozen=True, slots=True)
class AbsenceRecord:
    """An absence with who stands in, in that order."""

    id: int
    person: Person
    from_on: date
    until_on: date
    reason: AbsenceReason
    substitutes: tuple[Person, ...]
    recorded_by: Person | None
    ended_at: datetime | None
    is_now: bool
    end_refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class SignatureForm:
    """What an officer gives to sign: a password, or the scan of a signed paper."""

    level: SignatureLevel
    password: str = field(default="", repr=False)
    scan: bytes | None = field(default=None, repr=False)
    scan_name: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceForm:
    """What is entered for an absence; substitutes in the order in which they stand in."""

    officer_id: int
    from_on: date
    until_on: date
    reason: AbsenceReason
    substitutes: tuple[int, ...] = ()
