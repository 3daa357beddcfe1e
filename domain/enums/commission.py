"""The commission's sessions, votes and decisions."""

from __future__ import annotations

from enum import StrEnum


class SessionStatus(StrEnum):
    """The life of a commission session."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class ConflictKind(StrEnum):
    """What a commission member declares before reading an agenda item."""

    NONE = "none"
    FAMILY = "family"
    FRIEND = "friend"
    BUSINESS = "business"
    EMPLOYER = "employer"
    OTHER = "other"


class DeclarationStatus(StrEnum):
    """The life of a conflict declaration."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AMENDED = "amended"


class VoteValue(StrEnum):
    """A member's vote on one candidate."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class DecisionOutcome(StrEnum):
    """What the commission decided about one candidate."""

    APPROVED = "approved"
    RESERVE = "reserve"
    NOT_APPROVED = "not_approved"


class DecisionReason(StrEnum):
    """Coded reason of a negative decision or of a move against the rank."""

    PERSON = "person"
    JOB = "job"
    EMPLOYER = "employer"
    DOCUMENTS = "documents"


class AppealStatus(StrEnum):
    """The life of a candidate's appeal against a decision."""

    RECEIVED = "received"
    ADMITTED = "admitted"
    REFUSED_LATE = "refused_late"
    SCHEDULED = "scheduled"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class AppealChannel(StrEnum):
    """How an appeal reached the agency."""

    IN_PERSON = "in_person"
    POST = "post"
    EMAIL = "email"
    ONLINE = "online"
    PHONE = "phone"
