"""Season plan: all open vacancies filled together, beside picking in turn; adopted one by one."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services import season
from ui import layout, messages
from ui.language import _
from ui.season import headline, making, opened, vacancies


def render(officer: Officer) -> None:
    """What the plan comes to on top; vacancies on the left, one with its people on the right."""
    layout.header(
        _("Season plan"),
        stage=_("S07 · Registration, identification, primary selection"),
        subtitle=_(
            "All open vacancies together: first as many positions as possible, then the best fit; "
            "everybody at most once. A plan preselects nobody: you adopt it vacancy by vacancy."
        ),
    )
    plans = season.list_season_plans(by=officer)
    making.draw(plans, officer)
    if not plans:
        messages.empty(
            _(
                "No plan was made yet. Press “Plan the season”: it takes seconds and changes "
                "nothing until you adopt it for a vacancy."
            )
        )
        return
    with messages.refusals():
        plan = season.get_season_plan(plan_id=making.choose(plans), by=officer)
        headline.draw(plan)
        left, right = layout.list_and_detail()
        with left:
            chosen = vacancies.draw(plan, officer)
        with right, st.container(border=True, key="season_detail"):
            opened.draw(plan, chosen, officer)
