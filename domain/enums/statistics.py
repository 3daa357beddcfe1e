"""What is counted and compared."""

from __future__ import annotations

from enum import StrEnum


class FunnelStage(StrEnum):
    """How far people have come, in the words of the state model."""

    REGISTERED = "registered"
    PRESELECTED = "preselected"
    COMMISSION = "commission"
    APPROVED = "approved"
    SENT = "sent"
    SELECTED = "selected"
    DEPARTED = "departed"
    RETURNED = "returned"


class Measure(StrEnum):
    """What the dashboard compares from month to month."""

    REGISTERED = "registered"
    VACANCIES = "vacancies"
    POSITIONS = "positions"
    PRESELECTED = "preselected"
    COMMISSION = "commission"
    APPROVED = "approved"
    SENT = "sent"
    SELECTED = "selected"
    DEPARTED = "departed"
    RETURNED = "returned"
    DROPPED = "dropped"


class Trait(StrEnum):
    """What groups are compared by; statistics only, never a ranking input."""

    SEX = "sex"
    AGE = "age"
    REGION = "region"
    SETTLEMENT = "settlement"


class Settlement(StrEnum):
    """The one thing a file says about town or country: which kind of municipality it is."""

    CITY = "city"
    MUNICIPALITY = "municipality"


class SelectionStep(StrEnum):
    """Where people are told apart, in the order of the process."""

    GATE = "gate"
    RANK = "rank"
    PRESELECTION = "preselection"
    DECISION = "decision"


class RateVerdict(StrEnum):
    """How a group's rate stands to the highest one."""

    HIGHEST = "highest"
    NEAR = "near"
    ALERT = "alert"
    UNSURE = "unsure"
    NOT_COMPARED = "not_compared"
