"""Import of a file: what, which, how it is read, what would happen, do it, what came of it."""

from __future__ import annotations

import streamlit as st

from domain.exceptions import EncodingToConfirm, LabourMigrationError
from domain.records.officer import Officer
from ui import layout, messages
from ui.imports import mapping, preview, result, upload
from ui.imports.upload import Upload
from ui.language import _, number


def render(officer: Officer) -> None:
    """One file at a time."""
    layout.header(
        _("Import"),
        _("S06 · S07 · Files from other organisations"),
        _("Good rows go in, the others come back with the reason."),
    )
    done = result.last()
    if done is not None:
        result.show(done, officer)
    else:
        file = upload.choose_file()
        if file is not None:
            _look_and_import(file, officer)
    result.history(officer)


def _look_and_import(file: Upload, officer: Officer) -> None:
    try:
        with st.spinner(_("Reading the file …")):
            found = preview.look(file, mapping.chosen_mapping(file), officer)
    except EncodingToConfirm as asked:
        upload.ask_encoding(file, asked)
        return
    except LabourMigrationError as refused:
        messages.show(refused)
        return
    preview.show(found)
    if not found.missing and st.button(
        _("Import rows: {count}").format(count=number(found.accepted)),
        key="imports.run",
        type="primary",
        disabled=not found.accepted,
        help=None if found.accepted else _("No row can be accepted: see below what is expected."),
    ):
        result.run(file, found, officer)
    mapping.edit(file, found, officer)
    preview.details(found)
