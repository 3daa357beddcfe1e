"""What an employer and a candidate are asked and have answered, as screens show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.enums import (
    AnswerChannel,
    CandidacyStatus,
    ConfirmationStatus,
    DeclineReason,
    EmployerChoice,
    PayPeriod,
    RejectionReason,
)
from domain.records.cvs import ShownCv
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class OfferedWork:
    """What a vacancy offers, as far as employer and candidate need it beside an answer."""

    vacancy_id: int
    number: str
    title: str
    title_ka: str | None
    employer: str | None
    country: str
    town: str | None
    positions: int
    start_on: date | None
    end_on: date | None
    hours_per_week: float | None
    pay_amount: Decimal | None
    pay_currency: str | None
    pay_period: PayPeriod | None

    def title_in(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.title_ka or self.title if language == "ka" else self.title


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer about one person, as it was given."""

    candidacy_id: int
    choice: EmployerChoice
    reason: RejectionReason | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedSlot:
    """A time for an interview, as it was proposed."""

    starts_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Said:
    """How an employer's answer reached a recruiter, from whom, and on which day."""

    channel: AnswerChannel
    speaker: str
    said_on: date


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """Everything that one form of an employer holds."""

    answers: tuple[GivenAnswer, ...]
    slots: tuple[ProposedSlot, ...] = ()
    reserve_moves_up: bool = False


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What became of a form: how many answers are new, and how many times for interviews."""

    new_answers: int
    new_slots: int
    is_complete: bool
    """Whether everybody of the package has an answer now."""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer of an employer about one person."""

    choice: EmployerChoice
    reason: RejectionReason | None
    note: str | None
    channel: AnswerChannel
    speaker: str | None
    said_on: date
    answered_at: datetime
    written_by: str | None
    """The recruiter's user name; None where the employer answered through the link."""


@dataclass(frozen=True, slots=True)
class ConfirmationRecord:
    """Whether somebody who was selected goes."""

    status: ConfirmationStatus
    last_day: date
    reason: DeclineReason | None
    note: str | None
    channel: AnswerChannel | None
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """A time for an interview; free while nobody has chosen it."""

    id: int
    starts_at: datetime
    place: str
    candidacy_id: int | None


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One person of a package, with what the employer said and what came of it."""

    candidacy_id: int
    jobseeker_id: int
    external_id: str
    position: int
    name_ka: str
    name_lat: str
    shown: ShownCv
    """The CV as the employer was sent it."""
    status: CandidacyStatus
    answers: tuple[AnswerRecord, ...]
    """The newest first."""
    confirmation: ConfirmationRecord | None
    slot: SlotRecord | None
    settled: Sentence | None
    """Why the employer can't answer about this person any more; None while it can."""

    @property
    def answer(self) -> AnswerRecord | None:
        """The answer that counts."""
        return self.answers[0] if self.answers else None


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A package as its answers see it."""

    package_id: int
    number: str
    work: OfferedWork
    level: str
    message: str | None
    answer_until: date
    closed: Sentence | None
    """Why nothing can be answered any more; None while it can."""
    reserve_moves_up: bool
    selected_elsewhere: int
    """Places of the vacancy that people of other packages have."""
    people: tuple[SheetPerson, ...]
    slots: tuple[SlotRecord, ...]

    @property
    def places(self) -> int:
        """How many people of this package may have a place."""
        return max(self.work.positions - self.selected_elsewhere, 0)


@dataclass(frozen=True, slots=True)
class CandidateSheet:
    """What a candidate reads behind the personal link."""

    candidacy_id: int
    jobseeker_id: int
    external_id: str
    first_name_ka: str
    first_name_lat: str
    work: OfferedWork
    status: CandidacyStatus
    choice: EmployerChoice | None
    confirmation: ConfirmationRecord | None
    slot: SlotRecord | None
    free_slots: tuple[SlotRecord, ...]
