"""Foreign employers and their vacancies: what is entered, and what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal

from domain.enums import (
    CandidacyStatus,
    CefrLevel,
    CriterionStatus,
    EmployerStatus,
    PayPeriod,
    RequirementKind,
    VacancyStatus,
)
from domain.records.intake import SettledWords
from domain.texts import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerForm:
    """What an officer enters about a foreign employer; None = not stated."""

    name: str
    country: str | None = None
    town: str | None = None
    registration_number: str | None = None
    sector: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    came_through: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRecord(EmployerForm):
    """A foreign employer as kept."""

    id: int
    status: EmployerStatus
    version: int
    vacancies: int = 0
    updated_at: datetime

    def form(self) -> EmployerForm:
        """The part that can be edited."""
        return EmployerForm(**{f.name: getattr(self, f.name) for f in fields(EmployerForm)})


@dataclass(frozen=True, slots=True)
class LanguageWanted:
    """A language level that the vacancy asks for."""

    language: str
    level: CefrLevel
    kind: RequirementKind = RequirementKind.PREFERRED


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyForm:
    """What is entered about a vacancy; None or empty = not stated.

    `occupations` are ISCO-08 unit groups that a person confirmed; `employer` is the name.
    Without a `number` the next VAC-YYYY-NNNNN is given.
    """

    title: str
    country: str
    positions: int = 1
    number: str | None = None
    title_ka: str | None = None
    employer: str | None = None
    scheme_code: str | None = None
    town: str | None = None
    occupations: tuple[str, ...] = ()
    skills_essential: tuple[str, ...] = ()
    skills_optional: tuple[str, ...] = ()
    languages: tuple[LanguageWanted, ...] = ()
    licences_required: tuple[str, ...] = ()
    licences_preferred: tuple[str, ...] = ()
    education_min: int | None = None
    experience_years_min: float | None = None
    start_on: date | None = None
    end_on: date | None = None
    hours_per_week: float | None = None
    pay_amount: Decimal | None = None
    pay_currency: str | None = None
    pay_period: PayPeriod | None = None
    housing: str | None = None
    closes_on: date | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class PublishingCheck:
    """One thing that is looked at before publishing: met, not met (blocks) or unknown (warns)."""

    name: str
    status: CriterionStatus
    sentence: Sentence

    @property
    def blocks(self) -> bool:
        """Whether the vacancy can't be published as long as this stands."""
        return self.status is CriterionStatus.NOT_MET


@dataclass(frozen=True, slots=True)
class WageStep:
    """The minimum wage of one part of the season beside the pay, in the minimum's own unit."""

    valid_from: date | None
    minimum: Decimal | None
    currency: str | None
    period: PayPeriod | None
    pay: Decimal | None
    """The offered pay converted to `period`; None where it can't be converted."""
    status: CriterionStatus
    source: str


@dataclass(frozen=True, slots=True)
class PayComparison:
    """The pay against the minimum wages of the season, and the sentence that sums it up."""

    status: CriterionStatus
    sentence: Sentence
    steps: tuple[WageStep, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeRule:
    """A rule of the vacancy's scheme. `gate` names the engine's gate, None = an officer checks."""

    rule: str
    gate: str | None
    sentence: Sentence
    clause: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyRecord(VacancyForm):
    """A vacancy as kept, with what stands between it and publishing."""

    id: int
    number: str
    status: VacancyStatus
    version: int
    employer_id: int | None = None
    employer_status: EmployerStatus | None = None
    suggested_scores: Mapping[str, float] = field(default_factory=dict)
    """By confirmed occupation: the similarity of the suggestion, where it was one."""
    candidacies: Mapping[CandidacyStatus, int] = field(default_factory=dict)
    checks: tuple[PublishingCheck, ...] = ()
    settled: tuple[SettledWords, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def obstacles(self) -> tuple[PublishingCheck, ...]:
        """All that blocks publishing, together."""
        return tuple(check for check in self.checks if check.blocks)

    def title_in(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.title_ka or self.title if language == "ka" else self.title

    def form(self) -> VacancyForm:
        """The part that can be edited."""
        return VacancyForm(**{f.name: getattr(self, f.name) for f in fields(VacancyForm)})


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancySummary:
    """A vacancy in a list."""

    id: int
    number: str
    title: str
    title_ka: str | None
    employer: str | None
    country: str
    town: str | None
    positions: int
    occupations: tuple[str, ...]
    start_on: date | None
    closes_on: date | None
    status: VacancyStatus
    candidacies: int = 0

    def title_in(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.title_ka or self.title if language == "ka" else self.title


@dataclass(frozen=True, slots=True)
class VacancyFilter:
    """Which vacancies a list shows; empty = all."""

    text: str = ""
    statuses: tuple[VacancyStatus, ...] = ()
    countries: tuple[str, ...] = ()
    occupation: str = ""
    """An ISCO-08 code of any level; its unit groups are included."""
    employer_id: int | None = None
    uncoded: bool = False


@dataclass(frozen=True, slots=True)
class VacancyList:
    """One page of a list, and how many there are in all."""

    rows: tuple[VacancySummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class UpsertedVacancies:
    """What an import did, by vacancy number; `kept` differ but are no longer drafts."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OccupationSuggestion:
    """An ISCO-08 unit group that a job title may mean, for a person to confirm."""

    isco: str
    similarity: float
    """0 to 1; 1 = the same words."""
    label: str
    """The known job title that matched; empty where only earlier decisions speak for the code."""
    language: str
    """The language of that title."""
    times: int = 0
    """How often people chose this code for this very title."""
    coder_version: int | None = None
    """The trained version that had a say; None = labels alone."""


@dataclass(frozen=True, slots=True)
class UncodedVacancy:
    """A vacancy without an occupation code, with what its title may mean."""

    number: str
    title: str
    country: str
    employer: str | None
    suggestions: tuple[OccupationSuggestion, ...] = ()
