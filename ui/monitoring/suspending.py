"""Suspending an employer with dates and a reason, and lifting that; what stood before."""

from __future__ import annotations

import streamlit as st

from domain.records.monitoring import SuspensionRecord, TrustFile
from domain.records.officer import Officer
from services import clock
from services.monitoring import suspensions
from services.permissions import Permission, can
from ui import forms, layout, messages
from ui.buttons import guarded_button
from ui.language import _, day, language, say
from ui.messages import plain


def draw(file: TrustFile, officer: Officer) -> None:
    """What is in force, the step that is possible, the history."""
    layout.section(_("Suspension"))
    if file.refusal is not None:
        st.warning(plain(say(file.refusal)))
    else:
        st.caption(_("No suspension is in force: vacancies are published and people are sent."))
    if can(officer, Permission.EMPLOYERS_SUSPEND):
        running = next((one for one in file.suspensions if one.ended_at is None), None)
        if running is None:
            _suspend(file, officer)
        else:
            _lift(file, officer)
    for one in file.suspensions:
        with st.container(border=True):
            until = day(one.until_on) if one.until_on else _("until it is lifted")
            st.markdown(f"**{day(one.from_on)} – {until}** · {_state(one)}")
            st.caption(plain(" · ".join(part for part in (one.reason, _who(one)) if part)))


def _state(one: SuspensionRecord) -> str:
    if one.ended_at is not None:
        return _("✓ over")
    return _("▽ in force") if one.from_on <= clock.today() else _("→ coming")


def _who(one: SuspensionRecord) -> str:
    return (one.by_ka if language() == "ka" else one.by_en) or ""


def _suspend(file: TrustFile, officer: Officer) -> None:
    why = suspensions.suspension_obstacle(employer_id=file.employer_id, by=officer)
    with st.expander(_("Suspend this employer")):
        key = f"employer_trust.suspend.{file.employer_id}"
        start = forms.date_input(_("First day of the suspension"), clock.today(), key=f"{key}.from")
        end = forms.date_input(_("Last day, empty: until it is lifted"), None, key=f"{key}.until")
        reason = st.text_area(_("Reason for the suspension"), key=f"{key}.reason", max_chars=1000)
        if (
            guarded_button(
                _("Suspend"), say(why) if why else None, key=f"{key}.save", width="stretch"
            )
            and start
        ):
            with messages.refusals():
                suspensions.suspend_until(
                    employer_id=file.employer_id,
                    from_on=start,
                    until_on=end,
                    reason=reason,
                    by=officer,
                )
                messages.success(
                    _("Suspended: nothing of this employer is published, nobody is sent to it.")
                )
                st.rerun()


def _lift(file: TrustFile, officer: Officer) -> None:
    with st.expander(_("Lift the suspension")):
        key = f"employer_trust.lift.{file.employer_id}"
        reason = st.text_area(_("Reason for lifting it"), key=f"{key}.reason", max_chars=1000)
        if st.button(_("Lift it"), key=f"{key}.save", width="stretch"):
            with messages.refusals():
                suspensions.lift_suspension(employer_id=file.employer_id, reason=reason, by=officer)
                messages.success(_("The suspension is lifted."))
                st.rerun()
