"""Letters as screens see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.enums import (
    ExecutionState,
    ExtensionStatus,
    LetterChannel,
    LetterDirection,
    LetterKind,
    LetterStatus,
    LetterStep,
    OfficialDocumentStatus,
    ResolutionStatus,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name in each language: a division, an officer."""

    id: int | str
    name_ka: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class Division:
    """A division with its head and members."""

    code: str
    name_ka: str
    name_en: str
    is_registry: bool
    head: Named | None
    members: tuple[Named, ...]

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class LetterForm:
    """What is entered of a letter."""

    direction: LetterDirection
    kind: LetterKind
    subject: str
    text: str | None = None
    organisation: str | None = None
    person: str | None = None
    their_number: str | None = None
    their_date: date | None = None
    channel: LetterChannel | None = None
    dated_on: date | None = None
    due_on: date | None = None
    """None: by the term of its kind."""
    vacancy: str | None = None
    session: str | None = None
    candidacy_id: int | None = None
    reply_to_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters of the register to show; None leaves a question open."""

    direction: LetterDirection | None = None
    status: LetterStatus | None = None
    state: ExecutionState | None = None
    department: str | None = None
    officer_id: int | None = None
    text: str = ""
    year: int | None = None
    """Letters of that year, and whatever is not ended yet."""
    is_open: bool = False
    """Only letters with which something can still be done."""


@dataclass(frozen=True, slots=True)
class LetterSummary:
    """One line of the register."""

    id: int
    number: str | None
    direction: LetterDirection
    kind: LetterKind
    subject: str
    other_side: str
    dated_on: date | None
    due_on: date | None
    status: LetterStatus
    state: ExecutionState | None
    """None where nothing has to be done by a day."""
    departments: tuple[Named, ...]
    specialists: tuple[Named, ...]
    waits: Sentence | None
    """What the reader has to do with it next."""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The newest letters that fit, and how many fit in all."""

    rows: tuple[LetterSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LetterFile:
    """An attached file."""

    id: int
    name: str
    size: int
    attached_at: datetime
    attached_by: Named | None


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for a later deadline."""

    id: int
    before_on: date
    wanted_on: date
    reason: str
    status: ExtensionStatus
    answer: str | None
    asked_at: datetime
    asked_by: Named | None
    answered_by: Named | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was ordered, who does it, and how it stands; `refusals` say why an act is not open."""

    id: int
    text: str
    due_on: date
    is_controlled: bool
    status: ResolutionStatus
    state: ExecutionState
    working_days_left: int
    resolved_by: Named | None
    resolved_at: datetime
    responsible: Named
    co_executors: tuple[Named, ...]
    report: str | None
    reported_at: datetime | None
    remark: str | None
    extensions: tuple[Extension, ...]
    refusals: Mapping[str, Sentence | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who opened the letter, or has to."""

    officer: Named
    first_opened_at: datetime | None
    last_opened_at: datetime | None
    asked_at: datetime | None
    acquainted_at: datetime | None


@dataclass(frozen=True, slots=True)
class LetterEvent:
    """One step of its history."""

    step: LetterStep
    happened_at: datetime
    by: Named | None
    department: Named | None
    officer: Named | None
    due_on: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DivisionShare:
    """A division that has the letter, and its specialists."""

    division: Named
    distributed_at: datetime
    specialists: tuple[Named, ...]
    refusals: Mapping[str, Sentence | None]


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """One letter with its whole chain; `refusals` say why an act is not open to the reader."""

    summary: LetterSummary
    form: LetterForm
    version: int
    registered_at: datetime | None
    registered_by: Named | None
    created_by: Named | None
    void_reason: str | None
    reply_to: str | None
    """Number of the letter that this one answers."""
    replies: tuple[tuple[int, str | None], ...]
    document_id: int | None
    document_status: OfficialDocumentStatus | None
    files: tuple[LetterFile, ...]
    shares: tuple[DivisionShare, ...]
    resolutions: tuple[Resolution, ...]
    readers: tuple[Reader, ...]
    events: tuple[LetterEvent, ...]
    must_confirm: bool
    """Whether the reader was asked to read it and has not confirmed yet."""
    refusals: Mapping[str, Sentence | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workload:
    """What a specialist has in hand: shown when choosing."""

    officer: Named
    departments: tuple[str, ...]
    letters: int
    due: int
    overdue: int
