"""That blindness was lifted, for everybody; and the chair's lifting of it."""

from __future__ import annotations

import streamlit as st

from domain.enums import SessionStatus
from domain.records.commission import SessionRecord
from domain.records.dossier import ShownPerson
from domain.records.officer import Officer
from services import commission
from ui import messages
from ui.language import _, language, moment, number, say, term_name
from ui.messages import plain


def banner(record: SessionRecord) -> None:
    """On every item, for everybody: lifted when, by whom and why."""
    if record.lifted is None:
        return
    st.warning(
        _(
            "**Blindness is lifted in this session.** {chair}, {moment}: “{reason}” Members see "
            "name, age and region, so that they can tell people apart; everything else stays "
            "covered, and each reading is recorded."
        ).format(
            chair=plain(record.lifted.name(language())),
            moment=moment(record.lifted.lifted_at),
            reason=plain(record.lifted.reason),
        ),
        icon=":material/visibility:",
    )


def control(record: SessionRecord, officer: Officer) -> None:
    """The chair's form to lift blindness; a button that can't be used says why."""
    over = (SessionStatus.CLOSED, "cancelled")
    if not record.i_am_chair or record.lifted is not None or record.status in over:
        return
    refusal = say(record.lift_refusal) if record.lift_refusal else None
    with (
        st.expander(_("Lift blindness")),
        st.form("commission.lift", border=False),
    ):
        st.caption(
            _(
                "Names, age and region of all candidates of this session are then shown to its "
                "members. Everybody reads that you lifted it, when and why, also in the minutes. "
                "It can't be undone. Name nobody in the reason."
            )
        )
        reason = st.text_area(
            _("Why the names are needed"),
            height=80,
            max_chars=500,
            disabled=refusal is not None,
        )
        is_sure = st.checkbox(_("I know that it can't be undone"), disabled=refusal is not None)
        if refusal:
            st.caption(plain(refusal))
        is_sent = st.form_submit_button(
            _("Lift blindness"), width="stretch", disabled=refusal is not None, help=refusal
        )
    if is_sent:
        if not is_sure:
            st.error(_("Confirm that you know that it can't be undone."))
            return
        with messages.refusals():
            commission.lift_blindness(number=record.number, reason=reason, by=officer)
            messages.success(_("Blindness is lifted; every member is told so."))
            st.rerun()


def person_text(person: ShownPerson | None) -> str:
    """A person in a lifted file: name, age, region; what is unknown is said to be."""
    if person is None:
        return ""
    age = (
        _("{age} years").format(age=number(person.age))
        if person.age is not None
        else _("age not stated")
    )
    region = term_name("region", person.region) if person.region else _("region not stated")
    name = person.name(language()) or _("name not stated")
    return f"{name} · {age} · {region}"
