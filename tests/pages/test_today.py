"""The recruiter's first screen: what waits, or what to do where nothing does."""

from datetime import timedelta

from services import clock
from tests.factories.histories import candidacy, person, vacancy


def test_first_screen_of_a_recruiter_says_what_to_do_in_an_empty_system(
    officers, open_page, texts_of
):
    at = open_page(officers["recruiter"])
    assert at.title[0].value == "Today"
    assert "Nothing is entered yet" in texts_of(at)


def test_late_vacancy_stands_first_with_its_counter(officers, open_page, texts_of):
    yesterday = clock.today() - timedelta(1)
    late = vacancy(closes_on=yesterday)
    candidacy(person(), late, ("preselected", "2026-02-02"))
    at = open_page(officers["recruiter"], "today")
    assert not at.exception
    assert at.subheader[0].value == "Late · 1"
    assert "no shortlist was sent yet" in texts_of(at)
    georgian = open_page(officers["recruiter"], "today", lang="ka")
    assert georgian.subheader[0].value == "ვადაგადაცილებულია · 1"
