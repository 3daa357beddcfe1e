"""Vacancies: what is open, what needs a code, what comes next."""

from __future__ import annotations

from math import ceil

import streamlit as st

from domain.enums import VacancyStatus
from domain.records.officer import Officer
from domain.records.vacancy import VacancyFilter, VacancyList
from services.coding import occupation_coding
from services.permissions import Permission, can
from services.vacancies import vacancies
from ui import forms, layout, tables
from ui.language import _, label, language, number, term_name
from ui.navigation import open_page, page_link
from ui.vacancy import export

ROWS = 200


def render(officer: Officer) -> None:
    """Filter, list, open one."""
    layout.header(_("Vacancies"), _("S06 · Employers and vacancies"))
    _actions(officer)
    wanted = _filters()
    place = st.container()
    total = vacancies.list_vacancies(wanted=wanted, limit=0, by=officer).total
    page = 1
    if total > ROWS:
        page = st.pagination(ceil(total / ROWS), key="vacancies.page")
    shown = vacancies.list_vacancies(
        wanted=wanted, offset=(page - 1) * ROWS, limit=ROWS, by=officer
    )
    with place:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("Vacancies found: {count}").format(count=number(total)))
            if total:
                export.vacancies(wanted, officer)
        _table(shown, wanted)


def _actions(officer: Officer) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if can(officer, Permission.VACANCIES_EDIT) and st.button(
            _("New vacancy"), key="vacancies.new", type="primary"
        ):
            open_page("vacancy", vacancy="new")
        waiting = occupation_coding.count_uncoded(by=officer)
        if waiting and can(officer, Permission.VACANCIES_EDIT):
            text = _("Vacancies that need an occupation code: {count}")
            page_link("occupation_codes", text.format(count=number(waiting)), icon="🔎")


def _filters() -> VacancyFilter:
    with layout.filters():
        text = st.text_input(
            _("Search"),
            key="vacancies.text",
            placeholder=_("number, title, employer, town"),
            width=260,
        )
        statuses = st.multiselect(
            _("Status"),
            list(VacancyStatus),
            format_func=label,
            key="vacancies.statuses",
            placeholder=_("all"),
            width=220,
            select_all=False,
        )
        countries = forms.countries(
            _("Country"), key="vacancies.countries", placeholder=_("all"), width=220
        )
        occupation = forms.occupation(_("Occupation"), key="vacancies.occupation", width=260)
        uncoded = st.toggle(_("Needs a code"), key="vacancies.uncoded")
    return VacancyFilter(
        text=text,
        statuses=tuple(statuses),
        countries=tuple(countries),
        occupation=occupation or "",
        uncoded=uncoded,
    )


def _table(found: VacancyList, wanted: VacancyFilter) -> None:
    bar = st.container(horizontal=True, vertical_alignment="center")
    is_filtered = wanted != VacancyFilter()
    chosen = tables.table(
        found.rows,
        [
            tables.Column(_("Number"), "number"),
            tables.Column(_("Title"), lambda row: row.title_in(language()), width="medium"),
            tables.Column(_("Status"), "status"),
            tables.Column(_("Employer"), "employer", width="medium"),
            tables.Column(_("Country"), lambda row: term_name("country", row.country)),
            tables.Column(_("Town"), "town"),
            tables.Column(
                _("Occupation"),
                lambda row: (
                    "; ".join(term_name("occupation", c) for c in row.occupations)
                    or _("needs a code")
                ),
                width="medium",
            ),
            tables.Column(_("Positions"), "positions", "number", width=84),
            tables.Column(_("Start"), "start_on", "date"),
            tables.Column(_("Closing date"), "closes_on", "date"),
            tables.Column(_("People in the process"), "candidacies", "number"),
        ],
        key="vacancies.table",
        selection="single",
        row_id="number",
        alt=_("Vacancies with country, dates and status"),
        empty=_("No vacancy fits these filters: take one away.")
        if is_filtered
        else _("There is no vacancy yet: take one in with “New vacancy”, or import a file."),
    )
    with bar:
        if not chosen:
            st.caption(_("Select a vacancy to open it or its ranking."))
            return
        if st.button(_("Open vacancy"), key="vacancies.open"):
            open_page("vacancy", vacancy=chosen[0])
        page_link("ranking", _("Open ranking"), icon="🏅", vacancy=chosen[0])
