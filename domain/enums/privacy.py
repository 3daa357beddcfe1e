"""What people may ask about their own data, and what became of it."""

from __future__ import annotations

from enum import StrEnum


class PrivacyRequestKind(StrEnum):
    """The rights of the law on personal data protection."""

    ACCESS = "access"
    PORT = "port"
    RECTIFY = "rectify"
    ERASE = "erase"
    RESTRICT = "restrict"
    HUMAN_REVIEW = "human_review"


class PrivacyRequestStatus(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    IN_WORK = "in_work"
    """It is known that the person who asks is who they say."""
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


class PrivacyChannel(StrEnum):
    """How a request came."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    LINK = "link"


class IdentityProof(StrEnum):
    """How it is known that the person who asks is who they say."""

    IDENTITY_CARD = "identity_card"
    KNOWN_CONTACT = "known_contact"
    """Rung up, or written to, at the number or address in the file."""
    PERSONAL_LINK = "personal_link"
    REPRESENTATIVE = "representative"


class PrivacyOutcome(StrEnum):
    """How a request was answered."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class ReviewOutcome(StrEnum):
    """What a human found who looked at a ranking again."""

    CONFIRMED = "confirmed"
    FACTS_WRONG = "facts_wrong"
    """The file was wrong or incomplete: it is corrected and ranked again."""
    RANKED_AGAIN = "ranked_again"
    """The ranking itself was at fault: the vacancy is ranked again."""
