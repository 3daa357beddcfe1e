"""What the board is narrowed to; kept in the address."""

from __future__ import annotations

import streamlit as st

from domain.enums import CandidacyStatus
from domain.records.officer import Officer
from domain.records.road import RoadQuery
from services.road.board import STEPS, list_choices
from ui import forms, layout, navigation
from ui.language import _


def draw(officer: Officer) -> RoadQuery:
    """One row of filters; the step is chosen on the steps themselves."""
    choices = list_choices(by=officer)
    asked = navigation.query("vacancy")
    numbers = list(choices.vacancies)
    with layout.filters(5):
        vacancy = st.selectbox(
            _("Vacancy"),
            numbers,
            index=numbers.index(asked) if asked in numbers else None,
            format_func=lambda number: f"{number} · {choices.vacancies[number]}",
            key="road.vacancy",
            placeholder=_("all"),
        )
        employer = st.selectbox(
            _("Employer"),
            sorted(choices.employers, key=choices.employers.__getitem__),
            index=None,
            format_func=lambda one: choices.employers[one],
            key="road.employer",
            placeholder=_("all"),
        )
        told = navigation.query("country")
        country = forms.choose(
            _("Country"),
            choices.countries,
            "country",
            key="road.country",
            value=told if told in choices.countries else None,
            placeholder=_("all"),
        )
        late_only = st.toggle(_("Late only"), key="road.late")
        mine = st.toggle(
            _("Mine"), key="road.mine", help=_("Only people whom you preselected yourself.")
        )
    navigation.keep_query(vacancy=vacancy, country=country)
    return RoadQuery(vacancy, employer, country, _step(), late_only, mine)


def _step() -> CandidacyStatus | None:
    told = navigation.query("step")
    return CandidacyStatus(told) if told in {step.value for step in STEPS} else None
