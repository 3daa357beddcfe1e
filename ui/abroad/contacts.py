"""Workplace, housing and telephone numbers of somebody abroad, and the consulate in charge."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from domain.records.deployments import ContactForm, DeploymentRecord
from domain.records.officer import Officer
from services.deployments import contracts
from ui import conflict, layout, messages, tables
from ui.abroad import seen, words
from ui.language import _, day, say
from ui.messages import plain


def draw(stay: DeploymentRecord, officer: Officer) -> None:
    """The form at the left; consulate and former workplaces at the right."""
    left, right = layout.list_and_detail()
    with left:
        _edit(stay, officer)
    with right:
        _consulate(stay)
        _former(stay)


def _edit(stay: DeploymentRecord, officer: Officer) -> None:
    labels = words.contract_labels()

    def draw(given: ContactForm, key: str) -> ContactForm | None:
        return _form(stay, given, key, labels)

    def act(form: ContactForm, version: int) -> None:
        contracts.save_contacts(number=stay.number, form=form, version=version, by=officer)
        seen.begin_anew(stay.number)

    with messages.refusals(labels):
        if conflict.edit(
            f"deployment.contacts.{stay.number}",
            stay.contacts,
            seen.newest(stay),
            draw=draw,
            act=act,
            labels=labels,
        ):
            messages.success(_("The contacts are saved."))
            st.rerun()


def _form(
    stay: DeploymentRecord, given: ContactForm, key: str, labels: dict[str, str]
) -> ContactForm | None:
    with st.form(key, enter_to_submit=False):
        typed = {
            f.name: st.text_input(
                labels[f.name],
                getattr(given, f.name) or "",
                key=f"{key}.{f.name}",
                max_chars=300,
            )
            for f in fields(ContactForm)
        }
        why_not = say(stay.contract_refusal) if stay.contract_refusal else None
        save = st.form_submit_button(
            _("Save the contacts"), type="primary", disabled=why_not is not None, help=why_not
        )
    return ContactForm(**typed) if save else None


def _consulate(stay: DeploymentRecord) -> None:
    one = stay.consulate
    layout.part(_("Consulate in charge"))
    layout.facts(
        {
            _("Consulate"): words.consulate(one),
            _("Telephone"): one.phone or _("no data"),
            _("E-mail"): one.email or _("no data"),
            _("State of"): day(one.checked_on),
        }
    )


def _former(stay: DeploymentRecord) -> None:
    layout.part(_("Former workplaces"))
    if not stay.former:
        st.caption(_("The person was not moved to another workplace."))
        return
    tables.table(
        stay.former,
        [
            tables.Column(_("Employer"), lambda one: one.employer or _("no data")),
            tables.Column(_("Workplace"), lambda one: one.workplace_address or _("no data")),
            tables.Column(_("Worked from"), "began_on", "date"),
            tables.Column(_("Worked until"), "left_on", "date"),
            tables.Column(_("Pay"), lambda one: say(one.pay) if one.pay else _("no data")),
            tables.Column(_("Why the person moved"), "reason"),
        ],
        key="deployment.former",
        row_id="left_on",
        alt=_("Workplaces before each transfer"),
    )
    for one in stay.former:
        st.caption(plain(one.reason))
