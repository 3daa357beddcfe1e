"""Coming back: what is entered, and what screens show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.enums import (
    CandidacyStatus,
    DeploymentStatus,
    Evidence,
    FastTrackStep,
    FollowUpOutcome,
    GainKind,
    PayAsPromised,
    ReminderState,
    ReturnNeed,
    ReturnReason,
    WantsAgain,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForm:
    """What an officer enters when somebody is back."""

    returned_on: date
    reason: ReturnReason
    reason_note: str = ""
    border_point: str = ""
    needs: tuple[ReturnNeed, ...] = ()
    needs_note: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GainForm:
    """Something brought back, to be written into the file.

    `detail` is the level of a language ("B1") or the years of an occupation ("0.5").
    """

    kind: GainKind
    code: str
    detail: str = ""
    valid_until: date | None = None
    evidence: Evidence = Evidence.STATED
    evidence_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GainRecord(GainForm):
    """Something brought back, as it was written into the file."""

    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyForm:
    """Answers after the return; None: not answered."""

    fee_paid: bool | None = None
    fee_amount: Decimal | None = None
    fee_currency: str | None = None
    fee_to: str = ""
    pay_as_promised: PayAsPromised | None = None
    recommends: int | None = None
    wants_again: WantsAgain | None = None
    needs: tuple[ReturnNeed, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRecord(SurveyForm):
    """Answers as kept."""

    answered_at: datetime
    by_officer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPage:
    """What the person behind the link is shown."""

    country: str
    employer: str | None
    returned_on: date
    open_until: date
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder before the end of a stay: settled, or due on a day."""

    days_before: int
    due_on: date
    state: ReminderState | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """How somebody is, some months later."""

    id: int
    months: int
    due_on: date
    outcome: FollowUpOutcome | None
    note: str | None
    done_at: datetime | None
    external_id: str
    name_ka: str | None
    name_lat: str | None
    deployment: str | None
    local_vacancy: str | None
    """The vacancy in Georgia where the person was hired; None: after the return itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayEnding:
    """Somebody abroad whose return is expected, or somebody who is back."""

    deployment: str
    external_id: str
    name_ka: str | None
    name_lat: str | None
    country: str
    employer: str | None
    status: DeploymentStatus
    expected_on: date | None
    days_left: int | None
    """Below 0: the day has passed."""
    reminded: int | None
    """Days before the end of the last reminder that was sent."""
    returned_on: date | None = None
    is_on_time: bool | None = None
    reason: ReturnReason | None = None
    needs: tuple[ReturnNeed, ...] = ()
    has_survey: bool = False
    gains: int = 0
    referrals: int = 0
    is_hired: bool = False
    is_recorded: bool = False
    """Whether the circumstances of the return were written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnsBoard:
    """Who is expected, who is back, whom to ask now; with the figures above the lists."""

    expected: tuple[StayEnding, ...]
    overdue: int
    unknown_end: int
    """People abroad for whom no day of return is known."""
    back: tuple[StayEnding, ...]
    due: tuple[FollowUp, ...]
    surveys: int
    fees_paid: int
    hired: int
    shown_before_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRequest:
    """An employer asked for somebody by name."""

    vacancy: str
    employer: str | None
    external_id: str
    asked_on: date
    asked_by_name: str
    rank: int | None
    skipped: tuple[tuple[FastTrackStep, Sentence], ...]
    status: CandidacyStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class FastTrackOffer:
    """A vacancy of the former employer for which somebody may be asked for by name."""

    vacancy: str
    title: str
    title_ka: str | None
    start_on: date | None
    rank: int | None
    ranked: int
    score: float | None
    excluded_by: tuple[Sentence, ...]
    skipped: tuple[tuple[FastTrackStep, Sentence], ...]
    never_skipped: tuple[FastTrackStep, ...]
    passes_over: bool
    """Whether somebody ranked better stays out: the commission then reads the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDetail:
    """One person's coming back, whole."""

    stay: StayEnding
    stay_from: date | None
    end_reason: str | None
    candidacy_vacancy: str
    version: int | None
    form: ReturnForm | None
    recorded_at: datetime | None
    reminders: tuple[Reminder, ...]
    gains: tuple[GainRecord, ...]
    survey: SurveyRecord | None
    survey_open_until: date | None
    """Until when a link to the survey is open; None: none is."""
    follow_ups: tuple[FollowUp, ...]
    requests: tuple[NamedRequest, ...]
    referrals: tuple[tuple[str, str], ...] = ()
    """Number of the vacancy in Georgia and the value of the referral's status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitAnswers:
    """What former workers said of one employer: counts, with how many answered each question."""

    returned: int
    answered: int
    fee_answers: int
    fees_paid: int
    pay_answers: Mapping[PayAsPromised, int] = field(default_factory=dict)
    recommend_answers: int = 0
    recommends_mean: float | None = None
