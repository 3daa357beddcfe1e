"""Downloads of exactly what a list shows; the file is made, and audited, at the click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from domain.records.officer import Officer
from services import clock
from services.exports import ExportFormat, export_rows
from services.permissions import Permission, can
from ui.language import _

Rows = Callable[[], Sequence[Sequence[object]]]


def download(name: str, headings: Sequence[str], rows: Rows, *, key: str, by: Officer) -> None:
    """Two buttons, Excel and CSV. `rows` runs outside the session: it may ask services only."""
    if not can(by, Permission.LISTS_EXPORT):
        return
    with st.popover(_("Export"), icon="⬇️"):
        st.caption(_("The file holds the whole list with these filters. The export is logged."))
        for form in (ExportFormat.XLSX, ExportFormat.CSV):
            st.download_button(
                {ExportFormat.XLSX: "Excel (XLSX)", ExportFormat.CSV: "CSV"}[form],
                data=_file(name, headings, rows, form, by),
                file_name=f"{name}-{clock.today().isoformat()}.{form.value}",
                key=f"{key}.{form.value}",
                on_click="ignore",
                width="stretch",
            )


def _file(
    name: str, headings: Sequence[str], rows: Rows, form: ExportFormat, by: Officer
) -> Callable[[], bytes]:
    def content() -> bytes:
        return export_rows(name=name, headings=headings, rows=rows(), form=form, by=by).content

    return content
