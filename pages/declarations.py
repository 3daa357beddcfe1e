"""S08: conflict declarations: my own with receipts, a session's for its chair, the register."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services import commission
from services.permissions import Permission, can
from ui import layout, messages, navigation
from ui.commission import declaring, receipt, recusals
from ui.language import _, number
from ui.tables import Column, table


def render(officer: Officer) -> None:
    """My declarations first; then what the reader may read of others; the register last."""
    layout.header(_("Conflict declarations"), _("S08 · Commission review of résumés"))
    votes = can(officer, Permission.VOTES_CAST)
    reads_all = can(officer, Permission.DECLARATIONS_AUDIT) or can(
        officer, Permission.SESSIONS_CHAIR
    )
    titles = [_("My declarations")] if votes else []
    titles += [_("Declarations of a session")] if reads_all else []
    titles += [_("Register of recusals")]
    tabs = dict(zip(titles, st.tabs(titles), strict=True))
    for title, tab in tabs.items():
        with tab:
            if title == _("My declarations"):
                _mine(officer)
            elif title == _("Declarations of a session"):
                recusals.of_a_session(officer)
            else:
                recusals.register()


def _mine(officer: Officer) -> None:
    filed = commission.list_my_declarations(by=officer)
    if not filed:
        messages.empty(_("You have filed nothing yet. You declare in a session, on each item."))
        return
    st.caption(
        _(
            "Filed: {count}. Select one for its receipt; amend it on its item in the session."
        ).format(count=number(len(filed)))
    )
    chosen = table(
        filed,
        [
            Column(_("Receipt"), "number", pinned=True),
            Column(_("Session"), "session_number"),
            Column(_("Agenda item"), "item_order", "number"),
            Column(_("Conflict of interest"), "kind"),
            Column(_("Filed"), "declared_at", "moment"),
            Column(_("Status"), "status"),
            Column(_("Amends"), "amends"),
        ],
        key="declarations.mine",
        selection="single",
        row_id="number",
        alt=_("My declarations, the latest first; select one for its receipt"),
    )
    one = next((one for one in filed if [one.number] == list(chosen)), filed[0])
    with st.container(border=True):
        declaring.line(one)
        with st.container(horizontal=True):
            receipt.download(one)
            navigation.page_link(
                "commission", _("Open its item"), session=one.session_number, item=one.shortlist_id
            )
