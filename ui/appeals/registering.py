"""Writing down an appeal that came in, beside the decision that it is made against."""

from __future__ import annotations

import streamlit as st

from domain.enums import AppealChannel, AppealStatus
from domain.records.appeals import AppealForm, PersonDecision
from domain.records.officer import Officer
from services import appeals, clock
from ui import messages
from ui.language import _, day, label
from ui.messages import plain


def draw(decision: PersonDecision, officer: Officer) -> None:
    """The form; an appeal after the last day can be written down too, and is refused."""
    key = f"appeals.new.{decision.shortlist_id}"
    with st.expander(_("Register an appeal")):
        if decision.days_left is not None and decision.days_left < 0:
            st.caption(
                _(
                    "The last day was {day}: an appeal is recorded and refused as too late, unless "
                    "a manager admits it."
                ).format(day=day(decision.last_day))
            )
        received = st.date_input(
            _("Received on"),
            value=clock.today(),
            min_value=decision.decided_on,
            max_value=clock.today(),
            format="DD.MM.YYYY",
            key=f"{key}.received",
        )
        channels = list(AppealChannel)
        chosen = st.selectbox(
            _("How it came"),
            range(len(channels)),
            format_func=[label(one) for one in channels].__getitem__,
            key=f"{key}.how",
        )
        text = st.text_area(
            _("What the person says, in their words"), max_chars=10_000, key=f"{key}.text"
        )
        if st.button(_("Register the appeal"), key=f"{key}.save", type="primary", width="stretch"):
            with messages.refusals():
                form = AppealForm(received, channels[chosen], text)
                made = appeals.register_appeal(
                    shortlist_id=decision.shortlist_id,
                    candidacy_id=decision.candidacy_id,
                    form=form,
                    by=officer,
                )
                said = _("Appeal {number} is registered and waits for a hearing.")
                if made.status is AppealStatus.REFUSED_LATE:
                    said = _("Appeal {number} is recorded and refused: it came after the last day.")
                messages.success(plain(said.format(number=made.number)))
                st.rerun()
