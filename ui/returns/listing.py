"""Who is expected, who is back, whom to ask now: figures with their definitions, and the lists."""

from __future__ import annotations

import streamlit as st

from domain.enums import DeploymentStatus
from domain.records.returns import FollowUp, ReturnsBoard, StayEnding
from ui import marks, navigation
from ui.abroad.words import signed
from ui.language import _, day, label, language, number, term_name
from ui.tables import Column, table

EXPECTED, BACK, ASK = "expected", "back", "ask"
SHOWN = "returns.shown"


def figures(board: ReturnsBoard) -> None:
    """The counts above the lists, and in a sentence what each of them means."""
    marks.counters(
        {
            _("expected soon"): len(board.expected) - board.overdue,
            _("day has passed"): board.overdue,
            _("no day known"): board.unknown_end,
            _("back"): len(board.back),
            _("answered the survey"): board.surveys,
            _("paid a fee"): board.fees_paid,
            _("hired in Georgia"): board.hired,
            _("to ask now"): len(board.due),
        }
    )
    st.caption(
        _(
            "Expected soon: the planned day of return lies within {days} days. Day has passed: "
            "still abroad in the register after that day: call, then record the return or the new "
            "day. Paid a fee: said so in the survey; nobody may be charged for work."
        ).format(days=number(board.shown_before_days))
    )


def draw(board: ReturnsBoard) -> None:
    """One of the three lists."""
    names = {
        EXPECTED: _("Expected ({count})").format(count=number(len(board.expected))),
        BACK: _("Back ({count})").format(count=number(len(board.back))),
        ASK: _("To ask now ({count})").format(count=number(len(board.due))),
    }
    opened = navigation.query("shown")
    shown = st.segmented_control(
        _("List"),
        list(names),
        format_func=names.__getitem__,
        default=opened if opened in names else EXPECTED,
        key=f"{SHOWN}.{language()}",
        required=True,
        label_visibility="collapsed",
    )
    navigation.keep_query(shown=shown)
    if shown == BACK:
        chosen = _back(board)
    elif shown == ASK:
        chosen = _ask(board)
    else:
        chosen = _expected(board)
    if chosen:
        navigation.open_page("returnee", stay=chosen)


def person_name(name_ka: str | None, name_lat: str | None) -> str:
    """The name in the script of the reader's language."""
    first, other = (name_ka, name_lat) if language() == "ka" else (name_lat, name_ka)
    return first or other or "–"


def _name(row: StayEnding | FollowUp) -> str:
    return person_name(row.name_ka, row.name_lat)


def days_left(row: StayEnding) -> str:
    """How long until the planned day, in words."""
    if row.days_left is None:
        return _("no day known") if row.status is not DeploymentStatus.RETURNED else "–"
    if row.days_left < 0:
        return "✕ " + _("passed {days} days ago").format(days=number(-row.days_left))
    if row.days_left == 0:
        return "◐ " + _("today")
    return _("in {days} days").format(days=number(row.days_left))


def _expected(board: ReturnsBoard) -> str | None:
    chosen = table(
        board.expected,
        [
            Column(_("Person"), _name, pinned=True, width="medium"),
            Column(_("Planned return"), lambda row: day(row.expected_on)),
            Column(_("When"), days_left),
            Column(_("Reminded"), _reminded, help=_("The last reminder that was sent.")),
            Column(_("Country"), lambda row: term_name("country", row.country)),
            Column(_("Employer"), lambda row: row.employer or "–"),
            Column(_("Status"), lambda row: signed(row.status)),
        ],
        key="returns.expected",
        selection="single",
        row_id="deployment",
        empty=_(
            "Nobody is expected back soon. People appear here when the planned day of their return "
            "comes near."
        ),
        alt=_("People whose return is expected, the nearest first; select one to open it"),
    )
    return str(chosen[0]) if chosen else None


def _reminded(row: StayEnding) -> str:
    if row.reminded is None:
        return _("not yet")
    return _("{days} days before the return").format(days=number(row.reminded))


def _back(board: ReturnsBoard) -> str | None:
    chosen = table(
        board.back,
        [
            Column(_("Person"), _name, pinned=True, width="medium"),
            Column(_("Returned"), lambda row: day(row.returned_on)),
            Column(_("On time"), on_time),
            Column(_("Why the stay ended"), lambda row: label(row.reason)),
            Column(_("Needs"), lambda row: ", ".join(map(label, row.needs)) or "–"),
            Column(_("Learned"), "gains", "number", help=_("Written into the file, with proof.")),
            Column(_("Survey"), lambda row: _("answered") if row.has_survey else _("no answer")),
            Column(_("Recommended"), "referrals", "number"),
            Column(_("Work in Georgia"), lambda row: "✓ " + _("hired") if row.is_hired else "–"),
            Column(_("Country"), lambda row: term_name("country", row.country)),
        ],
        key="returns.back",
        selection="single",
        row_id="deployment",
        empty=_("Nobody has come back yet. Record a return in the list of those expected."),
        alt=_("People who are back, the latest first; select one to open it"),
    )
    return str(chosen[0]) if chosen else None


def on_time(row: StayEnding) -> str:
    """Whether somebody came back by the planned day; unknown where none was planned."""
    if row.is_on_time is None:
        return _("no data")
    if not row.is_on_time:
        return "▽ " + _("later")
    is_early = row.expected_on and row.returned_on and row.returned_on < row.expected_on
    return "✓ " + (_("earlier") if is_early else _("yes"))


def _ask(board: ReturnsBoard) -> str | None:
    chosen = table(
        board.due,
        [
            Column(_("Person"), _name, pinned=True, width="medium"),
            Column(_("Ask about"), about),
            Column(_("Due since"), lambda row: day(row.due_on)),
            Column(_("File"), "external_id"),
        ],
        key="returns.ask",
        selection="single",
        row_id=lambda row: row.deployment or f"#{row.id}",
        empty=_(
            "Nobody is to be asked now. Three, six and twelve months after a return the question "
            "appears here by itself."
        ),
        alt=_("People to be asked how they are; select one to open it"),
    )
    return str(chosen[0]) if chosen and not str(chosen[0]).startswith("#") else None


def about(task: FollowUp) -> str:
    """What is asked: after the return, or at the work that was found."""
    months = number(task.months)
    if task.local_vacancy:
        text = _("{months} months after being hired ({vacancy})")
        return text.format(months=months, vacancy=task.local_vacancy)
    return _("{months} months after the return").format(months=months)
