"""A complaint that came by hotline, consul, letter or in person is taken down."""

from __future__ import annotations

import streamlit as st

from domain.enums import CaseCategory, CaseChannel, CaseUrgency
from domain.records.monitoring import CaseForm
from domain.records.officer import Officer
from services.monitoring.complaints import register_case
from services.permissions import Permission, can
from ui import forms, messages
from ui.language import _, moment

CHANNELS = (
    CaseChannel.HOTLINE,
    CaseChannel.CONSUL,
    CaseChannel.NGO,
    CaseChannel.EMAIL,
    CaseChannel.SOCIAL_MEDIA,
    CaseChannel.IN_PERSON,
)
CATEGORIES = tuple(one for one in CaseCategory if one is not CaseCategory.NO_CONTACT)


def draw(officer: Officer, deployment_id: int | None = None) -> None:
    """The form, folded; nothing where the officer's role takes down no complaints."""
    if not can(officer, Permission.CASES_REGISTER):
        return
    with st.expander(_("Take down a complaint")):
        st.caption(
            _(
                "Write down what is said as it is said. After saving, only monitoring officers "
                "read it; a person who wants no name known stays unnamed."
            )
        )
        with st.form("cases.new", border=False):
            channel = forms.choose_member(_("Came by"), CHANNELS, key="cases.new.channel")
            category = forms.choose_member(_("About"), CATEGORIES, key="cases.new.category")
            urgency = forms.choose_member(_("Urgency"), CaseUrgency, key="cases.new.urgency")
            country = forms.country(_("Country"), key="cases.new.country")
            text = st.text_area(_("What is said"), key="cases.new.text", max_chars=4000)
            unnamed = st.toggle(_("The person wants no name known"), key="cases.new.unnamed")
            name = st.text_input(_("Who tells it"), key="cases.new.name", max_chars=200)
            contact = st.text_input(_("How to reach them"), key="cases.new.contact", max_chars=200)
            if not st.form_submit_button(_("Open a case"), type="primary"):
                return
        if channel is None or category is None or urgency is None:
            st.warning(_("Choose how it came, what it is about and how urgent it is."))
            return
        form = CaseForm(
            category=category,
            urgency=urgency,
            channel=channel,
            text=text,
            is_anonymous=unnamed,
            complainant_name=name,
            complainant_contact=contact,
            deployment_id=deployment_id,
            country=country,
        )
        with messages.refusals():
            look = register_case(form=form, by=officer)
            done = _("Case {case} is open: begin before {moment}.")
            messages.success(
                done.format(case=look.number, moment=moment(look.act_until)),
                _("Open the case"),
                "case",
                case=look.number,
            )
            st.rerun()
