"""Who was recommended, what the employer said, who was hired."""

from __future__ import annotations

import streamlit as st

from domain.enums import ReferralReason, ReferralStatus
from domain.records.local_vacancies import LocalVacancyRecord, ReferralRecord
from domain.records.officer import Officer
from domain.transitions import REFERRAL
from services import clock
from services.local_vacancies.referrals import (
    NEEDS_REASON,
    ReplyForm,
    list_referrals,
    record_reply,
)
from services.permissions import Permission, can
from ui import forms, layout, marks, messages
from ui.language import _, day, label, number
from ui.messages import plain
from ui.navigation import page_link
from ui.returns.listing import person_name
from ui.tables import Column, table

KEY = "local_vacancy.referrals"
TONES = {
    ReferralStatus.SENT: ("◐", "accent"),
    ReferralStatus.INTERESTED: ("◐", "partly"),
    ReferralStatus.NOT_INTERESTED: ("✕", "not_met"),
    ReferralStatus.HIRED: ("✓", "met"),
    ReferralStatus.NOT_HIRED: ("✕", "not_met"),
    ReferralStatus.WITHDRAWN: ("–", "quiet"),
}


def draw(vacancy: LocalVacancyRecord, officer: Officer) -> None:
    """The list on the left, the chosen recommendation on the right."""
    found = list_referrals(number=vacancy.number, by=officer)
    left, right = layout.list_and_detail()
    with left:
        chosen = table(
            found,
            [
                Column(
                    _("Person"),
                    lambda row: person_name(row.name_ka, row.name_lat),
                    pinned=True,
                    width="medium",
                ),
                Column(_("Status"), lambda row: f"{TONES[row.status][0]} {label(row.status)}"),
                Column(_("Recommended on"), lambda row: day(row.sent_on)),
                Column(_("Place in the ranking"), "rank", "number"),
                Column(_("Returnee"), lambda row: _("yes") if row.is_returnee else _("no")),
                Column(_("Why"), lambda row: label(row.reason)),
            ],
            key=f"{KEY}.table",
            selection="single",
            selected=[found[0].id] if found else [],
            empty=_("Nobody is recommended yet. Choose somebody in “Who fits”."),
            alt=_("People recommended for this vacancy; select one to write down a reply"),
        )
    with right:
        one = next((x for x in found if x.id in chosen), None)
        if one is not None:
            _one(one, officer)


def _one(one: ReferralRecord, officer: Officer) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(person_name(one.name_ka, one.name_lat))}**")
        sign, tone = TONES[one.status]
        marks.show(marks.tag(f"{sign} {label(one.status)}", tone))
        layout.facts(
            {
                _("Recommended on"): day(one.sent_on),
                _("Consent"): f"{label(one.consent)} · {day(one.consented_on)}",
                _("Place in the ranking"): number(one.rank),
                _("Hired on"): day(one.hired_on),
            }
        )
        for step in one.steps:
            parts = (label(step.reason) if step.reason else None, step.note)
            why = " · ".join(part for part in parts if part)
            line = f"{day(step.happened_on)} · {label(step.to_status)}"
            st.markdown(plain(f"{line} ({why})" if why else line))
        if can(officer, Permission.JOBSEEKERS_READ):
            page_link("jobseeker", _("The person's file"), jobseeker=one.external_id)
        open_ones = [after for after in ReferralStatus if after in REFERRAL[one.status]]
        if open_ones and can(officer, Permission.RETURNS_EDIT):
            _reply(one, open_ones, officer)


def _reply(one: ReferralRecord, open_ones: list[ReferralStatus], officer: Officer) -> None:
    key = f"{KEY}.{one.id}.{one.version}"
    left, right = st.columns(2)
    with left:
        after = forms.choose_member(_("What came of it"), open_ones, key=f"{key}.after")
    with right:
        on = forms.date_input(
            _("On which day"),
            clock.today(),
            key=f"{key}.on",
            earliest=one.sent_on,
            latest=clock.today(),
        )
    reason, note = None, ""
    if after in NEEDS_REASON:
        reason = forms.choose_member(_("Why"), ReferralReason, key=f"{key}.reason")
        note = st.text_input(_("In a few words"), key=f"{key}.note", max_chars=300)
    if (
        st.button(
            _("Write it down"),
            key=f"{key}.save",
            type="primary",
            disabled=after is None,
            help=None if after else _("Choose what came of it."),
        )
        and after
    ):
        form = ReplyForm(after=after, on=on or clock.today(), reason=reason, note=note)
        with messages.refusals({"on": _("On which day"), "reason": _("Why")}):
            record_reply(referral_id=one.id, form=form, version=one.version, by=officer)
            messages.success(_("Written down."))
            st.rerun()
