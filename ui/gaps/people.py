"""The people behind a number of the gap board."""

from __future__ import annotations

import streamlit as st

from domain.records.gaps import GapFilter, GapPerson, GapSplit
from domain.records.officer import Officer
from domain.texts import N_, Term
from services import gaps, texts
from ui import exports, layout, tables
from ui.language import _, language, number, say
from ui.navigation import page_link
from ui.tables import Column

SHOWN = 100
"""People in the list on the screen; the file holds all of them."""


def show(split: GapSplit, wanted: GapFilter, officer: Officer) -> None:
    """The list after a click, since it names people and opening it is logged."""
    layout.part(_("People near enough"))
    asked = (split.row.id, wanted)
    if st.session_state.get("gaps.people.asked") != asked:
        st.caption(_("The list names people: opening it is logged."))
        if not st.button(_("Show the people"), key="gaps.people.show"):
            return
        st.session_state["gaps.people.asked"] = asked
        st.session_state["gaps.people"] = gaps.list_gap_people(
            change=split.row.id, wanted=wanted, limit=SHOWN, by=officer
        )
        st.rerun()
    people, total = st.session_state["gaps.people"]
    if total > len(people):
        text = _("The first {shown} of {total}; the file holds all of them.")
        st.caption(text.format(shown=number(len(people)), total=number(total)))
    chosen = tables.table(
        people,
        [
            Column(_("File"), "external_id"),
            Column(_("Name"), lambda row: _name(row, language()), width="medium"),
            Column(_("Region"), lambda row: _region(row.region, language())),
            Column(_("has today"), lambda row: say(row.has)),
            Column(_("positions"), "positions", "number"),
            Column(_("vacancies"), lambda row: len(row.vacancies), "number"),
            Column(_("excluded from"), "excluded", "number"),
        ],
        key="gaps.people.table",
        selection="single",
        row_id="external_id",
        empty=_("Nobody is near enough under this filter."),
        alt=_("People near enough"),
    )
    if chosen:
        page_link("jobseeker", _("Open the file"), icon="🧑‍🌾", jobseeker=chosen[0])
    _export(split, wanted, officer)


def _export(split: GapSplit, wanted: GapFilter, officer: Officer) -> None:
    """The whole list; `rows` runs outside the session, so it carries the reader's language."""
    headings = [
        _("File"),
        _("Name"),
        _("Region"),
        _("has today"),
        _("positions"),
        _("vacancies"),
        _("excluded from"),
        _("Vacancies"),
    ]
    reader = language()

    def rows() -> list[tuple[object, ...]]:
        people, _total = gaps.list_gap_people(change=split.row.id, wanted=wanted, by=officer)
        return [
            (
                one.external_id,
                _name(one, reader),
                _region(one.region, reader),
                texts.render(one.has, reader),
                one.positions,
                len(one.vacancies),
                one.excluded,
                " ".join(one.vacancies),
            )
            for one in people
        ]

    exports.download("gap-people", headings, rows, key="gaps.people.export", by=officer)


def _name(person: GapPerson, reader: str) -> str:
    first, second = person.name_ka, person.name_lat
    return (first or second if reader == "ka" else second or first) or "–"


def _region(region: str | None, reader: str) -> str:
    if region is None:
        return texts.translate(N_("no region stated"), reader)
    return texts.term(Term("region", region), reader)
