"""Incidents: what went wrong, how far the work on it is, and what law asks to be told."""

from __future__ import annotations

from enum import StrEnum


class IncidentKind(StrEnum):
    """What an incident touches first."""

    SECURITY = "security"
    DATA = "data"
    AVAILABILITY = "availability"


class IncidentStatus(StrEnum):
    """How far the work on an incident is."""

    OPEN = "open"
    IN_WORK = "in_work"
    CONTAINED = "contained"
    CLOSED = "closed"


class IncidentStep(StrEnum):
    """A line of an incident's story."""

    OPENED = "opened"
    HAPPENED_AGAIN = "happened_again"
    TAKEN = "taken"
    NOTED = "noted"
    ASSESSED = "assessed"
    DESCRIBED = "described"
    NOTIFIED = "notified"
    PEOPLE_NAMED = "people_named"
    PEOPLE_TOLD = "people_told"
    CONTAINED = "contained"
    CLOSED = "closed"
    REOPENED = "reopened"


class BreachType(StrEnum):
    """What happened to personal data."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    LOSS = "loss"


class Harm(StrEnum):
    """How likely significant harm to people is: only the last one spares the notification."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    LEAST_LIKELY = "least_likely"


class BreachedData(StrEnum):
    """Categories of data an incident reached."""

    IDENTITY = "identity"
    CONTACT = "contact"
    DOCUMENTS = "documents"
    EXPERIENCE = "experience"
    RANKING = "ranking"
    FINANCIAL = "financial"
    COMPLAINTS = "complaints"
    SPECIAL = "special"
    ACCOUNTS = "accounts"


class BreachedPeople(StrEnum):
    """Categories of people an incident concerns."""

    JOBSEEKERS = "jobseekers"
    WORKERS = "workers"
    RETURNEES = "returnees"
    EMPLOYERS = "employers"
    COMPLAINANTS = "complainants"
    OFFICERS = "officers"


class TellPeople(StrEnum):
    """Whether the people concerned are told of an incident."""

    UNDECIDED = "undecided"
    YES = "yes"
    NO = "no"


class AssessmentGround(StrEnum):
    """Why a processing needs an impact assessment in advance."""

    AUTOMATED_DECISIONS = "automated_decisions"
    SPECIAL_CATEGORIES = "special_categories"
    MONITORING = "monitoring"
    NEW_TECHNOLOGY = "new_technology"
    OWN_DECISION = "own_decision"


class AssessmentStatus(StrEnum):
    """How far an impact assessment is."""

    DRAFT = "draft"
    APPROVED = "approved"
    REPLACED = "replaced"


class RemainingRisk(StrEnum):
    """What is left of a risk after the measures."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class SpecialKind(StrEnum):
    """Special categories of personal data, as the law lists them and the work meets them."""

    HEALTH = "health"
    DISABILITY = "disability"
    CONVICTION = "conviction"
    TRADE_UNION = "trade_union"
    RELIGION = "religion"
    OTHER = "other"


class SpecialBasis(StrEnum):
    """Why such a fact may be kept."""

    LAW = "law"
    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"


class NotificationClock(StrEnum):
    """How the clock of a notification stands."""

    OVERDUE = "overdue"
    URGENT = "urgent"
    RUNNING = "running"
    DONE = "done"
    NOT_NEEDED = "not_needed"
