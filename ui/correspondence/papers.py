"""Files of a letter: what is attached, and a new one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.enums import LetterDirection, LetterStatus
from domain.records.correspondence import LetterFile, LetterRecord
from domain.records.officer import Officer
from services import clock
from services.correspondence import files
from services.official_documents.attachments import MIME
from services.official_documents.inspection import EXTENSIONS
from services.official_documents.limits import limits_on
from ui import layout
from ui.correspondence.words import act, name
from ui.imports.upload import own_words
from ui.language import _, moment, number, say
from ui.messages import plain

ROUND = "letter.upload.round"


def draw(record: LetterRecord, officer: Officer) -> None:
    """The files with their downloads, then the upload."""
    with st.container(border=True, key="letter_files"):
        layout.part(_("Files: {count}").format(count=number(len(record.files))))
        for file in record.files:
            _file(record, file, officer)
        if not record.files:
            st.caption(_("No file is attached yet."))
        _upload(record, officer)


def _file(record: LetterRecord, file: LetterFile, officer: Officer) -> None:
    size = _("{size} KB").format(size=number(-(-file.size // 1000)))
    st.download_button(
        plain(file.name),
        data=_content(record.summary.id, file.id, officer),
        file_name=file.name,
        mime=MIME[EXTENSIONS[file.name.rpartition(".")[2].lower()]],
        key=f"letter.file.{file.id}",
        icon="⬇️",
        on_click="ignore",
        width="stretch",
    )
    st.caption(f"{size} · {moment(file.attached_at)} · {plain(name(file.attached_by))}")


def _content(letter_id: int, file_id: int, officer: Officer) -> Callable[[], bytes]:
    def content() -> bytes:
        return files.download_file(letter_id=letter_id, file_id=file_id, by=officer).content

    return content


def _upload(record: LetterRecord, officer: Officer) -> None:
    refusal = record.refusals["attach"]
    if refusal is not None:
        st.caption(plain(say(refusal)))
        return
    limit = limits_on(clock.today()).file_bytes // 1_000_000
    turn = st.session_state.setdefault(ROUND, 0)
    own_words(_("Choose a file"))
    file = st.file_uploader(
        _("PDF, Word (.docx), JPEG or PNG, at most {size} MB").format(size=limit),
        type=sorted(EXTENSIONS),
        max_upload_size=limit,
        key=f"letter.upload.{record.summary.id}.{turn}",
    )
    st.caption(
        _(
            "The file is checked by what it holds. From pictures, place and device are removed. "
            "The download of every file is recorded."
        )
    )
    is_draft = record.summary.status is LetterStatus.DRAFT
    is_text = False
    if is_draft and record.form.direction is LetterDirection.OUTGOING:
        is_text = st.checkbox(
            _("This file is the letter itself: it is endorsed and signed"),
            value=not record.files,
            key="letter.upload.is_text",
        )
    if file is not None and st.button(_("Attach"), type="primary", key="letter.upload.save"):
        content, called = file.getvalue(), file.name

        def attach() -> LetterRecord:
            with st.spinner(_("Looking into the file …")):
                kept = files.attach_file(
                    letter_id=record.summary.id,
                    name=called,
                    content=content,
                    is_text=is_text,
                    by=officer,
                )
            st.session_state[ROUND] = turn + 1
            return kept

        act(_("The file is attached."), attach)
