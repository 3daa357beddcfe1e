"""Registered people on the tile map and by occupation."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.statistics import Dashboard, Hidden, OccupationRow
from ui import charts
from ui.charts import BarRow, Part, Tile
from ui.dashboard.frame import LEVEL, Shown, cell, length, words
from ui.language import _, number, term_name

PLACES = {
    "GE-AB": (0, 0),
    "GE-SZ": (1, 0),
    "GE-RL": (2, 0),
    "GE-MM": (3, 0),
    "GE-GU": (0, 1),
    "GE-IM": (1, 1),
    "GE-SK": (2, 1),
    "GE-TB": (3, 1),
    "GE-AJ": (0, 2),
    "GE-SJ": (1, 2),
    "GE-KK": (2, 2),
    "GE-KA": (3, 2),
    None: (0, 3),
}
"""Column and row of each region, west to east and north to south; below them the unknown."""
MOST_BARS = 12


def regions(board: Dashboard) -> Shown:
    """Where registered people live."""
    known = [row.people for row in board.register.regions if row.region]
    most = max((people for people in known if isinstance(people, int)), default=0) or 1
    tiles = [
        Tile(
            *PLACES[row.region],
            term_name("region", row.region) if row.region else _("no region stated"),
            words(row.people, board.least),
            row.people / most if isinstance(row.people, int) and row.region else None,
        )
        for row in board.register.regions
    ]
    groups = list(board.register.regions[0].by_group) if board.register.regions else []
    return Shown(
        key="dashboard.regions",
        topic=_("Registered people by region"),
        finding=board.register.finding,
        drawing=None if board.wanted.region else charts.tile_map(tiles),
        definition=_(
            "People registered until the last day, drafts left out; for a country: those who wish "
            "to work there or state no wish. Counts below {least} are hidden, and where one could "
            "be computed from the others, one more."
        ).format(least=number(board.least)),
        headings=[
            _("Region"),
            _("people"),
            _("new in the period"),
            *(_occupation(group) for group in groups),
        ],
        rows=[
            (
                term_name("region", row.region) if row.region else _("no region stated"),
                cell(row.people, board.least),
                cell(row.new, board.least),
                *(cell(row.by_group[group], board.least) for group in groups),
            )
            for row in board.register.regions
        ],
    )


def occupations(board: Dashboard) -> Shown:
    """What registered people worked as, in major or in minor groups."""
    is_minor = st.session_state.get(LEVEL) == "minor"
    rows = board.register.minor if is_minor else board.register.major
    return Shown(
        key="dashboard.occupations",
        topic=_("Registered people by occupation"),
        finding=board.register.occupation_finding,
        drawing=charts.labelled_bars(_bars(rows, board)) if rows else None,
        definition=_(
            "ISCO-08 group of the work done longest, each person once. The same people as by "
            "region."
        ),
        headings=[_("Group"), _("Occupation"), _("people")],
        rows=[
            (row.code or "", _occupation(row.code, False), cell(row.people, board.least))
            for row in rows
        ],
    )


def choose_level() -> None:
    """Major or minor groups; drawn above the figure, read by it at the next run."""
    st.segmented_control(
        _("Groups"),
        ["major", "minor"],
        format_func={"major": _("major groups"), "minor": _("minor groups")}.__getitem__,
        default="major",
        required=True,
        key=LEVEL,
        label_visibility="collapsed",
    )


def _bars(rows: Sequence[OccupationRow], board: Dashboard) -> list[BarRow]:
    shade = charts.colours()
    known = [row for row in rows if row.code]
    bars = []
    for row in [*known[:MOST_BARS], *(row for row in rows if row.code is None)]:
        is_hollow = row.code is None or isinstance(row.people, Hidden)
        colour = shade["quiet"] if is_hollow else shade["accent"]
        part = Part("", length(row.people, board.least), colour, is_hollow)
        bars.append(BarRow(_occupation(row.code), (part,), words(row.people, board.least)))
    rest = known[MOST_BARS:]
    if rest and all(isinstance(row.people, int) for row in rest):
        people = sum(int(length(row.people, board.least)) for row in rest)
        text = _("Other groups: {count}").format(count=number(len(rest)))
        bars.insert(
            MOST_BARS,
            BarRow(text, (Part("", people, shade["accent"], False, 0.4),), number(people)),
        )
    return bars


def _occupation(code: str | None, with_code: bool = True) -> str:
    if code is None:
        return _("no occupation stated")
    name = term_name("occupation", code)
    return f"{code} · {name}" if with_code else name
