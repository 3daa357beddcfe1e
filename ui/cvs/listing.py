"""Whose CV is wanted, where it stands, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import CvStatus
from domain.records.cvs import CvSummary
from ui import layout, marks, navigation
from ui.cvs.words import state_of
from ui.language import _, language, number, say
from ui.tables import Column, table

TABLE = "cvs.table"


def choose(found: Sequence[CvSummary]) -> CvSummary | None:
    """Draw counters, filters and the list; the line that is chosen."""
    waiting = [one for one in found if not one.is_sent]
    if found:
        marks.counters(
            {
                _("in preparation"): _count(waiting, CvStatus.DRAFT),
                _("wait for sign-off"): _count(waiting, CvStatus.IN_REVIEW),
                _("ready to send"): _count(waiting, CvStatus.FINAL),
                _("with the employer"): len(found) - len(waiting),
            }
        )
    shown = _filtered(found) if found else found
    opened = navigation.query("jobseeker")
    chosen = table(
        shown,
        [
            Column(_("Person"), lambda one: one.name(language()), pinned=True, width="medium"),
            Column(_("State"), state_of, width="medium"),
            Column(
                _("Missing"),
                lambda one: number(one.missing) if one.missing else "–",
                width="small",
                help=_("How many things hinder the sign-off."),
            ),
            Column(_("Next step"), lambda one: say(one.next_step), width="large"),
            Column(_("Vacancies"), _vacancies, width="medium"),
        ],
        key=TABLE,
        selection="single",
        row_id="external_id",
        selected=[opened] if opened else [],
        empty=_empty(found),
        alt=_("English CVs of those whom the commission approved, unfinished ones first"),
    )
    navigation.keep_query(jobseeker=chosen[0] if chosen else None)
    return next((one for one in shown if chosen and one.external_id == chosen[0]), None)


def _count(found: Sequence[CvSummary], status: CvStatus) -> int:
    return sum(1 for one in found if one.status is status)


def _empty(found: Sequence[CvSummary]) -> str:
    if found:
        return _("No CV fits the filters. Choose another state or vacancy.")
    return _("Nobody waits for a CV: it is prepared once a commission has approved somebody.")


def _filtered(found: Sequence[CvSummary]) -> list[CvSummary]:
    states = list(dict.fromkeys(state_of(one) for one in found))
    numbers = sorted({wanted.vacancy_number for one in found for wanted in one.candidacies})
    with layout.filters(2):
        state = st.selectbox(
            _("State"), states, index=None, placeholder=_("All"), key=f"cvs.state.{language()}"
        )
        vacancy = st.selectbox(
            _("Vacancy"), numbers, index=None, placeholder=_("All"), key="cvs.vacancy"
        )
    return [
        one
        for one in found
        if (state is None or state_of(one) == state)
        and (vacancy is None or vacancy in [x.vacancy_number for x in one.candidacies])
    ]


def _vacancies(one: CvSummary) -> str:
    return ", ".join(wanted.vacancy_number for wanted in one.candidacies)
