"""Messages that leave the house: to whom, by which way, where they stand."""

from __future__ import annotations

from enum import StrEnum


class AddresseeKind(StrEnum):
    """Who a message is for; the address is looked up when it is sent."""

    JOBSEEKER = "jobseeker"
    EMPLOYER = "employer"
    OFFICER = "officer"


class MessageChannel(StrEnum):
    """The way a message takes."""

    EMAIL = "email"
    SMS = "sms"
    SCREEN = "screen"
    """For officers: among what they have to do today, on their screen."""


class MessageStatus(StrEnum):
    """The life of one message."""

    WAITING = "waiting"
    SENDING = "sending"
    """Claimed by one process for a while; whatever becomes of the process, the claim runs out."""
    SENT = "sent"
    KEPT = "kept"
    """Nothing is set up that could send it: it stays in the outbox, where it can be read."""
    FAILED = "failed"
    CANCELLED = "cancelled"
