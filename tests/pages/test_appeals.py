"""From the refusal on a person's file to the agenda of another panel, on screen."""

import pytest

from domain.enums import OrganisationKind, Role
from domain.records.commission import ChairRuling
from domain.records.officer import Officer
from services import appeals
from services.commission import close_session
from tests.integration.services.commission.room import (
    Room,
    candidacies,
    officer,
    send_shortlist,
)


@pytest.fixture
def room(officers: dict[str, Officer]) -> Room:
    """The demonstration's commission, which refused the second of two candidates."""
    names = ("recruiter", "chair", "member.agency", "member.io", "member.ngo")
    room = Room([officers[name] for name in names])
    shortlist_id = send_shortlist(room.number, 2)
    room.open()
    room.declare(shortlist_id)
    first, second = candidacies(shortlist_id)
    room.vote(shortlist_id, first, "++++")
    room.vote(shortlist_id, second, "----")
    room.close(shortlist_id, {second: ChairRuling(codes=("person.language",))})
    close_session(number=room.number, by=room.chair)
    return room


def click(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception and not at.error


def test_recruiter_tells_the_person_registers_the_appeal_and_puts_it_on_an_agenda(
    room, officers, open_page, texts_of
):
    recruiter = officers["recruiter"]
    at = open_page(recruiter, "jobseeker", jobseeker="SECRET-EXT-2")
    assert not at.exception
    at.session_state["jobseeker.tabs.en"] = "Decisions"
    at.run()
    said = texts_of(at)
    assert "After a language test" in said and "you may appeal until" in said
    next(area for area in at.text_area if "their words" in area.label).set_value("I have B1 now.")
    click(at, "Register the appeal")
    (appeal,) = appeals.list_appeals(by=recruiter)
    assert appeal.text == "I have B1 now."

    others = (
        officer("chair.other", Role.CHAIR, OrganisationKind.MINISTRY),
        officer("agency.other", kind=OrganisationKind.AGENCY),
        officer("io.other", kind=OrganisationKind.INTERNATIONAL),
        officer("ngo.other", kind=OrganisationKind.NGO),
    )
    same, other = Room([recruiter, *room.members]), Room([recruiter, *others])
    at = open_page(recruiter, "appeals", appeal=appeal.number)
    assert not at.exception
    choice = next(box for box in at.selectbox if box.label == "Session")
    assert choice.value == other.number, "a session that can hear it is proposed"
    choice.set_value(same.number).run()
    button = at.button(key="appeals.schedule")
    assert button.disabled and "took part in the first vote" in button.help
    next(box for box in at.selectbox if box.label == "Session").set_value(other.number).run()
    click(at, "Put on this agenda")
    assert "on the agenda of" in texts_of(at)
    (appeal,) = appeals.list_appeals(by=recruiter)
    assert appeal.hearing_session == other.number


def test_chair_sees_appeals_blind_and_an_empty_list_says_where_they_come_from(
    officers, open_page, texts_of
):
    at = open_page(officers["chair"], "appeals")
    assert not at.exception
    assert "registered on the person's file" in texts_of(at)
