"""The next season: the former employer asks for the person by name."""

from __future__ import annotations

import streamlit as st

from domain.enums import DeploymentStatus
from domain.records.officer import Officer
from domain.records.returns import FastTrackOffer, NamedRequest, ReturnDetail
from services import clock
from services.permissions import Permission, can
from services.refusals import refusal
from services.returns.requests import (
    check_can_request,
    list_fast_track_offers,
    request_by_name,
)
from ui import forms, layout, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, number, say
from ui.messages import plain
from ui.navigation import page_link

KEY = "returnee.request"


def draw(detail: ReturnDetail, officer: Officer) -> None:
    """Requests so far, and the vacancies for which one can be recorded."""
    if detail.stay.status is not DeploymentStatus.RETURNED:
        return
    with st.container(border=True):
        layout.part(_("Next season: asked for by name"))
        st.caption(
            _(
                "The former employer may ask for the person. What was done need not be done twice; "
                "the ranking is shown and the commission decides as always."
            )
        )
        for one in detail.requests:
            _recorded(one)
        if not can(officer, Permission.CANDIDATES_PRESELECT):
            return
        asked = {one.vacancy for one in detail.requests}
        offers = list_fast_track_offers(deployment_number=detail.stay.deployment, by=officer)
        open_ones = [offer for offer in offers if offer.vacancy not in asked]
        if not open_ones:
            st.caption(
                _("No open vacancy of this employer. Publish the new season's vacancy first.")
            )
        for offer in open_ones:
            _offer(offer, detail, officer)


def _recorded(one: NamedRequest) -> None:
    rank = _("place {rank} in the ranking").format(rank=number(one.rank)) if one.rank else "–"
    text = _("{vacancy}: asked for on {day} by {who}; {rank}; now: {status}").format(
        vacancy=one.vacancy,
        day=day(one.asked_on),
        who=one.asked_by_name,
        rank=rank,
        status=label(one.status),
    )
    st.markdown("✓ " + plain(text))
    for step, why in one.skipped:
        st.caption(plain(_("not again: {step} ({why})").format(step=label(step), why=say(why))))


def _offer(offer: FastTrackOffer, detail: ReturnDetail, officer: Officer) -> None:
    title = offer.title_ka if language() == "ka" and offer.title_ka else offer.title
    name = f"{offer.vacancy} · {title} · {day(offer.start_on)}"
    with st.expander(plain(name)):
        _standing(offer)
        page_link("ranking", _("The ranking of this vacancy"), vacancy=offer.vacancy)
        for step, why in offer.skipped:
            st.markdown(
                plain("✓ " + _("not again: {step} ({why})").format(step=label(step), why=say(why)))
            )
        never = ", ".join(label(step) for step in offer.never_skipped)
        st.markdown(plain("✕ " + _("never left out: {steps}").format(steps=never)))
        _request(offer, detail, officer)


def _standing(offer: FastTrackOffer) -> None:
    if offer.rank is None:
        st.markdown("**" + _("Not in the ranking of this vacancy:") + "**")
        for sentence in offer.excluded_by:
            st.markdown(plain(f"✕ {say(sentence)}"))
        return
    text = _("Place {rank} of {ranked} in the ranking, {score} points of 100.")
    st.markdown(
        plain(
            text.format(
                rank=number(offer.rank),
                ranked=number(offer.ranked),
                score=number(round(offer.score or 0.0, 1)),
            )
        )
    )
    if offer.passes_over:
        st.caption(
            _("People who rank better stay out: the commission reads that the employer asked.")
        )


def _request(offer: FastTrackOffer, detail: ReturnDetail, officer: Officer) -> None:
    key = f"{KEY}.{offer.vacancy}"
    left, right = st.columns(2)
    with left:
        who = st.text_input(_("Who asked at the employer"), key=f"{key}.who", max_chars=120)
    with right:
        on = forms.date_input(
            _("Day of the request"), clock.today(), key=f"{key}.on", latest=clock.today()
        )
    sentence = refusal(check_can_request, detail.stay.status, detail.end_reason, officer)
    why_not = say(sentence) if sentence else None
    if why_not is None and offer.rank is None:
        why_not = _("Somebody excluded by a mandatory requirement can't be preselected.")
    if guarded_button(
        _("Record the request and preselect"), why_not, key=f"{key}.save", type="primary"
    ):
        with messages.refusals():
            request_by_name(
                deployment_number=detail.stay.deployment,
                vacancy_number=offer.vacancy,
                asked_by_name=who,
                asked_on=on or clock.today(),
                by=officer,
            )
            messages.success(
                _("Preselected by the fast track. The commission decides as always."),
                _("To the ranking"),
                "ranking",
                vacancy=offer.vacancy,
            )
            st.rerun()
