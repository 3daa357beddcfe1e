"""Absences: who is not there, who stands in, and recording the next one."""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.enums import AbsenceReason
from domain.records.officer import Officer
from domain.records.signing import AbsenceForm, AbsenceRecord, Person
from services import clock
from services.official_documents import absences
from services.permissions import Permission, can
from ui import forms, layout, marks, messages
from ui.language import _, day, label, language, say
from ui.messages import plain
from ui.official_documents.words import person


def listing(found: tuple[AbsenceRecord, ...], officer: Officer) -> None:
    """One card each: who, when, who stands in; ended with a click."""
    if not found:
        messages.empty(_("No absence is recorded. Record one before you leave."))
    for one in found:
        with st.container(border=True):
            _card(one, officer)


def _card(one: AbsenceRecord, officer: Officer) -> None:
    title = f"**{plain(one.person.name(language()))}** · {day(one.from_on)} – {day(one.until_on)}"
    st.markdown(f"{title} · {plain(label(one.reason))}")
    if one.is_now:
        marks.show(marks.tag(_("absent today"), "partly"))
    elif one.ended_at or one.until_on < clock.today():
        marks.show(marks.tag(_("ended"), "quiet"))
    names = " → ".join(plain(each.name(language())) for each in one.substitutes)
    st.caption(
        _("Substitutes in this order: {names}").format(names=names)
        if names
        else _("Nobody stands in.")
    )
    if one.ended_at or one.until_on < clock.today():
        return
    refusal = say(one.end_refusal) if one.end_refusal else None
    if st.button(
        _("End the absence"),
        key=f"absences.end.{one.id}",
        disabled=refusal is not None,
        help=refusal or _("From then on nobody stands in. What was done stays."),
    ):
        with messages.refusals():
            absences.end_absence(absence_id=one.id, by=officer)
            messages.success(_("The absence is ended."))
            st.rerun()


def recording(officer: Officer) -> None:
    """The form; a manager records for others, too."""
    people = {one.officer_id: one for one in absences.list_possible_substitutes(by=officer)}
    layout.section(
        _("Record an absence"),
        _(
            "While you are absent, the first substitute who is there endorses and signs in your "
            "place, and the paper says for whom and because of what. Nobody can do two mandatory "
            "steps of one document."
        ),
    )
    with st.form("absences.form", border=False):
        form = _inputs(people, officer)
        if not st.form_submit_button(_("Record the absence"), type="primary"):
            return
    if form is None:
        st.error(_("Give the officer, the days and the reason."))
        return
    labels = {
        "officer": _("Officer"),
        "from": _("Absent from"),
        "until": _("Absent until"),
        "substitutes": _("Substitutes"),
    }
    with messages.refusals(labels):
        made = absences.record_absence(form=form, by=officer)
        messages.success(
            _("Recorded: {first} – {last}.").format(
                first=day(made.from_on), last=day(made.until_on)
            )
        )
        st.rerun()


def _inputs(people: dict[int, Person], officer: Officer) -> AbsenceForm | None:
    names = {key: person(one) for key, one in people.items()}
    who: int | None = officer.id
    if can(officer, Permission.ABSENCES_MANAGE):
        options = list(people)
        who = st.selectbox(
            _("Officer"),
            options,
            index=options.index(officer.id) if officer.id in options else None,
            format_func=names.__getitem__,
            key="absences.officer",
            placeholder=_("choose or type"),
        )
    left, right = st.columns(2)
    today: date = clock.today()
    with left:
        first = forms.date_input(_("Absent from"), today, key="absences.from")
    with right:
        last = forms.date_input(_("Absent until"), today, key="absences.until")
    reason = forms.choose_member(_("Reason of absence"), AbsenceReason, key="absences.reason")
    substitutes = st.multiselect(
        _("Substitutes"),
        list(people),
        format_func=names.__getitem__,
        key="absences.substitutes",
        placeholder=_("choose or type"),
        select_all=False,
        help=_("In the order in which they stand in: the first one who is there acts."),
    )
    if who is None or first is None or last is None or reason is None:
        return None
    return AbsenceForm(who, first, last, reason, tuple(substitutes))
