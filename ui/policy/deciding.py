"""A version that was opened: proposed ones are previewed and decided, others shown."""

from __future__ import annotations

import streamlit as st

from domain.enums import VersionStanding
from domain.records.officer import Officer
from domain.records.policy import ParametersVersion, Policy
from services.permissions import Permission, can
from services.policy import approval, drafts
from ui import layout, messages
from ui.buttons import guarded_button
from ui.language import _, day
from ui.messages import plain
from ui.policy import editor, listing, preview, shown
from ui.vacancy.actions import refusal


def draw(version: ParametersVersion, policy: Policy, officer: Officer) -> None:
    """What there is to see and to do."""
    if version.standing is VersionStanding.DRAFT:
        editor.edit(version, policy, officer)
        return
    _card(version, policy, officer)
    if version.standing is VersionStanding.PROPOSED:
        preview.panel(version, officer)
        _decide(version, officer)


def _card(version: ParametersVersion, policy: Policy, officer: Officer) -> None:
    is_now = version.version == policy.in_force.version
    with st.container(border=True):
        layout.part(_("Version {number}").format(number=plain(version.version)))
        left, right = layout.list_and_detail()
        with left:
            against = None if is_now else policy.in_force.weights
            shown.weights(version.weights, against, key="weights.opened.chart")
            if not is_now:
                shown.legend(policy.in_force.version)
        with right:
            shown.facts(version)
        if not is_now:
            layout.part(_("What differs from today"))
            shown.values(version, policy.in_force, key="weights.opened.values")
        with st.container(horizontal=True):
            if can(officer, Permission.PARAMETERS_PROPOSE) and st.button(
                _("Start a draft from this version"), key="weights.copy"
            ):
                listing.start(officer, base=version.version)
            _take_back(version, officer)


def _take_back(version: ParametersVersion, officer: Officer) -> None:
    author = version.created.by if version.created else None
    if version.standing is not VersionStanding.PROPOSED or author is None or author != officer:
        return
    if st.button(_("Take the proposal back"), key="weights.take_back"):
        with messages.refusals():
            drafts.take_back(version=version.version, by=officer)
            messages.success(_("It is a draft again and can be changed."))
            st.rerun()


def _decide(version: ParametersVersion, officer: Officer) -> None:
    if not can(officer, Permission.PARAMETERS_APPROVE):
        st.caption(_("A manager who did not make this version decides on it."))
        return
    layout.section(_("Decision"))
    why_not = refusal(approval.check_can_approve, version, officer)
    why_not_refuse = refusal(approval.check_can_decide, version, officer)
    note = st.text_area(
        _("Note on the decision; needed to refuse"), key="weights.note", max_chars=500
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        approve = guarded_button(
            _("Approve: counts from {day}").format(day=day(version.valid_from)),
            why_not,
            key="weights.approve",
            type="primary",
        )
        refuse = guarded_button(_("Refuse"), why_not_refuse, key="weights.refuse")
        if why_not:
            st.caption(why_not)
    with messages.refusals():
        if approve:
            made = approval.approve_version(version=version.version, note=note, by=officer)
            text = (
                _("Approved: rankings follow weights {version} from now on.")
                if made.standing is VersionStanding.IN_FORCE
                else _("Approved: rankings follow weights {version} from {day} on.")
            )
            messages.success(
                text.format(version=made.version, day=day(made.valid_from)),
                _("Open ranking"),
                "ranking",
            )
            st.rerun()
        if refuse:
            approval.reject_version(version=version.version, note=note, by=officer)
            messages.success(_("Refused: the author reads your note, nothing changes."))
            st.rerun()
