"""How people abroad are, as a screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.enums import (
    AuthorityKind,
    CaseCategory,
    CaseChannel,
    CaseOutcome,
    CaseStatus,
    CaseStep,
    CaseUrgency,
    CheckInStatus,
    DocumentsKept,
    HousingTold,
    PaidFor,
    PayPeriod,
    PayReceived,
    PromiseTerm,
    PromiseVerdict,
    SafetyTold,
    VisitKind,
    VisitStatus,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class CheckInForm:
    """What a worker tells; None is "not stated"."""

    pay_received: PayReceived | None = None
    paid_amount: Decimal | None = None
    paid_currency: str | None = None
    paid_for: PaidFor | None = None
    paid_hours: float | None = None
    deducted: Decimal | None = None
    hours_week: float | None = None
    housing: HousingTold | None = None
    documents: DocumentsKept | None = None
    safety: SafetyTold | None = None
    wants_call: bool = False
    told: str | None = None


@dataclass(frozen=True, slots=True)
class PromisedTerms:
    """What the contract promises, as far as it is known."""

    pay_amount: Decimal | None
    pay_currency: str | None
    pay_period: PayPeriod | None
    hours_week: float | None
    deductions_month: Decimal | None
    """All of them together; None where one is not known."""


@dataclass(frozen=True, slots=True)
class PromiseComparison:
    """One promise against what was told: a line of the ledger."""

    term: PromiseTerm
    verdict: PromiseVerdict
    sentence: Sentence
    promised: Decimal | None = None
    told: Decimal | None = None
    currency: str | None = None
    urgency: CaseUrgency | None = None


@dataclass(frozen=True, slots=True)
class CheckInRecord:
    """A check-in of one stay, without the worker's own words."""

    id: int
    deployment_id: int
    deployment: str
    jobseeker_id: int
    external_id: str
    name: str
    country: str
    employer: str | None
    due_on: date
    status: CheckInStatus
    asked_at: datetime | None
    answered_at: datetime | None
    broken: int
    """Promises not kept."""
    case: str | None
    wants_call: bool


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One check-in's comparisons, for the ledger of a stay."""

    check_in_id: int
    due_on: date
    status: CheckInStatus
    answered_at: datetime | None
    comparisons: tuple[PromiseComparison, ...]
    case: str | None


@dataclass(frozen=True, slots=True)
class OpenCheckIn:
    """What a worker's page needs before anything is told."""

    check_in_id: int
    deployment_id: int
    first_name: str
    due_on: date
    is_answered: bool
    answered_at: datetime | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer."""

    check_in_id: int
    is_new: bool
    """False where the very same answer had come before."""
    case: str | None
    urgency: CaseUrgency | None
    act_until: datetime | None


@dataclass(frozen=True, slots=True)
class CaseForm:
    """A complaint as it is taken down."""

    category: CaseCategory
    urgency: CaseUrgency
    channel: CaseChannel
    text: str
    is_anonymous: bool = False
    complainant_name: str | None = None
    complainant_contact: str | None = None
    deployment_id: int | None = None
    employer_id: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case as everybody may know it who sees cases: no word of what was told."""

    id: int
    number: str
    channel: CaseChannel
    category: CaseCategory
    urgency: CaseUrgency
    status: CaseStatus
    is_anonymous: bool
    deployment_id: int | None
    deployment: str | None
    employer_id: int | None
    employer: str | None
    country: str | None
    owner_id: int | None
    owner_ka: str | None
    owner_en: str | None
    opened_at: datetime
    act_until: datetime
    started_at: datetime | None
    escalated_at: datetime | None
    closed_at: datetime | None
    outcome: CaseOutcome | None
    version: int

    @property
    def ran_out(self) -> bool:
        """Whether nobody began in time."""
        return self.escalated_at is not None


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A step of a case; its note is empty for whoever may not read texts."""

    step: CaseStep
    at: datetime
    by_ka: str | None
    by_en: str | None
    note: str | None
    details: Sentence | None


@dataclass(frozen=True, slots=True)
class CaseReferral:
    """A case handed to an authority."""

    id: int
    kind: AuthorityKind
    authority: str
    reference: str | None
    referred_at: datetime
    reply: str | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseRemedy:
    """Money a worker got back."""

    amount: Decimal
    currency: str
    received_on: date


@dataclass(frozen=True, slots=True)
class CasePhoto:
    """A file of a case or its check-in."""

    id: int
    name: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A whole case. `text` and the complainant are None for whoever may not read them."""

    summary: CaseSummary
    may_read: bool
    text: str | None
    complainant_name: str | None
    complainant_contact: str | None
    jobseeker_id: int | None
    external_id: str | None
    check_in_id: int | None
    comparisons: tuple[PromiseComparison, ...]
    events: tuple[CaseEvent, ...]
    referrals: tuple[CaseReferral, ...]
    remedies: tuple[CaseRemedy, ...]
    photos: tuple[CasePhoto, ...]
    satisfaction: int | None
    deployment_status: str | None


@dataclass(frozen=True, slots=True)
class CaseLook:
    """What somebody without an account sees of a case with its number and secret."""

    number: str
    status: CaseStatus
    opened_at: datetime
    act_until: datetime
    started_at: datetime | None
    outcome: CaseOutcome | None


@dataclass(frozen=True, slots=True)
class SuspensionRecord:
    """From when until when an employer gets no new people."""

    id: int
    employer_id: int
    from_on: date
    until_on: date | None
    reason: str
    suspended_at: datetime
    by_ka: str | None
    by_en: str | None
    ended_at: datetime | None
    end_reason: str | None
    case: str | None


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A visit as it is planned."""

    employer_id: int
    kind: VisitKind
    visit_on: date
    inspectors: str
    workplace: str | None = None


@dataclass(frozen=True, slots=True)
class FindingForm:
    """What was found on one line of the checklist."""

    line: str
    severity: int
    note: str | None = None
    action: str | None = None
    correct_until: date | None = None


@dataclass(frozen=True, slots=True)
class VisitFinding:
    """A finding as it stands now."""

    line: str
    question: Sentence
    severity: int
    note: str | None
    action: str | None
    correct_until: date | None
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A visit with its findings."""

    id: int
    number: str
    employer_id: int
    employer: str
    country: str | None
    workplace: str | None
    kind: VisitKind
    status: VisitStatus
    inspectors: str
    checklist_from: date
    visit_on: date
    visited_on: date | None
    summary: str | None
    findings: tuple[VisitFinding, ...]
    version: int


@dataclass(frozen=True, slots=True)
class TrustFigure:
    """One figure of a trust file: how many of how many, and what that means."""

    name: Sentence
    count: int
    of: int | None
    is_small: bool
    meaning: Sentence


@dataclass(frozen=True, slots=True)
class TrustFile:
    """What an employer's record says, with counts."""

    employer_id: int
    employer: str
    country: str | None
    status: str
    refusal: Sentence | None
    figures: tuple[TrustFigure, ...]
    recovered: tuple[tuple[str, Decimal], ...]
    suspensions: tuple[SuspensionRecord, ...]
    cases: tuple[CaseSummary, ...]
    visits: tuple[VisitRecord, ...]
