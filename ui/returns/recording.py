"""Recording a return, or changing what was noted of it."""

from __future__ import annotations

import streamlit as st

from domain.enums import ReturnNeed, ReturnReason
from domain.records.officer import Officer
from domain.records.returns import ReturnDetail, ReturnForm
from services import clock
from services.permissions import Permission, can
from services.refusals import refusal
from services.returns.recording import (
    check_can_record_return,
    record_return,
    update_return,
)
from ui import conflict, forms, layout, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, say
from ui.messages import plain

KEY = "returnee.return"


def labels() -> dict[str, str]:
    """By field of the form."""
    return {
        "returned_on": _("Day of return"),
        "reason": _("Why the stay ended"),
        "reason_note": _("In a few words"),
        "border_point": _("Border crossing, if known"),
        "needs": _("Asks for help with"),
        "needs_note": _("More about it"),
        "plan": _("What was agreed"),
    }


def draw(detail: ReturnDetail, officer: Officer) -> None:
    """What was noted, or the form to note it."""
    with st.container(border=True):
        layout.part(_("The return"))
        if detail.form is None:
            _new(detail, officer)
            return
        _shown(detail.form)
        if can(officer, Permission.RETURNS_EDIT):
            with st.expander(_("Change what was noted")):
                _change(detail, detail.form, officer)


def _shown(form: ReturnForm) -> None:
    named = labels()
    layout.facts(
        {
            named["returned_on"]: day(form.returned_on),
            named["reason"]: " · ".join(filter(None, (label(form.reason), form.reason_note))),
            named["border_point"]: form.border_point or _("not stated"),
            named["needs"]: ", ".join(map(label, form.needs)) or _("nothing was asked for"),
            named["needs_note"]: form.needs_note or "–",
            named["plan"]: form.plan or _("nothing yet"),
        }
    )


def _new(detail: ReturnDetail, officer: Officer) -> None:
    why_not = refusal(check_can_record_return, detail.stay.status, False, officer)
    if why_not is not None:
        st.caption(plain(say(why_not)))
    first = detail.stay.returned_on or min(detail.stay.expected_on or clock.today(), clock.today())
    given = ReturnForm(returned_on=first, reason=ReturnReason.SEASON_OVER)
    form = _inputs(given, f"{KEY}.{detail.stay.deployment}", is_new=True)
    if guarded_button(
        _("Record the return"),
        say(why_not) if why_not else None,
        key=f"{KEY}.save",
        type="primary",
    ):
        with messages.refusals(labels()):
            record_return(deployment_number=detail.stay.deployment, form=form, by=officer)
            messages.success(_("The return is recorded; the person can be recommended for work."))
            st.rerun()


def _change(detail: ReturnDetail, saved: ReturnForm, officer: Officer) -> None:
    number = detail.stay.deployment

    def draw(given: ReturnForm, key: str) -> ReturnForm | None:
        form = _inputs(given, key, is_new=False)
        return form if st.button(_("Save"), key=f"{KEY}.change", type="primary") else None

    def act(form: ReturnForm, version: int) -> None:
        update_return(deployment_number=number, form=form, version=version, by=officer)

    with messages.refusals(labels()):
        if conflict.edit(
            f"{KEY}.{number}", saved, detail.version or 0, draw=draw, act=act, labels=labels()
        ):
            messages.success(_("Saved."))
            st.rerun()


def _inputs(given: ReturnForm, key: str, *, is_new: bool) -> ReturnForm:
    named = labels()
    left, right = st.columns(2)
    with left:
        returned_on = forms.date_input(
            named["returned_on"],
            given.returned_on,
            key=f"{key}.on",
            latest=clock.today(),
            disabled=not is_new,
        )
    with right:
        reason = forms.choose_member(
            named["reason"], ReturnReason, key=f"{key}.reason", value=given.reason
        )
    reason_note = st.text_input(
        named["reason_note"], given.reason_note, key=f"{key}.reason_note", max_chars=300
    )
    all_needs = list(ReturnNeed)
    needs = st.pills(
        named["needs"],
        range(len(all_needs)),
        format_func=[label(need) for need in all_needs].__getitem__,
        selection_mode="multi",
        default=[all_needs.index(need) for need in given.needs],
        key=f"{key}.needs",
    )
    needs_note = st.text_input(
        named["needs_note"], given.needs_note, key=f"{key}.needs_note", max_chars=500
    )
    plan = st.text_area(named["plan"], given.plan, key=f"{key}.plan", max_chars=2000, height=80)
    border = st.text_input(
        named["border_point"], given.border_point, key=f"{key}.border", max_chars=100
    )
    return ReturnForm(
        returned_on=returned_on or given.returned_on,
        reason=reason or given.reason,
        reason_note=reason_note,
        border_point=border,
        needs=tuple(all_needs[place] for place in needs),
        needs_note=needs_note,
        plan=plan,
    )
