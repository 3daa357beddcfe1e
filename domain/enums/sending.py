"""Consents, and packages for employers (stage S09)."""

from __future__ import annotations

from enum import StrEnum


class ConsentPurpose(StrEnum):
    """What a person may agree to; each is asked by itself, in a text of its own."""

    TRANSFER_TO_EMPLOYER = "transfer_to_employer"
    TRANSFER_TO_COUNTRY = "transfer_to_country"
    PHOTO = "photo"
    HEALTH_DOCUMENTS = "health_documents"
    PUBLICATION = "publication"
    MARKETING = "marketing"
    RESEARCH_FOLLOW_UP = "research_follow_up"


class ConsentMethod(StrEnum):
    """How a person said yes, or took it back."""

    SIGNED_PAPER = "signed_paper"
    IN_PERSON = "in_person"
    PHONE = "phone"
    MESSAGE = "message"


class TransferBasis(StrEnum):
    """Why personal data may go to a country."""

    ADEQUATE = "adequate"
    PERMIT = "permit"


class PackageStatus(StrEnum):
    """The life of a package: CVs that were sent to an employer for one vacancy."""

    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REVOKED = "revoked"


class PackageFileKind(StrEnum):
    """What stands in a package beside the CVs."""

    LETTER = "letter"
    LIST = "list"
