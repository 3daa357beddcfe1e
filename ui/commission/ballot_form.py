"""The form of a vote: for, against or abstain, or points on criteria; the reason where needed."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from domain.enums import VoteValue
from domain.exceptions import LabourMigrationError
from domain.records.ballots import MOST_POINTS, BallotPaper, CandidatePaper, ScoreCriterion
from domain.records.commission import Dossier
from domain.records.officer import Officer
from services import commission
from services.drafts.keeping import DraftOf
from ui import messages
from ui.commission import desk
from ui.drafts import Drafts
from ui.language import _, label, language, number, say
from ui.messages import plain


def show(dossier: Dossier, paper: BallotPaper, mine: CandidatePaper, officer: Officer) -> None:
    """The empty ballot of one candidate; it says beforehand when a reason will be needed."""
    refusal = say(mine.vote_refusal) if mine.vote_refusal else None
    is_off = refusal is not None
    # A form sends nothing before its button: a reason that is being written would not be kept.
    drafts = Drafts(
        DraftOf(f"ballot.{dossier.shortlist_id}.{mine.candidacy_id}"), _written(mine), officer
    )
    name = f"commission.vote.{mine.candidacy_id}"
    with st.form(name) if paper.is_secret else st.container(border=True, key=name):
        if not paper.is_secret and not is_off:
            drafts.offer()
        value: VoteValue | None = None
        points: dict[str, int | None] = {}
        if paper.by_points:
            value, points = _points(paper, mine, is_off)
        else:
            value = _choice(mine, is_off)
        reason = "" if paper.is_secret else _reason(paper, mine, is_off)
        st.caption(plain(refusal) if refusal else _follows(paper))
        button = st.form_submit_button if paper.is_secret else st.button
        is_sent = button(
            _("Cast secret vote") if paper.is_secret else _("Cast vote"),
            type="primary",
            key=_button(mine),
            width="stretch",
            disabled=is_off,
            help=refusal,
        )
    if not paper.is_secret and not is_off:
        drafts.keep()
    if is_sent and _cast(dossier, paper, mine, value, points, reason, officer):
        drafts.sent()
        st.rerun()


def say_if_too_late(mine: CandidatePaper) -> None:
    """Where the ballot was sent from one browser after another: the later one did not count."""
    if st.session_state.get(_button(mine)):
        st.warning(
            _(
                "You had voted on this candidate already, perhaps in another window: what you sent "
                "now is not counted."
            )
        )


def _written(mine: CandidatePaper) -> str:
    return f"commission.written.{mine.candidacy_id}"


def _button(mine: CandidatePaper) -> str:
    return f"commission.cast.{mine.candidacy_id}"


def _choice(mine: CandidatePaper, is_off: bool) -> VoteValue | None:
    return st.radio(
        desk.number_text(mine.number),
        list(VoteValue),
        format_func=desk.named(VoteValue, label),
        index=None,
        disabled=is_off,
    )


def _points(
    paper: BallotPaper, mine: CandidatePaper, is_off: bool
) -> tuple[VoteValue | None, dict[str, int | None]]:
    st.markdown(
        _("{candidate}: points from 0 to {most}; an empty field is no zero").format(
            candidate=f"**{desk.number_text(mine.number)}**", most=number(MOST_POINTS)
        )
    )
    points = {one.code: _field(one, mine, is_off) for one in paper.criteria}
    abstains = st.checkbox(
        _("I abstain: I give no points"),
        key=f"commission.abstain.{mine.candidacy_id}",
        disabled=is_off,
    )
    if abstains:
        return VoteValue.ABSTAIN, {}
    return None, points


def _field(one: ScoreCriterion, mine: CandidatePaper, is_off: bool) -> int | None:
    return st.number_input(
        one.name(language()),
        min_value=0,
        max_value=MOST_POINTS,
        step=1,
        value=None,
        placeholder=f"0–{MOST_POINTS}",
        key=f"commission.points.{mine.candidacy_id}.{one.code}",
        disabled=is_off,
    )


def _reason(paper: BallotPaper, mine: CandidatePaper, is_off: bool) -> str:
    if mine.departure:
        st.warning(plain(say(mine.departure)))
    if not paper.by_points:
        title = (
            _("Reason (required for a vote for and a vote against)")
            if mine.departure
            else _("Reason (required for a vote against)")
        )
    elif mine.departure:
        title = _("Reason (required)")
    elif paper.threshold is None:
        title = _("Reason")
    else:
        title = _("Reason (required for a mean below {threshold})").format(
            threshold=number(float(paper.threshold))
        )
    return st.text_area(
        title, height=110, max_chars=1000, disabled=is_off, key=f"{_written(mine)}.reason"
    )


def _follows(paper: BallotPaper) -> str:
    if paper.is_secret:
        return _("A secret vote is final: nobody can find it in the tally to change it.")
    return _(
        "A vote can't be changed; until the item is decided you may withdraw it with a reason and "
        "vote once more. Nobody sees it before the item closes."
    )


def _cast(
    dossier: Dossier,
    paper: BallotPaper,
    mine: CandidatePaper,
    value: VoteValue | None,
    points: dict[str, int | None],
    reason: str,
    officer: Officer,
) -> bool:
    """Whether the vote was taken."""
    if value is None and not paper.by_points:
        st.error(_("Choose for, against or abstain."))
        return False
    key = f"commission.request.{mine.candidacy_id}"
    try:
        vote = commission.cast_vote(
            shortlist_id=dossier.shortlist_id,
            candidacy_id=mine.candidacy_id,
            value=value,
            scores={code: one for code, one in points.items() if one is not None},
            reason=reason,
            # Kept until the answer is here: a click that is sent twice is one vote.
            request_id=st.session_state.setdefault(key, str(uuid4())),
            by=officer,
        )
    except LabourMigrationError as error:
        messages.show(error)
        return False
    st.session_state.pop(key, None)
    desk.note_vote(dossier, vote)
    return True
