"""What the chair does: open, count, break ties, close an item, postpone it, close the session."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.enums import DecisionOutcome, DecisionReason, SessionStatus
from domain.records.commission import (
    AgendaItem,
    ChairRuling,
    Count,
    CountedCandidate,
    SessionRecord,
)
from domain.records.officer import Officer
from services import commission
from ui import messages, requirements
from ui.commission import desk
from ui.language import _, label, number, say
from ui.messages import plain

COUNTING = "commission.counting"


def session_controls(record: SessionRecord, officer: Officer) -> None:
    """Open or close the session; a button that can't be used says why."""
    if not record.i_am_chair or record.status is SessionStatus.CLOSED:
        return
    if record.status is SessionStatus.PLANNED:
        text, refusal, act = _("Open the session"), record.open_refusal, commission.open_session
        done = _("The session is open: members can vote.")
        follows = _("Members can vote from then on; the members can't be changed any more.")
    else:
        text, refusal, act = _("Close the session"), record.close_refusal, commission.close_session
        done = _("The session is closed and its decisions are recorded.")
        follows = _("Nothing can be changed after that.")
    with st.container(border=True):
        st.markdown("**" + _("Chair") + "**")
        st.caption(plain(say(refusal)) if refusal else follows)
        if st.button(
            text,
            key="commission.session",
            type="primary",
            width="stretch",
            disabled=refusal is not None,
            help=say(refusal) if refusal else None,
        ):
            with messages.refusals():
                act(number=record.number, by=officer)
                messages.success(done)
                st.rerun()


def item_controls(record: SessionRecord, item: AgendaItem, officer: Officer) -> None:
    """Start the count of an item, or postpone it."""
    if record.status is not SessionStatus.OPEN or item.decided_at:
        return
    if item.acting_chair_id == officer.id:
        refusal = say(item.close_refusal) if item.close_refusal else None
        with st.container(border=True):
            st.markdown("**" + _("Chair of this item") + "**")
            st.caption(plain(refusal or _("The count shows the votes and what follows from them.")))
            if st.button(
                _("Count the votes"),
                key="commission.count",
                width="stretch",
                disabled=refusal is not None,
                help=refusal,
            ):
                st.session_state[COUNTING] = item.shortlist_id
                st.rerun()
    if record.i_am_chair and not item.votes:
        _postpone(record, item, officer)


def _postpone(record: SessionRecord, item: AgendaItem, officer: Officer) -> None:
    sessions = [
        one.number
        for one in commission.list_sessions(by=officer)
        if one.status is SessionStatus.PLANNED and one.number != record.number
    ]
    with st.expander(_("Postpone this item")):
        if not sessions:
            st.caption(_("No other session is planned. Plan one first."))
            return
        target = st.selectbox(_("To session"), sessions, key="commission.postpone_to")
        if st.button(_("Postpone"), key="commission.postpone", width="stretch"):
            with messages.refusals():
                commission.postpone_item(
                    shortlist_id=item.shortlist_id, to_number=target, by=officer
                )
                messages.success(_("The item is on the agenda of {number}.").format(number=target))
                st.rerun()


def is_counting(item: AgendaItem) -> bool:
    """Whether the chair has this item's count open."""
    return st.session_state.get(COUNTING) == item.shortlist_id and item.close_refusal is None


