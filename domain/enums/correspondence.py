"""Letters, what is to be done about them, and by when."""

from __future__ import annotations

from enum import StrEnum


class LetterDirection(StrEnum):
    """Which way a letter goes; each has its own row of numbers every year."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"


class LetterKind(StrEnum):
    """What a letter is: its kind says by when it has to be answered."""

    LETTER = "letter"
    STATEMENT = "statement"
    COMPLAINT = "complaint"
    PUBLIC_INFORMATION = "public_information"
    PERSONAL_DATA = "personal_data"
    MEMO = "memo"


class LetterChannel(StrEnum):
    """How a letter came or went."""

    EMAIL = "email"
    POST = "post"
    BY_HAND = "by_hand"
    EXCHANGE = "exchange"


class LetterStatus(StrEnum):
    """Where a letter stands."""

    DRAFT = "draft"
    REGISTERED = "registered"
    DISTRIBUTED = "distributed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    RETURNED = "returned"
    CLOSED = "closed"
    VOID = "void"


class LetterStep(StrEnum):
    """What happened to a letter, for its history."""

    DRAFTED = "drafted"
    REGISTERED = "registered"
    CORRECTED = "corrected"
    ATTACHED = "attached"
    DISTRIBUTED = "distributed"
    ASSIGNED = "assigned"
    REASSIGNED = "reassigned"
    RETURNED = "returned"
    RESOLVED = "resolved"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_APPROVED = "extension_approved"
    EXTENSION_REFUSED = "extension_refused"
    REPORTED = "reported"
    REPORT_RETURNED = "report_returned"
    ACCEPTED = "accepted"
    RESOLUTION_CANCELLED = "resolution_cancelled"
    ACQUAINTANCE_ASKED = "acquaintance_asked"
    ACQUAINTED = "acquainted"
    SENT_FOR_ENDORSEMENT = "sent_for_endorsement"
    CLOSED = "closed"
    VOIDED = "voided"


class ResolutionStatus(StrEnum):
    """Where a resolution stands."""

    OPEN = "open"
    REPORTED = "reported"
    DONE = "done"
    CANCELLED = "cancelled"


class ExtensionStatus(StrEnum):
    """What came of the request for a later deadline."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class ExecutionState(StrEnum):
    """Execution control: how a deadline stands today."""

    OVERDUE = "overdue"
    DUE = "due"
    OPEN = "open"
    DONE = "done"
