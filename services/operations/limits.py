"""When the running system counts as unwell."""

from __future__ import annotations

from dataclasses import dataclass

from services import clock
from services.dated_rules import limits_in_force


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of `parameters/operations.yaml` (dated)."""

    due_work_late_minutes: int
    start_grace_seconds: int
    readiness_kept_seconds: int


def limits() -> Limits:
    """The limits in force today."""
    return limits_in_force(Limits, "operations", clock.today())
