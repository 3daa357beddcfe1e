"""What a pasted text names, as a list to tick: nothing is taken over without a person."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import groupby

import streamlit as st

from domain.enums import OfferKind
from domain.exceptions import LabourMigrationError
from domain.records.offers import Offer, TextOffers
from services.coding.text_offers import LANGUAGES
from ui import forms, layout, messages
from ui.language import _, label, number, term_name
from ui.messages import plain
from ui.vacancy.occupations import attribution

Read = Callable[..., TextOffers]
Take = Callable[[TextOffers, tuple[Offer, ...]], None]

TERMS = {
    OfferKind.LANGUAGE: "language",
    OfferKind.LICENCE: "licence",
    OfferKind.SKILL: "skill",
}


def from_text(
    key: str, *, asks: str, read: Read, take: Take, kinds: Collection[OfferKind] = ()
) -> None:
    """A place to paste a text, and below it what was found there. `kinds` empty = all.

    `take` gets what was found and what is ticked, before the fields are drawn anew.
    """
    with st.expander(_("Read from a text"), icon="📄", expanded=f"{key}.found" in st.session_state):
        st.caption(asks)
        text = st.text_area(_("Text"), key=f"{key}.text", height=160, label_visibility="collapsed")
        language_at, button_at = st.columns([2, 1], vertical_alignment="bottom")
        with language_at:
            language = forms.choose(
                _("Language of the text"),
                LANGUAGES,
                "language",
                key=f"{key}.language",
                placeholder=_("find out"),
            )
        with button_at:
            wanted = st.button(
                _("Find what it names"), key=f"{key}.read", disabled=not text.strip()
            )
        if wanted:
            _read(key, text, language, read, kinds)
        if (found := st.session_state.get(f"{key}.found")) is not None:
            _list(key, found, take)


def _read(
    key: str, text: str, language: str | None, read: Read, kinds: Collection[OfferKind]
) -> None:
    st.session_state.pop(f"{key}.found", None)
    with messages.refusals(), st.spinner(_("Reading the text…")):
        found = read(text=text, language=language)
        offers = tuple(o for o in found.offers if not kinds or o.kind in kinds)
        st.session_state[f"{key}.found"] = TextOffers(found.language, offers)


def _list(key: str, found: TextOffers, take: Take) -> None:
    if found.language is None:
        messages.empty(
            _("This language can't be read. Texts are read in: {languages}.").format(
                languages=", ".join(term_name("language", code) for code in LANGUAGES)
            )
        )
        return
    if not found.offers:
        messages.empty(_("Nothing was found in the text that the form asks for."))
        return
    layout.part(_("Offered from the text"))
    st.caption(
        _("Read as {language}. Tick what is meant; nothing is filled in without you.").format(
            language=term_name("language", found.language)
        )
    )
    ticked = []
    for kind, offers in groupby(found.offers, key=lambda offer: offer.kind):
        with st.container(gap="xsmall"):
            st.caption(f"**{label(kind)}**")
            for offer in offers:
                if st.checkbox(plain(offer_text(offer)), key=f"{key}.tick.{offer.key}"):
                    ticked.append(offer)
                st.caption(plain(why(offer)))
    attribution()
    with st.container(horizontal=True):
        st.button(
            _("Take over the ticked: {count}").format(count=number(len(ticked))),
            key=f"{key}.take",
            type="primary",
            disabled=not ticked,
            on_click=_take,
            args=(key, found, tuple(ticked), take),
        )
        st.button(_("Put the text away"), key=f"{key}.away", on_click=put_away, args=(key,))


def _take(key: str, found: TextOffers, ticked: tuple[Offer, ...], take: Take) -> None:
    try:
        take(found, ticked)
    except LabourMigrationError as error:
        messages.show(error)
        return
    put_away(key)
    messages.success(
        _("Taken over from the text: {count}. Save to keep it.").format(count=number(len(ticked)))
    )


def put_away(key: str) -> None:
    """Forget the text and what was found in it."""
    for name in [str(name) for name in st.session_state]:
        if name.startswith(f"{key}.") and name != f"{key}.text":
            del st.session_state[name]
    st.session_state[f"{key}.text"] = ""


def offer_text(offer: Offer) -> str:
    """ "German · B1 · must"."""
    parts: list[str] = []
    if offer.kind is OfferKind.OCCUPATION:
        parts.append(forms.occupation_text(offer.code))
    elif offer.kind in TERMS:
        parts.append(term_name(TERMS[offer.kind], offer.code))
    if offer.kind is OfferKind.LANGUAGE:
        parts.append(label(offer.level) if offer.level else _("level not named"))
    if offer.years is not None:
        parts.append(_("{count} years").format(count=number(offer.years)))
    if offer.requirement is not None:
        parts.append(label(offer.requirement))
    return " · ".join(parts)


def why(offer: Offer) -> str:
    """The words of the text, and how sure it is."""
    parts = [_("“{text}”").format(text=offer.quote)]
    if offer.is_likely:
        parts.append("◐ " + _("likely: the words don't say it outright"))
    if offer.score is not None:
        parts.append(
            _("{percent} % alike: “{label}”").format(
                percent=number(round(offer.score * 100)), label=offer.label
            )
        )
    return " · ".join(parts)
