"""The ranked list, or the excluded: one click opens a person, ticks choose several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import (
    Brief,
    CandidateFilter,
    ExcludedRow,
    RankedRow,
    RankingSummary,
)
from domain.texts import N_
from services.rankings import ranking
from services.reference import reference
from ui import layout, marks, messages
from ui.language import _, by_name, label, language, number, say, term_name
from ui.navigation import page_link
from ui.ranking.reasons import CRITERIA
from ui.ranking.summary import RANKED, made_of
from ui.tables import HEADER_HEIGHT, ROW_HEIGHT, wide_enough, widget_key

PAGE = 50
TEXT, REGIONS, ONLY = "ranking.text", "ranking.regions", "ranking.only"
QUESTIONS, PRESELECTED = "questions", "preselected"
ANY_GATE = "any"
OPENED = "ranking.opened"
ROUND = "ranking.round"
WIDTHS = {"occupation": 92, "skills": 78, "languages": 76, "experience": 112, "readiness": 100}
HELP = {
    "occupation": N_("The asked occupation, or a related one."),
    "skills": N_("How many of the asked skills are held; others may be likely or related."),
    "languages": N_("The level reached, or how many of the asked languages reach theirs."),
    "experience": N_("Years in the vacancy's own occupations."),
    "readiness": N_("Whether passport and dates cover the season; what is missing."),
}
TALLEST = 16 * ROW_HEIGHT + HEADER_HEIGHT


@dataclass(frozen=True, slots=True)
class Shown:
    """What the officer has in hand: ticked people, and the one who is open on the right."""

    ticked: tuple[str, ...]
    opened: str | None
    chosen: CandidateFilter
    gate: str | None = None
    """The requirement whose excluded people are shown instead of the ranked ones; or ANY_GATE."""


def draw(ranked: RankingSummary, gate: str, officer: Officer) -> Shown:
    """Filters, one page of people, and the pages below."""
    if gate != RANKED:
        return _draw_excluded(ranked, gate, officer)
    chosen = _filters()
    key = widget_key("ranking.page", [ranked.vacancy_number, chosen])
    place = st.session_state.get(key, 1)
    page = ranking.list_candidates(
        run_id=ranked.run_id, chosen=chosen, offset=(place - 1) * PAGE, limit=PAGE, by=officer
    )
    if not page.rows and page.total:
        st.session_state[key] = 1
        st.rerun()
    if not page.total and chosen.text:
        return _draw_excluded(ranked, None, officer, chosen.text)
    if not page.total:
        nobody = _("Nobody passes the mandatory requirements. Above: whom they exclude, and why.")
        messages.empty(_("Nobody fits this filter.") if chosen != CandidateFilter() else nobody)
        return Shown((), None, chosen)
    ticked, opened = _grid(page.rows)
    _pages(ranked, page.total, key)
    return Shown(ticked, opened or page.rows[0].external_id, chosen)


def _filters() -> CandidateFilter:
    only = {QUESTIONS: _("With open questions"), PRESELECTED: _("Preselected")}
    with layout.filters():
        text = st.text_input(
            _("Name or number"),
            key=TEXT,
            placeholder=_("Name or number"),
            label_visibility="collapsed",
            width=180,
        )
        regions = st.multiselect(
            _("Region"),
            by_name(reference().names["region"], "region"),
            key=f"{REGIONS}.{language()}",
            format_func=lambda code: term_name("region", code),
            placeholder=_("Region"),
            label_visibility="collapsed",
            width=180,
            select_all=False,
        )
        ticked = st.pills(
            _("Only"),
            list(only),
            key=ONLY,
            format_func=only.__getitem__,
            selection_mode="multi",
            label_visibility="collapsed",
        )
    return CandidateFilter(text, tuple(regions), QUESTIONS in ticked, PRESELECTED in ticked)


def _ranked_frame(rows: Sequence[RankedRow]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rank": [row.rank for row in rows],
            "person": [row.name(language()) for row in rows],
            "score": [row.score for row in rows],
            **_briefs(rows),
            "questions": [str(len(row.flags)) if row.flags else "" for row in rows],
            "status": [label(row.status) if row.status else "" for row in rows],
            "range": [_range(row) for row in rows],
            "region": [term_name("region", row.region) for row in rows],
        }
    )


def _briefs(rows: Sequence[RankedRow]) -> dict[str, list[str]]:
    """A column for each criterion that the vacancy asks for: the sign, and the reason in a word."""
    names = [brief.name for brief in rows[0].briefs]
    return {name: [_brief(row.briefs[place]) for row in rows] for place, name in enumerate(names)}


def _brief(brief: Brief) -> str:
    if brief.sentence is None:
        return marks.sign(brief.status)
    return marks.signed(brief.status, say(brief.sentence))


def _range(row: RankedRow) -> str:
    low, high = f"{row.low:.0f}", f"{row.high:.0f}"
    return "" if low == high else f"{low}–{high}"


def _ranked_columns() -> dict[str, Any]:
    """Every reason fits its cell: a criterion a column, named in the heading, told on hovering."""
    c = st.column_config
    signs = " · ".join(marks.signed(status) for status in marks.SIGNS)
    return {
        "rank": c.NumberColumn("#", width=40, pinned=True),
        "person": c.TextColumn(_("Person"), width=144, pinned=True),
        "score": c.ProgressColumn(_("Score"), min_value=0, max_value=100, format="%.0f", width=80),
        **{
            name: c.TextColumn(
                _(CRITERIA[name]),
                width=wide_enough(_(CRITERIA[name]), width),
                help=f"{_(HELP[name])} {signs}",
            )
            for name, width in WIDTHS.items()
        },
        "questions": c.TextColumn("?", width=36, help=_("Open questions about this person")),
        "range": c.TextColumn(
            _("Range"),
            width=wide_enough(_("Range"), 64),
            help=_("Lowest and highest score, as the unknown turns out."),
        ),
        "status": c.TextColumn(_("Status"), width=155),
        "region": c.TextColumn(_("Region"), width=110),
    }


def _grid(rows: Sequence[RankedRow]) -> tuple[tuple[str, ...], str | None]:
    """The table; ticks select rows, a click on any cell opens the person."""
    ids = [row.external_id for row in rows]
    answer = st.dataframe(
        _ranked_frame(rows),
        key=widget_key("ranking.people", [*ids, st.session_state.get(ROUND, 0)]),
        hide_index=True,
        height=min(HEADER_HEIGHT + ROW_HEIGHT * len(ids), TALLEST),
        column_config=_ranked_columns(),
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        alt=_("Ranked people"),
    )
    picked = answer["selection"]
    ticked = tuple(ids[place] for place in picked["rows"] if place < len(ids))
    cells = [ids[cell[0]] for cell in picked["cells"] if cell[0] < len(ids)]
    opened = cells[0] if cells else (ticked[-1] if ticked else None)
    if opened:
        st.session_state[OPENED] = opened
    kept = st.session_state.get(OPENED)
    return ticked, kept if kept in ids else opened


def untick() -> None:
    """What was ticked is done: the list begins anew, with nobody ticked."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _pages(ranked: RankingSummary, total: int, key: str) -> None:
    pages = -(-total // PAGE)
    with st.container(horizontal=True, vertical_alignment="center"):
        if pages > 1:
            st.pagination(pages, key=key)
        how = _("{count} people · tick to choose, click to open").format(count=number(total))
        st.caption(f"{how} · {made_of(ranked)}")
        version = ranked.parameters
        page_link("weights", _("Weights {version}").format(version=version), version=version)


def _draw_excluded(
    ranked: RankingSummary, gate: str | None, officer: Officer, text: str = ""
) -> Shown:
    """Whom one requirement excludes; or, searched by name, whoever is not among the ranked."""
    key = widget_key("ranking.excluded_page", [ranked.vacancy_number, gate, text])
    place = st.session_state.get(key, 1)
    rows, total = ranking.list_excluded(
        run_id=ranked.run_id,
        gate=gate,
        text=text,
        offset=(place - 1) * PAGE,
        limit=PAGE,
        by=officer,
    )
    if not rows:
        st.session_state.pop(key, None)
        nobody = (
            _("Nobody fits this filter.") if text else _("Nobody is excluded by this requirement.")
        )
        messages.empty(nobody)
        return Shown((), None, CandidateFilter(text), gate)
    if text:
        st.caption(_("Not among the ranked; found among the excluded:"))
    ids = [row.external_id for row in rows]
    answer = st.dataframe(
        _excluded_frame(rows),
        key=widget_key(f"ranking.excluded.{gate}", ids),
        hide_index=True,
        height=min(HEADER_HEIGHT + ROW_HEIGHT * len(ids), TALLEST),
        on_select="rerun",
        selection_mode="single-cell",
        alt=_("Excluded people"),
    )
    if total > PAGE:
        st.pagination(-(-total // PAGE), key=key)
    st.caption(
        _("{count} people · click one to see what would open the way").format(count=number(total))
    )
    cells = [ids[cell[0]] for cell in answer["selection"]["cells"] if cell[0] < len(ids)]
    return Shown((), cells[0] if cells else ids[0], CandidateFilter(text), gate or ANY_GATE)


def _excluded_frame(rows: Sequence[ExcludedRow]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Person"): [row.name(language()) for row in rows],
            _("Region"): [term_name("region", row.region) for row in rows],
            _("Excluded because"): [
                " · ".join(f"✕ {say(sentence)}" for sentence in row.sentences) for row in rows
            ],
        }
    )
