"""Special categories of data on a person's file: that there is something; opened for a reason."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from domain.enums import SpecialBasis, SpecialKind
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from domain.records.special import SpecialFact, SpecialForm
from services import clock
from services.permissions import Permission, can
from services.refusals import refusal
from services.special import facts
from ui import forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, say
from ui.messages import plain

FIELDS = ("kind", "basis", "purpose", "content", "until")


def draw_tab(file: JobseekerRecord, officer: Officer) -> None:
    """What is kept, each line closed; beneath it the form for another fact."""
    st.caption(
        _(
            "Health, disability, convictions, trade union, belief: kept only when the work needs "
            "it, encrypted, apart from the file. No ranking reads them. Each opening asks why and "
            "stands in the audit log with your name."
        )
    )
    kept = facts.list_facts(external_id=file.external_id, by=officer)
    if not kept:
        messages.empty(_("Nothing of this kind is kept about this person."))
    for fact in kept:
        _fact(fact, officer)
    if can(officer, Permission.SPECIAL_EDIT):
        with st.expander(_("Record a fact"), expanded=False):
            _new(file.external_id, officer)


def _fact(fact: SpecialFact, officer: Officer) -> None:
    with st.container(border=True):
        gone = fact.erased_at is not None
        state = marks.tag(
            _("✕ erased on {day}").format(day=day(clock.day_of(fact.erased_at)))
            if fact.erased_at
            else _("🔒 kept until {day}").format(day=day(fact.needed_until)),
            "quiet" if gone else "accent",
        )
        layout.part(plain(label(fact.kind)))
        marks.show(state)
        name = fact.recorded_by_ka if language() == "ka" else fact.recorded_by_en
        layout.facts(
            {
                _("Basis"): label(fact.basis),
                _("Needed for"): fact.purpose,
                _("Recorded"): f"{day(clock.day_of(fact.recorded_at))}, {name or _('no data')}",
            }
        )
        if not gone:
            _open(fact, officer)


def _open(fact: SpecialFact, officer: Officer) -> None:
    key = f"special.{fact.id}"
    reason = st.text_input(_("For what do you need it now?"), key=f"{key}.reason", max_chars=300)
    with st.container(horizontal=True):
        why = refusal(facts.check_can_open, fact, officer)
        is_asked = guarded_button(
            _("Open"), say(why) if why else None, key=f"{key}.open", icon="🔓"
        )
        if can(officer, Permission.SPECIAL_EDIT):
            with st.popover(_("Erase"), type="tertiary"):
                st.caption(_("What it says goes for good; the line stays."))
                if st.button(_("Erase for good"), key=f"{key}.erase", type="primary"):
                    with messages.refusals():
                        facts.erase_fact(fact_id=fact.id, by=officer)
                        messages.success(_("What the fact said is erased."))
                        st.rerun()
    if is_asked:
        with messages.refusals():
            content = facts.open_fact(fact_id=fact.id, reason=reason, by=officer)
            with st.container(border=True):
                st.text(content)
                st.caption(_("Shown until your next click; the opening is in the audit log."))


def _new(external_id: str, officer: Officer) -> None:
    key = "special.new"
    kind = forms.choose_member(_("Kind"), SpecialKind, key=f"{key}.kind")
    basis = forms.choose_member(_("Basis"), SpecialBasis, key=f"{key}.basis")
    purpose = st.text_input(
        _("Needed for"),
        key=f"{key}.purpose",
        max_chars=300,
        help=_("The work that can't be done without it. No detail of the fact itself."),
    )
    content = st.text_area(_("What is known"), key=f"{key}.content", max_chars=facts.LONGEST_TEXT)
    today = clock.today()
    until = forms.date_input(
        _("Needed until"),
        key=f"{key}.until",
        earliest=today,
        latest=today + timedelta(days=facts.rules().longest_days),
        help=_("After this day what the fact says is erased by itself."),
    )
    missing = kind is None or basis is None or until is None
    why = _("Choose kind, basis and last day first.") if missing else None
    if (
        guarded_button(_("Keep it, encrypted"), why, key=f"{key}.save", type="primary")
        and kind is not None
        and basis is not None
        and until is not None
    ):
        labels = {"purpose": _("Needed for"), "content": _("What is known")}
        with messages.refusals(labels):
            form = SpecialForm(kind, basis, purpose, content, until)
            facts.record_fact(external_id=external_id, form=form, by=officer)
            for field in FIELDS:
                st.session_state.pop(f"{key}.{field}", None)
            messages.success(_("The fact is kept, encrypted."))
            st.rerun()
