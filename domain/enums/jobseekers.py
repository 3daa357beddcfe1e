"""What a job-seeker's file says, and how it is known."""

from __future__ import annotations

from enum import StrEnum


class Sex(StrEnum):
    """As in the identity document; statistics only, never a ranking input."""

    FEMALE = "f"
    MALE = "m"


class Evidence(StrEnum):
    """How a fact about a person is known, weakest first."""

    STATED = "stated"
    TESTED = "tested"
    CERTIFICATE = "certificate"


class CefrLevel(StrEnum):
    """Common European Framework of Reference levels, and the mother tongue above them."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"

    @property
    def order(self) -> int:
        """1 for A1 … 6 for C2, 7 for the mother tongue."""
        return list(CefrLevel).index(self) + 1


class DocumentKind(StrEnum):
    """Papers in a job-seeker's file."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    MEDICAL_CERTIFICATE = "medical_certificate"
    CRIMINAL_RECORD_CERTIFICATE = "criminal_record_certificate"
    DIPLOMA = "diploma"


class JobseekerStatus(StrEnum):
    """Where the person's registration stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    PLACED = "placed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    """The file was united with another one and leads there; the person goes on in that file."""


class DuplicateStatus(StrEnum):
    """What became of two files that may be of one person."""

    OPEN = "open"
    MERGED = "merged"
    DIFFERENT = "different"


class Side(StrEnum):
    """From which of two files a field is taken when they are united; lists may take both."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


class ImportKind(StrEnum):
    """What a file of the import holds, one row each."""

    JOBSEEKERS = "jobseekers"
    VACANCIES = "vacancies"


class OfferKind(StrEnum):
    """What can be taken over from a text."""

    OCCUPATION = "occupation"
    YEARS = "years"
    LANGUAGE = "language"
    LICENCE = "licence"
    SKILL = "skill"
