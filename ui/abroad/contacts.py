"""Workplace, housing and telephone numbers of somebody abroad, and the consulate in charge."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from domain.exceptions import StaleVersion
from domain.records.deployments import ContactForm, DeploymentRecord
from domain.records.officer import Officer
from services.deployments import contracts
from ui import layout, messages, tables
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
    key = f"deployment.contacts.{stay.number}.{stay.version}"
    yours = st.session_state.get(_yours(stay))
    kept = yours if isinstance(yours, ContactForm) else stay.contacts
    if kept is not stay.contacts:
        _conflict(stay, kept, labels)
    with st.form(key, enter_to_submit=False):
        given = {
            f.name: st.text_input(
                labels[f.name],
                getattr(kept, f.name) or "",
                key=f"{key}.{f.name}",
                max_chars=300,
            )
            for f in fields(ContactForm)
        }
        why_not = say(stay.contract_refusal) if stay.contract_refusal else None
        save = st.form_submit_button(
            _("Save the contacts"), type="primary", disabled=why_not is not None, help=why_not
        )
    if not save:
        return
    with messages.refusals():
        form = ContactForm(**given)
        try:
            contracts.save_contacts(number=stay.number, form=form, version=stay.version, by=officer)
        except StaleVersion:
            st.session_state[_yours(stay)] = form
            seen.begin_anew(stay.number)
            st.rerun()
        st.session_state.pop(_yours(stay), None)
        seen.begin_anew(stay.number)
        messages.success(_("The contacts are saved."))
        st.rerun()


def _yours(stay: DeploymentRecord) -> str:
    return f"deployment.contacts.yours.{stay.number}"


def _conflict(stay: DeploymentRecord, yours: ContactForm, labels: dict[str, str]) -> None:
    """What the other officer saved, beside what stands in the fields."""
    st.warning(_("Somebody else saved this stay before you. Nothing was overwritten: compare."))
    for f in fields(ContactForm):
        theirs = getattr(stay.contacts, f.name)
        if theirs != (getattr(yours, f.name) or None):
            text = _("{field}, saved by the other officer: {value}")
            st.caption(plain(text.format(field=labels[f.name], value=theirs or _("not stated"))))
    st.caption(_("Your entries are still in the fields: save them, or take theirs over."))


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
