"""What is imported, which file, and how its letters are read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

from domain.enums import ImportKind
from domain.exceptions import EncodingToConfirm
from services.exports import ExportFormat
from services.importing.limits import limits
from services.importing.templates import template
from ui.imports.words import encoding_name
from ui.language import _, label, say
from ui.messages import plain

ROUND = "imports.round"
"""Counts the files of this session: a new number empties the upload field."""


@dataclass(frozen=True)
class Upload:
    """The file in hand."""

    kind: ImportKind
    name: str
    content: bytes

    @property
    def key(self) -> str:
        """The same file of the same kind has the same key: what was chosen for it stays."""
        digest = hashlib.blake2s(self.content, digest_size=8).hexdigest()
        return f"imports.{self.kind.value}.{digest}"

    @property
    def encoding(self) -> str | None:
        """What the officer has confirmed."""
        value = st.session_state.get(f"{self.key}.encoding")
        return str(value) if value else None


def choose_file() -> Upload | None:
    """Kind and file, with empty files to fill beside them; None until there is a file."""
    kind = st.segmented_control(
        _("What does the file hold?"),
        list(ImportKind),
        default=ImportKind.JOBSEEKERS,
        format_func=label,
        key="imports.kind",
        required=True,
    )
    kind = kind or ImportKind.JOBSEEKERS
    own_words(_("Choose a file"))
    file = st.file_uploader(
        _("CSV or Excel file (XLSX), at most {size} MB").format(
            size=limits().file_bytes // 1_000_000
        ),
        type=["csv", "tsv", "txt", "xlsx"],
        max_upload_size=limits().file_bytes // 1_000_000,
        key=f"imports.file.{st.session_state.setdefault(ROUND, 0)}",
    )
    if file is None:
        _templates(kind)
        return None
    return Upload(kind, file.name, file.getvalue())


def own_words(choose: str) -> None:
    """Streamlit's words in the upload field are English; the label above it says the rest."""
    st.html(
        "<style>.stFileUploader button p { font-size: 0; }"
        f'.stFileUploader section button p::after {{ content: "{choose}"; '
        "font-size: 0.875rem; } [data-testid=stFileUploaderDropzoneInstructions] "
        "{ display: none; }</style>"
    )


def next_file() -> None:
    """Empty the upload field for another file."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _templates(kind: ImportKind) -> None:
    st.caption(
        _(
            "An empty file to fill has our columns and one example row. A file with other columns "
            "can be imported too: which column is which is asked after the upload."
        )
    )
    with st.container(horizontal=True):
        for form, title in ((ExportFormat.XLSX, "Excel (XLSX)"), (ExportFormat.CSV, "CSV")):
            st.download_button(
                _("Empty file: {format}").format(format=title),
                data=template(kind, form),
                file_name=f"{kind.value}.{form.value}",
                key=f"imports.template.{kind.value}.{form.value}",
                on_click="ignore",
                icon="⬇️",
            )


def ask_encoding(upload: Upload, asked: EncodingToConfirm) -> None:
    """Show some words in each reading; the chosen one is used from the next run on."""
    st.warning(plain(say(asked)))
    with st.form(f"{upload.key}.ask"):
        chosen = st.radio(
            _("Which of these reads right?"),
            list(asked.samples),
            format_func=lambda name: f"{encoding_name(name)}: {plain(asked.samples[name])}",
            key=f"{upload.key}.reading",
        )
        if st.form_submit_button(_("Read it so"), type="primary"):
            st.session_state[f"{upload.key}.encoding"] = chosen
            st.rerun()
