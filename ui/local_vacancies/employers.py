"""Employers in Georgia: taken in by their identification code, and changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.local_vacancies import LocalEmployerForm, LocalEmployerRecord
from domain.records.officer import Officer
from services.local_vacancies.employers import create_local_employer, update_local_employer
from services.permissions import Permission, can
from ui import conflict, forms, messages
from ui.language import _, term_name
from ui.tables import Column, table

KEY = "local_employers"
PLACES = ("region", "municipality")


def labels() -> dict[str, str]:
    """By field of the form."""
    return {
        "id_code": _("Identification code (9 digits)"),
        "name": _("Name of the employer"),
        "region": _("Region"),
        "municipality": _("Municipality"),
        "sector": _("Sector"),
        "contact_name": _("Contact person"),
        "contact_phone": _("Phone"),
        "contact_email": _("E-mail"),
        "notes": _("Notes"),
    }


def draw(known: Sequence[LocalEmployerRecord], officer: Officer) -> None:
    """The list, the chosen one to be changed, and the form for a new one."""
    chosen = table(
        known,
        [
            Column(_("Employer"), "name", pinned=True, width="medium"),
            Column(_("Code"), "id_code"),
            Column(_("Vacancies"), "vacancies", "number"),
            Column(_("Hired"), "hired", "number"),
        ],
        key=f"{KEY}.table",
        selection="single",
        empty=_("No employer in Georgia yet: take the first one in below."),
        alt=_("Employers in Georgia; select one to change it"),
    )
    if not can(officer, Permission.RETURNS_EDIT):
        return
    one = next((x for x in known if x.id in chosen), None)
    if one is not None:
        _change(one, officer)
        return
    with st.expander(_("Take in an employer in Georgia"), expanded=not known):
        _new(len(known), officer)


def _new(known: int, officer: Officer) -> None:
    form = _inputs(LocalEmployerForm(id_code="", name=""), f"{KEY}.new.{known}")
    if st.button(_("Take it in"), key=f"{KEY}.create", type="primary"):
        with messages.refusals(labels()):
            made = create_local_employer(form=form, by=officer)
            messages.success(_("{name} is taken in.").format(name=made.name))
            st.rerun()


def _change(one: LocalEmployerRecord, officer: Officer) -> None:
    def draw(given: LocalEmployerForm, key: str) -> LocalEmployerForm | None:
        form = _inputs(given, key)
        return form if st.button(_("Save"), key=f"{KEY}.save", type="primary") else None

    def act(form: LocalEmployerForm, version: int) -> None:
        update_local_employer(employer_id=one.id, form=form, version=version, by=officer)

    with st.container(border=True), messages.refusals(labels()):
        if conflict.edit(
            f"{KEY}.{one.id}",
            one.form(),
            one.version,
            draw=draw,
            act=act,
            labels=labels(),
            show=_shown,
        ):
            messages.success(_("Saved."))
            st.rerun()


def _shown(name: str, value: object) -> str:
    return term_name(name, str(value)) if name in PLACES and value else conflict.shown(name, value)


def _inputs(given: LocalEmployerForm, key: str) -> LocalEmployerForm:
    named = labels()
    left, right = st.columns(2)
    with left:
        id_code = st.text_input(named["id_code"], given.id_code, key=f"{key}.code", max_chars=20)
        region = forms.region(named["region"], key=f"{key}.region", value=given.region)
        contact = st.text_input(
            named["contact_name"], given.contact_name or "", key=f"{key}.contact", max_chars=120
        )
        email = st.text_input(
            named["contact_email"], given.contact_email or "", key=f"{key}.email", max_chars=254
        )
    with right:
        name = st.text_input(named["name"], given.name, key=f"{key}.name", max_chars=200)
        municipality = forms.municipality(
            named["municipality"],
            key=f"{key}.municipality.{region}",
            region=region,
            value=given.municipality,
        )
        phone = st.text_input(
            named["contact_phone"], given.contact_phone or "", key=f"{key}.phone", max_chars=30
        )
        sector = st.text_input(
            named["sector"], given.sector or "", key=f"{key}.sector", max_chars=120
        )
    notes = st.text_area(
        named["notes"], given.notes or "", key=f"{key}.notes", max_chars=1000, height=70
    )
    return LocalEmployerForm(
        id_code=id_code,
        name=name,
        region=region,
        municipality=municipality,
        sector=sector,
        contact_name=contact,
        contact_phone=phone,
        contact_email=email,
        notes=notes,
    )
