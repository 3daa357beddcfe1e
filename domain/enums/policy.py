"""Versions of the ranking's parameters."""

from __future__ import annotations

from enum import StrEnum


class ParametersStatus(StrEnum):
    """How far a version of the ranking rules made on screen has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class VersionStanding(StrEnum):
    """Where a version of the ranking rules stands on a day: what follows from status and dates."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    COMING = "coming"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
