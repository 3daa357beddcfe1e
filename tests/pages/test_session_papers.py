"""The papers of a session on its page: minutes made by a click, the extract after their signing."""

import pytest
from sqlalchemy import select

from db.models import OfficialDocumentRow
from db.session import unit_of_work
from domain.enums import OfficialDocumentStatus
from domain.records.officer import Officer
from services import commission
from tests.integration.services.commission.room import Room, candidacies, send_shortlist


@pytest.fixture
def closed(officers: dict[str, Officer]) -> Room:
    """A closed session of the demonstration's people, with one decided item."""
    names = ("recruiter", "chair", "member.agency", "member.io", "member.ngo")
    room = Room([officers[name] for name in names])
    shortlist_id = send_shortlist(room.number, 1)
    room.open()
    room.declare(shortlist_id)
    room.vote(shortlist_id, candidacies(shortlist_id)[0], "+++0")
    room.close(shortlist_id)
    commission.close_session(number=room.number, by=room.chair)
    return room


def button(at, label):
    return next(one for one in at.button if one.label == label)


def test_chair_has_minutes_made_and_publishes_once_they_are_signed(closed, open_page, texts_of):
    at = open_page(closed.chair, "commission", session=closed.number)
    assert not at.exception
    assert button(at, "Publish the extract").disabled
    assert "minutes have to be signed" in texts_of(at)
    button(at, "Make the minutes").click().run()
    assert not at.exception and not at.error
    assert "MIN-" in texts_of(at) and "Verification code" in texts_of(at)
    with unit_of_work() as work:
        row = work.session.scalars(select(OfficialDocumentRow)).one()
        row.status = OfficialDocumentStatus.SIGNED
        work.commit()
    at = open_page(closed.chair, "commission", session=closed.number)
    button(at, "Publish the extract").click().run()
    assert not at.exception and not at.error
    assert "Published on" in texts_of(at)


def test_member_is_offered_nothing_that_is_not_theirs(closed, open_page, texts_of):
    at = open_page(closed.ngo, "commission", session=closed.number)
    assert not at.exception
    labels = [one.label for one in at.button]
    assert "Make the minutes" not in labels and "Publish the extract" not in labels
    assert "Minutes are made by" in texts_of(at)
