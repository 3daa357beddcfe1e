"""Appeals of candidates against decisions: registered, admitted, heard by another panel."""

from services.appeals.hearing import (
    list_hearing_options,
    plan_hearing_session,
    schedule_appeal,
)
from services.appeals.reading import list_appeals, list_decisions_of, read_hearing
from services.appeals.registration import admit_late_appeal, register_appeal, withdraw_appeal

__all__ = [
    "admit_late_appeal",
    "list_appeals",
    "list_decisions_of",
    "list_hearing_options",
    "plan_hearing_session",
    "read_hearing",
    "register_appeal",
    "schedule_appeal",
    "withdraw_appeal",
]
