"""One job-seeker: who, how much is known, what happened; each part edited in place (stage S07).

`?jobseeker=JS-2026-00001` opens a file; without it, a new person is registered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from domain.enums import JobseekerStatus
from domain.records.jobseeker import JobseekerForm, JobseekerRecord
from domain.records.officer import Officer
from services.drafts.keeping import DraftOf
from services.permissions import Permission, can, check_can
from ui import layout
from ui.consents import panel as consents
from ui.jobseeker import (
    card,
    decisions,
    duplicates,
    from_text,
    merges,
    opened,
    reading,
    saving,
    story,
    vacancies,
)
from ui.jobseeker.inputs import Inputs
from ui.jobseeker.sections import SECTIONS, Section
from ui.language import _, language
from ui.navigation import page_link, query
from ui.special import panel as special


def render(officer: Officer) -> None:
    """A file, or the form for a new one."""
    page_link("jobseekers", _("All job-seekers"), icon="↩️")
    external_id = query("jobseeker")
    if external_id is None:
        _new_person(officer)
    else:
        _file(opened.record(external_id, officer), officer)


def _new_person(officer: Officer) -> None:
    """All parts beneath one another; only the first must be filled in to begin."""
    check_can(officer, Permission.JOBSEEKERS_EDIT)
    layout.header(
        _("Register a person"),
        _("S07 · Registration, identification, primary selection"),
        _("Only the name is needed to begin. What is not known yet can be added later."),
    )
    inputs = Inputs("jobseeker.new")
    inputs.outlive(DraftOf("jobseeker.new"), officer)
    blank = JobseekerForm(citizenship="GE")
    values: dict[str, Any] = {}
    from_text.draw(inputs, None, officer)
    for section in SECTIONS:
        is_open = section is SECTIONS[0] or section.holds(inputs.once_wrong)
        with st.expander(_(section.title), expanded=is_open):
            values |= section.edit(inputs, blank)
    form = JobseekerForm(**values)
    inputs.kept()
    duplicates.compare(inputs, form)
    saving.summary(inputs)
    with st.container(horizontal=True):
        if st.button(_("Register"), type="primary", key="jobseeker.register"):
            saving.register(inputs, form, officer)
        if st.button(_("Start over"), type="tertiary", key="jobseeker.start_over"):
            inputs.clear()
            st.rerun()


def _file(file: JobseekerRecord, officer: Officer) -> None:
    """The person on the left part by part; on the right what identifies, and what happened."""
    card.heading(file)
    merges.notices(file, officer)
    parts, side = layout.list_and_detail()
    with side, st.container(border=True):
        card.person(file, officer)
        card.completeness(file)
        card.status_actions(file, officer)
        merges.compare_with(file, officer)
        if can(officer, Permission.CVS_READ):
            page_link("cv", _("English CV"), icon="📝", jobseeker=file.external_id)
        if can(officer, Permission.PRIVACY_REGISTER):
            asked = _("Requests about personal data")
            page_link("privacy_requests", asked, icon="📬", jobseeker=file.external_id)
        card.history(file, officer)
    with parts:
        more = (_("Story"), _("Decisions"), _("Consents"))
        names = [*(_(section.tab) for section in SECTIONS), *more]
        draws = [story.draw, decisions.draw, consents.draw_tab]
        if can(officer, Permission.RANKING_READ):
            names.append(_("Vacancies"))
            draws.append(vacancies.draw)
        if can(officer, Permission.SPECIAL_READ):
            names.append(_("Restricted"))
            draws.append(special.draw_tab)
        # The vacancies are looked for, and that is audited, only when their tab is opened.
        tabs = st.tabs(names, key=f"jobseeker.tabs.{language()}", on_change="rerun")
        for tab, section in zip(tabs, SECTIONS, strict=False):
            with tab:
                _part(file, section, officer)
        for tab, draw in zip(tabs[len(SECTIONS) :], draws, strict=False):
            if tab.open:
                with tab:
                    draw(file, officer)


def _part(file: JobseekerRecord, section: Section, officer: Officer) -> None:
    """One part, read or edited."""
    inputs = Inputs(f"jobseeker.edit.{section.name}")
    editing = inputs.key("open")
    if not st.session_state.get(editing):
        reading.section(section.name, file.form)
        saving.doubts(file.form, section.fields)
        may_edit = can(officer, Permission.JOBSEEKERS_EDIT)
        is_merged = file.status is JobseekerStatus.MERGED
        if (
            may_edit
            and not is_merged
            and st.button(_("Edit"), key=f"jobseeker.start.{section.name}", icon="✏️")
        ):
            if "personal_number" in section.fields:
                card.reveal(file, officer)
            st.session_state[editing] = file.form
            st.rerun()
        return
    name = f"jobseeker.{file.external_id}.{section.name}"
    inputs.outlive(DraftOf(name, file.version, file.external_id), officer)
    if saving.stale(inputs, file, section, officer):
        return
    # Rows keep the places they had when editing began, also after somebody else's save.
    if section.name in from_text.BY_SECTION:
        from_text.draw(inputs, file.external_id, officer, from_text.BY_SECTION[section.name])
    values = section.edit(inputs, st.session_state[editing])
    inputs.kept()
    duplicates.compare(inputs, replace(file.form, **values))
    saving.summary(inputs)
    with st.container(horizontal=True):
        if st.button(_("Save"), type="primary", key=f"jobseeker.save.{section.name}"):
            saving.update(inputs, file, section, values, officer)
        if st.button(_("Cancel"), type="tertiary", key=f"jobseeker.cancel.{section.name}"):
            inputs.clear()
            st.rerun()
