"""The centre: the blind file of an item, one candidate or several side by side."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.commission import AgendaItem, BlindCandidate, Dossier
from domain.values import PER_POINT
from services.vacancies.minimum_wage import money
from ui import marks, messages, requirements
from ui.commission import comparing, desk
from ui.commission.blindness import person_text
from ui.language import _, day, number, say, term_name
from ui.messages import plain


def show(item: AgendaItem, dossier: Dossier) -> BlindCandidate | None:
    """The file; returns the candidate that is open."""
    _vacancy(dossier)
    if not dossier.candidates:
        messages.empty(_("There is nobody on this shortlist."))
        return None
    comparing.recruiter_changes(dossier)
    side_by_side = comparing.choose(dossier)
    if side_by_side:
        comparing.table(side_by_side, dossier)
        _frozen(dossier)
    chosen = _choose(dossier)
    if not side_by_side:
        _candidate(chosen, dossier)
    with st.expander(_("All candidates at a glance")):
        _overview(dossier)
    return chosen


def _vacancy(dossier: Dossier) -> None:
    vacancy = dossier.vacancy
    facts = [
        vacancy.number,
        ", ".join(filter(None, (vacancy.town, term_name("country", vacancy.country)))),
        _("{count} positions").format(count=number(vacancy.positions)),
        f"{day(vacancy.start_on)} – {day(vacancy.end_on)}",
    ]
    if vacancy.hours_per_week:
        facts.append(_("{hours} hours a week").format(hours=number(vacancy.hours_per_week)))
    if vacancy.pay_amount and vacancy.pay_period:
        pay = money(vacancy.pay_amount, vacancy.pay_currency, vacancy.pay_period)
        facts.append(say(pay))
    st.caption(plain(" · ".join(facts)))
    if dossier.message:
        st.markdown(_("The recruiter writes: {text}").format(text=plain(dossier.message)))


def _choose(dossier: Dossier) -> BlindCandidate:
    by_number = {candidate.number: candidate for candidate in dossier.candidates}

    def text(number: int) -> str:
        vote = desk.my_vote(dossier, by_number[number])
        return f"{number:02d} ✓" if vote else f"{number:02d}"

    key = desk.candidate_key(dossier.shortlist_id)
    st.session_state.setdefault(key, dossier.candidates[0].number)
    chosen = st.segmented_control(
        _("Candidate (✓ you have voted)"),
        list(by_number),
        format_func=desk.named(by_number, text),
        key=key,
        required=True,
    )
    return by_number.get(chosen or 0, dossier.candidates[0])


def _candidate(chosen: BlindCandidate, dossier: Dossier) -> None:
    st.subheader(desk.number_text(chosen.number), anchor=False)
    if chosen.is_withdrawn:
        st.info(_("This candidate has withdrawn: there is nothing to vote on."))
    person = next((p for p in dossier.people if p.candidacy_id == chosen.candidacy_id), None)
    if person is not None:
        st.markdown(f"**{plain(person_text(person))}**")
    _score(chosen)
    if chosen.against_rank_reason:
        st.warning(
            _("Put forward against the rank. The recruiter's reason: {reason}").format(
                reason=plain(chosen.against_rank_reason)
            )
        )
    requirements.show_table(chosen.rows)
    if chosen.flags:
        questions = "; ".join(say(flag) for flag in chosen.flags)
        st.markdown(_("Open questions: {questions}").format(questions=plain(questions)))
    _frozen(dossier)


def _frozen(dossier: Dossier) -> None:
    if dossier.parameters:
        st.caption(
            _("As frozen when the shortlist was sent; ranking rules of {version}.").format(
                version=plain(dossier.parameters)
            )
        )


def _score(candidate: BlindCandidate) -> None:
    if candidate.points is None:
        st.caption(_("Not ranked."))
        return
    score, low, high = (
        (value if value is not None else candidate.points) / PER_POINT
        for value in (candidate.points, candidate.low, candidate.high)
    )
    rank = marks.tag(_("rank {rank}").format(rank=number(candidate.rank)))
    st.html(f'<div class="chips">{rank}{marks.score_bar(score, low, high)}</div>')


def _hundredth(points: int) -> str:
    return number(round(points / PER_POINT))


def _overview(dossier: Dossier) -> None:
    body = ""
    for one in dossier.candidates:
        vote = desk.my_vote(dossier, one)
        points = "–" if one.points is None else _hundredth(one.points)
        body += (
            f'<tr><th scope="row">{one.number:02d}</th><td class="number">{number(one.rank)}</td>'
            f'<td class="number">{points}</td><td>{requirements.signs(one.rows)}</td>'
            f"<td>{escape(desk.vote_text(vote) if vote else '–')}</td></tr>"
        )
    heads = (_("Candidate"), _("Rank"), _("Score"), _("Requirements"), _("My vote"))
    requirements.draw(heads, body, numbers=(1, 2))
