"""One official document: its files, its route, what the reader is asked for, what happened."""

from __future__ import annotations

import streamlit as st

from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.signing import DocumentRecord
from services.official_documents.documents import get_document
from services.permissions import Permission, can
from ui import layout, marks, messages, navigation
from ui.language import _, label, language, number
from ui.messages import plain
from ui.official_documents import action, arranging, files, history, route, signatures
from ui.official_documents.words import DOCUMENT_TONES, heading


def render(officer: Officer) -> None:
    """Files and route on the left, what to do on the right; on a phone what to do comes first."""
    chosen = navigation.query_id("document")
    if chosen is None:
        layout.header(_("Document"))
        messages.empty(_("Choose a document from the list."))
        navigation.page_link("documents", _("All documents"), icon="↩️")
        return
    try:
        record = get_document(document_id=chosen, by=officer)
    except NotFound as nothing:
        layout.header(_("Document"))
        messages.show(nothing)
        navigation.page_link("documents", _("All documents"), icon="↩️")
        return
    layout.header(plain(record.title), subtitle=plain(heading(record)))
    _state(record, officer)
    with st.container(key="document_parts"):
        left, right = st.columns([3, 2], gap="large")
    with right:
        action.show(record, officer)
        arranging.show(record, officer)
        signatures.show(record, officer)
    with left:
        files.show(record, officer)
        route.show(record)
        history.show(record, officer)


def _state(record: DocumentRecord, officer: Officer) -> None:
    """Status and revision, and the ways out."""
    marks.show(
        marks.tag(label(record.status), DOCUMENT_TONES[record.status]),
        marks.tag(_("revision {number}").format(number=number(record.revision))),
    )
    with st.container(horizontal=True):
        navigation.page_link("documents", _("All documents"), icon="↩️")
        if record.session_number:
            navigation.page_link(
                "commission",
                _("Session {number}").format(number=record.session_number),
                icon="🏛️",
                session=record.session_number,
            )
        if record.letter_id and can(officer, Permission.LETTERS_READ):
            navigation.page_link("letter", _("Letter"), icon="✉️", letter=record.letter_id)
    if record.author:
        st.caption(_("Made by {name}").format(name=plain(record.author.name(language()))))
