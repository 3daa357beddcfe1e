"""The register of people abroad: why work ends, and who receives extracts of it."""

from __future__ import annotations

from enum import StrEnum


class EndReason(StrEnum):
    """Why somebody's work abroad is over."""

    COMPLETED = "completed"
    RESIGNED = "resigned"
    DISMISSED = "dismissed"
    EMPLOYER_BREACH = "employer_breach"
    HEALTH = "health"
    FAMILY = "family"
    ABSCONDED = "absconded"
    DEATH = "death"
    OTHER = "other"


class InsurancePayer(StrEnum):
    """Who pays for the insurance of the time abroad."""

    EMPLOYER = "employer"
    WORKER = "worker"
    SHARED = "shared"


class RecipientKind(StrEnum):
    """Kind of organisation that receives an extract; each has its own list of fields."""

    FOREIGN_MINISTRY = "foreign_ministry"
    INTERIOR_MINISTRY = "interior_ministry"
    REVENUE_SERVICE = "revenue_service"
    STATISTICS_OFFICE = "statistics_office"
    LABOUR_INSPECTORATE = "labour_inspectorate"
    FOREIGN_AUTHORITY = "foreign_authority"


class SharingBasis(StrEnum):
    """What allows personal data to be handed over."""

    LAW = "law"
    AGREEMENT = "agreement"
    CONSENT = "consent"
