"""What was learned abroad: suggested by the work, confirmed one by one, written into the file."""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.enums import CefrLevel, Evidence, GainKind
from domain.records.officer import Officer
from domain.records.returns import GainForm, GainRecord, ReturnDetail
from services.permissions import Permission, can
from services.refusals import refusal
from services.returns.gains import add_gain, check_can_add_gain, suggest_gains
from ui import forms, layout, messages, skill_picker
from ui.buttons import guarded_button
from ui.language import _, day, label, language, say, term_name
from ui.messages import plain
from ui.tables import Column, table

KEY = "returnee.gain"


def draw(detail: ReturnDetail, officer: Officer) -> None:
    """What was written down so far, what the work suggests, and the form for anything else."""
    with st.container(border=True):
        layout.part(_("Learned abroad"))
        st.caption(
            _(
                "It goes into the person's file with how it is known; the next ranking counts it. "
                "Nothing that is known better is overwritten."
            )
        )
        if detail.gains:
            table(
                detail.gains,
                [
                    Column(_("What"), what),
                    Column(_("How it is known"), lambda row: label(row.evidence)),
                    Column(_("By which paper"), lambda row: row.evidence_note or "–"),
                ],
                key=f"{KEY}.table",
                alt=_("What was learned abroad and written into the file"),
            )
        if not can(officer, Permission.RETURNS_EDIT):
            return
        why_not = refusal(check_can_add_gain, detail.stay.is_recorded, officer)
        if why_not is not None:
            st.caption(plain(say(why_not)))
            return
        _suggested(detail, officer)
        with st.expander(_("Add something else"), expanded=not detail.gains):
            _form(detail, officer)


def what(gain: GainForm | GainRecord) -> str:
    """ "German B1", "drive a tractor", "Crop farm labourers, 0.3 years"."""
    name = term_name(gain.kind.value, gain.code)
    if gain.kind is GainKind.LANGUAGE:
        return f"{name} {gain.detail}"
    if gain.kind is GainKind.OCCUPATION and gain.detail:
        return _("{occupation}, {years} years").format(occupation=name, years=gain.detail)
    if gain.valid_until:
        return _("{licence}, valid until {day}").format(licence=name, day=day(gain.valid_until))
    return name


def _suggested(detail: ReturnDetail, officer: Officer) -> None:
    number = detail.stay.deployment
    offered = suggest_gains(deployment_number=number, by=officer)
    if not offered:
        return
    st.caption(_("The work abroad makes likely what the file lacks. Confirm what is true:"))
    with st.container(horizontal=True):
        for gain in offered:
            if st.button(
                plain(what(gain)),
                key=f"{KEY}.{gain.kind.value}.{gain.code}",
                icon=":material/add:",
                help=_("Written into the file as told by the person."),
                wrap=True,
            ):
                _add(number, gain, officer)


def _form(detail: ReturnDetail, officer: Officer) -> None:
    kind = forms.choose_member(
        _("Kind"), GainKind, key=f"{KEY}.kind.{language()}", value=GainKind.LANGUAGE
    )
    kind = kind or GainKind.LANGUAGE
    key = f"{KEY}.{kind.value}.{len(detail.gains)}"
    code, more, until = _which(kind, key)
    left, right = st.columns(2)
    with left:
        evidence = forms.choose_member(
            _("How it is known"), Evidence, key=f"{key}.evidence", value=Evidence.STATED
        )
    with right:
        note = st.text_input(
            _("By which paper or test"),
            key=f"{key}.note",
            max_chars=200,
            placeholder=_("certificate, number, who issued it"),
        )
    nothing = None if code else _("Choose what was learned.")
    if guarded_button(_("Write it into the file"), nothing, key=f"{key}.save", type="primary"):
        gain = GainForm(
            kind=kind,
            code=code or "",
            detail=more,
            valid_until=until,
            evidence=evidence or Evidence.STATED,
            evidence_note=note,
        )
        _add(detail.stay.deployment, gain, officer)


def _which(kind: GainKind, key: str) -> tuple[str | None, str, date | None]:
    """What it is, its level or years, and until when it is valid."""
    if kind is GainKind.SKILL:
        found = skill_picker.skills(_("Skill"), key=f"{key}.code", max_selections=1)
        return (found[0] if found else None), "", None
    left, right = st.columns(2)
    if kind is GainKind.LANGUAGE:
        with left:
            spoken = forms.spoken_language(_("Language"), key=f"{key}.code")
        with right:
            level = forms.choose_member(
                _("Level"), CefrLevel, key=f"{key}.level", value=CefrLevel.A1
            )
        return spoken, (level or CefrLevel.A1).value, None
    if kind is GainKind.LICENCE:
        with left:
            licences = forms.licences(
                _("Licence or certificate"), key=f"{key}.code", max_selections=1
            )
        with right:
            until = forms.date_input(_("Valid until"), key=f"{key}.until")
        return (licences[0] if licences else None), "", until
    with left:
        occupation = forms.occupation(_("Occupation"), key=f"{key}.code")
    with right:
        years = st.text_input(_("Years of work"), key=f"{key}.years", placeholder="0.5")
    return occupation, years, None


def _add(number: str, gain: GainForm, officer: Officer) -> None:
    with messages.refusals():
        add_gain(deployment_number=number, gain=gain, by=officer)
        messages.success(_("Written into the file: {what}.").format(what=what(gain)))
        st.rerun()
