"""Two officers edit the same vacancy: both versions side by side, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import streamlit as st

from domain.records.vacancy import VacancyForm, VacancyRecord
from ui import tables
from ui.language import _
from ui.vacancy import shown
from ui.vacancy.labels import vacancy_labels


@dataclass(frozen=True)
class _Difference:
    field: str
    yours: str
    theirs: str


def _key(number: str) -> str:
    return f"vacancy.started.{number}"


def started_from(kept: VacancyRecord) -> VacancyRecord:
    """The version this session began to edit; what is saved meanwhile must not replace it."""
    base: VacancyRecord = st.session_state.setdefault(_key(kept.number), kept)
    return base


def start_anew(number: str) -> None:
    """The next run begins from what is saved then."""
    st.session_state.pop(_key(number), None)


def choose(yours: VacancyForm, theirs: VacancyRecord) -> Literal["yours", "theirs"] | None:
    """Show what differs between the officer's inputs and what was saved meanwhile."""
    st.warning(_("Somebody else saved this vacancy while you were editing. Choose what to keep."))
    tables.table(
        _differences(yours, theirs),
        [
            tables.Column(_("Field"), "field"),
            tables.Column(_("Yours, not saved"), "yours"),
            tables.Column(_("Theirs, saved"), "theirs"),
        ],
        key="vacancy.stale.differences",
        empty=_("Both versions are the same."),
    )
    with st.container(horizontal=True):
        if st.button(_("Keep theirs"), key="vacancy.stale.theirs"):
            return "theirs"
        if st.button(_("Save mine over theirs"), key="vacancy.stale.mine"):
            return "yours"
    return None


def _differences(yours: VacancyForm, theirs: VacancyRecord) -> list[_Difference]:
    labels = vacancy_labels()
    kept = theirs.form()
    return [
        _Difference(labels[f.name], shown.field(yours, f.name), shown.field(kept, f.name))
        for f in fields(VacancyForm)
        if getattr(yours, f.name) != getattr(kept, f.name)
    ]
