"""The right column: my vote on the open candidate, and how far the others are."""

from __future__ import annotations

import streamlit as st

from domain.records.ballots import BallotPaper, CandidatePaper, MyVote
from domain.records.commission import AgendaItem, BlindCandidate, Dossier
from domain.records.officer import Officer
from services import commission
from ui import marks, messages
from ui.commission import ballot_form, desk
from ui.language import _, language, moment, number, say
from ui.messages import plain


def show(
    item: AgendaItem, dossier: Dossier, candidate: BlindCandidate | None, officer: Officer
) -> None:
    """The ballot of one candidate, or the vote that was cast."""
    st.subheader(_("My vote"), anchor=False)
    paper = commission.read_ballot(shortlist_id=item.shortlist_id, by=officer)
    if paper.is_secret:
        _secret_notice(paper)
    _progress(paper, candidate.candidacy_id if candidate else None)
    mine = paper.paper(candidate.candidacy_id) if candidate else None
    if mine is None:
        return
    _withdrawn(mine)
    if mine.my_vote is None:
        with st.container(key="commission_ballot"):
            ballot_form.show(dossier, paper, mine, officer)
        return
    ballot_form.say_if_too_late(mine)
    if mine.my_vote.is_secret:
        _secret_vote(mine)
    else:
        _open_vote(dossier, paper, mine, mine.my_vote, officer)


def _secret_notice(paper: BallotPaper) -> None:
    with st.container(border=True):
        marks.show(marks.tag(_("◼ secret ballot"), "accent"))
        st.caption(
            _("The secret ballot is ended: the chair counts.")
            if paper.is_ended
            else _(
                "Only the tally is kept, and that you have voted. How you voted is stored nowhere: "
                "it can't be shown again, nor withdrawn. No reason is asked for, because it could "
                "give its writer away."
            )
        )


def _progress(paper: BallotPaper, candidacy_id: int | None) -> None:
    """How many votes are in on the open candidate, and what is missing of the reader.

    The strip above is the screen's one part that looks again by itself.
    """
    st.caption(
        _("You have voted on {votes} of {candidates}.").format(
            votes=number(len(paper.candidates) - len(paper.missing)),
            candidates=number(len(paper.candidates)),
        )
    )
    here = paper.paper(candidacy_id) if candidacy_id is not None else None
    tags = []
    if here is not None:
        tags.append(
            marks.tag(
                _("{candidate}: {votes} of {expected} have voted").format(
                    candidate=desk.number_text(here.number),
                    votes=number(here.cast),
                    expected=number(max(paper.expected, here.cast)),
                ),
                "met" if here.cast >= paper.expected else "quiet",
            )
        )
    if paper.missing:
        missing = ", ".join(f"{one:02d}" for one in paper.missing)
        text = _("your vote is missing on: {numbers}").format(numbers=missing)
        tags.append(marks.tag(text, "accent"))
    elif paper.candidates:
        tags.append(marks.tag(_("✓ you have voted on everybody"), "met"))
    marks.show(*tags)


def _points(vote: MyVote, paper: BallotPaper) -> str:
    names = {one.code: one.name(language()) for one in paper.criteria}
    return "".join(
        f"  \n{plain(names.get(criterion, criterion))}: {number(points)}"
        for criterion, points in vote.scores.items()
    )


def _open_vote(
    dossier: Dossier, paper: BallotPaper, mine: CandidatePaper, vote: MyVote, officer: Officer
) -> None:
    with st.container(border=True):
        st.markdown(
            f"{desk.number_text(mine.number)}: **{plain(desk.vote_text(vote))}**"
            + _points(vote, paper)
            + (f"  \n{plain(vote.reason)}" if vote.reason else "")
        )
        st.caption(moment(vote.cast_at))
    refusal = say(mine.withdraw_refusal) if mine.withdraw_refusal else None
    with st.expander(_("Withdraw this vote")):
        st.caption(
            _(
                "The vote no longer counts; it stays on record with your reason. You may then vote "
                "once more on this candidate."
            )
            if not mine.withdrawn
            else _("You have voted twice already: after this you have no vote on this candidate.")
        )
        with st.form(f"commission.withdraw.{mine.candidacy_id}", border=False):
            reason = st.text_area(
                _("Why you withdraw it"), height=80, max_chars=1000, disabled=refusal is not None
            )
            if refusal:
                st.caption(plain(refusal))
            if st.form_submit_button(
                _("Withdraw my vote"),
                width="stretch",
                disabled=refusal is not None,
                help=refusal,
            ):
                _withdraw(dossier, mine, reason, officer)


def _withdraw(dossier: Dossier, mine: CandidatePaper, reason: str, officer: Officer) -> None:
    with messages.refusals():
        commission.withdraw_vote(
            shortlist_id=dossier.shortlist_id,
            candidacy_id=mine.candidacy_id,
            reason=reason,
            by=officer,
        )
        desk.forget_vote(dossier, mine.candidacy_id)
        st.rerun()


def _secret_vote(mine: CandidatePaper) -> None:
    with st.container(border=True):
        st.markdown(
            _("{candidate}: **you have voted secretly.**").format(
                candidate=desk.number_text(mine.number)
            )
        )
        if mine.withdraw_refusal:
            st.caption(plain(say(mine.withdraw_refusal)))


def _withdrawn(mine: CandidatePaper) -> None:
    for vote in mine.withdrawn:
        st.caption(
            _("Withdrawn on {moment}: {vote}. Your reason: {reason}").format(
                moment=moment(vote.withdrawn_at),
                vote=plain(desk.vote_text(vote)),
                reason=plain(vote.withdrawal_reason or ""),
            )
        )
