"""An employer's file: edit, verify, suspend."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.vacancy import EmployerForm, EmployerRecord
from services.permissions import Permission, can
from services.vacancies import employers
from ui import conflict, forms, layout, messages
from ui.buttons import guarded_button
from ui.conflict import shown
from ui.language import _, label, moment, term_name
from ui.messages import plain
from ui.vacancy.actions import refusal
from ui.vacancy.labels import employer_labels

TEXTS = (
    "town",
    "registration_number",
    "sector",
    "contact_name",
    "contact_email",
    "contact_phone",
    "came_through",
)


def new(officer: Officer, *, done: str) -> None:
    """The form of a new employer; `done` is the state that closes it."""
    layout.section(_("New employer"))
    form = _form(EmployerForm(name=""), "employers.form.new")
    if form is not None:
        with messages.refusals(employer_labels()):
            made = employers.create_employer(form=form, by=officer)
            del st.session_state[done]
            st.session_state["employers.table.selected"] = [made.id]
            messages.success(_("Taken in: {name}.").format(name=made.name))
            st.rerun()


def file(known: EmployerRecord, officer: Officer) -> None:
    """Status with its buttons, then the fields."""
    layout.section(plain(known.name))
    st.caption(
        _("{status} · changed {moment}").format(
            status=label(known.status), moment=moment(known.updated_at)
        )
    )
    _status(known, officer)
    if not can(officer, Permission.VACANCIES_EDIT):
        labels = employer_labels()
        facts = {labels[name]: getattr(known, name) or "" for name in TEXTS}
        layout.facts({labels["country"]: term_name("country", known.country), **facts})
        return
    _edit(known, officer)


def _edit(known: EmployerRecord, officer: Officer) -> None:
    def act(form: EmployerForm, version: int) -> None:
        employers.update_employer(employer_id=known.id, form=form, version=version, by=officer)

    labels, name = employer_labels(), f"employers.form.{known.id}"
    with messages.refusals(labels):
        if conflict.edit(
            name, known.form(), known.version, draw=_form, act=act, labels=labels, show=_shown
        ):
            messages.success(_("Saved."))
            st.rerun()


def _shown(name: str, value: object) -> str:
    return term_name("country", str(value)) if name == "country" and value else shown(name, value)


def _status(known: EmployerRecord, officer: Officer) -> None:
    with st.container(horizontal=True):
        why_not = refusal(employers.check_can_verify, known, officer)
        if guarded_button(_("Verified: may publish"), why_not, key="employers.verify"):
            with messages.refusals():
                employers.verify_employer(employer_id=known.id, by=officer)
                messages.success(_("{name} is verified.").format(name=known.name))
                st.rerun()
        why_not = refusal(employers.check_can_suspend, known, officer)
        with st.popover(_("Suspend"), disabled=why_not is not None, help=why_not):
            reason = st.text_input(_("Reason for suspending"), key="employers.suspend.reason")
            if st.button(_("Suspend this employer"), key="employers.suspend"):
                with messages.refusals():
                    employers.suspend_employer(employer_id=known.id, reason=reason, by=officer)
                    messages.success(_("{name} is suspended.").format(name=known.name))
                    st.rerun()


def _form(known: EmployerForm, key: str) -> EmployerForm | None:
    """The fields; what stands in them once the officer saves."""
    labels = employer_labels()
    with st.form(key):
        name = st.text_input(labels["name"], known.name, key=f"{key}.name")
        country = forms.country(labels["country"], key=f"{key}.country", value=known.country)
        texts = {
            field: st.text_input(labels[field], getattr(known, field) or "", key=f"{key}.{field}")
            for field in TEXTS
        }
        notes = st.text_area(labels["notes"], known.notes or "", key=f"{key}.notes")
        if not st.form_submit_button(_("Save"), type="primary"):
            return None
    return EmployerForm(name=name, country=country, notes=notes, **texts)
