"""The register of people abroad: stays, contracts, days, as screens show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.enums import (
    CriterionStatus,
    DeploymentStatus,
    EndReason,
    InsurancePayer,
    PayPeriod,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class ContractForm:
    """What a contract says; None = not stated. Deductions: a month's, in the pay's currency."""

    contract_number: str | None = None
    contract_signed_on: date | None = None
    contract_language: str | None = None
    is_understood: bool | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    pay_amount: Decimal | None = None
    pay_currency: str | None = None
    pay_period: PayPeriod | None = None
    guaranteed_hours_week: float | None = None
    deduction_housing: Decimal | None = None
    deduction_food: Decimal | None = None
    deduction_transport: Decimal | None = None
    deduction_other: Decimal | None = None
    rent_is_kept_back: bool | None = None
    worker_fee: Decimal | None = None
    insurance_payer: InsurancePayer | None = None
    insurance_policy: str | None = None
    insurance_until: date | None = None
    planned_departure_on: date | None = None
    planned_return_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactForm:
    """Where somebody abroad works and lives, and who can be reached."""

    workplace_address: str | None = None
    housing_address: str | None = None
    supervisor_name: str | None = None
    supervisor_phone: str | None = None
    phone_abroad: str | None = None
    emergency_name: str | None = None
    emergency_phone: str | None = None


@dataclass(frozen=True, slots=True)
class TransferForm:
    """A move to another workplace, of the same employer or of another one."""

    on: date
    employer_id: int | None
    workplace_address: str
    housing_address: str | None
    supervisor_name: str | None
    supervisor_phone: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ContractCheck:
    """One thing that is looked at in a contract."""

    title: Sentence
    status: CriterionStatus
    sentence: Sentence
    is_unlawful: bool = False
    """Not to be saved at all: below the minimum wage, a fee for the worker, beyond the scheme."""
    holds_back: bool = False
    """Nobody departs while it stands."""


@dataclass(frozen=True, slots=True)
class DayCounter:
    """Days abroad by one dated rule, with the stay that is planned or under way."""

    code: str
    title: Sentence
    limit: int | None
    """In days; None where the figure is not known."""
    today: int
    """Days used in the period that ends today."""
    most: int | None
    """Days used at most on any day of the stay; None without its dates."""
    most_on: date | None
    over_from: date | None
    possible_from: date | None
    """First day from which the whole stay would keep the limit."""
    binds: bool
    """Whether the stay's scheme keeps to the rule: then nobody departs beyond it."""
    status: CriterionStatus
    sentence: Sentence
    source: str


@dataclass(frozen=True, slots=True)
class EarlierStayForm:
    """Days abroad as the person or the passport says."""

    country: str
    entered_on: date
    left_on: date
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StayAbroad:
    """One row of the list of days: a stay of the register, or one entered by hand."""

    country: str
    first: date
    last: date
    deployment: str | None
    """Its number; None for one entered by hand."""
    earlier_id: int | None
    note: str | None
    is_open: bool
    """Under way or planned: its last day is the agreed one, or today."""


@dataclass(frozen=True, slots=True)
class Consulate:
    """The Georgian consulate for a country; `name` None where the table has no data."""

    country: str
    names: dict[str, str] | None
    phone: str | None
    email: str | None
    checked_on: date | None
    source: str | None


@dataclass(frozen=True, slots=True)
class FormerWorkplace:
    """Where somebody worked before a transfer."""

    employer: str | None
    workplace_address: str | None
    began_on: date | None
    left_on: date
    reason: str
    pay: Sentence | None


@dataclass(frozen=True, slots=True)
class DeploymentStep:
    """What happened to a stay on which day, told by whom."""

    status: DeploymentStatus
    happened_on: date
    note: str | None
    told_at: datetime
    officer_ka: str | None
    officer_en: str | None


@dataclass(frozen=True, slots=True)
class DeploymentSummary:
    """A line of the register; names only for those who may read files."""

    number: str
    status: DeploymentStatus
    external_id: str
    name_ka: str | None
    name_lat: str | None
    country: str
    employer: str | None
    vacancy_number: str
    since: date
    """The day of the last step."""
    starts_on: date | None
    ends_on: date | None
    departed_on: date | None
    returned_on: date | None
    days_left: int | None
    """Until the agreed end; negative when it has passed; None when over or not known."""
    ends_soon: bool
    """By the dated parameter, or past the end already."""
    counter: DayCounter | None
    """The one nearest to its limit."""

    def name(self, language: str) -> str | None:
        """In the reader's script, else in the other one."""
        return (
            (self.name_ka or self.name_lat) if language == "ka" else (self.name_lat or self.name_ka)
        )


@dataclass(frozen=True, slots=True)
class DeploymentFilter:
    """What a reader of the register wants to see."""

    countries: tuple[str, ...] = ()
    statuses: tuple[DeploymentStatus, ...] = ()
    text: str = ""
    is_current: bool = True
    """Only those not over: planned, or abroad."""


@dataclass(frozen=True, slots=True)
class CountryCount:
    """How many people are abroad in one country now."""

    country: str
    abroad: int
    lost_contact: int
    late: int
    """Past the agreed end and not back."""
    consulate: Consulate


@dataclass(frozen=True, slots=True)
class Register:
    """The register as one reader sees it."""

    rows: tuple[DeploymentSummary, ...]
    by_country: tuple[CountryCount, ...]
    by_status: tuple[tuple[DeploymentStatus, int], ...]
    counted_on: date


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that could be taken now, or why not."""

    status: DeploymentStatus
    refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class DeploymentRecord:
    """One stay with everything that its page shows."""

    number: str
    version: int
    status: DeploymentStatus
    candidacy_id: int
    external_id: str
    name_ka: str | None
    name_lat: str | None
    vacancy_number: str
    title: str
    title_ka: str | None
    scheme_code: str | None
    country: str
    employer_id: int | None
    employer: str | None
    contract: ContractForm
    contacts: ContactForm
    departed_on: date | None
    arrived_on: date | None
    ended_on: date | None
    end_reason: EndReason | None
    returned_on: date | None
    checks: tuple[ContractCheck, ...]
    counters: tuple[DayCounter, ...]
    stays: tuple[StayAbroad, ...]
    consulate: Consulate
    former: tuple[FormerWorkplace, ...]
    steps: tuple[DeploymentStep, ...]
    choices: tuple[StepChoice, ...]
    contract_refusal: Sentence | None
    transfer_refusal: Sentence | None
    extend_refusal: Sentence | None

    def name(self, language: str) -> str:
        """In the reader's script, else in the other one, else the file's number."""
        names = (self.name_ka, self.name_lat)
        first, second = names if language == "ka" else names[::-1]
        return first or second or self.external_id
