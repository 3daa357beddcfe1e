"""Positions by country and the use of quotas."""

from __future__ import annotations

from domain.records.statistics import Dashboard, Figure, Hidden, QuotaRow
from ui import charts
from ui.charts import BarRow, Part
from ui.dashboard.frame import Shown, cell, length, words
from ui.language import _, number, term_name


def positions(board: Dashboard) -> Shown:
    """How many positions are filled, on the way, open, or ended unfilled."""
    shade = charts.colours()
    marks = {
        _("departed"): (shade["met"], 1.0, False),
        _("on the way"): (shade["accent"], 1.0, False),
        _("open"): (shade["partly"], 1.0, False),
        _("ended unfilled"): (shade["quiet"], 0.6, False),
    }
    bars = []
    for row in board.openings.countries:
        values = (row.filled, row.on_the_way, row.open, row.unfilled)
        parts = tuple(
            Part(name, length(value, board.least), mark[0], isinstance(value, Hidden), mark[1])
            for (name, mark), value in zip(marks.items(), values, strict=True)
        )
        text = _("{positions}, open: {open}").format(
            positions=number(row.positions), open=words(row.open, board.least)
        )
        bars.append(BarRow(term_name("country", row.country), parts, text))
    return Shown(
        key="dashboard.positions",
        topic=_("Vacancies and positions"),
        finding=board.openings.finding,
        drawing=charts.labelled_bars(bars, room=1.6) if bars else None,
        definition=_(
            "Positions of vacancies published in the period. On the way: selected by the employer "
            "and not departed yet. A vacancy has no region of Georgia: that filter changes nothing "
            "here."
        ),
        headings=[_("Country"), _("vacancies"), _("positions"), *marks],
        rows=[
            (
                term_name("country", row.country),
                row.vacancies,
                row.positions,
                *(
                    cell(value, board.least)
                    for value in (row.filled, row.on_the_way, row.open, row.unfilled)
                ),
            )
            for row in board.openings.countries
        ],
        legend=marks,
    )


def quotas(board: Dashboard) -> Shown:
    """The year's departures against the quotas that are known."""
    shade = charts.colours()
    marks = {
        _("departed"): (shade["met"], 1.0, False),
        _("left of the quota"): (shade["accent"], 0.25, False),
        _("quota: no data"): (shade["quiet"], 1.0, True),
    }
    departed, left, _unknown = marks
    widest = max(
        (row.quota or length(row.departed, board.least) for row in board.openings.quotas), default=1
    )
    bars = []
    for row in board.openings.quotas:
        gone = length(row.departed, board.least)
        done = Part(departed, gone, shade["met"], isinstance(row.departed, Hidden))
        if row.quota is None:
            hollow = Part(_("quota: no data"), widest / 4, shade["quiet"], True)
            text = _("{departed} · quota: no data").format(
                departed=words(row.departed, board.least)
            )
            bars.append(BarRow(term_name("scheme", row.scheme), (done, hollow), text))
            continue
        rest = Part(left, max(row.quota - gone, 0), shade["accent"], faint=0.25)
        text = _("{departed} of {quota}").format(
            departed=words(row.departed, board.least), quota=number(row.quota)
        )
        bars.append(BarRow(term_name("scheme", row.scheme), (done, rest), text))
    return Shown(
        key="dashboard.quotas",
        topic=_("Use of quotas"),
        finding=board.openings.quota_finding,
        drawing=charts.labelled_bars(bars, room=1.6) if bars else None,
        definition=_(
            "Departed from 1 January of {year} against the yearly quota of the agreement; "
            "“no data” where no published text states one."
        ).format(year=board.openings.year),
        headings=[_("Scheme"), _("departed"), _("quota"), _("used, %")],
        rows=[
            (
                term_name("scheme", row.scheme),
                cell(row.departed, board.least),
                cell(row.quota, board.least),
                cell(_used(row), board.least),
            )
            for row in board.openings.quotas
        ],
        legend=marks,
    )


def _used(row: QuotaRow) -> Figure | float | None:
    """Of the quota, in percent."""
    if isinstance(row.departed, Hidden):
        return row.departed
    return round(100 * row.departed / row.quota, 1) if row.quota else None
