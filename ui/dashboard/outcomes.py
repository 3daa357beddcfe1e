"""What the commission decided, and what changed since last month."""

from __future__ import annotations

import streamlit as st

from domain.enums import DecisionOutcome
from domain.records.statistics import Change, Dashboard, DecidedRow, Figure, Hidden
from ui import charts
from ui.charts import BarRow, Part
from ui.dashboard.frame import SPAN, Shown, cell, length, words
from ui.language import _, label, month_name, number

OUTCOMES = ("met", "partly", "not_met")


def choose_span() -> None:
    """By month or by session; drawn above the figure, read by it at the next run."""
    st.segmented_control(
        _("By"),
        ["months", "sessions"],
        format_func={"months": _("by month"), "sessions": _("by session")}.__getitem__,
        default="months",
        required=True,
        key=SPAN,
        label_visibility="collapsed",
    )


def decisions(board: Dashboard) -> Shown:
    """Approved, on the reserve list, not approved."""
    shade = charts.colours()
    by_session = st.session_state.get(SPAN) == "sessions"
    rows = board.decisions.sessions if by_session else board.decisions.months
    marks = {
        label(outcome): (shade[tone], 1.0, False)
        for outcome, tone in zip(DecisionOutcome, OUTCOMES, strict=True)
    }
    bars = [_decided(row, board, by_session) for row in rows]
    return Shown(
        key="dashboard.decisions",
        topic=_("Decisions of the commission"),
        finding=board.decisions.finding,
        drawing=charts.labelled_bars(bars) if bars else None,
        definition=_("Candidates decided in the period, one count per vacancy."),
        headings=[_("Session") if by_session else _("Month"), *marks],
        rows=[
            (
                row.name if by_session else month_name(row.name),
                *(cell(row.outcomes[outcome], board.least) for outcome in DecisionOutcome),
            )
            for row in rows
        ],
        legend=marks,
    )


def _decided(row: DecidedRow, board: Dashboard, by_session: bool) -> BarRow:
    shade = charts.colours()
    parts = tuple(
        Part(
            label(outcome),
            length(row.outcomes[outcome], board.least),
            shade[tone],
            isinstance(row.outcomes[outcome], Hidden),
        )
        for outcome, tone in zip(DecisionOutcome, OUTCOMES, strict=True)
    )
    text = " · ".join(words(row.outcomes[outcome], board.least) for outcome in DecisionOutcome)
    return BarRow(row.name if by_session else month_name(row.name), parts, text)


def reasons(board: Dashboard) -> Shown:
    """Why people were not approved."""
    shade = charts.colours()
    bars = []
    for reason, people in board.decisions.reasons:
        is_hollow = reason is None or isinstance(people, Hidden)
        colour = shade["quiet"] if is_hollow else shade["not_met"]
        part = Part("", length(people, board.least), colour, is_hollow)
        name = label(reason) if reason else _("no reason coded")
        bars.append(BarRow(name, (part,), words(people, board.least)))
    return Shown(
        key="dashboard.reasons",
        topic=_("Why people were not approved"),
        finding=board.decisions.reason_finding,
        drawing=charts.labelled_bars(bars) if bars else None,
        definition=_("Coded reason that the chair confirmed with the decision."),
        headings=[_("Reason"), _("people")],
        rows=[
            (label(reason) if reason else _("no reason coded"), cell(people, board.least))
            for reason, people in board.decisions.reasons
        ],
    )


def changes(board: Dashboard) -> Shown:
    """Each measure now and before, on a scale of its own."""
    changed = board.changes
    shade = charts.colours()
    now = _("last {days} days").format(days=number(changed.days))
    before = _("{days} days before").format(days=number(changed.days))
    marks = {now: (shade["accent"], 1.0, False), before: (shade["quiet"], 0.5, False)}
    rows = [
        (label(row.measure), _share(row.now, row), _share(row.before, row), _difference(row, board))
        for row in changed.rows
    ]
    return Shown(
        key="dashboard.changes",
        topic=_("What changed since last month"),
        finding=changed.finding,
        drawing=charts.paired_bars(rows),
        definition=_(
            "Steps taken up to the last day of the period, in two spans of {days} days. Each line "
            "has a scale of its own."
        ).format(days=number(changed.days)),
        headings=[_("Measure"), before, now, _("difference")],
        rows=[
            (
                label(row.measure),
                cell(row.before, board.least),
                cell(row.now, board.least),
                _("hidden") if row.difference is None else row.difference,
            )
            for row in changed.rows
        ],
        legend=marks,
    )


def _share(value: Figure, row: Change) -> float | None:
    if isinstance(value, Hidden):
        return None
    sides = [side for side in (row.before, row.now) if isinstance(side, int)]
    return value / (max(sides) or 1)


def _difference(row: Change, board: Dashboard) -> str:
    text = f"{words(row.before, board.least)} → {words(row.now, board.least)}"
    if row.difference:
        sign = "+" if row.difference > 0 else "−"
        text += f" ({sign}{number(abs(row.difference))})"
    return text
