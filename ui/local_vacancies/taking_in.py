"""The inputs of a vacancy in Georgia, for a new one and for changing one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from domain.enums import PayPeriod
from domain.records.local_vacancies import (
    LocalEmployerRecord,
    LocalVacancyForm,
    LocalVacancyRecord,
)
from domain.records.officer import Officer
from services.local_vacancies.employers import list_local_employers
from services.local_vacancies.vacancies import create_local_vacancy, update_local_vacancy
from services.permissions import Permission, can
from ui import conflict, forms, messages
from ui.buttons import guarded_button
from ui.language import _, term_name
from ui.navigation import open_page
from ui.vacancy.asked import asked_inputs

KEY = "local_vacancy"
CODES = {
    "region": "region",
    "municipality": "municipality",
    "occupations": "occupation",
    "skills_essential": "skill",
    "skills_optional": "skill",
    "licences_required": "licence",
    "licences_preferred": "licence",
    "education_min": "education",
}


def labels() -> dict[str, str]:
    """By field of the form."""
    return {
        "employer_id": _("Employer in Georgia"),
        "title": _("Title"),
        "positions": _("Positions"),
        "region": _("Region"),
        "municipality": _("Municipality"),
        "occupations": _("Occupations (ISCO-08)"),
        "skills_essential": _("Essential skills"),
        "skills_optional": _("Optional skills"),
        "languages": _("Languages"),
        "licences_required": _("Licences and certificates, must"),
        "licences_preferred": _("Licences and certificates, preferred"),
        "education_min": _("Education at least"),
        "experience_years_min": _("Years of experience at least"),
        "starts_on": _("Start"),
        "closes_on": _("Closing date"),
        "hours_per_week": _("Hours per week"),
        "pay_amount": _("Pay before tax, lari"),
        "pay_period": _("Paid"),
        "description": _("Description"),
    }


def new(known: Sequence[LocalEmployerRecord], officer: Officer) -> None:
    """The form for a new vacancy; it is open for recommendations at once."""
    if not can(officer, Permission.RETURNS_EDIT):
        st.caption(_("Recruiters take vacancies in."))
        return
    empty = LocalVacancyForm(employer_id=0, title="")
    form = inputs(empty, known, f"{KEY}.new", officer)
    nobody = None if known else _("Take in the employer first, in the other tab.")
    if guarded_button(_("Take the vacancy in"), nobody, key=f"{KEY}.create", type="primary"):
        with messages.refusals(labels()):
            made = create_local_vacancy(form=form, by=officer)
            messages.success(_("The vacancy is open. See who fits."))
            open_page("local_vacancy", vacancy=made.number)


def change(vacancy: LocalVacancyRecord, officer: Officer) -> None:
    """The same inputs filled; saving ranks anew."""
    if not can(officer, Permission.RETURNS_EDIT):
        st.caption(_("Recruiters change vacancies."))
        return
    known = list_local_employers(by=officer)

    def draw(given: LocalVacancyForm, key: str) -> LocalVacancyForm | None:
        form = inputs(given, known, key, officer)
        return form if st.button(_("Save"), key=f"{KEY}.save", type="primary") else None

    def act(form: LocalVacancyForm, version: int) -> None:
        update_local_vacancy(number=vacancy.number, form=form, version=version, by=officer)

    with messages.refusals(labels()):
        if conflict.edit(
            f"{KEY}.{vacancy.number}",
            vacancy.form(),
            vacancy.version,
            draw=draw,
            act=act,
            labels=labels(),
            show=_shown(known),
        ):
            messages.success(_("Saved; the ranking follows what is asked now."))
            st.rerun()


def _shown(known: Sequence[LocalEmployerRecord]) -> conflict.Show:
    names = {one.id: one.name for one in known}

    def show(name: str, value: object) -> str:
        if name == "employer_id":
            return names.get(int(str(value or 0)), "–")
        if name in CODES and value:
            codes = value if isinstance(value, tuple) else (value,)
            return ", ".join(term_name(CODES[name], str(code)) for code in codes)
        return conflict.shown(name, value)

    return show


def inputs(
    saved: LocalVacancyForm, known: Sequence[LocalEmployerRecord], key: str, by: Officer
) -> LocalVacancyForm:
    """Draw all fields and return what stands in them."""
    found: dict = {**_job(saved, known, key)}
    found |= asked_inputs(saved, labels(), key, title=found["title"], country="GE", by=by)
    found |= _terms(saved, key)
    return LocalVacancyForm(**found)


def _job(saved: LocalVacancyForm, known: Sequence[LocalEmployerRecord], key: str) -> dict:
    named = labels()
    names = {one.id: f"{one.name} · {one.id_code}" for one in known}
    ids = list(names)
    employer = st.selectbox(
        named["employer_id"],
        ids,
        index=ids.index(saved.employer_id) if saved.employer_id in names else None,
        format_func=lambda id_: names[id_],
        key=f"{key}.employer",
        placeholder=_("choose"),
    )
    left, right = st.columns([3, 1])
    with left:
        title = st.text_input(named["title"], saved.title, key=f"{key}.title", max_chars=200)
    with right:
        positions = st.number_input(
            named["positions"], min_value=1, value=saved.positions, key=f"{key}.positions"
        )
    left, right = st.columns(2)
    with left:
        region = forms.region(named["region"], key=f"{key}.region", value=saved.region)
    with right:
        municipality = forms.municipality(
            named["municipality"],
            key=f"{key}.municipality.{region}",
            region=region,
            value=saved.municipality,
        )
    return {
        "employer_id": employer or 0,
        "title": title,
        "positions": positions,
        "region": region,
        "municipality": municipality,
    }


def _terms(saved: LocalVacancyForm, key: str) -> dict:
    named = labels()
    left, right = st.columns(2)
    with left:
        starts = forms.date_input(named["starts_on"], saved.starts_on, key=f"{key}.starts")
    with right:
        closes = forms.date_input(named["closes_on"], saved.closes_on, key=f"{key}.closes")
    hours, pay, period = st.columns(3, vertical_alignment="bottom")
    with hours:
        per_week = st.number_input(
            named["hours_per_week"],
            min_value=0.5,
            max_value=168.0,
            step=0.5,
            value=saved.hours_per_week,
            key=f"{key}.hours",
        )
    with pay:
        amount = st.number_input(
            named["pay_amount"],
            min_value=0.01,
            step=50.0,
            format="%.2f",
            value=None if saved.pay_amount is None else float(saved.pay_amount),
            key=f"{key}.pay",
        )
    with period:
        paid = forms.choose_member(
            named["pay_period"],
            PayPeriod,
            key=f"{key}.period",
            value=saved.pay_period or PayPeriod.MONTH,
        )
    description = st.text_area(
        named["description"],
        saved.description or "",
        key=f"{key}.description",
        max_chars=4000,
        height=100,
    )
    return {
        "starts_on": starts,
        "closes_on": closes,
        "hours_per_week": per_week,
        "pay_amount": None if amount is None else Decimal(f"{amount:.2f}"),
        "pay_period": paid if amount is not None else None,
        "description": description,
    }
