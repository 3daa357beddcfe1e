"""What happened to a document, from the audit chain."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.signing import DocumentRecord, HistoryEntry
from services.official_documents.documents import list_history
from ui.audit_words import action_name
from ui.language import _, language
from ui.official_documents.words import short_hash
from ui.tables import Column, table


def show(record: DocumentRecord, officer: Officer) -> None:
    """The latest first, folded; who read it stands in the audit log."""
    with st.expander(_("History")):
        table(
            list_history(document_id=record.id, by=officer),
            [
                Column(_("When"), "happened_at", "moment"),
                Column(_("Who"), _who),
                Column(_("What"), lambda one: action_name(one.action, language())),
                Column(_("On the file"), _file),
            ],
            key="document.history",
            empty=_("Nothing happened yet."),
            alt=_("What happened to the document, the latest first"),
        )


def _who(one: HistoryEntry) -> str:
    return one.person.name(language()) if one.person else _("the system")


def _file(one: HistoryEntry) -> str:
    value = dict(one.details).get("sha256", "")
    return short_hash(value) if len(value) == 64 else ""
