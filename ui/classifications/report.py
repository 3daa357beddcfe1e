"""What is in use, and what the last import changed: on the screen and as a file."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from domain.records.classification import ConceptChange, EscoState
from services.exports import to_csv
from ui import layout, marks, tables
from ui.classifications import words
from ui.forms import occupation_text
from ui.language import _, moment, number, term_name
from ui.tables import Column

MAIN = ("occupations", "skills", "relations", "skill_labels", "job_titles")
SHOWN = 500


def in_use(state: EscoState) -> None:
    """Version, languages, who and when; without an import, what serves instead."""
    layout.section("ESCO")
    if state.version is None:
        st.info(
            _(
                "ESCO has not been imported: our own skills serve. With ESCO there are 13,900"
                " skills more, and what people and vacancies name already keeps its meaning."
            )
        )
        return
    layout.facts(
        {
            _("Version in use"): state.version,
            _("Languages"): ", ".join(term_name("language", code) for code in state.languages),
            _("Imported"): moment(state.imported_at),
            _("Imported by"): state.imported_by or _("at the command line"),
        }
    )
    names = words.count_names()
    marks.counters({names[key]: state.counts[key] for key in MAIN if key in state.counts})
    others = [
        f"{names[key]}: {number(count)}"
        for key, count in state.counts.items()
        if key in names and key not in MAIN and count
    ]
    if others:
        st.caption("; ".join(others))


def changes(state: EscoState) -> None:
    """What the last import changed of what was there before."""
    if state.version is None:
        return
    layout.section(_("What the last import changed"))
    names, kinds = words.change_names(), words.kind_names()
    counted = Counter(change.what for change in state.changes)
    if not counted:
        st.caption(_("Nothing of what was there before."))
        return
    st.caption(
        "; ".join(f"{names[what]}: {number(counted[what])}" for what in names if counted[what])
    )
    columns = [
        Column(_("Name"), _called, width="medium"),
        Column(_("What"), lambda row: names[row.what], width=170),
        Column(_("Kind"), lambda row: kinds[row.kind], width=110),
        Column(_("Before"), lambda row: _place(row, row.before), width="medium"),
        Column(_("After"), lambda row: _place(row, row.after), width="medium"),
        Column(_("In files or vacancies"), lambda row: row.is_in_use, kind="yes_no", width=130),
    ]
    tables.table(state.changes[:SHOWN], columns, key="classifications.changes")
    if len(state.changes) > SHOWN:
        st.caption(
            _("Shown are {shown} of {count}; the file holds all.").format(
                shown=number(SHOWN), count=number(len(state.changes))
            )
        )
    st.download_button(
        _("All changes (CSV)"),
        data=_file(state),
        file_name=f"esco-{state.version}-changes.csv",
        mime="text/csv",
        key="classifications.download",
        on_click="ignore",
        icon="⬇️",
    )


def _called(change: ConceptChange) -> str:
    """The name; of an own skill, which an import does not name, our own."""
    return change.called or term_name(change.kind, change.concept)


def _place(change: ConceptChange, code: str | None) -> str:
    """A group or unit group by its name; other values are names themselves."""
    if code is None:
        return ""
    if change.what == "unit_group":
        return occupation_text(code)
    return term_name("skill_group", code) if change.what == "group" else code


def _file(state: EscoState) -> bytes:
    headings = ["what", "kind", "concept", "name", "language", "before", "after", "in_use"]
    rows = [
        (
            change.what,
            change.kind,
            change.concept,
            _called(change),
            change.language,
            change.before,
            change.after,
            "yes" if change.is_in_use else "no",
        )
        for change in state.changes
    ]
    return to_csv(headings, rows)
