"""Looking at the files as a recipient would get them, and those that were sent."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.enums import CvLevel, FileFormat
from domain.records.cvs import CvRecord, FrozenCv, FrozenCvFile
from domain.records.officer import Officer
from services.cvs import reading
from services.official_documents.attachments import MIME
from ui import layout
from ui.language import _, label, language, moment
from ui.messages import plain

FORMATS = (FileFormat.PDF, FileFormat.DOCX, FileFormat.JSON)


def draw(record: CvRecord, officer: Officer) -> None:
    """A look at each level, then what was sent."""
    layout.part(_("As a recipient would get it now"))
    st.caption(_("Marked as a draft. What is hidden at a level is in none of its three files."))
    levels = list(CvLevel)
    names = [label(one) for one in levels]
    level = levels[
        st.radio(
            _("What is shown"),
            range(len(levels)),
            index=levels.index(CvLevel.NO_CONTACTS),
            format_func=names.__getitem__,
            horizontal=True,
            key=f"cv.level.{language()}",
        )
    ]
    with st.container(horizontal=True):
        for form in FORMATS:
            st.download_button(
                form.value.upper(),
                data=_preview(record.external_id, level, form, officer),
                file_name=f"CV-{record.external_id}-{level.value}.{form.value}",
                mime=MIME[form],
                on_click="ignore",
                key=f"cv.preview.{level.value}.{form.value}",
            )
    layout.part(_("What was sent"))
    if not record.frozen:
        st.caption(_("Nothing was sent yet. What is sent is kept here as it was, unchanged."))
    for frozen in record.frozen:
        _sent(frozen, officer)


def _sent(frozen: FrozenCv, officer: Officer) -> None:
    with st.container(border=True):
        st.markdown(
            plain(f"{frozen.vacancy_number} · {moment(frozen.frozen_at)} · {label(frozen.level)}")
        )
        st.caption(_("Hash: {hash}").format(hash=plain(frozen.sha256[:16])))
        with st.container(horizontal=True):
            for file in frozen.files:
                st.download_button(
                    file.format.value.upper(),
                    data=_content(frozen.id, file, officer),
                    file_name=file.name,
                    mime=MIME[file.format],
                    on_click="ignore",
                    key=f"cv.sent.{frozen.id}.{file.format.value}",
                )


def _preview(
    external_id: str, level: CvLevel, form: FileFormat, officer: Officer
) -> Callable[[], bytes]:
    """Makes the file at the click; outside a run, so it asks the service only."""

    def content() -> bytes:
        return reading.preview_cv(
            external_id=external_id, level=level, form=form, by=officer
        ).content

    return content


def _content(frozen_id: int, file: FrozenCvFile, officer: Officer) -> Callable[[], bytes]:
    """Reads the file at the click; outside a run, so it asks the service only."""

    def content() -> bytes:
        return reading.download_frozen(frozen_id=frozen_id, form=file.format, by=officer).content

    return content
