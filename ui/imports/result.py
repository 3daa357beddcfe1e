"""What came of an import, and where to go from there."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from domain.enums import ImportKind
from domain.exceptions import LabourMigrationError
from domain.records.imports import ImportPreview, ImportResult
from domain.records.officer import Officer
from services.coding import occupation_coding
from services.importing.history import list_imports
from services.importing.running import run_import
from ui import layout, marks, messages, tables
from ui.imports.preview import forget, problems_table
from ui.imports.upload import Upload, next_file
from ui.language import _, label, language, number, say
from ui.messages import plain
from ui.navigation import page_link
from ui.tables import Column

RESULT = "imports.result"


@dataclass(frozen=True)
class Done:
    """The last import of this session."""

    file_name: str
    result: ImportResult


def last() -> Done | None:
    """What is to be shown instead of the next upload."""
    found = st.session_state.get(RESULT)
    return found if isinstance(found, Done) else None


def run(upload: Upload, preview: ImportPreview, officer: Officer) -> None:
    """Import with a bar that fills; the result stays on the screen until another file is chosen."""
    bar = st.progress(0.0, _("Taking in the rows …"))

    def show_progress(done: int, total: int) -> None:
        text = _("{done} of {total} rows").format(done=number(done), total=number(total))
        bar.progress(done / total if total else 1.0, text)

    try:
        result = run_import(
            kind=upload.kind,
            content=upload.content,
            file_name=upload.name,
            mapping=preview.mapping,
            encoding=upload.encoding,
            progress=show_progress,
            by=officer,
        )
    except LabourMigrationError as refused:
        bar.empty()
        messages.show(refused)
        return
    st.session_state[RESULT] = Done(upload.name, result)
    forget()
    next_file()
    st.rerun()


def show(done: Done, officer: Officer) -> None:
    """Counts, the rejected rows as a file, and the next step."""
    result = done.result
    layout.section(_("Imported: {file}").format(file=plain(done.file_name)))
    if result.imported_before and not result.created + result.updated:
        st.info(_("This file was imported before: nothing has changed."))
    marks.counters(
        {
            _("new"): result.created,
            _("changed"): result.updated,
            _("unchanged"): result.unchanged,
            _("rejected"): result.rejected,
        }
    )
    for notice in result.notices:
        st.caption(plain(say(notice)))
    if result.rejected_file is not None:
        _rejected(done, result.rejected_file)
    _next_step(result, officer)
    if st.button(_("Import another file"), key="imports.another"):
        del st.session_state[RESULT]
        st.rerun()


def _rejected(done: Done, content: bytes) -> None:
    st.warning(
        _(
            "Rejected rows: {count}. Download them, correct what the first column says, and import "
            "that file."
        ).format(count=number(done.result.rejected))
    )
    st.download_button(
        _("Rejected rows (CSV)"),
        data=lambda: content,
        file_name=f"{done.file_name}.rejected.csv",
        mime="text/csv",
        key="imports.rejected",
        on_click="ignore",
        icon="⬇️",
        type="primary",
    )
    problems_table(done.result.problems, key="imports.result.problems")


def _next_step(result: ImportResult, officer: Officer) -> None:
    if result.kind is ImportKind.JOBSEEKERS:
        page_link("jobseekers", _("Open the list of job-seekers"), icon="➡️")
        return
    waiting = occupation_coding.count_uncoded(by=officer)
    if waiting:
        text = _("Vacancies that need an occupation code: {count}")
        page_link("occupation_codes", text.format(count=number(waiting)), icon="➡️")
    page_link("vacancies", _("Open the list of vacancies"), icon="➡️")


def history(officer: Officer) -> None:
    """The files imported so far."""
    past = list_imports(by=officer)
    layout.section(_("Past imports"))
    tables.table(
        past,
        [
            Column(_("When"), "imported_at", kind="moment", width="small"),
            Column(_("File name"), "file_name", width="medium"),
            Column(_("What"), lambda one: label(one.kind), width="small"),
            Column(_("Accepted"), "accepted", kind="number", width="small"),
            Column(_("Rejected"), "rejected", kind="number", width="small"),
            Column(_("Who"), lambda one: one.by(language()), width="small"),
        ],
        key="imports.history",
        empty=_("No file has been imported yet. Choose one above."),
    )
