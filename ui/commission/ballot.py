"""The right column: my vote on the open candidate, with its reason."""

from __future__ import annotations

import streamlit as st

from domain.enums import VoteValue
from domain.exceptions import LabourMigrationError
from domain.records.commission import AgendaItem, BlindCandidate, Dossier
from domain.records.officer import Officer
from services import commission
from ui import messages
from ui.commission import desk
from ui.language import _, label, moment, number, say
from ui.messages import plain


def show(
    item: AgendaItem, dossier: Dossier, candidate: BlindCandidate | None, officer: Officer
) -> None:
    """The ballot of one candidate, or the vote that was cast."""
    st.subheader(_("My vote"), anchor=False)
    st.caption(
        _("You have voted on {votes} of {candidates}.").format(
            votes=number(item.my_votes), candidates=number(item.candidates)
        )
    )
    if candidate is None or candidate.is_withdrawn:
        return
    cast = desk.my_vote(dossier, candidate)
    if cast is None:
        _ballot(item, dossier, candidate, officer)
        return
    with st.container(border=True):
        st.markdown(
            f"{desk.number_text(candidate.number)}: **{plain(label(cast.value))}**"
            + (f"  \n{plain(cast.reason)}" if cast.reason else "")
        )
        st.caption(moment(cast.cast_at))


def _ballot(
    item: AgendaItem, dossier: Dossier, candidate: BlindCandidate, officer: Officer
) -> None:
    refusal = say(item.vote_refusal) if item.vote_refusal else None
    with st.form(f"commission.vote.{candidate.candidacy_id}"):
        value = st.radio(
            desk.number_text(candidate.number),
            list(VoteValue),
            format_func=desk.named(VoteValue, label),
            index=None,
            disabled=refusal is not None,
        )
        reason = st.text_area(
            _("Reason (required for a vote against)"),
            height=110,
            max_chars=1000,
            disabled=refusal is not None,
        )
        st.caption(refusal or _("A vote can't be changed. Nobody sees it before the item closes."))
        is_sent = st.form_submit_button(
            _("Cast vote"),
            type="primary",
            width="stretch",
            disabled=refusal is not None,
            help=refusal,
        )
    if is_sent:
        _cast(dossier, candidate, value, reason, officer)


def _cast(
    dossier: Dossier,
    candidate: BlindCandidate,
    value: VoteValue | None,
    reason: str,
    officer: Officer,
) -> None:
    if value is None:
        st.error(_("Choose for, against or abstain."))
        return
    try:
        vote = commission.cast_vote(
            shortlist_id=dossier.shortlist_id,
            candidacy_id=candidate.candidacy_id,
            value=value,
            reason=reason,
            by=officer,
        )
    except LabourMigrationError as error:
        desk.put_file_back(dossier.shortlist_id)
        messages.show(error)
        return
    desk.note_vote(dossier, vote)
    st.rerun()
