"""The commission's sessions, votes and decisions."""

from __future__ import annotations

from enum import StrEnum


class SessionStatus(StrEnum):
    """The life of a commission session."""

    PLANNED = "planned"
    OPEN = "open"
    VOTING = "voting"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SessionMode(StrEnum):
    """Where the members meet."""

    ON_SITE = "on_site"
    ONLINE = "online"


class SeatRole(StrEnum):
    """What a seat of a commission is for; the first three sit with a vote."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    MEMBER = "member"
    SECRETARY = "secretary"
    OBSERVER = "observer"

    @property
    def votes(self) -> bool:
        """Whether the seat has a vote and counts for the quorum."""
        return self in (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.MEMBER)


class InvitationAnswer(StrEnum):
    """What an invited member said about a session."""

    COMES = "comes"
    DOES_NOT_COME = "does_not_come"
    SENDS_SUBSTITUTE = "sends_substitute"


class DecisionRule(StrEnum):
    """What a candidate needs to be approved."""

    SIMPLE_MAJORITY = "simple_majority"
    TWO_THIRDS = "two_thirds"
    SCORE_THRESHOLD = "score_threshold"


class TieRule(StrEnum):
    """What becomes of a candidate with as many votes for as against."""

    CHAIR = "chair"
    NOT_APPROVED = "not_approved"


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
