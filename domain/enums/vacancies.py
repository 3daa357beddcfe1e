"""Employers, vacancies and what a vacancy may ask for."""

from __future__ import annotations

from enum import StrEnum


class EmployerStatus(StrEnum):
    """How far the employer has been checked."""

    NEW = "new"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


class VacancyStatus(StrEnum):
    """The life of a vacancy (stages S06 to S10)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    IN_COMMISSION = "in_commission"
    DECIDED = "decided"
    FILLED = "filled"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PayPeriod(StrEnum):
    """What one payment of `pay_amount` covers."""

    HOUR = "hour"
    MONTH = "month"


class RequirementKind(StrEnum):
    """Whether the vacancy insists or prefers."""

    MUST = "must"
    PREFERRED = "preferred"


class ProtectedTopic(StrEnum):
    """What a vacancy may not ask for unless an agreement says so."""

    AGE = "age"
    SEX = "sex"
    LOOKS = "looks"
    FAMILY = "family"
    ORIGIN = "origin"


class WordsSettledBy(StrEnum):
    """Why words about such a topic do not stop a vacancy."""

    CLAUSE = "clause"
    NO_REQUIREMENT = "no_requirement"
