"""Writing the free texts: Georgian on the left, English on the right, a draft until signed off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from domain.records.cvs import CvRecord, CvTextForm, CvTextRecord
from domain.records.officer import Officer
from services.cvs import writing
from ui import conflict, marks, messages
from ui.language import _, say
from ui.messages import plain

LONG = 200
"""Longer texts get an area, shorter ones a line."""


def draw(record: CvRecord, officer: Officer) -> None:
    """All texts in one form: nothing is lost by moving between them."""
    st.caption(
        _(
            "Coded facts come from the person's file and are changed there. Here stands free text: "
            "type it or paste a draft. It stays a draft until the translator signs it off; any "
            "change takes both sign-offs back."
        )
    )
    if record.status.value != "draft":
        st.warning(_("This CV is being signed off or ready: a change makes it a draft again."))
    with messages.refusals():
        if conflict.edit(
            f"cv.{record.external_id}",
            _typed(record.texts),
            record.version,
            draw=lambda _typed, key: _form(record, key),
            act=lambda typed, version: _save(record, typed, version, officer),
            labels=_labels(record),
        ):
            st.rerun()
    if record.left_over:
        with st.expander(_("Texts of entries that the file has no more")):
            st.caption(_("Nothing is lost: copy what still holds into the right place."))
            for text in record.left_over:
                st.code(text.source_ka or "–", language=None)
                st.code(text.english or "–", language=None)


KA, EN = "ka:", "en:"


def _typed(texts: Sequence[CvTextRecord]) -> dict[str, str]:
    """Every text in both languages, by place."""
    found = {KA + one.place: one.source_ka for one in texts}
    return found | {EN + one.place: one.english for one in texts}


def _labels(record: CvRecord) -> dict[str, str]:
    names = {one.place: say(one.about) for one in record.texts}
    georgian = {KA + place: f"{name} · {_('Georgian')}" for place, name in names.items()}
    return georgian | {EN + place: f"{name} · {_('English')}" for place, name in names.items()}


def _form(record: CvRecord, key: str) -> dict[str, str] | None:
    with st.form(f"{key}.texts", border=False):
        forms = [_text(text, key) for text in record.texts]
        if not st.form_submit_button(_("Save the texts"), type="primary", width="stretch"):
            return None
    typed = {KA + one.place: one.source_ka for one in forms}
    return typed | {EN + one.place: one.english for one in forms}


def _text(text: CvTextRecord, begun: str) -> CvTextForm:
    key = f"{begun}.{text.place}"
    st.markdown(f"**{plain(say(text.about))}**")
    tags = []
    if text.is_draft:
        tags.append(marks.tag("◐ " + _("draft, not signed off"), "partly"))
    if text.is_suggested:
        tags.append(marks.tag("? " + _("suggested: letters of the source"), "quiet"))
    if tags:
        marks.show(*tags)
    left, right = st.columns(2)
    with left:
        if text.is_from_file:
            st.text_input(
                _("Georgian"),
                text.source_ka,
                key=f"{key}.ka",
                disabled=True,
                help=_("This stands in the person's file and is changed there."),
            )
            source = text.source_ka
        else:
            source = _input(_("Georgian"), text.source_ka, f"{key}.ka", text.longest)
    with right:
        english = _input(_("English"), text.english, f"{key}.en", text.longest)
    return CvTextForm(text.place, source, english)


def _input(title: str, value: str, key: str, longest: int) -> str:
    # One letter more than allowed: what is too long comes back with a sentence, not cut off.
    if longest > LONG:
        return st.text_area(title, value, key=key, height=110, max_chars=longest + 1)
    return st.text_input(title, value, key=key, max_chars=longest + 1)


def _save(record: CvRecord, typed: Mapping[str, str], version: int, officer: Officer) -> None:
    changed = writing.write_texts(
        external_id=record.external_id,
        forms=[
            CvTextForm(one.place, typed[KA + one.place], typed[EN + one.place])
            for one in record.texts
        ],
        seen_version=version or None,
        by=officer,
    )
    if changed:
        messages.success(_("Saved as a draft. When it is whole, ask for the sign-offs."))
    else:
        messages.success(_("Nothing was changed."))
