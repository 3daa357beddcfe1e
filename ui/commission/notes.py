"""My own notes on the open item and candidate: nobody else reads them."""

from __future__ import annotations

import streamlit as st

from domain.enums import ConflictKind
from domain.records.commission import AgendaItem, BlindCandidate
from domain.records.officer import Officer
from services import commission
from ui import messages
from ui.commission import desk
from ui.language import _, moment, number
from ui.messages import plain


def after_the_decision(item: AgendaItem, officer: Officer) -> None:
    """What I noted, once the item is decided: to be read again or removed, not to be written."""
    if item.my_declaration is not ConflictKind.NONE:
        return
    with messages.refusals():
        notes = commission.list_notes(shortlist_id=item.shortlist_id, by=officer)
        if not notes:
            return
        with st.expander(_("My notes ({count})").format(count=number(len(notes)))):
            _who_sees()
            for one in notes:
                name = desk.number_text(one.number) if one.number else _("The item as a whole")
                st.markdown(f"**{name}**  \n{plain(one.text)}")
                key = f"commission.note.remove.{item.shortlist_id}.{one.candidacy_id or 'item'}"
                if st.button(_("Remove note"), key=key):
                    commission.save_note(
                        shortlist_id=item.shortlist_id,
                        candidacy_id=one.candidacy_id,
                        text="",
                        by=officer,
                    )
                    st.rerun()


def _who_sees() -> None:
    st.caption(
        _(
            "Only you see them: not the chair, not the administrator. They are no part of the "
            "minutes and are removed {days} days after the session closes. Empty one to remove "
            "it now."
        ).format(days=number(commission.keep_days()))
    )


def show(item: AgendaItem, candidate: BlindCandidate | None, officer: Officer) -> None:
    """A note on the candidate and one on the item, each with its button."""
    notes = {
        one.candidacy_id: one
        for one in commission.list_notes(shortlist_id=item.shortlist_id, by=officer)
    }
    title = _("My notes ({count})").format(count=number(len(notes))) if notes else _("My notes")
    with st.expander(title, expanded=False, key=f"commission.notes.{item.shortlist_id}"):
        _who_sees()
        about = [candidate.candidacy_id] if candidate is not None else []
        for candidacy_id in (*about, None):
            name = (
                desk.number_text(candidate.number)
                if candidacy_id is not None and candidate is not None
                else _("The item as a whole")
            )
            kept = notes.get(candidacy_id)
            key = f"commission.note.{item.shortlist_id}.{candidacy_id or 'item'}"
            with st.form(f"{key}.form", border=False):
                text = st.text_area(
                    name, value=kept.text if kept else "", height=90, max_chars=4000, key=key
                )
                if kept:
                    st.caption(_("Saved {moment}.").format(moment=moment(kept.saved_at)))
                if st.form_submit_button(_("Save note"), width="stretch"):
                    with messages.refusals():
                        commission.save_note(
                            shortlist_id=item.shortlist_id,
                            candidacy_id=candidacy_id,
                            text=text,
                            by=officer,
                        )
                        st.rerun()
