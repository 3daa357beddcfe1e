"""From the text of an advertisement into the fields of a vacancy, by ticking."""

from __future__ import annotations

from typing import Any

import streamlit as st

from domain.enums import CefrLevel, OfferKind, RequirementKind
from domain.records.offers import Offer, TextOffers
from domain.records.officer import Officer
from services.coding.text_offers import read_vacancy_text, record_vacancy_choice
from ui import offers
from ui.language import _
from ui.vacancy.occupations import remember_similarity


def draw(key: str, number: str | None, by: Officer) -> None:
    """The place to paste the advertisement; what is ticked goes into the fields of that key."""

    def read(**given: Any) -> TextOffers:
        return read_vacancy_text(**given, by=by)

    def take(found: TextOffers, accepted: tuple[Offer, ...]) -> None:
        record_vacancy_choice(number=number, found=found, accepted=accepted, by=by)
        for offer in accepted:
            _fill(key, offer)

    asks = _("Paste the advertisement: languages, years, licences and skills are looked for.")
    offers.from_text(f"{key}.from_text", asks=asks, read=read, take=take)


def _fill(key: str, offer: Offer) -> None:
    is_preferred = offer.requirement is RequirementKind.PREFERRED
    match offer.kind:
        case OfferKind.OCCUPATION:
            _add(f"{key}.occupations", offer.code)
            remember_similarity(f"{key}.occupations", offer.code, offer.score or 0.0)
        case OfferKind.YEARS:
            st.session_state[f"{key}.experience"] = offer.years
        case OfferKind.SKILL:
            _add(f"{key}.skills_{'optional' if is_preferred else 'essential'}", offer.code)
        case OfferKind.LICENCE:
            # What excludes people is filled in only where the text says "must".
            is_must = offer.requirement is RequirementKind.MUST
            _add(f"{key}.licences_{'required' if is_must else 'preferred'}", offer.code)
        case OfferKind.LANGUAGE:
            _language(f"{key}.language", offer)


def _add(key: str, code: str) -> None:
    chosen = st.session_state.get(key) or []
    if code not in chosen:
        st.session_state[key] = [*chosen, code]


def _language(key: str, offer: Offer) -> None:
    """Into the row that has the language, else into the first empty one."""
    place = 0
    while st.session_state.get(f"{key}.{place}") not in (None, offer.code):
        place += 1
    st.session_state[f"{key}.{place}"] = offer.code
    st.session_state[f"{key}.{place}.level"] = offer.level or CefrLevel.A2
    st.session_state[f"{key}.{place}.kind"] = offer.requirement or RequirementKind.PREFERRED
