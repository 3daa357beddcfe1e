"""The funnel and the waiting times."""

from __future__ import annotations

from domain.enums import FunnelStage
from domain.records.statistics import Dashboard, FunnelStep, Hidden
from ui import charts
from ui.charts import BarRow, Part
from ui.dashboard.frame import Shown, cell, length, words
from ui.language import _, label, number

CUT = 1.5
"""The register is drawn at most so many times as long as the longest other bar, and says so."""


def funnel(board: Dashboard) -> Shown:
    """Where people are: went on, still there, dropped out, stage by stage."""
    shade = charts.colours()
    marks = {
        _("went on"): (shade["accent"], 1.0, False),
        _("still there"): (shade["accent"], 0.4, False),
        _("dropped out there"): (shade["short"], 1.0, False),
    }
    most = max((length(step.reached, board.least) for step in board.funnel.steps[1:]), default=0)
    rows = [_bar(step, board, most, marks) for step in board.funnel.steps]
    why = {
        step.stage: ", ".join(
            f"{label(status)}: {words(count, board.least)}" for status, count in step.reasons
        )
        for step in board.funnel.steps
    }
    return Shown(
        key="dashboard.funnel",
        topic=_("Where people are in the process"),
        finding=board.funnel.finding,
        drawing=charts.labelled_bars(rows, room=1.6),
        definition=_(
            "People, each counted once at the furthest stage reached: all who are registered, then "
            "those first preselected for a vacancy in the period, as they stood on its last day."
        ),
        headings=[
            _("Stage"),
            _("reached"),
            _("went on"),
            _("still there"),
            _("dropped out there"),
            _("how they dropped out"),
        ],
        rows=[
            (
                label(step.stage),
                *(
                    cell(value, board.least)
                    for value in (step.reached, step.went_on, step.waiting, step.dropped)
                ),
                why[step.stage],
            )
            for step in board.funnel.steps
        ],
        legend=marks,
    )


def _bar(
    step: FunnelStep, board: Dashboard, most: float, marks: dict[str, tuple[str, float, bool]]
) -> BarRow:
    text = words(step.reached, board.least)
    if isinstance(step.dropped, int) and step.dropped:
        text += _(" · out: {count}").format(count=number(step.dropped))
    values = (step.went_on, step.waiting, step.dropped)
    if step.stage is FunnelStage.RETURNED:
        values = (step.waiting, 0, step.dropped)  # there is nothing more to go on to
    parts = [
        Part(name, length(value, board.least), mark[0], isinstance(value, Hidden), mark[1])
        for (name, mark), value in zip(marks.items(), values, strict=True)
    ]
    total = sum(part.value for part in parts)
    accent = charts.colours()["accent"]
    if isinstance(step.reached, int) and any(part.is_hollow for part in parts):
        # The parts that are kept back have no length that could be shown.
        parts, total = [Part("", step.reached, accent, False, 0.4)], step.reached
    if isinstance(step.reached, Hidden):
        parts = [Part("", length(step.reached, board.least), charts.colours()["quiet"], True)]
    elif most and total > CUT * most:
        # Thousands are registered for a few places: drawn to scale, nothing else would be seen.
        parts = [Part(_("bar cut short"), CUT * most, accent, False, 0.4)]
        text = _("{count} (bar cut short)").format(count=words(step.reached, board.least))
    return BarRow(label(step.stage), tuple(parts), text)


def waits(board: Dashboard) -> Shown:
    """Where it is slow: days until the next step."""
    shade = charts.colours()
    marks = {
        _("half within"): (shade["accent"], 1.0, False),
        _("nine of ten within"): (shade["accent"], 0.4, False),
    }
    rows = []
    for row in board.waits.rows:
        parts: tuple[Part, ...] = ()
        text = _("no data") if row.finished == 0 else words(row.finished, board.least)
        if row.median is not None and row.nine_of_ten is not None:
            text = _("{median} · {ninth} days").format(
                median=number(row.median), ninth=number(row.nine_of_ten)
            )
            first, second = marks.items()
            parts = (
                Part(first[0], row.median, shade["accent"]),
                Part(second[0], max(row.nine_of_ten - row.median, 0), shade["accent"], faint=0.4),
            )
        rows.append(BarRow(label(row.status), parts, text))
    return Shown(
        key="dashboard.waits",
        topic=_("Where it is slow"),
        finding=board.waits.finding,
        drawing=charts.labelled_bars(rows, room=1.4),
        definition=_(
            "Calendar days from entering a stage to the next step, for steps taken in the period, "
            "whatever the step was."
        ),
        headings=[
            _("Stage"),
            _("finished"),
            _("median, days"),
            _("nine of ten within, days"),
            _("still waiting"),
            _("longest wait so far, days"),
        ],
        rows=[
            (
                label(row.status),
                *(
                    cell(value, board.least)
                    for value in (
                        row.finished,
                        row.median,
                        row.nine_of_ten,
                        row.waiting,
                        row.longest,
                    )
                ),
            )
            for row in board.waits.rows
        ],
        legend=marks,
    )
