"""The buttons of a vacancy: each knows why it can't be pressed now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from domain.exceptions import LabourMigrationError
from domain.records.officer import Officer
from domain.records.vacancy import VacancyRecord
from services.vacancies import vacancies
from ui import messages
from ui.buttons import guarded_button
from ui.language import _, say
from ui.messages import plain
from ui.navigation import page_link
from ui.vacancy import panel


def refusal(check: Callable[..., None], *facts: Any) -> str | None:
    """The sentence with which the service would refuse now; None where it would not."""
    try:
        check(*facts)
    except LabourMigrationError as error:
        return plain(say(error))
    return None


def life_cycle(vacancy: VacancyRecord, officer: Officer, *, unsaved: bool) -> None:
    """Publish, back to draft, close, cancel; and the way to the ranking."""
    number, version = vacancy.number, vacancy.version
    page_link("ranking", _("Open ranking"), icon="🏅", vacancy=number)
    why_not = refusal(vacancies.check_can_publish, vacancy, officer)
    if unsaved and why_not is None:
        why_not = _("Save first: there are changes that are not saved yet.")
    if vacancy.status == "draft" and guarded_button(
        _("Publish"), why_not, key="vacancy.publish", type="secondary" if unsaved else "primary"
    ):
        with messages.refusals():
            vacancies.publish_vacancy(number=number, version=version, by=officer)
            messages.success(
                _("Published: people can be ranked and preselected for it now."),
                _("Open ranking"),
                "ranking",
                vacancy=number,
            )
            st.rerun()
    if vacancy.status == "draft" and vacancy.obstacles:
        st.caption(panel.readiness(vacancy.checks))
    if vacancy.status == "published":
        why_not = refusal(vacancies.check_can_return_to_draft, vacancy, officer)
        if guarded_button(_("Back to draft"), why_not, key="vacancy.to_draft"):
            with messages.refusals():
                vacancies.return_to_draft(number=number, version=version, by=officer)
                messages.success(_("The vacancy is a draft again and can be changed."))
                st.rerun()
    if vacancy.status != "draft":
        why_not = refusal(vacancies.check_can_close, vacancy, officer)
        if guarded_button(_("Close"), why_not, key="vacancy.close"):
            with messages.refusals():
                vacancies.close_vacancy(number=number, version=version, by=officer)
                messages.success(_("Closed: no more candidates are taken."))
                st.rerun()
    _cancel(vacancy, officer)


def _cancel(vacancy: VacancyRecord, officer: Officer) -> None:
    why_not = refusal(vacancies.check_can_cancel, vacancy, officer)
    with st.popover(_("Cancel the vacancy"), disabled=why_not is not None, help=why_not):
        reason = st.text_input(_("Reason for cancelling"), key="vacancy.cancel.reason")
        st.caption(_("A cancelled vacancy can't be opened again."))
        if st.button(_("Cancel for good"), key="vacancy.cancel"):
            with messages.refusals():
                vacancies.cancel_vacancy(
                    number=vacancy.number, reason=reason, version=vacancy.version, by=officer
                )
                messages.success(_("The vacancy is cancelled; the reason is kept."))
                st.rerun()
