"""Declarations of a session, for its chair and an auditor; the register that everybody reads."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.records.declarations import Declaration, Recusal
from domain.records.officer import Officer
from services import commission
from services.permissions import Permission, can
from ui import messages
from ui.language import _, language, number, term_name
from ui.tables import Column, table

OPENED = "declarations.opened"


def of_a_session(officer: Officer) -> None:
    """Choose a session, then read what its members filed; the reading is recorded."""
    audits = can(officer, Permission.DECLARATIONS_AUDIT)
    known = sorted(
        commission.list_sessions(by=officer), key=lambda one: one.status is SessionStatus.PLANNED
    )
    # On planned sessions hardly anybody has declared yet: they come last.
    sessions = [one.number for one in known if audits or one.i_am_chair]
    if not sessions:
        messages.empty(_("You chair no session. A session's declarations are read by its chair."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(_("Session"), sessions, key="declarations.session")
        if st.button(_("Read the declarations"), key="declarations.read"):
            st.session_state[OPENED] = chosen
    if st.session_state.get(OPENED) != chosen:
        st.caption(_("Members may have named others in their words: each reading is recorded."))
        return
    with messages.refusals():
        filed = commission.list_declarations(number=chosen, by=officer)
        table(
            filed,
            [
                Column(_("Receipt"), "number", pinned=True),
                Column(_("Member"), lambda one: one.name(language())),
                Column(_("Agenda item"), "item_order", "number"),
                Column(_("Conflict of interest"), "kind"),
                Column(_("In the member's words"), "explanation"),
                Column(_("Filed"), "declared_at", "moment"),
                Column(_("Status"), "status"),
                Column(_("Amends"), "amends"),
                Column(_("Why it was amended"), "reason"),
                Column(_("When declared"), _when),
            ],
            key="declarations.table",
            row_id="number",
            empty=_("Nobody has declared on this session's items yet."),
            alt=_("Declarations of the session, the latest first; amended ones stay"),
        )


def register() -> None:
    """Who was recused from which item: as anybody reads it without signing in."""
    lines = commission.public_register()
    st.caption(
        _(
            "Of closed sessions: who was recused from which item, and not why. Anybody reads it "
            "without signing in."
        )
    )
    st.link_button(_("The public page"), f"/public/recusals?lang={language()}")
    table(
        lines,
        [
            Column(_("Session"), "session_number", pinned=True),
            Column(_("Member"), lambda one: one.member(language())),
            Column(_("Agenda item"), "item_order", "number"),
            Column(_("When declared"), _when),
            Column(_("Organisation"), lambda one: term_name("organisation", one.organisation_code)),
            Column(_("Held on"), "held_at", "moment"),
        ],
        key="declarations.register",
        row_id=lambda one: f"{one.session_number}.{one.item_order}.{one.member_en}",
        empty=_("Nobody has been recused in a closed session yet."),
        alt=_("Register of recusals, the latest session first"),
    )
    if lines:
        st.caption(_("Recusals: {count}").format(count=number(len(lines))))


def _when(one: Recusal | Declaration) -> str:
    return _("after the vote") if one.is_late else _("before the vote")
