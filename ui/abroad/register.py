"""The register: who is abroad by country, filters, the list."""

from __future__ import annotations

import streamlit as st

from domain.enums import DeploymentStatus
from domain.records.deployments import DeploymentFilter, DeploymentSummary, Register
from domain.records.officer import Officer
from services.deployments import register
from services.permissions import Permission, can
from ui import exports, layout, marks
from ui.abroad import words
from ui.language import _, day, label, language, number, term_name
from ui.navigation import open_page
from ui.tables import Column, table


def filters(countries: list[str]) -> DeploymentFilter:
    """Country, status and words, in one row."""
    with layout.filters(4):
        text = st.text_input(
            _("Search"), key="abroad.text", placeholder=_("name, number, employer, vacancy")
        )
        where = st.multiselect(
            _("Country"),
            countries,
            format_func=lambda code: term_name("country", code),
            key="abroad.countries",
            placeholder=_("all"),
            select_all=False,
        )
        statuses = st.multiselect(
            _("Status"),
            list(DeploymentStatus),
            format_func=label,
            key="abroad.statuses",
            placeholder=_("planned or abroad"),
            select_all=False,
        )
        everybody = st.toggle(
            _("Also those who are back"),
            key="abroad.everybody",
            disabled=bool(statuses),
            help=_("With a status chosen, exactly that status is shown.") if statuses else None,
        )
    return DeploymentFilter(tuple(where), tuple(statuses), text, is_current=not everybody)


def counts(found: Register) -> None:
    """One line of figures with its meaning."""
    known = dict(found.by_status)
    abroad = sum(one.abroad for one in found.by_country)
    marks.counters(
        {
            _("planned"): known[DeploymentStatus.PLANNED],
            _("abroad now"): abroad,
            _("contact lost"): sum(one.lost_contact for one in found.by_country),
            _("past the agreed end"): sum(one.late for one in found.by_country),
            _("returned"): known[DeploymentStatus.RETURNED],
        }
    )
    st.caption(
        _(
            "Abroad now: everybody who has departed and is not back on {day}, by the steps "
            "recorded. Past the agreed end: call them, record the return or extend the stay."
        ).format(day=day(found.counted_on))
    )


def by_country(found: Register) -> None:
    """How many people are where, and which consulate is in charge."""
    table(
        found.by_country,
        [
            Column(_("Country"), lambda one: term_name("country", one.country), width="medium"),
            Column(_("Abroad now"), "abroad", "number", width="small"),
            Column(_("Contact lost"), "lost_contact", "number", width="small"),
            Column(_("Past the agreed end"), "late", "number", width="small"),
            Column(_("Consulate in charge"), lambda one: words.consulate(one.consulate)),
            Column(_("Telephone"), lambda one: one.consulate.phone or _("no data")),
        ],
        key="abroad.by_country",
        row_id="country",
        empty=_("Nobody is abroad now. A departure is confirmed with the person's papers."),
        alt=_("People abroad by country with the consulate in charge"),
    )


def people(found: Register, officer: Officer) -> None:
    """The list; choosing a line opens the stay for whoever may read files."""
    may_open = can(officer, Permission.JOBSEEKERS_READ)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("Stays found: {count}").format(count=number(len(found.rows))))
        _export(found, officer)
    chosen = table(
        found.rows,
        _columns(may_open),
        key="abroad.table",
        row_id="number",
        selection="single" if may_open else None,
        empty=_("No stay fits: take a filter away."),
        alt=_("Stays abroad, the most urgent first; select one to open it"),
    )
    if chosen:
        st.session_state["abroad.table.selected"] = []
        open_page("deployment", deployment=chosen[0])
    if may_open and found.rows:
        st.caption(_("Select a line to open the stay."))


def _columns(knows_people: bool) -> list[Column]:
    who = Column(_("Person"), lambda one: one.name(language()) or one.external_id)
    return [
        Column(_("Number"), "number", pinned=True),
        who if knows_people else Column(_("File"), "external_id"),
        Column(_("Status"), lambda one: words.signed(one.status)),
        Column(_("since"), "since", "date"),
        Column(_("Country"), lambda one: term_name("country", one.country)),
        Column(_("Employer"), lambda one: one.employer or _("no data")),
        Column(_("Until the end"), words.left),
        Column(
            _("Days abroad"),
            lambda one: words.counted(one.counter),
            help=_("Most days in the period of the rule that the scheme keeps to, and its limit."),
        ),
        Column(_("Vacancy"), "vacancy_number"),
    ]


def _export(found: Register, officer: Officer) -> None:
    headings = [
        _("Number"), _("File"), _("Status"), _("Country"), _("Employer"), _("Vacancy"),
        _("First day of work"), _("Last day of work"), _("Departed"), _("Returned"),
    ]  # fmt: skip
    rows = [_exported(one) for one in found.rows]
    exports.download("people-abroad", headings, lambda: rows, key="abroad.export", by=officer)


def _exported(one: DeploymentSummary) -> list[object]:
    return [
        one.number, one.external_id, label(one.status), term_name("country", one.country),
        one.employer, one.vacancy_number, one.starts_on, one.ends_on, one.departed_on,
        one.returned_on,
    ]  # fmt: skip


def countries(officer: Officer) -> list[str]:
    """Countries in which anybody is or was."""
    return list(register.list_countries(by=officer))
