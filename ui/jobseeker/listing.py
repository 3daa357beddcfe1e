"""The list of people: filters, columns, order and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from domain.enums import CefrLevel, JobseekerStatus
from domain.records.jobseeker import JobseekerQuery, JobseekerSummary
from domain.records.officer import Officer
from domain.texts import N_, Term
from services import texts
from services.jobseekers import registration
from services.reference import reference
from ui import exports, forms, layout
from ui.language import _, language, number
from ui.tables import Column

PAGE_SIZE = 50
ORDERS = {
    "newest": (N_("newest first"), "registered_on", True),
    "oldest": (N_("oldest first"), "registered_on", False),
    "name": (N_("by surname"), "name", False),
}


def search() -> str:
    """The search box."""
    return st.text_input(
        _("Search"),
        key="jobseekers.text",
        placeholder=_("name in either script, personal number, file number or phone"),
        label_visibility="collapsed",
        type="search",
        persist_state="session",
    )


def filters() -> JobseekerQuery:
    """One row of filters; empty ones do not filter."""
    kept: dict[str, Any] = {"persist_state": "session", "placeholder": _("all")}
    with layout.filters(5):
        region = forms.region(_("Region"), key="jobseekers.region", **kept)
        occupation = forms.choose(
            _("Occupation"),
            reference().occupation_levels,
            "occupation",
            key="jobseekers.occupation",
            show=forms.occupation_texts(),
            ordered=True,
            **kept,
        )
        spoken = forms.spoken_language(_("Language"), key="jobseekers.language", **kept)
        level = forms.choose_member(
            _("At least"), CefrLevel, key="jobseekers.level", disabled=spoken is None, **kept
        )
        status = forms.choose_member(_("Status"), JobseekerStatus, key="jobseekers.status", **kept)
    return JobseekerQuery(
        region=region, occupation=occupation, language=spoken, level=level, status=status
    )


def toolbar(query: JobseekerQuery, total: int, officer: Officer) -> JobseekerQuery:
    """The order, which page of the list to show, and the export of the whole list."""
    orders = {key: _(order[0]) for key, order in ORDERS.items()}
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.selectbox(
            _("Order"),
            orders,
            format_func=lambda key: orders[key],
            key="jobseekers.order",
            label_visibility="collapsed",
            width=200,
            persist_state="session",
        )
        pages = max(1, -(-total // PAGE_SIZE))
        page = st.pagination(pages, key=f"jobseekers.page.{hash(query)}") if pages > 1 else 1
        first = (page - 1) * PAGE_SIZE
        st.caption(
            _("{first}–{last} of {total}").format(
                first=number(first + 1),
                last=number(min(first + PAGE_SIZE, total)),
                total=number(total),
            )
        )
        column, descending = ORDERS[chosen or "newest"][1:]
        asked = replace(query, sort=column, descending=descending)
        _export(asked, officer)
    return replace(asked, limit=PAGE_SIZE, offset=first)


def columns(lang: str) -> list[Column]:
    """What the table and the export show, named in that language."""

    def named(kind: str, code: str | None) -> str:
        return texts.term(Term(kind, code), lang) if code else ""

    def main_occupation(row: JobseekerSummary) -> str:
        return "; ".join(named("occupation", o.isco) for o in row.occupations[:2])

    def languages(row: JobseekerSummary) -> str:
        foreign_first = sorted(row.languages, key=lambda x: x.level is CefrLevel.NATIVE)
        return ", ".join(
            f"{named('language', x.language)} {named('level', x.level.value)}"
            for x in foreign_first
        )

    other_script = _("In Latin letters") if lang == "ka" else _("In Georgian letters")
    return [
        Column(_("Name"), lambda row: row.name(lang), width="medium"),
        Column(other_script, lambda row: row.other_name(lang)),
        Column(_("Occupation"), main_occupation, width=280),
        Column(_("Languages"), languages, width="medium"),
        Column(_("Region"), lambda row: named("region", row.region)),
        Column(_("Status"), lambda row: named("JobseekerStatus", row.status.value)),
        Column(
            _("Known"),
            lambda row: row.completeness,
            kind="score",
            help=_("How much of the file is filled in, in percent"),
        ),
        Column(_("Birth date"), lambda row: row.birth_date, kind="date"),
        Column(_("Personal number"), lambda row: row.personal_number or ""),
        Column(_("Registered on"), lambda row: row.registered_on, kind="date"),
        Column(_("File"), lambda row: row.external_id),
    ]


def _export(query: JobseekerQuery, officer: Officer) -> None:
    """The whole list behind the filters, with the columns of the table."""
    shown = columns(language())

    def rows() -> Sequence[Sequence[object]]:
        whole = replace(query, limit=None, offset=0)
        page = registration.find_jobseekers(query=whole, by=officer)
        return [
            [column.value(row) for column in shown if callable(column.value)] for row in page.rows
        ]

    exports.download(
        "jobseekers", [c.title for c in shown], rows, key="jobseekers.export", by=officer
    )


def nobody(query: JobseekerQuery) -> str:
    """What an empty list says: how to fill it, or how to see more."""
    if query == JobseekerQuery():
        return _("Nobody is registered yet. Register the first person, or import a list.")
    return _("Nobody matches. Take a filter away, or write the name in another spelling.")
