"""Beside the form: what stands between the vacancy and publishing, pay, rules, people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import CandidacyStatus, CriterionStatus
from domain.records.officer import Officer
from domain.records.vacancy import PublishingCheck, VacancyForm, VacancyRecord, WageStep
from services.permissions import Permission, can
from services.vacancies.minimum_wage import compare_pay, money
from services.vacancies.scheme_terms import scheme_rules
from ui import layout
from ui.language import _, day, label, number, say
from ui.marks import sign, signed
from ui.messages import plain
from ui.navigation import page_link
from ui.tables import Column, table

C = CandidacyStatus
BEFORE_APPROVAL = {C.PRESELECTED, C.COMMISSION_REVIEW, C.NOT_APPROVED}

COLOURS = {
    CriterionStatus.MET: "green",
    CriterionStatus.NOT_MET: "red",
    CriterionStatus.UNKNOWN: "orange",
}


def checklist(checks: Sequence[PublishingCheck]) -> None:
    """✓ met, ✕ blocks, ? warns: each with its reason."""
    layout.section(readiness(checks))
    # Blocking first: they are what there is to do.
    ordered = sorted(checks, key=lambda check: (not check.blocks, check.status.value == "met"))
    st.markdown(
        "\n".join(f"{_mark(check.status)} {plain(say(check.sentence))}  " for check in ordered)
    )


def readiness(checks: Sequence[PublishingCheck]) -> str:
    """How much stands in the way of publishing, in a few words."""
    blocking = sum(check.blocks for check in checks)
    if blocking:
        return _("Before publishing: {count} to settle").format(count=number(blocking))
    return _("Ready to be published")


def _mark(status: CriterionStatus) -> str:
    return f":{COLOURS[status]}[**{sign(status)}**]"


def pay_against_minimum(form: VacancyForm) -> None:
    """Every minimum wage in force during the season beside the offered pay."""
    steps = compare_pay(form).steps
    if not any(step.minimum is not None for step in steps):
        return
    layout.section(_("Pay and minimum wage"))
    table(
        steps,
        [
            Column("", lambda step: signed(step.status), width=150),
            Column(_("Valid from"), lambda step: day(step.valid_from), width=85),
            Column(_("Minimum"), lambda step: _money(step, step.minimum), width=120),
            Column(_("Offered"), lambda step: _money(step, step.pay), width=120),
        ],
        key="vacancy.pay",
        alt=_("Offered pay compared with each minimum wage of the season"),
    )
    st.caption(plain(_("Source: {source}").format(source="; ".join({_(s.source) for s in steps}))))


def _money(step: WageStep, amount: object) -> str:
    if amount is None:
        return _("no data")
    return say(money(amount, step.currency, step.period))  # type: ignore[arg-type]


def rules(form: VacancyForm) -> None:
    """The scheme's rules about the person: which the ranking applies, which an officer checks."""
    found = scheme_rules(form)
    if not found:
        return
    layout.section(_("Rules of the scheme"))
    applied = [rule for rule in found if rule.gate]
    if applied:
        st.markdown(_("Applied by the ranking:"))
        st.markdown("\n".join(f"- {plain(say(rule.sentence))}" for rule in applied))
    checked = [rule for rule in found if not rule.gate]
    if checked:
        st.markdown(_("Checked by an officer:"))
        st.markdown("\n".join(f"- {plain(say(rule.sentence))}" for rule in checked))
    sources = dict.fromkeys(rule.source for rule in found)
    st.caption(plain(_("Source: {source}").format(source="; ".join(sources))))


def people(vacancy: VacancyRecord, officer: Officer) -> None:
    """How many candidates are where, and the ways to where they are sent and stand."""
    if not vacancy.candidacies:
        return
    layout.section(_("People in the process"))
    counts = {
        label(status): number(vacancy.candidacies[status])
        for status in CandidacyStatus
        if status in vacancy.candidacies
    }
    layout.facts(counts)
    if vacancy.candidacies.keys() - BEFORE_APPROVAL and can(officer, Permission.PACKAGES_READ):
        page_link("sending", _("Sending board"), icon="📦", vacancy=vacancy.number)
    if can(officer, Permission.ROAD_READ):
        page_link("road", _("One board"), icon="🛤️", vacancy=vacancy.number)


def employer_link(vacancy: VacancyRecord) -> None:
    """To the employer's file, where it is verified."""
    if vacancy.employer_id is not None:
        page_link("employers", _("Open the employer"), icon="🏢", employer=vacancy.employer_id)
