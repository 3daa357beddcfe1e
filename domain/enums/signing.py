"""Routes of official documents: what is asked of whom, and how it is signed."""

from __future__ import annotations

from enum import StrEnum


class StepKind(StrEnum):
    """What a step of a route asks for. An endorsement is not a signature."""

    ENDORSEMENT = "endorsement"
    MANDATORY_ENDORSEMENT = "mandatory_endorsement"
    SIGNATURE = "signature"
    ACQUAINTANCE = "acquaintance"


class StepStatus(StrEnum):
    """Where a step stands; one that a changed file made worthless stays, as history."""

    WAITING = "waiting"
    ASKED = "asked"
    DONE = "done"
    RETURNED = "returned"
    LAPSED = "lapsed"
    RESET = "reset"


class StepCapacity(StrEnum):
    """As what somebody stands in a route."""

    AUTHOR = "author"
    SECRETARY = "secretary"
    MEMBER = "member"
    CHAIR = "chair"
    HEAD = "head"


class SignatureLevel(StrEnum):
    """How a document was signed, from the weakest proof to the strongest."""

    SIMPLE = "simple"
    WET_INK = "wet_ink"
    QUALIFIED = "qualified"


class AbsenceReason(StrEnum):
    """Why an officer is not there; no more is kept, since more would be about health."""

    LEAVE = "leave"
    ILLNESS = "illness"
    BUSINESS_TRIP = "business_trip"
    OTHER = "other"


class SignatureFinding(StrEnum):
    """What comes of checking a signature against the file it stands under."""

    VALID = "valid"
    ALTERED = "altered"
    FORGED = "forged"
    UNTRUSTED = "untrusted"
    OUT_OF_DATE = "out_of_date"
    NOT_FOR_SIGNING = "not_for_signing"
    OTHER_PERSON = "other_person"
    UNREADABLE = "unreadable"
    NOT_KEPT = "not_kept"
    """The signed file named somebody whose data are gone; its hash is still here."""
