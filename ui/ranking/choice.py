"""Which vacancy, under which version of the rules; kept in the address."""

from __future__ import annotations

import streamlit as st

from domain.enums import VacancyStatus
from domain.exceptions import LabourMigrationError
from domain.records.officer import Officer
from domain.records.ranking import RankingSummary
from domain.records.vacancy import VacancyFilter, VacancyRecord, VacancySummary
from services.rankings import ranking
from services.vacancies import vacancies
from ui import messages
from ui.language import _, label, language, term_name
from ui.navigation import keep_query, page_link, query

VACANCY = "ranking.vacancy"
RANKABLE = (VacancyStatus.PUBLISHED, VacancyStatus.IN_COMMISSION, VacancyStatus.DECIDED)


def choose_vacancy(officer: Officer, of_screen: str = VACANCY) -> VacancyRecord | None:
    """The vacancy of the address or of the list; None, with a sentence, where there is none.

    `of_screen` names the choice: a screen opened from another one must not find its choice.
    """
    wanted = VacancyFilter(statuses=RANKABLE)
    known = {v.number: v for v in vacancies.list_vacancies(wanted=wanted, by=officer).rows}
    asked = query("vacancy")
    if asked and asked not in known:
        with messages.refusals():
            kept = vacancies.get_vacancy(number=asked, by=officer)
            known = {kept.number: _summary_of(kept), **known}
    if not known:
        messages.empty(_("No vacancy is published yet. Publish one, and its ranking opens here."))
        page_link("vacancies", _("To the vacancies"))
        return None
    numbers = list(known)
    # The browser keeps the words of a choice: in another language it is another widget.
    key = f"{of_screen}.{language()}"
    if st.session_state.get(key) not in known:
        st.session_state[key] = asked if asked in known else numbers[0]
    chosen = st.selectbox(
        _("Vacancy"),
        numbers,
        key=key,
        format_func=lambda number: _title(known[number]),
        label_visibility="collapsed",
    )
    keep_query(vacancy=chosen)
    try:
        return vacancies.get_vacancy(number=chosen, by=officer)
    except LabourMigrationError as error:
        messages.show(error)
        return None


def _summary_of(kept: VacancyRecord) -> VacancySummary:
    return VacancySummary(
        id=kept.id,
        number=kept.number,
        title=kept.title,
        title_ka=kept.title_ka,
        employer=kept.employer,
        country=kept.country,
        town=kept.town,
        positions=kept.positions,
        occupations=kept.occupations,
        start_on=kept.start_on,
        closes_on=kept.closes_on,
        status=kept.status,
    )


def _title(vacancy: VacancySummary) -> str:
    country = term_name("country", vacancy.country)
    state = label(vacancy.status)
    return f"{vacancy.number} · {vacancy.title_in(language())} · {country} · {state}"


def rank(vacancy: VacancyRecord, officer: Officer) -> RankingSummary:
    """Everybody for this vacancy, now."""
    return ranking.rank_vacancy(vacancy_number=vacancy.number, by=officer)
