"""Countries with adequate safeguards, and permits for the others."""

from __future__ import annotations

import streamlit as st

from domain.enums import TransferBasis
from domain.records.officer import Officer
from domain.records.sending import CountryStanding, TransferPermit
from domain.texts import N_
from services import clock
from services.permissions import Permission, can
from services.sending import transfer
from ui import forms, layout, messages
from ui.language import _, day, label, say, term_name
from ui.tables import Column, table

LABELS = {
    "country": N_("Country"),
    "number": N_("Number of the permit"),
    "issued_on": N_("Issued on"),
    "valid_until": N_("Valid until"),
}


def draw(officer: Officer) -> None:
    """The list as it stands today, with its source; permits beneath."""
    layout.section(
        _("Where personal data may go"),
        _(
            "Only to a country that is on the dated list of countries with adequate safeguards, or "
            "under a permit. A country that nobody has seen on the list counts as not on it."
        ),
    )
    countries = sorted(
        transfer.list_countries(by=officer), key=lambda one: term_name("country", one.country)
    )
    table(
        countries,
        [
            Column(_("Country"), lambda one: term_name("country", one.country), pinned=True),
            Column(_("Today"), _today, width=260),
            Column(_("Source"), _source, width="large"),
        ],
        key="sendings.countries",
        row_id="country",
        alt=_("Countries and whether personal data may go there today"),
    )
    layout.section(_("Permits"), _("What was sent under a permit stays as it was when it ends."))
    permits = transfer.list_permits(by=officer)
    table(
        permits,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Country"), lambda one: term_name("country", one.country)),
            Column(_("Issued on"), "issued_on", "date"),
            Column(_("Valid until"), "valid_until", "date"),
            Column(
                _("Counts today"), lambda one: "✓ " + _("yes") if one.counts else "✕ " + _("no")
            ),
            Column(_("Note"), "note"),
        ],
        key="sendings.permits",
        empty=_("No permit is recorded."),
        alt=_("Permits to send personal data to a country"),
    )
    if can(officer, Permission.PERMITS_RECORD):
        _record(officer)
        _end([one for one in permits if one.counts], officer)
    else:
        st.caption(_("A manager records and ends permits."))


def _today(one: CountryStanding) -> str:
    if one.basis is None:
        return "✕ " + _("not confirmed, no permit")
    sign = "✓" if one.basis is TransferBasis.ADEQUATE else "◐"
    shown = f"{sign} {label(one.basis)}"
    return f"{shown} {one.permit_number}" if one.permit_number else shown


def _source(one: CountryStanding) -> str:
    return one.source or say(one.sentence)


def _record(officer: Officer) -> None:
    with st.form("sendings.permit", border=True, clear_on_submit=False):
        layout.part(_("Record a permit"))
        country = forms.country(_("Country"), key="sendings.permit.country")
        number = st.text_input(_("Number of the permit"), key="sendings.permit.number")
        left, right = st.columns(2)
        issued = left.date_input(
            _("Issued on"),
            value=None,
            max_value=clock.today(),
            format="DD.MM.YYYY",
            key="sendings.permit.issued",
        )
        until = right.date_input(
            _("Valid until"), value=None, format="DD.MM.YYYY", key="sendings.permit.until"
        )
        note = st.text_input(_("Note"), key="sendings.permit.note")
        if st.form_submit_button(_("Record"), type="primary"):
            with messages.refusals({key: _(text) for key, text in LABELS.items()}):
                permit = transfer.record_permit(
                    country=country or "",
                    number=number,
                    issued_on=issued,
                    valid_until=until,
                    note=note,
                    by=officer,
                )
                text = _("Permit {number} is recorded: packages may go there.")
                messages.success(text.format(number=permit.number))
                st.rerun()


def _end(permits: list[TransferPermit], officer: Officer) -> None:
    for permit in permits:
        with st.popover(_("End permit {number}").format(number=messages.plain(permit.number))):
            st.caption(
                _("From now on no package goes to {country} under this permit.").format(
                    country=term_name("country", permit.country)
                )
            )
            st.caption(_("Issued on") + " " + day(permit.issued_on))
            if st.button(_("End it"), key=f"sendings.permit.end.{permit.id}"):
                with messages.refusals():
                    transfer.end_permit(permit_id=permit.id, by=officer)
                    st.rerun()
