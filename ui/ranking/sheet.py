"""The sheet for the person: a page to print, in the language that the person reads."""

from __future__ import annotations

from functools import partial

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import RankingSummary
from services.rankings.sheet import check_can_hand_out, explanation_sheet
from services.texts import LANGUAGES
from ui import messages
from ui.language import _, say


def sheet_buttons(ranked: RankingSummary, external_id: str, officer: Officer) -> None:
    """One button for each language; they run later, in a bare thread, and the service checks."""
    refusal = messages.refusal_of(lambda: check_can_hand_out(officer))
    with st.popover(
        _("Sheet for the person…"),
        disabled=refusal is not None,
        help=say(refusal) if refusal else None,
        key=f"ranking.sheet.{external_id}",
    ):
        st.caption(
            _(
                "The person's own reasons for this vacancy, to print and hand over. Nothing about "
                "anybody else is in it. It is recorded that you took it out."
            )
        )
        for code, name in LANGUAGES.items():
            st.download_button(
                name,
                data=partial(_content, ranked.run_id, external_id, code, officer),
                file_name=f"{ranked.vacancy_number}-{external_id}-{code}.html",
                mime="text/html",
                key=f"ranking.sheet.{code}.{external_id}",
            )


def _content(run_id: int, external_id: str, code: str, officer: Officer) -> bytes:
    sheet = explanation_sheet(run_id=run_id, external_id=external_id, language=code, by=officer)
    return sheet.content
