"""What would happen: counts, every bad cell, the first rows."""

from __future__ import annotations

import streamlit as st

from domain.records.imports import CellProblem, ImportMapping, ImportPreview, PastImport
from domain.records.officer import Officer
from services.importing.mapping import fingerprint
from services.importing.running import preview_import
from ui import marks, tables
from ui.imports.upload import Upload
from ui.imports.words import column_label, column_names
from ui.language import _, language, moment, number, say
from ui.messages import plain
from ui.tables import Column

SHOWN = 2_000
PREVIEW = "imports.preview"


def look(upload: Upload, mapping: ImportMapping | None, officer: Officer) -> ImportPreview:
    """The preview, made once for each way of reading the file: a large one takes seconds."""
    asked = (upload.key, upload.encoding, fingerprint(mapping) if mapping else None)
    kept = st.session_state.get(PREVIEW)
    if kept is None or kept[0] != asked:
        made = preview_import(
            kind=upload.kind,
            content=upload.content,
            mapping=mapping,
            encoding=upload.encoding,
            by=officer,
        )
        st.session_state[PREVIEW] = kept = (asked, made)
    found: ImportPreview = kept[1]
    return found


def forget() -> None:
    """The register has changed: look again."""
    st.session_state.pop(PREVIEW, None)


def show(preview: ImportPreview) -> None:
    """Before the import: nothing has changed yet."""
    if preview.missing:
        st.warning(
            _("Nothing fills these required columns yet: {columns}. Choose them below.").format(
                columns=plain(column_names(preview.kind, preview.missing))
            )
        )
        return
    if preview.imported_before:
        st.info(before_text(preview.imported_before))
    marks.counters(
        {
            _("rows in the file"): preview.rows,
            _("can go in"): preview.accepted,
            _("will come back"): preview.rejected,
        }
    )
    problems_table(preview.problems, key="imports.problems")


def details(preview: ImportPreview) -> None:
    """Notices and the first rows, as they will be read."""
    for notice in preview.notices:
        st.caption(plain(say(notice)))
    if not preview.first_rows:
        return
    with st.expander(_("The first rows as they are read")):
        filled = [rule.target for rule in preview.mapping.rules]
        st.dataframe(
            [
                {column_label(preview.kind, name): row[name][:200] for name in filled}
                for row in preview.first_rows
            ],
            hide_index=True,
        )


def before_text(past: PastImport) -> str:
    """What an officer should know before importing a file again."""
    return _(
        "This file was imported on {moment} ({name}). Importing it again adds only rows that are "
        "not there yet and changes nothing else."
    ).format(moment=moment(past.imported_at), name=plain(past.by(language()) or "–"))


def problems_table(problems: tuple[CellProblem, ...], *, key: str) -> None:
    """Every bad cell: where it stands, and what is expected there."""
    if not problems:
        return
    st.caption(_("Cells that can't be accepted: {count}").format(count=number(len(problems))))
    tables.table(
        problems[:SHOWN],
        [
            Column(_("Row"), "row", kind="number", width="small", pinned=True),
            Column(_("Column of the file"), lambda p: p.column or "–", width="small"),
            Column(_("What is expected"), lambda p: say(p.sentence), width="large"),
        ],
        key=key,
        height=320 if len(problems) > 8 else None,
    )
