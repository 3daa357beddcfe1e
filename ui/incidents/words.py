"""Signs and tones of incidents: colour, word and sign together; the clock in words."""

from __future__ import annotations

from datetime import datetime

from domain.enums import IncidentStatus, NotificationClock
from domain.records.incidents import IncidentSummary
from services import clock
from ui import marks
from ui.language import _, label, moment

CLOCK = {
    NotificationClock.OVERDUE: ("✕", "not_met"),
    NotificationClock.URGENT: ("▽", "short"),
    NotificationClock.RUNNING: ("◐", "partly"),
    NotificationClock.DONE: ("✓", "met"),
    NotificationClock.NOT_NEEDED: ("–", "quiet"),
}
STATUS = {
    IncidentStatus.OPEN: ("▽", "short"),
    IncidentStatus.IN_WORK: ("◐", "partly"),
    IncidentStatus.CONTAINED: ("→", "accent"),
    IncidentStatus.CLOSED: ("✓", "met"),
}


def status_text(one: IncidentSummary) -> str:
    """For a table: sign and word."""
    return f"{STATUS[one.status][0]} {label(one.status)}"


def status_chip(one: IncidentSummary) -> str:
    """A chip with sign, word and colour."""
    sign, tone = STATUS[one.status]
    return marks.tag(f"{sign} {label(one.status)}", tone)


def clock_chip(one: IncidentSummary) -> str:
    """A chip with the clock's sign, what is left of it, and its colour."""
    return marks.tag(clock_text(one), CLOCK[one.clock][1])


def clock_text(one: IncidentSummary) -> str:
    """How the clock stands, in words."""
    sign = CLOCK[one.clock][0]
    if one.clock is NotificationClock.DONE:
        told = one.notified_at
        if told is not None and told > one.notify_until:
            late = _("notified late, on {moment}").format(moment=moment(told))
            return f"▽ {late}"
        in_time = _("notified on {moment}").format(moment=moment(told))
        return f"{sign} {in_time}"
    if one.clock is NotificationClock.NOT_NEEDED:
        return f"{sign} {label(one.clock)}"
    if one.clock is NotificationClock.OVERDUE:
        over = _("the 72 hours ended {hours} h ago").format(hours=hours_since(one.notify_until))
        return f"{sign} {over}"
    left = _("{hours} h left, until {moment}").format(
        hours=hours_until(one.notify_until), moment=moment(one.notify_until)
    )
    return f"{sign} {left}"


def hours_until(end: datetime) -> int:
    """Whole hours that are left."""
    return max(int((end - clock.now()).total_seconds() // 3600), 0)


def hours_since(end: datetime) -> int:
    """Whole hours that have passed."""
    return max(int((clock.now() - end).total_seconds() // 3600), 0)


def breach_text(one: IncidentSummary) -> str:
    """Whether personal data were reached, for a table."""
    if one.is_breach is None:
        return _("? not said yet")
    return _("✕ yes") if one.is_breach else _("✓ no")
