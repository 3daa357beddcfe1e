"""The tab of a file that says which vacancies fit the person."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from domain.records.officer import Officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

OpenPage = Callable[..., AppTest]
TextsOf = Callable[[AppTest], str]


def opened_tab(open_page: OpenPage, officer: Officer, who: str) -> AppTest:
    at = open_page(officer, "jobseeker", jobseeker=who)
    assert not at.exception
    at.session_state["jobseeker.tabs.en"] = "Vacancies"
    return at.run()


def pick(at: AppTest, place: int) -> AppTest:
    names = [str(name) for name, _ in at.session_state.items()]
    widget = next(name for name in names if name.startswith("jobseeker.vacancies."))
    cells = [(place, "vacancy")]
    at.session_state[widget] = {"selection": {"rows": [], "columns": [], "cells": cells}}
    return at.run()


def test_the_vacancies_of_a_person_say_the_odds_and_open_the_requirement_table(
    open_page: OpenPage, officers: dict[str, Officer], texts_of: TextsOf
) -> None:
    recruiter = officers["recruiter"]
    register_pickers(30, recruiter)
    published_vacancy(recruiter, number="V-1", positions=2)
    published_vacancy(recruiter, number="V-2", positions=2, occupations=("5120",))
    at = opened_tab(open_page, recruiter, "T-00004")
    assert not at.exception
    frame = at.dataframe[0].value
    assert list(frame["odds"]) == ["✕ excluded", "✕ excluded"]
    assert "Reach German A2" in texts_of(at)
    said = texts_of(pick(at, 0))
    assert not at.exception
    assert "What would open the way" in said
    assert "Score: the sum of the points" in said


def test_without_an_open_vacancy_the_tab_says_when_there_will_be_one(
    open_page: OpenPage, officers: dict[str, Officer]
) -> None:
    register_pickers(2, officers["recruiter"])
    at = opened_tab(open_page, officers["recruiter"], "T-00001")
    assert not at.exception
    assert any("No vacancy is open at present" in info.value for info in at.info)
