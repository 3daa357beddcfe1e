"""The inputs of a vacancy. Each change is compared at once with pay, dates and scheme rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from domain.enums import PayPeriod
from domain.records.officer import Officer
from domain.records.vacancy import EmployerRecord, VacancyForm
from services.vacancies.form import tidy_vacancy
from services.vacancies.scheme_terms import suggest_schemes
from ui import forms, layout
from ui.language import _, language, term_name
from ui.messages import plain
from ui.vacancy import from_text
from ui.vacancy.asked import asked_inputs
from ui.vacancy.labels import vacancy_labels


def inputs(
    saved: VacancyForm, employers: Sequence[EmployerRecord], key: str, by: Officer
) -> VacancyForm:
    """Draw all fields and return what stands in them, tidied. `key` starts every widget's key."""
    from_text.draw(key, saved.number, by)
    job = _job(saved, employers, key)
    layout.section(_("What is asked"))
    asked = asked_inputs(
        saved, vacancy_labels(), key, title=job["title"], country=job["country"], by=by
    )
    terms = _terms(saved, job, asked, key)
    return tidy_vacancy(VacancyForm(number=saved.number, **{**job, **asked, **terms}))


def _job(saved: VacancyForm, employers: Sequence[EmployerRecord], key: str) -> dict:
    labels = vacancy_labels()
    layout.section(_("The job"))
    found: dict = {}
    left, right = st.columns(2)
    with left:
        found["title"] = st.text_input(labels["title"], saved.title, key=f"{key}.title")
    with right:
        found["title_ka"] = st.text_input(
            labels["title_ka"], saved.title_ka or "", key=f"{key}.title_ka"
        )
    left, right = st.columns(2)
    with left:
        own = {saved.employer} if saved.employer else set()
        names = sorted({one.name for one in employers} | own)
        found["employer"] = st.selectbox(
            labels["employer"],
            names,
            index=names.index(saved.employer) if saved.employer else None,
            key=f"{key}.employer",
            placeholder=_("choose, or type a new name"),
            accept_new_options=True,
            help=_("An employer of a new name is taken in with the vacancy and verified later."),
        )
        if found["employer"] and found["employer"] not in names:
            _new_employer(found["employer"], names)
    with right:
        found["positions"] = st.number_input(
            labels["positions"], min_value=1, value=saved.positions, key=f"{key}.positions"
        )
    left, right = st.columns(2)
    with left:
        found["country"] = (
            forms.country(labels["country"], key=f"{key}.country", value=saved.country or None)
            or ""
        )
    with right:
        found["town"] = st.text_input(labels["town"], saved.town or "", key=f"{key}.town")
    return found


def _new_employer(name: str, names: Sequence[str]) -> None:
    """The list offers to add what was typed before it offers those who are known."""
    st.caption(_("An employer of a new name is taken in with the vacancy and verified later."))
    alike = [one for one in names if name.casefold() in one.casefold()]
    if alike:
        st.caption("◐ " + _("Known already: {names}").format(names=plain(" · ".join(alike[:5]))))


def _terms(saved: VacancyForm, job: dict, asked: dict, key: str) -> dict:
    labels = vacancy_labels()
    layout.section(_("Dates, hours and pay"))
    found: dict = {}
    places = st.columns(3, vertical_alignment="bottom")
    for place, name in zip(places, ("start_on", "end_on", "closes_on"), strict=True):
        with place:
            found[name] = forms.date_input(labels[name], getattr(saved, name), key=f"{key}.{name}")
    hours, amount, currency, period = st.columns(4, vertical_alignment="bottom")
    with hours:
        found["hours_per_week"] = st.number_input(
            labels["hours_per_week"],
            min_value=0.5,
            max_value=168.0,
            step=0.5,
            value=saved.hours_per_week,
            key=f"{key}.hours",
        )
    with amount:
        value = st.number_input(
            labels["pay_amount"],
            min_value=0.01,
            step=0.1,
            format="%.2f",
            value=None if saved.pay_amount is None else float(saved.pay_amount),
            key=f"{key}.pay",
        )
        found["pay_amount"] = None if value is None else Decimal(f"{value:.2f}")
    with currency:
        found["pay_currency"] = forms.currency(
            labels["pay_currency"], key=f"{key}.currency", value=saved.pay_currency
        )
    with period:
        found["pay_period"] = forms.choose_member(
            labels["pay_period"], PayPeriod, key=f"{key}.period", value=saved.pay_period
        )
    found["scheme_code"] = _scheme(saved, {**job, **asked, **found}, key)
    found["housing"] = st.text_input(
        labels["housing"],
        saved.housing or "",
        key=f"{key}.housing",
        placeholder=_("provided or not, persons per room, deduction a month"),
    )
    found["description"] = st.text_area(
        labels["description"], saved.description or "", key=f"{key}.description", height=160
    )
    return found


def _scheme(saved: VacancyForm, values: dict, key: str) -> str | None:
    fitting = [scheme.code for scheme in suggest_schemes(VacancyForm(**values))]

    def text(code: str) -> str:
        named = term_name("scheme", code)
        return _("{scheme} (suggested)").format(scheme=named) if code in fitting[:1] else named

    chosen = forms.choose(
        vacancy_labels()["scheme_code"],
        fitting,
        "scheme",
        # Another country offers other schemes: another widget.
        key=f"{key}.scheme.{values['country']}.{language()}",
        value=saved.scheme_code if values["country"] == saved.country else None,
        show=text,
        ordered=True,
        placeholder=_("choose") if fitting else _("no scheme with this country"),
    )
    return chosen if chosen in fitting or chosen == saved.scheme_code else None
