"""How people abroad are: check-ins, cases and their clocks, visits, promises held or not."""

from __future__ import annotations

from enum import StrEnum


class CheckInStatus(StrEnum):
    """One planned question to a worker abroad: how are you, and is it as promised?"""

    PLANNED = "planned"
    ASKED = "asked"
    ANSWERED = "answered"
    MISSED = "missed"
    CANCELLED = "cancelled"


class PayReceived(StrEnum):
    """What a worker says of the pay."""

    YES = "yes"
    NOT_DUE = "not_due"
    NO = "no"


class PaidFor(StrEnum):
    """For how long the amount was paid that a worker names."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"


class HousingTold(StrEnum):
    """Housing against what was agreed."""

    AS_AGREED = "as_agreed"
    OTHER = "other"
    NONE = "none"


class DocumentsKept(StrEnum):
    """Who keeps the worker's passport."""

    WORKER = "worker"
    EMPLOYER = "employer"
    SOMEBODY_ELSE = "somebody_else"


class SafetyTold(StrEnum):
    """Whether a worker feels safe."""

    SAFE = "safe"
    NOT_SAFE = "not_safe"
    IN_DANGER = "in_danger"


class PromiseTerm(StrEnum):
    """A promise that a check-in is held against."""

    PAY = "pay"
    PAY_ON_TIME = "pay_on_time"
    HOURS = "hours"
    DEDUCTIONS = "deductions"
    HOUSING = "housing"
    DOCUMENTS = "documents"
    SAFETY = "safety"


class PromiseVerdict(StrEnum):
    """A promise against what the worker told."""

    KEPT = "kept"
    SMALL = "small"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class CaseUrgency(StrEnum):
    """How soon somebody must act; the hours are dated parameters."""

    RED = "red"
    HIGH = "high"
    NORMAL = "normal"


class CaseStatus(StrEnum):
    """A case of a worker abroad, from the first word to its outcome."""

    OPEN = "open"
    IN_WORK = "in_work"
    REFERRED = "referred"
    CLOSED = "closed"


class CaseChannel(StrEnum):
    """How a case came to us."""

    CHECK_IN = "check_in"
    MISSED = "missed"
    LINK = "link"
    PUBLIC_FORM = "public_form"
    HOTLINE = "hotline"
    CONSUL = "consul"
    NGO = "ngo"
    EMAIL = "email"
    SOCIAL_MEDIA = "social_media"
    IN_PERSON = "in_person"


class CaseCategory(StrEnum):
    """What a case is about."""

    WAGE = "wage"
    HOURS = "hours"
    HOUSING = "housing"
    FOOD = "food"
    SAFETY = "safety"
    DOCUMENTS = "documents"
    VIOLENCE = "violence"
    TRAFFICKING = "trafficking"
    DISCRIMINATION = "discrimination"
    FEE = "fee"
    INSURANCE = "insurance"
    CONTRACT_SUBSTITUTION = "contract_substitution"
    NO_CONTACT = "no_contact"
    OTHER = "other"


class CaseStep(StrEnum):
    """What happened in a case; append-only."""

    OPENED = "opened"
    TAKEN = "taken"
    OWNER_CHANGED = "owner_changed"
    NOTED = "noted"
    CLASSIFIED = "classified"
    REFERRED = "referred"
    REFERRAL_ANSWERED = "referral_answered"
    REMEDIED = "remedied"
    ESCALATED = "escalated"
    TOLD_AGAIN = "told_again"
    CLOSED = "closed"
    REOPENED = "reopened"


class CaseOutcome(StrEnum):
    """What a case came to."""

    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    WITHDRAWN = "withdrawn"


class AuthorityKind(StrEnum):
    """To whom a case may be referred."""

    CONSUL = "consul"
    LABOUR_INSPECTORATE = "labour_inspectorate"
    POLICE = "police"
    NGO = "ngo"
    UNION = "union"
    OTHER = "other"


class VisitKind(StrEnum):
    """How a workplace is visited."""

    ON_SITE = "on_site"
    REMOTE = "remote"
    JOINT = "joint"


class VisitStatus(StrEnum):
    """A visit, from its plan to its signed act."""

    PLANNED = "planned"
    CARRIED_OUT = "carried_out"
    CLOSED = "closed"
    CANCELLED = "cancelled"