def count_and_close(item: AgendaItem, officer: Officer) -> None:
    """The votes, the chair's rulings, and the confirmation that records the decisions."""
    st.subheader(_("Count of the votes"), anchor=False)
    st.caption(
        _(
            "More votes for than against can be approved; the {places} with most votes for, then "
            "the best rank, are approved, the others form the reserve in that order."
        ).format(places=number(item.places))
    )
    first = commission.count_votes(shortlist_id=item.shortlist_id, by=officer)
    casting = _ties(first)
    count = commission.count_votes(shortlist_id=item.shortlist_id, casting=casting, by=officer)
    _table(count)
    rulings = {
        one.candidacy_id: _ruling(one, casting.get(one.candidacy_id)) for one in count.candidates
    }
    # One under the other: a button cuts what doesn't fit, and these words must be read.
    if st.button(
        _confirmation(count), key="commission.confirm", type="primary", width="stretch", wrap=True
    ):
        with messages.refusals():
            commission.close_item(
                shortlist_id=item.shortlist_id, votes_seen=count.votes, rulings=rulings, by=officer
            )
            st.session_state.pop(COUNTING, None)
            messages.success(_("The decisions are recorded."))
            st.rerun()
    if st.button(_("Back to the file"), key="commission.back"):
        st.session_state.pop(COUNTING, None)
        st.rerun()


def _confirmation(count: Count) -> str:
    outcomes = [one.outcome for one in count.candidates]
    return _(
        "Confirm and close: {approved} approved, {reserve} on the reserve list, "
        "{refused} not approved"
    ).format(
        approved=number(outcomes.count(DecisionOutcome.APPROVED)),
        reserve=number(outcomes.count(DecisionOutcome.RESERVE)),
        refused=number(outcomes.count(DecisionOutcome.NOT_APPROVED)),
    )


def _ties(count: Count) -> dict[int, bool]:
    casting = {}
    for one in count.candidates:
        if one.tally.is_tie:
            answer = st.radio(
                _("{candidate}: as many for as against. The chair decides:").format(
                    candidate=desk.number_text(one.number)
                ),
                [True, False],
                format_func={True: _("can be approved"), False: _("not approved")}.__getitem__,
                index=None,
                horizontal=True,
                key=f"commission.tie.{one.candidacy_id}",
            )
            if answer is not None:
                casting[one.candidacy_id] = answer
    return casting


def _table(count: Count) -> None:
    body = ""
    for one in sorted(count.candidates, key=_best_first):
        tally = one.tally
        outcome = label(one.outcome) if one.outcome else _("the chair decides")
        place = f" · {number(one.reserve_order)}" if one.reserve_order else ""
        body += (
            f'<tr><th scope="row">{one.number:02d}</th><td class="number">{number(one.rank)}</td>'
            f'<td class="number">{tally.votes_for}</td><td class="number">{tally.votes_against}'
            f'</td><td class="number">{tally.votes_abstain}</td>'
            f"<td>{escape(outcome)}{escape(place)}</td></tr>"
        )
    heads = (_("Candidate"), _("Rank"), _("For"), _("Against"), _("Abstained"), _("Decision"))
    requirements.draw(heads, body, numbers=(1, 2, 3, 4))


def _best_first(one: CountedCandidate) -> tuple[int, int, int, int, int]:
    order = list(DecisionOutcome).index(one.outcome) if one.outcome else len(DecisionOutcome)
    return order, one.reserve_order or 0, -one.tally.votes_for, one.rank or 0, one.number


def _ruling(one: CountedCandidate, approve_tie: bool | None) -> ChairRuling:
    if one.outcome is not DecisionOutcome.NOT_APPROVED:
        return ChairRuling(approve_tie=approve_tie)
    with st.container(border=True):
        st.markdown(
            _("**{candidate}** is not approved. The reason as it will be recorded:").format(
                candidate=desk.number_text(one.number)
            )
        )
        code = st.radio(
            _("It lies in"),
            list(DecisionReason),
            format_func=desk.named(DecisionReason, label),
            index=None,
            horizontal=True,
            key=f"commission.code.{one.candidacy_id}",
        )
        reason = st.text_area(
            _("Reason in a sentence (from the votes against; edit it)"),
            value="; ".join(dict.fromkeys(one.reasons_against)),
            height=80,
            max_chars=1000,
            key=f"commission.reason.{one.candidacy_id}",
        )
    return ChairRuling(approve_tie=approve_tie, reason_code=code, reason=reason)
