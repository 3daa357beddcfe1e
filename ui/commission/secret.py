"""The chair's choice between an open and a secret ballot, before the voting starts."""

from __future__ import annotations

import streamlit as st

from domain.records.commission import AgendaItem, SessionRecord
from domain.records.officer import Officer
from services import commission
from ui import messages
from ui.buttons import guarded_button
from ui.language import _, say
from ui.messages import plain


def choice(record: SessionRecord, item: AgendaItem, officer: Officer) -> None:
    """What a secret ballot means, and the button that makes the item's ballot secret or open."""
    if not record.i_am_chair or item.decided_at:
        return
    refusal = say(item.secret_refusal) if item.secret_refusal else None
    title = _("Ballot: secret") if item.is_secret else _("Ballot: open")
    with st.expander(title):
        st.caption(
            _(
                "In a secret ballot only the tally is stored, and who has voted; no reasons are "
                "asked for, no vote can be withdrawn, and the count is read only once the voting "
                "on the item is ended. With few voters a unanimous tally still tells how each of "
                "them voted."
            )
        )
        if refusal:
            st.caption(plain(refusal))
        text = _("Make the ballot open") if item.is_secret else _("Make the ballot secret")
        if guarded_button(text, refusal, key="commission.secret", width="stretch"):
            with messages.refusals():
                commission.choose_ballot(
                    shortlist_id=item.shortlist_id, is_secret=not item.is_secret, by=officer
                )
                st.rerun()


def end_before_count(item: AgendaItem, officer: Officer) -> None:
    """A secret ballot ends when its count is asked for."""
    if item.is_secret and not item.is_ballot_ended:
        commission.end_secret_ballot(shortlist_id=item.shortlist_id, by=officer)


def count_text(item: AgendaItem) -> tuple[str, str]:
    """The button that counts, and what follows from it."""
    if item.is_secret and not item.is_ballot_ended:
        return _("End the ballot and count"), _(
            "Nobody can vote on this item after that: from two counts with one vote between them "
            "everybody would know that vote."
        )
    return _("Count the votes"), _("The count shows the votes and what follows from them.")
