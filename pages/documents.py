"""Official documents: what waits for me on top, then mine and all that I may read."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.signing import DocumentSummary
from services.official_documents.documents import list_documents
from ui import layout, navigation
from ui.language import _, language, moment
from ui.messages import plain
from ui.official_documents.words import ASKED, heading
from ui.tables import Column, clear_selection, table

TABLE = "documents.table"


def render(officer: Officer) -> None:
    """Cards for what is asked, a table for the rest, the way to absences."""
    found = list_documents(by=officer)
    layout.header(
        _("Documents"),
        subtitle=_("Endorsed, signed and read along a route; an endorsement is not a signature."),
    )
    waiting = [one for one in found if one.asked]
    layout.section(_("Papers waiting for me"))
    if not waiting:
        st.caption(_("Nothing waits for you."))
    for one in waiting:
        _card(one)
    layout.section(_("All documents"))
    only_mine = st.toggle(_("Only those that I made"), key="documents.mine")
    _table([one for one in found if one.is_mine or not only_mine])
    navigation.page_link("absences", _("Absences and substitutes"), icon="🌴")


def _card(one: DocumentSummary) -> None:
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"document_card_{one.id}",
    ):
        assert one.asked is not None
        lines = [f"**{_(ASKED[one.asked])}**: {plain(one.title)} · {plain(heading(one))}"]
        if one.acting_for:
            name = plain(one.acting_for.name(language()))
            lines.append(_("You act for {name}, who is absent.").format(name=name))
        if one.asked_at:
            lines.append(_("Asked {moment}").format(moment=moment(one.asked_at)))
        st.markdown("  \n".join(lines))
        if st.button(_("Open"), key=f"documents.open.{one.id}", type="primary"):
            navigation.open_page("document", document=one.id)


def _table(found: list[DocumentSummary]) -> None:
    chosen = table(
        found,
        [
            Column(_("Number"), lambda one: one.number or "–", width=130, pinned=True),
            Column(_("Title"), "title", width="large"),
            Column(_("Kind"), "kind"),
            Column(_("Status"), "status"),
            Column(
                _("Steps done"),
                lambda one: f"{one.steps_done} / {one.steps}" if one.steps else "–",
            ),
            Column(_("Made"), "created_at", "moment"),
        ],
        key=TABLE,
        selection="single",
        empty=_("There is no document yet. Minutes are made on the page of a closed session."),
        alt=_("Official documents, the newest first; select one to open it"),
    )
    if chosen:
        clear_selection(TABLE)
        navigation.open_page("document", document=chosen[0])
