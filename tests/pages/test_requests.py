"""A screen's hidden id: what is clicked twice is done once."""

from datetime import date, timedelta
from itertools import count

import pytest
import streamlit as st

import pages.account
from domain.records.jobseeker import JobseekerQuery
from services.jobseekers.registration import find_jobseekers, register_jobseeker
from tests.factories.jobseekers import person
from ui import messages
from ui.orders import KEY

NUMBERS = count(1)


@pytest.fixture
def at(officers, open_page, monkeypatch):
    """A screen whose button registers another person each time; some redraw, some go on."""

    def render(officer):
        redraws = st.checkbox("redraws", key="redraws")
        if st.button("Add", key="add"):
            with messages.refusals():
                number = next(NUMBERS)
                another = person(
                    personal_number=f"{number:011d}",
                    first_name_ka="ა" + "ბგდევზთი"[number % 8] * number,
                    last_name_ka="კ" + "ლმნოპჟრს"[number % 8] * number,
                    birth_date=date(1980, 1, 1) + timedelta(days=400 * number),
                    phone=None,
                )
                register_jobseeker(form=another, by=officer)
                if redraws:
                    st.rerun()

    monkeypatch.setattr(pages.account, "render", render)
    return open_page(officers["recruiter"], "account")


@pytest.fixture
def registered(officers):
    by = officers["recruiter"]
    return lambda: find_jobseekers(query=JobseekerQuery(), by=by).total


@pytest.mark.parametrize("redraws", [False, True])
def test_a_click_that_was_under_way_twice_is_done_once_and_the_next_one_again(
    at, registered, redraws
):
    at.checkbox(key="redraws").set_value(redraws).run()
    first = at.text_input(key=KEY).value
    at.button(key="add").click().run()
    assert registered() == 1
    second = at.text_input(key=KEY).value
    assert second != first
    # The second click left the browser before the new screen arrived there.
    at.text_input(key=KEY).set_value(first)
    at.button(key="add").click().run()
    assert registered() == 1
    assert any("was done already" in shown.value for shown in at.markdown)
    assert at.text_input(key=KEY).value not in {first, second}
    at.button(key="add").click().run()
    assert registered() == 2
    assert not at.exception
    assert not at.error
