"""S15: one person's coming back, from the reminders to how they are a year later.

`?stay=DEP-2026-0001` names the stay abroad.
"""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.returns.reading import get_return
from ui import layout, messages, navigation
from ui.language import _
from ui.returns import follow_ups, gains, one, recording, requests, survey


def render(officer: Officer) -> None:
    """The stay on the left with what comes next; what was written down on the right."""
    navigation.page_link("returns", _("All returns"), icon="↩️")
    layout.header(_("Return"), _("S15 · Return assistance"))
    number = navigation.query("stay")
    if number is None:
        messages.empty(_("Choose a person in the list of returns first."))
        return
    with messages.refusals():
        detail = get_return(deployment_number=number, by=officer)
        left, right = st.columns([2, 3], gap="medium")
        with left:
            one.draw(detail, officer)
            survey.draw(detail, officer)
            follow_ups.of_person(detail, officer)
        with right:
            recording.draw(detail, officer)
            gains.draw(detail, officer)
            requests.draw(detail, officer)
