"""Suggested occupation codes: shown with their likeness, taken over by a click."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.vacancy import OccupationSuggestion
from services.coding.occupation_coding import suggest_occupations
from services.esco.importing import ATTRIBUTION, esco_in_use
from ui.forms import occupation_text
from ui.language import _, number
from ui.messages import plain

SIMILARITY = "similarity"


def button_text(suggestion: OccupationSuggestion) -> str:
    """ "83 % · 9211 · Crop farm labourers · chosen before: 14"."""
    percent = number(round(suggestion.similarity * 100))
    parts = [f"{percent} %", occupation_text(suggestion.isco)]
    if suggestion.times:
        parts.append(_("chosen before: {count}").format(count=number(suggestion.times)))
    return plain(" · ".join(parts))


def button_help(suggestion: OccupationSuggestion) -> str:
    """Why it is suggested: a known title that is alike, and what people decided before."""
    reasons = []
    if suggestion.label:
        reasons.append(_("Alike: “{label}”.").format(label=suggestion.label))
    if suggestion.times:
        text = _("Chosen for this very title before: {count} times.")
        reasons.append(text.format(count=number(suggestion.times)))
    if suggestion.coder_version is not None:
        text = _("Version {number} of the coder, which learns from decisions, had a say.")
        reasons.append(text.format(number=suggestion.coder_version))
    reasons.append(_("Nothing is coded until you confirm it."))
    return plain(" ".join(reasons))


def suggestions(title: str, country: str, key: str, by: Officer) -> None:
    """Up to three codes for the title; a click puts one into the field of that key."""
    if not title.strip():
        return
    # The first time after a start or an import the job titles are indexed.
    with st.spinner(_("Comparing with known job titles…")):
        found = suggest_occupations(title=title, country=country or None, by=by)
    if not found:
        st.caption(_("No known job title is like this one: search the list for the occupation."))
        return
    st.caption(_("Suggested for this title. Choose the one that is meant:"))
    with st.container(horizontal=True):
        for suggestion in found:
            st.button(
                button_text(suggestion),
                key=f"{key}.{suggestion.isco}",
                help=button_help(suggestion),
                wrap=True,
                on_click=_take,
                args=(key, suggestion),
            )
    attribution()


def _take(key: str, suggestion: OccupationSuggestion) -> None:
    st.session_state[key] = [*st.session_state.get(key, []), suggestion.isco]
    remember_similarity(key, suggestion.isco, suggestion.similarity)


def remember_similarity(key: str, isco: str, score: float) -> None:
    """Keep with the code how alike the suggestion was, until the vacancy is saved."""
    st.session_state.setdefault(f"{key}.{SIMILARITY}", {})[isco] = score


def similarity(key: str) -> dict[str, float]:
    """Of the codes taken over from suggestions in the field of that key."""
    return dict(st.session_state.get(f"{key}.{SIMILARITY}", {}))


def attribution() -> None:
    """Where ESCO is used, the sentence that its free use asks for."""
    if esco_in_use():
        st.caption(_(ATTRIBUTION))
