"""On a file: what it was merged into, what was merged into it, undoing, comparing with another."""

from __future__ import annotations

import streamlit as st

from domain.enums import JobseekerStatus
from domain.records.duplicates import Merge
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from services.duplicates import merge_undo
from services.permissions import Permission, can
from ui import messages
from ui.jobseeker import opened
from ui.language import _, language, moment, say
from ui.messages import plain
from ui.navigation import open_page, page_link


def notices(file: JobseekerRecord, officer: Officer) -> None:
    """A merged file says first where it leads; a kept one names those that lead to it."""
    for merge in merge_undo.list_merges(external_id=file.external_id, by=officer):
        text = _("{file} was merged into this file on {moment} ({who}).")
        other = merge.merged
        if merge.merged == file.external_id:
            text, other = _("This file was merged into {file} on {moment} ({who})."), merge.kept
        who = merge.by(language()) or _("the system")
        with st.container(border=True, key=f"merge_{merge.id}"):
            said = text.format(file=other, moment=moment(merge.merged_at), who=who)
            st.markdown(f"⇒ {plain(said)}")
            with st.container(horizontal=True, vertical_alignment="center"):
                page_link("jobseeker", _("Open {file}").format(file=other), jobseeker=other)
                if can(officer, Permission.JOBSEEKERS_MERGE):
                    _undo(merge, officer)


def _undo(merge: Merge, officer: Officer) -> None:
    why_not = "  \n".join(plain(say(sentence)) for sentence in merge.obstacles)
    label = _("Undo the merge…")
    with st.popover(label, disabled=bool(why_not), help=why_not or None):
        st.caption(
            _(
                "Both files stand by themselves again, each as it was; what was changed since in"
                " other fields stays in the kept one."
            )
        )
        if st.button(_("Undo"), key=f"jobseeker.undo.{merge.id}", type="primary"):
            with messages.refusals():
                merge_undo.undo_merge(merged=merge.merged, by=officer)
                _read_anew()
                messages.success(
                    _("Undone: {file} stands by itself again.").format(file=merge.merged),
                    _("Compare both files"),
                    "duplicate_pair",
                    one=merge.kept,
                    other=merge.merged,
                )
                st.rerun()


def _read_anew() -> None:
    opened.forget_edits()
    st.session_state.pop(opened.KEY, None)


def compare_with(file: JobseekerRecord, officer: Officer) -> None:
    """Put another file beside this one, found by its number."""
    is_merged = file.status is JobseekerStatus.MERGED
    if is_merged or not can(officer, Permission.JOBSEEKERS_MERGE):
        return
    with st.popover(_("Compare with another file…")):
        st.caption(_("For one person with two files: compare them, then merge."))
        other = st.text_input(_("Number of the other file"), key="jobseeker.edit.other_file")
        if st.button(_("Compare"), key="jobseeker.compare", type="primary") and other.strip():
            open_page("duplicate_pair", one=file.external_id, other=other.strip())
