"""What a vacancy in Georgia offers and asks, and its steps."""

from __future__ import annotations

import streamlit as st

from domain.enums import LocalVacancyStatus
from domain.records.local_vacancies import LocalVacancyRecord
from domain.records.officer import Officer
from domain.transitions import LOCAL_VACANCY
from services.local_vacancies.vacancies import (
    check_can_move_local_vacancy,
    move_local_vacancy,
)
from services.permissions import Permission, can
from services.refusals import refusal
from ui import layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, number, say, term_name
from ui.messages import plain

KEY = "local_vacancy"
TONES = {
    LocalVacancyStatus.OPEN: ("◐", "accent"),
    LocalVacancyStatus.FILLED: ("✓", "met"),
    LocalVacancyStatus.CLOSED: ("–", "quiet"),
}


def draw(vacancy: LocalVacancyRecord, officer: Officer) -> None:
    """The card with what is asked; beside it the steps."""
    sign, tone = TONES[vacancy.status]
    with st.container(border=True):
        left, right = st.columns([3, 1], gap="medium")
        with left:
            filled = _("{hired} of {positions} positions filled").format(
                hired=number(vacancy.hired), positions=number(vacancy.positions)
            )
            marks.show(marks.tag(f"{sign} {label(vacancy.status)}", tone), marks.tag(filled))
            layout.facts(_facts(vacancy))
        with right:
            if can(officer, Permission.RETURNS_EDIT):
                _steps(vacancy, officer)


def _facts(vacancy: LocalVacancyRecord) -> dict[str, str]:
    place = term_name("municipality", vacancy.municipality) if vacancy.municipality else ""
    pay = _("not stated")
    if vacancy.pay_amount is not None:
        pay = f"{number(vacancy.pay_amount)} ₾ · {label(vacancy.pay_period)}"
    found = {
        _("Employer"): f"{vacancy.employer} · {vacancy.id_code}",
        _("Place"): ", ".join(filter(None, (term_name("region", vacancy.region), place))),
        _("Start"): day(vacancy.starts_on),
        _("Pay before tax"): pay,
        _("Asked"): " · ".join(term_name("occupation", code) for code in vacancy.occupations),
    }
    more = [term_name("skill", code) for code in vacancy.skills_essential]
    more += [
        f"{term_name('language', x.language)} {term_name('level', x.level.value)} ({label(x.kind)})"
        for x in vacancy.languages
    ]
    more += [term_name("licence", code) for code in vacancy.licences_required]
    if more:
        found[_("And")] = ", ".join(more)
    if vacancy.description:
        found[_("Description")] = vacancy.description
    return found


def _steps(vacancy: LocalVacancyRecord, officer: Officer) -> None:
    names = {
        LocalVacancyStatus.OPEN: _("Open it again"),
        LocalVacancyStatus.FILLED: _("Note as filled"),
        LocalVacancyStatus.CLOSED: _("Close it"),
    }
    for after in LocalVacancyStatus:
        if after not in LOCAL_VACANCY[vacancy.status]:
            continue
        why_not = refusal(check_can_move_local_vacancy, vacancy.status, after, officer)
        if guarded_button(
            names[after],
            say(why_not) if why_not else None,
            key=f"{KEY}.{after.value}",
            width="stretch",
        ):
            with messages.refusals():
                move_local_vacancy(number=vacancy.number, after=after, by=officer)
                messages.success(plain(label(after)))
                st.rerun()
