"""Foreign employers: take in, check, suspend."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.officer import Officer
from domain.records.vacancy import EmployerRecord
from services.permissions import Permission, can
from services.vacancies import employers
from ui import layout, tables
from ui.language import _, number, term_name
from ui.navigation import keep_query, page_link, query_id
from ui.vacancy import employer

NEW = "employers.is_new"


def render(officer: Officer) -> None:
    """List at the left, the chosen employer at the right."""
    layout.header(_("Employers"), _("S06 · Employers and vacancies"))
    every = employers.list_employers(by=officer)
    if can(officer, Permission.VACANCIES_EDIT) and st.button(
        _("New employer"), key="employers.new", type="primary"
    ):
        st.session_state[NEW] = True
    left, right = layout.list_and_detail()
    with left:
        chosen = _list(every)
    with right:
        if st.session_state.get(NEW):
            employer.new(officer, done=NEW)
        elif chosen is not None:
            employer.file(chosen, officer)
            if can(officer, Permission.MONITORING_READ):
                trust = _("The employer's trust file")
                page_link("employer_trust", trust, icon="🛡️", employer=chosen.id)
        elif every:
            st.caption(_("Select an employer to open its file."))


def _list(every: Sequence[EmployerRecord]) -> EmployerRecord | None:
    words = st.text_input(
        _("Search"), key="employers.text", placeholder=_("name, country, town, sector")
    )
    rows = [one for one in every if _fits(one, words)]
    st.caption(_("Employers found: {count}").format(count=number(len(rows))))
    opened = query_id("employer")
    ids = tables.table(
        rows,
        [
            tables.Column(_("Employer"), "name", width="medium"),
            tables.Column(_("Country"), lambda row: term_name("country", row.country)),
            tables.Column(_("Sector"), "sector"),
            tables.Column(_("Status"), "status"),
            tables.Column(_("Vacancies"), "vacancies", "number"),
        ],
        key="employers.table",
        selection="single",
        selected=[opened] if opened else [],
        alt=_("Employers with country and status"),
        empty=_("No employer fits: take a word away, or take the employer in."),
    )
    keep_query(employer=ids[0] if ids else None)
    return next((one for one in rows if one.id in ids), None)


def _fits(one: EmployerRecord, words: str) -> bool:
    country = term_name("country", one.country)
    text = " ".join(filter(None, (one.name, one.town, one.sector, country))).casefold()
    return all(word in text for word in words.casefold().split())
