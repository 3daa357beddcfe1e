"""What I must do today, most urgent first, each line one click from its action."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import Urgency
from domain.records.road import RoadTask
from ui import layout
from ui.language import _, day, label, number, say
from ui.messages import plain
from ui.navigation import page_link

FEW, MORE = 6, 60
SIGNS = {
    Urgency.LATE: ":red[**✕ {word}**]",
    Urgency.DUE: ":orange[**◐ {word}**]",
    Urgency.LATER: "",
}


def block(tasks: Sequence[RoadTask]) -> None:
    """The first lines; the others one click away."""
    with st.container(border=True, key="road_today", gap=None):
        layout.part(_("What I must do today"))
        if not tasks:
            st.caption(_("Nothing waits for you on the road. The board below shows what comes."))
        for task in tasks[:FEW]:
            _line(task)
        if len(tasks) > FEW:
            more = _("Show {count} more").format(count=number(len(tasks) - FEW))
            with st.expander(more):
                for task in tasks[FEW:MORE]:
                    _line(task)
                if len(tasks) > MORE:
                    st.caption(
                        _("The most urgent are listed; the others follow as these are done.")
                    )


def _line(task: RoadTask) -> None:
    # Which of several lines that say the same: by the code that stands in the board's links.
    parts = [plain(part) for part in (say(task.what), task.jobseeker, task.vacancy) if part]
    sign = SIGNS[task.urgency].format(word=plain(label(task.urgency)))
    if sign:
        parts.append(sign)
    if task.due is not None:
        parts.append(plain(day(task.due)))
    page_link(task.page, " · ".join(parts), icon="➡️", help=_(task.action), **task.query)
