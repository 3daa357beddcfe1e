"""One person for one vacancy: points as a picture, the requirement table, why, what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import (
    CandidateExplanation,
    CriterionBar,
    RankingSummary,
    WhatWouldRaise,
)
from domain.texts import N_
from ui import marks, messages, requirements
from ui.language import _, label, language, number, say, term_name
from ui.navigation import page_link
from ui.ranking.opened import explanation

CRITERIA: Mapping[str, str] = {
    "occupation": N_("Occupation"),
    "skills": N_("Skills"),
    "languages": N_("Languages"),
    "experience": N_("Experience"),
    "readiness": N_("Readiness"),
}


def draw(ranked: RankingSummary, external_id: str | None, officer: Officer) -> None:
    """The whole panel."""
    if external_id is None:
        messages.empty(_("Click a person in the list to see the reasons."))
        return
    shown = explanation(ranked, external_id, officer)
    _head(shown)
    _why(shown)
    st.html(bars(shown.bars) + requirements.table_html(shown.table))
    _raises(shown.raises)
    page_link("jobseeker", _("Open the file"), jobseeker=external_id)


def _head(shown: CandidateExplanation) -> None:
    place = _("Rank {rank}").format(rank=number(shown.rank)) if shown.rank else _("Not ranked")
    region = term_name("region", shown.region)
    tags = [marks.tag(place, "accent"), marks.tag(region), marks.tag(shown.external_id)]
    if shown.status:
        tags.append(marks.tag(label(shown.status), "quiet"))
    st.html(
        f'<div class="person"><b>{escape(shown.name(language()))}</b>'
        f"{marks.score_bar(shown.score, shown.low, shown.high)}"
        f'<div class="chips">{"".join(tags)}</div></div>'
    )


def _why(shown: CandidateExplanation) -> None:
    lines: list[tuple[str, Sequence[str]]] = [
        (_("Excluded because"), [f"✕ {say(s)}" for s in shown.excluded_by]),
        (_("Why above the next one"), [f"↑ {say(s)}" for s in shown.above_next]),
        (_("To ask"), [f"? {say(s)}" for s in shown.questions]),
    ]
    if shown.against_rank_reason:
        lines.append((_("Taken against the rank"), [shown.against_rank_reason]))
    st.html("".join(_block(title, texts) for title, texts in lines if texts))


def _block(title: str, texts: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<div class="why"><span>{escape(title)}</span><ul>{items}</ul></div>'


def bars(criteria: Sequence[CriterionBar]) -> str:
    """Points per criterion: solid is certain, hatched is unknown, empty is missing."""
    rows = "".join(
        f'<div class="bar" title="{escape(say(c.sentence), quote=True)}">'
        f"<span>{escape(_(CRITERIA[c.name]))}</span>"
        f'<span class="track {c.status.value}">'
        f'<span class="solid" style="width:{_part(c.low, c.points_max)}%"></span>'
        f'<span class="range" style="left:{_part(c.low, c.points_max)}%;'
        f'width:{_part(c.high - c.low, c.points_max)}%"></span></span>'
        f"<span>{_points(c.points)} / {_points(c.points_max)}</span></div>"
        for c in criteria
    )
    title = escape(_("Points per criterion"), quote=True)
    return f'<div class="bars" role="img" aria-label="{title}">{rows}</div>'


def _part(value: float, whole: float) -> str:
    return f"{100 * value / whole:.1f}" if whole else "0"


def _points(value: float) -> str:
    return number(round(value, 1))


def _raises(changes: Sequence[WhatWouldRaise]) -> None:
    if not changes:
        return
    items = "".join(f"<li>{escape(_change(one))}</li>" for one in changes)
    title = escape(_("What would raise it"))
    st.html(f'<div class="why"><span>{title}</span><ul>{items}</ul></div>')


def _change(one: WhatWouldRaise) -> str:
    text = f"{say(one.change)} → {_points(one.score)}"
    if one.rank is not None:
        text += " · " + _("rank {rank}").format(rank=number(one.rank))
    if one.opens is not None:
        text += " · " + _("opens: {gate}").format(gate=say(one.opens))
    return text
