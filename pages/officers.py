"""Officers: who may sign in, in which role, until when and from where; invitations, renewal."""

from __future__ import annotations

import streamlit as st

from domain.records.account import AccountRecord
from domain.records.officer import Officer
from domain.texts import Term
from services import clock
from services.officers import accounts
from ui import layout, waiting
from ui.language import _, language, name, number
from ui.officers import handing_over, new, one, words
from ui.tables import Column, table

_KEY = "officers.list"


def render(officer: Officer) -> None:
    """The list on the left; on the right the chosen account, or a new one."""
    layout.header(_("Officers"), subtitle=_("Who may sign in, and in which role"))
    waiting.block(officer)
    handing_over.show()
    known = {one.id: one for one in accounts.list_officers(by=officer)}
    left, right = layout.list_and_detail()
    with left:
        chosen = table(
            _filtered(list(known.values())),
            _columns(),
            key=_KEY,
            selection="single",
            empty=_("No account has to be looked at."),
            alt=_("Officers"),
        )
    with right, st.container(border=True):
        if chosen:
            one.show(known[chosen[0]], officer)
        else:
            new.show(officer, _KEY)


def _filtered(known: list[AccountRecord]) -> list[AccountRecord]:
    """All accounts, or those that wait for an administrator."""
    today = clock.today()
    waiting_ones = [one for one in known if words.concerns(one, today)]
    if not waiting_ones:
        return known
    only = st.toggle(
        _("Only accounts to look at ({count})").format(count=number(len(waiting_ones))),
        key="officers.only",
        help=_("Access to be renewed, wrong guesses, a second factor that is missing."),
    )
    return waiting_ones if only else known


def _columns() -> list[Column]:
    return [
        Column(_("Name"), lambda one: one.name(language())),
        Column(_("Username"), "username"),
        Column(_("State"), words.state),
        Column(_("Role"), "role"),
        Column(_("Organisation"), lambda one: name(Term("organisation", one.organisation_code))),
        Column(_("Second factor"), words.second_factor),
        Column(_("Valid until"), lambda one: one.limits.valid_until, kind="date"),
        Column(_("To be renewed by"), "renewal_due_on", kind="date"),
        Column(_("Last seen"), "last_seen_at", kind="moment"),
    ]
