"""How things before departure look: sign, word and colour together."""

from __future__ import annotations

from collections.abc import Mapping

from domain.enums import Attendance, OrientationStatus, PermitPaperState, PermitStatus
from domain.records.preparation import PaperRecord
from ui.language import _, day, label, number

ORIENTATION: Mapping[OrientationStatus, tuple[str, str]] = {
    OrientationStatus.PLANNED: ("→", "accent"),
    OrientationStatus.HELD: ("✓", "met"),
    OrientationStatus.CANCELLED: ("–", "quiet"),
}
ATTENDANCE: Mapping[Attendance, tuple[str, str]] = {
    Attendance.INVITED: ("→", "accent"),
    Attendance.ATTENDED: ("✓", "met"),
    Attendance.ABSENT: ("✕", "not_met"),
    Attendance.TAKEN_OFF: ("–", "quiet"),
}
PERMIT: Mapping[PermitStatus, tuple[str, str]] = {
    PermitStatus.PREPARING: ("◐", "partly"),
    PermitStatus.SUBMITTED: ("→", "accent"),
    PermitStatus.GRANTED: ("✓", "met"),
    PermitStatus.REFUSED: ("✕", "not_met"),
    PermitStatus.CANCELLED: ("–", "quiet"),
}
PAPER: Mapping[PermitPaperState, tuple[str, str]] = {
    PermitPaperState.MISSING: ("✕", "not_met"),
    PermitPaperState.ASKED: ("→", "accent"),
    PermitPaperState.RECEIVED: ("◐", "partly"),
    PermitPaperState.CHECKED: ("✓", "met"),
    PermitPaperState.UNFIT: ("▽", "short"),
}


def signed(sign: tuple[str, str], text: str) -> str:
    """Sign and word, for a table's cell."""
    return f"{sign[0]} {text}"


def paper_standing(paper: PaperRecord) -> str:
    """How a paper stands, and that it does not count although it is there."""
    if paper.problem is not None:
        return _("▽ does not last")
    return signed(PAPER[paper.state], label(paper.state))


def due(paper: PaperRecord) -> str:
    """When a paper is due, and how late it is."""
    if paper.due_on is None:
        return _("no day yet")
    if paper.days_left is None:
        return day(paper.due_on)
    return f"{day(paper.due_on)} · {in_days(paper.days_left)}"


def in_days(days: int) -> str:
    """How long still, in words."""
    if days < 0:
        return _("✕ late by {days} days").format(days=number(-days))
    if days == 0:
        return _("◐ today")
    return _("in {days} days").format(days=number(days))
