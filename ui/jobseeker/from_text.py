"""From the text of a CV into the fields of a file, by ticking; evidence: stated."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import streamlit as st

from domain.enums import Evidence, OfferKind
from domain.records.offers import Offer, TextOffers
from domain.records.officer import Officer
from services.coding.text_offers import read_cv_text, record_cv_choice
from ui import offers
from ui.jobseeker.inputs import Inputs
from ui.language import _

BY_SECTION = {
    "work": frozenset({OfferKind.OCCUPATION}),
    "abilities": frozenset({OfferKind.LANGUAGE, OfferKind.SKILL}),
    "papers": frozenset({OfferKind.LICENCE}),
}
"""What a part of the file has fields for."""

BEYOND = 99
"""Rows up to here may be those of saved entries, also of removed ones."""

ROWS = {
    OfferKind.OCCUPATION: ("occupations", "isco"),
    OfferKind.LANGUAGE: ("languages", "language"),
    OfferKind.LICENCE: ("licences", "licence"),
}


def draw(
    inputs: Inputs, external_id: str | None, by: Officer, kinds: Collection[OfferKind] = ()
) -> None:
    """The place to paste the CV. `external_id` None: the person is not registered yet."""

    def read(**given: Any) -> TextOffers:
        return read_cv_text(**given, by=by)

    def take(found: TextOffers, accepted: tuple[Offer, ...]) -> None:
        record_cv_choice(external_id=external_id, found=found, accepted=accepted, by=by)
        for offer in accepted:
            _fill(inputs, offer)

    asks = _("Paste the CV: what it names is looked for. The text itself is not kept.")
    offers.from_text(inputs.key("from_text"), asks=asks, read=read, take=take, kinds=kinds)


def _fill(inputs: Inputs, offer: Offer) -> None:
    if offer.kind is OfferKind.SKILL:
        key = inputs.key("skills")
        chosen = st.session_state.get(key) or []
        st.session_state[key] = [*chosen, *({offer.code} - {*chosen})]
        return
    field, part = ROWS[offer.kind]
    row = f"{field}.{_row(inputs, field, part, offer.code)}"
    st.session_state[inputs.key(f"{row}.{part}")] = offer.code
    st.session_state[inputs.key(f"{row}.evidence")] = Evidence.STATED
    if offer.kind is OfferKind.OCCUPATION:
        st.session_state[inputs.key(f"{row}.years")] = offer.years
    if offer.kind is OfferKind.LANGUAGE:
        st.session_state[inputs.key(f"{row}.level")] = offer.level


def _row(inputs: Inputs, field: str, part: str, code: str) -> int:
    """The row that has the code already, else an empty one, else a new one."""
    ids: list[int] = st.session_state.setdefault(inputs.key(f"{field}.rows"), [])
    for wanted in (code, None):
        for place in ids:
            if st.session_state.get(inputs.key(f"{field}.{place}.{part}")) == wanted:
                return place
    fresh = max([*ids, BEYOND]) + 1
    ids.append(fresh)
    return fresh
