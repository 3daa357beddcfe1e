"""English CVs: where one stands, who signs it off, and what a recipient is shown of it."""

from __future__ import annotations

from enum import StrEnum


class CvStatus(StrEnum):
    """Where a person's English CV stands; any change of its content makes it a draft again."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    FINAL = "final"


class CvSigner(StrEnum):
    """Who signs a CV off: both have to, for exactly the same content."""

    TRANSLATOR = "translator"
    CANDIDATE = "candidate"


class CvSignoffChannel(StrEnum):
    """How somebody said yes or no to a CV."""

    SCREEN = "screen"
    LINK = "link"
    PHONE = "phone"
    IN_PERSON = "in_person"


class CvLevel(StrEnum):
    """How much of a CV its recipient is shown; a dated rule names the fields of each."""

    FULL = "full"
    NO_CONTACTS = "no_contacts"
    ANONYMOUS = "anonymous"
