"""Vacancies that came without an occupation code: confirm one each, or skip."""

from __future__ import annotations

from math import ceil

import streamlit as st

from domain.records.officer import Officer
from domain.records.vacancy import UncodedVacancy, VacancyFilter
from services.coding import occupation_coding
from ui import forms, layout, messages
from ui.language import _, number, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.vacancy.occupations import attribution, button_help, button_text

ROWS = 10
SKIPPED = "occupation_codes.skipped"


def render(officer: Officer) -> None:
    """One row a vacancy; what is confirmed leaves the list."""
    layout.header(
        _("Occupation codes"),
        _("S06 · Employers and vacancies"),
        _("Confirm what each job title means. Nothing is coded by itself."),
    )
    page_link("vacancies", _("All vacancies"), icon="↩️")
    skipped: list[str] = st.session_state.setdefault(SKIPPED, [])
    wanted = _filters()
    place = st.container()
    total = occupation_coding.count_uncoded(wanted=wanted, skipped=tuple(skipped), by=officer)
    page = 1
    if total > ROWS:
        page = st.pagination(ceil(total / ROWS), key="occupation_codes.page")
    # The first time after a start or an import the job titles are indexed.
    with place, st.spinner(_("Comparing with known job titles…")):
        rows = occupation_coding.list_uncoded(
            wanted=wanted,
            skipped=tuple(skipped),
            offset=(page - 1) * ROWS,
            limit=ROWS,
            by=officer,
        )
    with place:
        _head(total, skipped, wanted)
        for row in rows:
            _row(row, skipped, officer)
    attribution()


def _filters() -> VacancyFilter:
    with layout.filters():
        text = st.text_input(
            _("Search"),
            key="occupation_codes.text",
            placeholder=_("number, title, employer, town"),
            width=320,
        )
        countries = forms.countries(
            _("Country"), key="occupation_codes.countries", placeholder=_("all"), width=320
        )
    return VacancyFilter(text=text, countries=tuple(countries))


def _head(total: int, skipped: list[str], wanted: VacancyFilter) -> None:
    if not total and wanted != VacancyFilter():
        messages.empty(_("No vacancy fits these filters: take one away."))
    elif not total:
        messages.empty(_("Every vacancy has its occupation code."))
    else:
        st.caption(_("Vacancies that need an occupation code: {count}").format(count=number(total)))
    if skipped and st.button(
        _("Show the skipped again: {count}").format(count=number(len(skipped))),
        key="occupation_codes.unskip",
    ):
        skipped.clear()
        st.rerun()


def _row(row: UncodedVacancy, skipped: list[str], officer: Officer) -> None:
    key = f"occupation_codes.{row.number}"
    with st.container(border=True, gap="small"):
        about = " · ".join(
            filter(None, (row.number, row.employer, term_name("country", row.country)))
        )
        st.markdown(f"**{plain(row.title)}**")
        st.caption(plain(about))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for suggestion in row.suggestions:
                if st.button(
                    button_text(suggestion),
                    key=f"{key}.{suggestion.isco}",
                    help=button_help(suggestion),
                    wrap=True,
                ):
                    _confirm(row, suggestion.isco, suggestion.similarity, officer)
            if not row.suggestions:
                st.caption(_("No known job title is like this one."))
            other = forms.occupation(
                _("Another code"), key=f"{key}.other", label_visibility="collapsed", width=280
            )
            if other and st.button(_("Confirm"), key=f"{key}.confirm", type="primary"):
                _confirm(row, other, None, officer)
            if st.button(_("Skip"), key=f"{key}.skip", type="tertiary"):
                skipped.append(row.number)
                st.rerun()


def _confirm(row: UncodedVacancy, isco: str, score: float | None, officer: Officer) -> None:
    with messages.refusals():
        occupation_coding.confirm_occupation(
            vacancy_number=row.number, isco=isco, score=score, by=officer
        )
        text = _("{number} is coded: {occupation}").format(
            number=row.number, occupation=forms.occupation_text(isco)
        )
        messages.success(text, _("Open vacancy"), "vacancy", vacancy=row.number)
        st.rerun()
