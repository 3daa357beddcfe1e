"""One person for one vacancy: points as a picture, the requirement table, why, what would help."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import CandidateExplanation, RankingSummary
from ui import marks, messages, requirements
from ui.language import _, label, language, number, say, term_name
from ui.navigation import page_link
from ui.ranking import reasons
from ui.ranking.opened import explanation
from ui.ranking.sheet import sheet_buttons


def draw(ranked: RankingSummary, external_id: str | None, officer: Officer) -> None:
    """The whole panel."""
    if external_id is None:
        messages.empty(_("Click a person in the list to see the reasons."))
        return
    shown = explanation(ranked, external_id, officer)
    draw_explanation(shown)
    if shown.questions:
        page_link("questions", _("What is worth asking"), icon="📞", jobseeker=external_id)
    sheet_buttons(ranked, external_id, officer)
    page_link("jobseeker", _("Open the file"), jobseeker=external_id)


def draw_explanation(shown: CandidateExplanation) -> None:
    """Who, why, the points as a picture and line by line, and what would raise them."""
    _head(shown)
    _why(shown)
    st.html(reasons.bars(shown.bars) + requirements.table_html(shown.table))
    st.html(reasons.raises(shown))


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
        (_("Nothing a person can do opens"), [f"✕ {say(s)}" for s in shown.sealed]),
        (_("To ask"), [f"? {say(s)}" for s in shown.questions]),
    ]
    if shown.against_rank_reason:
        lines.append((_("Taken against the rank"), [shown.against_rank_reason]))
    told = "".join(reasons.block(title, texts) for title, texts in lines if texts)
    told = reasons.below_the_last(shown) + reasons.above_next(shown) + told
    if told:
        st.html(told)
