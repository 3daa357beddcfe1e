"""One stay: who, where, how it stands, what happened."""

from __future__ import annotations

import streamlit as st

from domain.records.deployments import DeploymentRecord, DeploymentStep
from ui import layout, marks, tables
from ui.abroad import words
from ui.language import _, day, label, language, say, term_name
from ui.messages import plain
from ui.navigation import page_link


def head(stay: DeploymentRecord) -> None:
    """Status and the nearest dangers in chips, then links to person and vacancy."""
    chips = [words.chip(stay.status)]
    chips += [marks.chip(one.status, words.days_of(one)) for one in stay.counters if one.binds]
    open_ones = [one for one in stay.checks if one.holds_back]
    if open_ones:
        text = _("open in the contract: {count}").format(count=len(open_ones))
        chips.append(marks.tag(f"▽ {text}", "short"))
    marks.show(*chips)
    with st.container(horizontal=True):
        page_link("abroad", _("People abroad"), icon="↩️")
        page_link("jobseeker", _("The person's file"), icon="🧑‍🌾", jobseeker=stay.external_id)
        page_link("vacancy", stay.vacancy_number, icon="📋", vacancy=stay.vacancy_number)
        page_link("returnee", _("The return"), icon="🏡", stay=stay.number)


def facts(stay: DeploymentRecord) -> None:
    """Where, with whom, from when to when."""
    title = stay.title_ka if language() == "ka" and stay.title_ka else stay.title
    told = {
        _("Country"): term_name("country", stay.country),
        _("Employer"): stay.employer or _("no data"),
        _("Work"): title,
        _("Agreed days of work"): f"{day(stay.contract.starts_on)} – {day(stay.contract.ends_on)}",
        _("Departed"): day(stay.departed_on),
        _("Arrived"): day(stay.arrived_on),
        _("Work ended"): day(stay.ended_on)
        + (f" · {label(stay.end_reason)}" if stay.end_reason else ""),
        _("Returned"): day(stay.returned_on),
    }
    layout.facts(told)


def history(stay: DeploymentRecord) -> None:
    """Every step with its day and note, the last one on top."""
    tables.table(
        tuple(reversed(stay.steps)),
        [
            tables.Column(_("Day"), "happened_on", "date"),
            tables.Column(_("Status"), lambda one: words.signed(one.status)),
            tables.Column(_("Note"), lambda one: one.note or ""),
            tables.Column(_("told by"), _who),
            tables.Column(_("told on"), "told_at", "moment"),
        ],
        key="deployment.steps",
        row_id="told_at",
        alt=_("Steps of the stay, the last one first"),
    )


def _who(step: DeploymentStep) -> str:
    name = step.officer_ka if language() == "ka" else step.officer_en
    return name or _("the system")


def warnings(stay: DeploymentRecord) -> None:
    """What is passed or forbidden stands above everything else."""
    for one in stay.counters:
        if one.over_from is not None and one.binds:
            st.error(plain(say(one.sentence)))
