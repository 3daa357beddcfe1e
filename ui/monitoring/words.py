"""Signs and tones of what stands in monitoring: colour, word and sign together."""

from __future__ import annotations

from domain.enums import (
    CaseStatus,
    CaseUrgency,
    CheckInStatus,
    PromiseVerdict,
    VisitStatus,
)
from domain.records.monitoring import CaseSummary, PromiseComparison
from services import clock
from ui import marks
from ui.language import _, label, language, moment

URGENCY = {
    CaseUrgency.RED: ("✕", "not_met"),
    CaseUrgency.HIGH: ("▽", "short"),
    CaseUrgency.NORMAL: ("◐", "partly"),
}
CASE = {
    CaseStatus.OPEN: ("▽", "short"),
    CaseStatus.IN_WORK: ("◐", "partly"),
    CaseStatus.REFERRED: ("→", "accent"),
    CaseStatus.CLOSED: ("✓", "met"),
}
CHECK_IN = {
    CheckInStatus.PLANNED: ("–", "quiet"),
    CheckInStatus.ASKED: ("◐", "partly"),
    CheckInStatus.ANSWERED: ("✓", "met"),
    CheckInStatus.MISSED: ("▽", "short"),
    CheckInStatus.CANCELLED: ("–", "quiet"),
}
VERDICT = {
    PromiseVerdict.KEPT: ("✓", "met"),
    PromiseVerdict.SMALL: ("◐", "partly"),
    PromiseVerdict.BROKEN: ("✕", "not_met"),
    PromiseVerdict.UNKNOWN: ("?", "unknown"),
}
VISIT = {
    VisitStatus.PLANNED: ("→", "accent"),
    VisitStatus.CARRIED_OUT: ("◐", "partly"),
    VisitStatus.CLOSED: ("✓", "met"),
    VisitStatus.CANCELLED: ("–", "quiet"),
}


def signed(signs: dict[object, tuple[str, str]] | object, member: object) -> str:
    """Plain text for a table: sign and word."""
    return f"{signs[member][0]} {label(member)}"  # type: ignore[index, arg-type]


def chip(signs: object, member: object) -> str:
    """A chip with sign, word and colour."""
    sign, tone = signs[member]  # type: ignore[index]
    return marks.tag(f"{sign} {label(member)}", tone)  # type: ignore[arg-type]


def clock_text(case: CaseSummary) -> str:
    """How the clock stands, in words."""
    if case.started_at is not None:
        in_time = case.started_at <= case.act_until
        text = _("✓ begun in time") if in_time else _("▽ begun late")
        return f"{text} · {moment(case.started_at)}"
    if case.act_until <= clock.now():
        return _("✕ ran out on {moment}").format(moment=moment(case.act_until))
    return _("◐ begin before {moment}").format(moment=moment(case.act_until))


def owner(case: CaseSummary) -> str:
    """Who has the case."""
    name = case.owner_ka if language() == "ka" else case.owner_en
    return name or _("nobody yet")


def promise(one: PromiseComparison | None) -> str:
    """The sign of one term of the ledger."""
    return "–" if one is None else VERDICT[one.verdict][0]
