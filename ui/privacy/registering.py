"""Taking a request in."""

from __future__ import annotations

import streamlit as st

from domain.enums import PrivacyChannel, PrivacyRequestKind
from domain.records.officer import Officer
from domain.records.privacy import RequestForm
from domain.texts import N_
from services import clock
from services.privacy import my_data, requests
from ui import forms, layout, messages, navigation
from ui.language import _

LABELS = {
    "external_id": N_("Number of the file"),
    "kind": N_("What the person asks for"),
    "channel": N_("How the request came"),
    "received_on": N_("Received on"),
    "wish": N_("In the person's words"),
}


def draw(external_id: str | None, officer: Officer) -> None:
    """The form; the number of the file is there already when one came from it."""
    layout.section(
        _("Take in a request"),
        _("The answer is due in ten working days, counted from the day it was received."),
    )
    with st.container(border=True):
        first, second = st.columns(2)
        with first:
            number = st.text_input(
                _("Number of the file"),
                value=external_id or "",
                key=f"privacy.new.file.{external_id}",
                placeholder="JS-2026-00001",
            )
            kind = forms.choose_member(
                _("What the person asks for"), PrivacyRequestKind, key="privacy.new.kind"
            )
        with second:
            channel = forms.choose_member(
                _("How the request came"), PrivacyChannel, key="privacy.new.channel"
            )
            received = forms.date_input(
                _("Received on"), key="privacy.new.day", value=clock.today()
            )
        wish = st.text_area(_("In the person's words"), key="privacy.new.wish", max_chars=4000)
        if st.button(_("Take in the request"), key="privacy.new.save", type="primary"):
            with messages.refusals({name: _(text) for name, text in LABELS.items()}):
                form = RequestForm(number, kind, channel, wish, received)
                made = requests.register_request(form=form, by=officer)
                messages.success(_("The request is taken in; its clock runs."))
                navigation.open_page("privacy_request", request=made.number)
    _link(external_id, officer)


def _link(external_id: str | None, officer: Officer) -> None:
    """A personal page where the person sees who looked, and asks by themselves."""
    if external_id is None:
        return
    with st.container(border=True):
        layout.part(_("Personal page"))
        st.caption(
            _(
                "Sends the person a link, by the contact in the file, to a page of their own: who "
                "looked at their data, and a form for requests."
            )
        )
        if st.button(_("Send the link"), key="privacy.link"):
            with messages.refusals():
                my_data.send_link(external_id=external_id, by=officer)
                messages.success(_("The link is on its way to the person."))
                st.rerun()
