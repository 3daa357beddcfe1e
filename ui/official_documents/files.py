"""The files of a document: the principal one first, each a click away; downloads are logged."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.records.officer import Officer
from domain.records.signing import DocumentFile, DocumentRecord
from services.official_documents import documents
from services.official_documents.attachments import MIME
from ui import layout, messages
from ui.language import _, label, number, term_name
from ui.messages import plain
from ui.official_documents.words import short_hash


def show(record: DocumentRecord, officer: Officer) -> None:
    """Files of the present revision; former ones folded."""
    layout.section(_("Files"))
    present = [one for one in record.files if one.revision == record.revision]
    if not present:
        messages.empty(_("The document has no file yet."))
    for one in present:
        _file(record, one, officer)
    if record.principal:
        st.caption(_("What is endorsed and signed is the principal file, byte for byte:"))
        st.code(f"SHA-256 {record.principal.sha256}", language=None, wrap_lines=True)
    former = [one for one in record.files if one.revision != record.revision]
    if former:
        with st.expander(_("Former revisions ({count})").format(count=number(len(former)))):
            for one in former:
                _file(record, one, officer)


def _file(record: DocumentRecord, one: DocumentFile, officer: Officer) -> None:
    what = f"{term_name('language', one.language)} · {label(one.format)}"
    if one.is_principal:
        what = _("Principal file: {what}").format(what=what)
    about = _("revision {number} · {size} KB · {hash}").format(
        number=number(one.revision), size=number(-(-one.size // 1024)), hash=short_hash(one.sha256)
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            what,
            data=content(record.id, one.sha256, officer),
            file_name=one.name,
            mime=MIME[one.format],
            icon="📄",
            type="primary" if one.is_principal and not record.my_step else "secondary",
            on_click="ignore",
            key=f"document.file.{one.revision}.{one.language}.{one.format.value}",
        )
        st.caption(plain(about))


def content(document_id: int, sha256: str, officer: Officer) -> Callable[[], bytes]:
    """Reads the file at the click; outside a run, so it asks the service only."""

    def read() -> bytes:
        return documents.read_file(document_id=document_id, sha256=sha256, by=officer)

    return read
