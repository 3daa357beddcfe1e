"""Choosing archives, seeing what they hold, and importing them with progress."""

from __future__ import annotations

import io

import streamlit as st

from domain.exceptions import LabourMigrationError
from domain.records.officer import Officer
from domain.texts import Sentence
from services.esco.archives import EscoFile
from services.esco.importing import import_esco, preview_esco
from services.esco.rules import rules
from ui import layout, messages, tables
from ui.classifications import words
from ui.imports.upload import own_words
from ui.language import _, number, say, term_name
from ui.tables import Column

ROUND = "classifications.round"
"""Counts the imports of this session: a new number empties the upload field."""


def choose(officer: Officer) -> None:
    """The archives as downloaded, several at once."""
    layout.section(
        _("Bring in archives"),
        _(
            "From the ESCO portal: content “classification”, format CSV, one archive for each"
            " language and the one without a language, which holds the relations. Files and"
            " vacancies keep the skills they name."
        ),
    )
    own_words(_("Choose files"))
    megabytes = rules().archive_bytes // 1_000_000
    given = st.file_uploader(
        _("Archives (ZIP) or tables of names (CSV, CSV.GZ), at most {size} MB each").format(
            size=number(megabytes)
        ),
        type=["zip", "csv", "gz"],
        accept_multiple_files=True,
        max_upload_size=megabytes,
        key=f"classifications.files.{st.session_state.setdefault(ROUND, 0)}",
    )
    files = [EscoFile(file.name, io.BytesIO(file.getvalue())) for file in given]
    if files and _look(files, officer):
        wanted = st.button(_("Import"), key="classifications.import", type="primary")
        st.caption(_("It takes up to a minute; others can read meanwhile, and save afterwards."))
        if wanted:
            _run(files, officer)


def _look(files: list[EscoFile], officer: Officer) -> bool:
    try:
        found = preview_esco(files=files, by=officer)
    except LabourMigrationError as refused:
        messages.show(refused)
        return False
    names = words.table_names()
    if found.version:
        layout.facts({_("Version of ESCO"): found.version})
    columns = [
        Column(_("Holds"), lambda row: names[row[1]], width=250),
        Column(_("Language"), lambda row: term_name("language", row[2]), width=110),
        Column(_("File name"), lambda row: row[0]),
    ]
    tables.table(found.tables, columns, key="classifications.preview")
    return True


def _run(files: list[EscoFile], officer: Officer) -> None:
    bar = st.progress(0.0, _("Reading the archives …"))

    def show(share: float, what: Sentence) -> None:
        bar.progress(share, messages.plain(say(what)))

    try:
        done = import_esco(files=files, progress=show, by=officer)
    except LabourMigrationError as refused:
        bar.empty()
        messages.show(refused)
        return
    if done.is_unchanged:
        messages.success(_("These files were imported before: nothing has changed."))
    else:
        messages.success(
            _("Imported. Changes of what was there: {count}").format(
                count=number(len(done.changes))
            )
        )
    st.session_state[ROUND] += 1
    st.rerun()
