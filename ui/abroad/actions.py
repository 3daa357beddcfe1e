"""What can be recorded of a stay now: a step, a transfer, an extension; refusals are explained."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Literal

import streamlit as st

from domain.enums import DeploymentStatus, EndReason
from domain.exceptions import StaleVersion
from domain.records.deployments import DeploymentRecord, TransferForm
from domain.records.officer import Officer
from domain.texts import Sentence
from services import clock
from services.deployments import actions
from services.vacancies.employers import list_employers
from ui import forms, messages
from ui.abroad import seen
from ui.language import _, day, label, say
from ui.messages import plain

D = DeploymentStatus


def draw(stay: DeploymentRecord, officer: Officer) -> None:
    """One row of buttons, each opening its small form."""
    with st.container(horizontal=True):
        for choice in stay.choices:
            _step(stay, choice.status, choice.refusal, officer)
        _transfer(stay, officer)
        _extend(stay, officer)


@contextmanager
def _refusals(stay: DeploymentRecord) -> Iterator[None]:
    """As everywhere; after a notice that somebody else saved, the next try begins from theirs."""
    with messages.refusals():
        try:
            yield
        except StaleVersion:
            seen.begin_anew(stay.number)
            raise


def _titles() -> dict[DeploymentStatus, str]:
    return {
        D.ARRIVED: _("Arrived"),
        D.WORKING: _("At work"),
        D.ENDED: _("Work ended"),
        D.RETURNED: _("Back in Georgia"),
        D.LOST_CONTACT: _("Contact lost"),
    }


def _main(stay: DeploymentRecord) -> DeploymentStatus | None:
    """The step that usually comes next: its button stands out."""
    return {
        D.DEPARTED: D.ARRIVED,
        D.ARRIVED: D.WORKING,
        D.TRANSFERRED: D.WORKING,
        D.LOST_CONTACT: D.WORKING,
        D.WORKING: D.ENDED,
        D.ENDED: D.RETURNED,
    }.get(stay.status)


def _kind(stay: DeploymentRecord, after: DeploymentStatus) -> Literal["primary", "secondary"]:
    return "primary" if _main(stay) is after else "secondary"


def _step(
    stay: DeploymentRecord, after: DeploymentStatus, refusal: Sentence | None, officer: Officer
) -> None:
    why_not = say(refusal) if refusal else None
    key = f"deployment.{after.value}"
    title = _titles()[after]
    if stay.status is D.LOST_CONTACT and after in (D.ARRIVED, D.WORKING):
        title = _("Contact found: {status}").format(status=label(after))
    with st.popover(title, disabled=why_not is not None, help=why_not, type=_kind(stay, after)):
        st.caption(_meaning(after))
        on = forms.date_input(
            _("On which day"), clock.today(), key=f"{key}.on", latest=clock.today()
        )
        reason = None
        if after is D.ENDED and stay.end_reason is None:
            reason = forms.choose_member(_("Why"), EndReason, key=f"{key}.reason")
        note = st.text_area(_("Note"), key=f"{key}.note", max_chars=actions.LONGEST_NOTE)
        if st.button(_("Record"), key=f"{key}.save", type="primary", width="stretch"):
            if on is None:
                st.error(_("State the day."))
                return
            with _refusals(stay):
                actions.record_step(
                    number=stay.number,
                    after=after,
                    on=on,
                    note=note,
                    reason=reason,
                    version=stay.version,
                    by=officer,
                )
                seen.begin_anew(stay.number)
                messages.success(_("Recorded: {status}.").format(status=label(after)))
                st.rerun()


def _meaning(after: DeploymentStatus) -> str:
    return {
        D.ARRIVED: _("The person has reached the place of work and said so."),
        D.WORKING: _("The person has begun to work."),
        D.ENDED: _("The work on this contract is over; the person is still abroad."),
        D.RETURNED: _("The person is back: they can be ranked again from today."),
        D.LOST_CONTACT: _(
            "Nobody reaches the person. Write what was tried; the consulate is told separately."
        ),
    }[after]


def _transfer(stay: DeploymentRecord, officer: Officer) -> None:
    why_not = say(stay.transfer_refusal) if stay.transfer_refusal else None
    with st.popover(_("Move to another workplace"), disabled=why_not is not None, help=why_not):
        st.caption(_("The former workplace and its terms stay in the history."))
        known = {one.id: one.name for one in list_employers(by=officer)}
        ids = [None, *known]
        employer_id = st.selectbox(
            _("Employer"),
            ids,
            index=ids.index(stay.employer_id),
            format_func=lambda one: known[one] if one is not None else _("not stated"),
            key="deployment.transfer.employer",
        )
        place = st.text_input(_("Address of the new workplace"), key="deployment.transfer.place")
        home = st.text_input(
            _("Address of the new housing"),
            key="deployment.transfer.home",
            placeholder=_("as before"),
        )
        boss = st.text_input(_("Supervisor at work"), key="deployment.transfer.boss")
        phone = st.text_input(_("Supervisor's telephone"), key="deployment.transfer.phone")
        on = forms.date_input(
            _("First day there"), clock.today(), key="deployment.transfer.on", latest=clock.today()
        )
        why = st.text_input(_("Why the person moves"), key="deployment.transfer.why")
        if st.button(_("Record the move"), key="deployment.transfer.save", type="primary"):
            if on is None:
                st.error(_("State the day."))
                return
            with _refusals(stay):
                form = TransferForm(on, employer_id, place, home, boss, phone, why)
                actions.transfer(number=stay.number, form=form, version=stay.version, by=officer)
                seen.begin_anew(stay.number)
                messages.success(_("The move is recorded: check the contract of the new place."))
                st.rerun()


def _extend(stay: DeploymentRecord, officer: Officer) -> None:
    why_not = say(stay.extend_refusal) if stay.extend_refusal else None
    with st.popover(_("Extend the stay"), disabled=why_not is not None, help=why_not):
        end = stay.contract.ends_on
        if end is None:
            return
        st.caption(plain(_("Agreed now: until {day}.").format(day=day(end))))
        until = forms.date_input(
            _("New last day of work"), end + timedelta(days=14), key="deployment.extend.until"
        )
        insured = forms.date_input(_("Insured until"), key="deployment.extend.insured")
        note = st.text_input(
            _("On what it is based"),
            key="deployment.extend.note",
            placeholder=_("number of the permit, annex to the contract"),
        )
        if st.button(_("Extend"), key="deployment.extend.save", type="primary"):
            if until is None:
                st.error(_("State the day."))
                return
            with _refusals(stay):
                actions.extend(
                    number=stay.number,
                    until=until,
                    insurance_until=insured,
                    note=note,
                    version=stay.version,
                    by=officer,
                )
                seen.begin_anew(stay.number)
                messages.success(_("The stay lasts until {day} now.").format(day=day(until)))
                st.rerun()
