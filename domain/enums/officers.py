"""Who signs in, and for whom."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an officer comes for; the permission matrix is in `services.permissions`."""

    RECRUITER = "recruiter"
    COMMISSION_MEMBER = "commission_member"
    CHAIR = "chair"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"
    PRIVACY_OFFICER = "privacy_officer"


class AccountTokenPurpose(StrEnum):
    """What a one-time secret of an account opens; none opens anything else."""

    INVITATION = "invitation"
    SECOND_STEP = "second_step"


class AccountState(StrEnum):
    """How an account stands today."""

    IN_USE = "in_use"
    INVITED = "invited"
    """Nobody has chosen its password yet."""
    PASSWORD_TO_CHANGE = "password_to_change"  # noqa: S105 - a state's name
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    DISABLED = "disabled"


class OrganisationKind(StrEnum):
    """Who may be represented in a commission (footnote 1 of the state model)."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    INTERNATIONAL = "international"
    NGO = "ngo"


class Urgency(StrEnum):
    """How much a task of today's list presses."""

    LATE = "late"
    DUE = "due"
    LATER = "later"
