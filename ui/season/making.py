"""Making a plan, and choosing among those that were made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from domain.records.officer import Officer
from domain.records.season import SeasonPlanHead
from services import season
from ui import messages
from ui.language import _, moment, number
from ui.navigation import keep_query, query_id

SHARE = {"lists": 0.2, "plan": 0.5, "reasons": 0.8, "keeping": 0.9}
"""How far the bar is when a step begins; lists that are too short are made anew."""


def draw(plans: Sequence[SeasonPlanHead], officer: Officer) -> None:
    """The button, and a bar that says what is done."""
    pressed = st.button(
        _("Plan the season"),
        key="season.make",
        type="secondary" if plans else "primary",
        help=_("On today's files and vacancies. Earlier plans stay as they are."),
    )
    if pressed:
        with messages.refusals():
            bar = st.progress(0.0, text=_("Reading the register…"))
            made = season.make_season_plan(tell=_teller(bar), by=officer)
            keep_query(plan=made)
            text = _("Plan No {number} is made: look at it below, then adopt it by vacancy.")
            messages.success(text.format(number=number(made)))
            st.rerun()


def _teller(bar: st.delta_generator.DeltaGenerator) -> Callable[[str, int], None]:
    texts = {
        "lists": _("Ranking everybody for {count} vacancies…"),
        "plan": _("Looking for the best plan of {count} vacancies…"),
        "reasons": _("Writing down the reasons…"),
        "keeping": _("Keeping the plan…"),
    }

    def tell(doing: str, count: int) -> None:
        bar.progress(SHARE[doing], text=texts[doing].format(count=number(count)))

    return tell


def choose(plans: Sequence[SeasonPlanHead]) -> int:
    """The plan of the address, of the list, or the newest."""
    named = {plan.id: _title(plan) for plan in plans}
    asked = query_id("plan")
    start = asked if asked in named else plans[0].id
    if len(plans) == 1:
        return start
    chosen: int = st.selectbox(
        _("Plan"),
        list(named),
        index=list(named).index(start),
        format_func=named.__getitem__,
        key=f"season.plan.{start}",
        label_visibility="collapsed",
    )
    keep_query(plan=chosen)
    return chosen


def _title(plan: SeasonPlanHead) -> str:
    text = _("No {number} · {moment} · {filled} of {positions} positions · adopted: {adopted}")
    return text.format(
        number=number(plan.id),
        moment=moment(plan.made_at),
        filled=number(plan.plan.filled),
        positions=number(plan.positions),
        adopted=number(plan.adopted),
    )
