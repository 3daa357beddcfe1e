"""Words and marks that the screens of personal data share."""

from __future__ import annotations

from collections.abc import Mapping

from domain.enums import PrivacyRequestStatus
from domain.records.privacy import PrivacyRequest
from domain.texts import N_
from services import clock
from services.privacy.rules import rules_on
from ui import marks
from ui.language import _, day, label, number

RULES: Mapping[str, str] = {
    "request": N_("asked for by the person"),
    "inactive": N_("registration ended, and nothing happened since"),
    "after_stay": N_("the period after work abroad is over"),
    "restored": N_("had been depersonalised before a backup was restored"),
}
TONES = {
    PrivacyRequestStatus.RECEIVED: "accent",
    PrivacyRequestStatus.IN_WORK: "accent",
    PrivacyRequestStatus.ANSWERED: "met",
    PrivacyRequestStatus.TAKEN_BACK: "quiet",
}
SIGNS = {
    PrivacyRequestStatus.RECEIVED: "○",
    PrivacyRequestStatus.IN_WORK: "◐",
    PrivacyRequestStatus.ANSWERED: "✓",
    PrivacyRequestStatus.TAKEN_BACK: "↩",
}


def status(request: PrivacyRequest) -> str:
    """The status as a chip: colour, word and sign."""
    said = f"{SIGNS[request.status]} {label(request.status)}"
    return marks.tag(said, TONES[request.status])


def clock_text(request: PrivacyRequest) -> str:
    """How many working days are left, in words, with a sign."""
    if not request.is_open:
        return "–"
    if request.due_on < clock.today():
        return "✕ " + _("overdue since {day}").format(day=day(request.due_on))
    if request.due_on == clock.today():
        return "▽ " + _("due today")
    return _("{days} working days left").format(days=number(request.days_left))


def clock_mark(request: PrivacyRequest) -> str:
    """The same as a chip; red when it is over, amber when it presses."""
    warn = rules_on(clock.today()).warn_working_days
    late, near = request.due_on < clock.today(), request.days_left <= warn
    return marks.tag(clock_text(request), "not_met" if late else "short" if near else "met")
