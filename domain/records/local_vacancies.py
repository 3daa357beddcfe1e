"""Employers and vacancies in Georgia, and who is recommended to them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from domain.enums import (
    CandidacyStatus,
    ConsentGiven,
    DeploymentStatus,
    LocalPool,
    LocalVacancyStatus,
    PayPeriod,
    ReferralReason,
    ReferralStatus,
)
from domain.records.ranking import Brief, CriterionBar, ExcludedGroup, Reason, TableRow
from domain.records.vacancy import LanguageWanted
from domain.texts import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEmployerForm:
    """What an officer enters about an employer in Georgia; None = not stated."""

    id_code: str
    name: str
    region: str | None = None
    municipality: str | None = None
    sector: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEmployerRecord(LocalEmployerForm):
    """An employer in Georgia as kept."""

    id: int
    version: int
    vacancies: int = 0
    hired: int = 0

    def form(self) -> LocalEmployerForm:
        """The part that can be edited."""
        return LocalEmployerForm(
            **{f.name: getattr(self, f.name) for f in fields(LocalEmployerForm)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalVacancyForm:
    """What is entered about a vacancy in Georgia; None or empty = not stated. Pay is in lari."""

    employer_id: int
    title: str
    positions: int = 1
    region: str | None = None
    municipality: str | None = None
    occupations: tuple[str, ...] = ()
    skills_essential: tuple[str, ...] = ()
    skills_optional: tuple[str, ...] = ()
    languages: tuple[LanguageWanted, ...] = ()
    licences_required: tuple[str, ...] = ()
    licences_preferred: tuple[str, ...] = ()
    education_min: int | None = None
    experience_years_min: float | None = None
    starts_on: date | None = None
    closes_on: date | None = None
    hours_per_week: float | None = None
    pay_amount: Decimal | None = None
    pay_period: PayPeriod | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalVacancyRecord(LocalVacancyForm):
    """A vacancy in Georgia as kept."""

    id: int
    number: str
    employer: str
    id_code: str
    status: LocalVacancyStatus
    version: int
    referred: int = 0
    waiting: int = 0
    """Referrals without a reply."""
    hired: int = 0
    created_at: datetime

    def form(self) -> LocalVacancyForm:
        """The part that can be edited."""
        return LocalVacancyForm(**{f.name: getattr(self, f.name) for f in fields(LocalVacancyForm)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody who is abroad, or about to go, and from which day they are free."""

    status: DeploymentStatus
    country: str
    free_from: date | None
    """None: no day of return is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRankedRow:
    """One person in the ranking of a vacancy in Georgia."""

    rank: int
    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    score: float
    low: float
    high: float
    flags: tuple[Sentence, ...]
    reasons: tuple[Reason, ...]
    briefs: tuple[Brief, ...]
    away: Away | None
    comes_after_start: bool
    """Whether the work begins before the person is free."""
    returned_on: date | None
    in_process: CandidacyStatus | None
    """How far a vacancy abroad has got with this person, if one holds them."""
    referral: ReferralStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRanking:
    """The people for a vacancy in Georgia, best first: one page, and what is left out."""

    vacancy: str
    parameters: str
    pool: LocalPool
    people: int
    """In the pool that was chosen."""
    ranked: int
    excluded: tuple[ExcludedGroup, ...]
    rows: tuple[LocalRankedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalExplanation:
    """Everything about one person for one vacancy in Georgia."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    region: str | None
    rank: int | None
    score: float
    low: float
    high: float
    excluded_by: tuple[Sentence, ...]
    questions: tuple[Sentence, ...]
    table: tuple[TableRow, ...]
    bars: tuple[CriterionBar, ...]
    away: Away | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStep:
    """What became of a referral on a day."""

    to_status: ReferralStatus
    reason: ReferralReason | None
    note: str | None
    happened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRecord:
    """Somebody recommended to an employer in Georgia."""

    id: int
    vacancy: str
    title: str
    employer: str
    external_id: str
    name_ka: str | None
    name_lat: str | None
    status: ReferralStatus
    rank: int | None
    score: float | None
    consent: ConsentGiven
    consented_on: date
    reason: ReferralReason | None
    hired_on: date | None
    sent_on: date
    is_returnee: bool
    version: int
    steps: tuple[ReferralStep, ...] = ()
