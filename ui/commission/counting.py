"""The count of an item: what follows from the votes, what the chair adds, the confirmation."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.enums import DecisionOutcome
from domain.records.commission import AgendaItem
from domain.records.decisions import ChairRuling, CodedReason, Count, CountedCandidate
from domain.records.officer import Officer
from services import commission
from ui import messages, requirements
from ui.buttons import guarded_button
from ui.commission import desk
from ui.language import _, label, language, number, say
from ui.messages import plain

COUNTING = "commission.counting"


def is_counting(item: AgendaItem) -> bool:
    """Whether the chair has this item's count open."""
    return st.session_state.get(COUNTING) == item.shortlist_id and item.close_refusal is None


def count_and_close(item: AgendaItem, officer: Officer) -> None:
    """The votes, the chair's rulings, and the confirmation that records the decisions."""
    st.subheader(_("Count of the votes"), anchor=False)
    first = commission.count_votes(shortlist_id=item.shortlist_id, by=officer)
    st.caption(plain(" ".join(say(sentence) for sentence in first.rule)))
    casting = _ties(first)
    count = commission.count_votes(shortlist_id=item.shortlist_id, casting=casting, by=officer)
    _table(count)
    rulings = {
        one.candidacy_id: _ruling(one, casting.get(one.candidacy_id)) for one in count.candidates
    }
    missing = commission.confirm_refusal(count, rulings)
    # One under the other: a button cuts what doesn't fit, and these words must be read.
    if missing:
        st.caption(plain(say(missing)))
    if guarded_button(
        _confirmation(count),
        say(missing) if missing else None,
        key="commission.confirm",
        type="primary",
        width="stretch",
        wrap=True,
    ):
        with messages.refusals():
            commission.close_item(
                shortlist_id=item.shortlist_id,
                votes_seen=count.votes,
                places_seen=count.places,
                rulings=rulings,
                by=officer,
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
        if one.needs_casting:
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
    by_score = any(one.tally.scored for one in count.candidates)
    body = "".join(_line(one, by_score) for one in sorted(count.candidates, key=_best_first))
    heads = [_("Candidate"), _("Rank"), _("For"), _("Against"), _("Abstained"), _("Decision")]
    if by_score:
        heads = [_("Candidate"), _("Rank"), _("Mean points"), _("Abstained"), _("Decision")]
    requirements.draw(tuple(heads), body, numbers=tuple(range(1, len(heads) - 1)))


def _line(one: CountedCandidate, by_score: bool) -> str:
    tally = one.tally
    outcome = label(one.outcome) if one.outcome else _("the chair decides")
    place = f" · {number(one.reserve_order)}" if one.reserve_order else ""
    figures = [number(one.rank)]
    if by_score:
        mean = tally.score_mean
        figures.append(number(None if mean is None else round(float(mean), 2)))
    else:
        figures += [number(tally.votes_for), number(tally.votes_against)]
    figures.append(number(tally.votes_abstain))
    cells = "".join(f'<td class="number">{figure}</td>' for figure in figures)
    return (
        f'<tr><th scope="row">{one.number:02d}</th>{cells}'
        f"<td>{escape(outcome)}{escape(place)}</td></tr>"
    )


def _best_first(one: CountedCandidate) -> tuple[float, ...]:
    order = list(DecisionOutcome).index(one.outcome) if one.outcome else len(DecisionOutcome)
    mean = float(one.tally.score_mean or 0)
    return order, one.reserve_order or 0, -mean, -one.tally.votes_for, one.rank or 0, one.number


def _ruling(one: CountedCandidate, approve_tie: bool | None) -> ChairRuling:
    if one.outcome is not DecisionOutcome.NOT_APPROVED:
        return ChairRuling(approve_tie=approve_tie)
    reasons = {reason.code: reason for reason in commission.list_reasons()}
    with st.container(border=True):
        st.markdown(
            _("**{candidate}** is not approved.").format(candidate=desk.number_text(one.number))
        )
        if one.reasons_against:
            st.caption(
                plain(
                    _("Reasons of the votes against: {reasons}").format(
                        reasons="; ".join(dict.fromkeys(one.reasons_against))
                    )
                )
            )
        codes = st.multiselect(
            _("Reason, from the list"),
            list(reasons),
            format_func=desk.named(reasons, lambda code: _reason_name(reasons[code])),
            placeholder=_("One or more"),
            select_all=False,
            key=f"commission.codes.{one.candidacy_id}",
        )
        # Another choice of codes brings its own texts; what was edited for these codes stays.
        words = commission.texts_of(codes)
        key = f"{one.candidacy_id}.{'+'.join(codes)}"
        letter = st.text_area(
            _("For the candidate, who reads it word by word; edit it where needed"),
            value=words.candidate.get(language(), ""),
            height=120,
            max_chars=2000,
            disabled=not codes,
            key=f"commission.letter.{key}",
        )
        reason = st.text_area(
            _("For the minutes and reports"),
            value=words.report.get(language(), ""),
            height=80,
            max_chars=1000,
            disabled=not codes,
            key=f"commission.reason.{key}",
        )
    return ChairRuling(
        approve_tie=approve_tie, codes=tuple(codes), reason=reason, candidate_text=letter
    )


def _reason_name(reason: CodedReason) -> str:
    return f"{label(reason.group)}: {reason.name[language()]}"
