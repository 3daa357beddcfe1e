"""The whole road of a candidacy, from the commission to the return."""

from __future__ import annotations

from enum import StrEnum


class RoadArea(StrEnum):
    """Which part of the road something belongs to; in the order of the road."""

    REGISTER = "register"
    SELECTION = "selection"
    COMMISSION = "commission"
    CV = "cv"
    EMPLOYER = "employer"
    PREPARATION = "preparation"
    ABROAD = "abroad"
    MONITORING = "monitoring"
    RETURN = "return"
    MESSAGE = "message"
