"""Before departure, on screen: obstacles, the plan, and the season that can't be kept."""

from datetime import timedelta

from db.models import VacancyRow
from db.session import reading
from services import clock
from tests.factories import histories
from tests.factories import preparation as made


def click(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception and not at.error


def test_the_gate_names_what_is_open_and_opens_when_nothing_is(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    one = made.confirmed()
    at = open_page(recruiter, "preparation", candidacy=one)
    said = texts_of(at)
    assert "The day of departure is not planned" in said
    assert "There is no certificate of orientation" in said
    gate = next(button for button in at.button if button.label == "Confirm the departure")
    assert gate.disabled
    assert "No file for the visa or permit" in gate.help
    click(at, "Open the file for the visa or permit")
    assert "is missing" in texts_of(at)

    ready = made.ready(recruiter)
    at = open_page(recruiter, "preparation", candidacy=ready)
    assert "nothing is open" in texts_of(at)
    click(at, "Confirm the departure")
    assert made.status_of(ready) == "departed"


def test_a_start_that_can_t_be_kept_says_which_one_still_can(officers, open_page, texts_of):
    soon = clock.today() + timedelta(30)
    vacancy = histories.vacancy(start_on=soon, published=None)
    with reading() as session:
        number = session.get_one(VacancyRow, vacancy).number
    at = open_page(officers["manager"], "season_calendar", vacancy=number)
    assert not at.exception
    said = texts_of(at)
    assert "Work can't begin on" in said
    assert "Still possible: a first day of work from" in said
    assert "✕ too late" in said
