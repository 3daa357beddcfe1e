"""Dissent: by whoever voted, once, in time, for the minutes."""

from datetime import timedelta

import pytest

from db.models import CommissionSessionRow, OfficialDocumentRow
from db.session import unit_of_work
from domain.enums import OfficialDocumentKind, OfficialDocumentStatus
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from services import clock
from services.commission import close_session, file_dissent, list_dissents
from tests.integration.services.commission.room import (
    Room,
    candidacies,
    officer,
    send_shortlist,
)


@pytest.fixture
def shortlist_id(quick_room: Room) -> int:
    """One candidate approved by three; the fourth did not vote."""
    shortlist_id = send_shortlist(quick_room.number, 1)
    quick_room.open()
    quick_room.declare(shortlist_id)
    (first,) = candidacies(shortlist_id)
    quick_room.vote(shortlist_id, first, "++-.")
    return shortlist_id


def refusal(shortlist_id: int, room: Room) -> str:
    return str(list_dissents(shortlist_id=shortlist_id, by=room.agency).refusal)


def test_member_who_voted_dissents_once_and_everybody_reads_it(
    quick_room: Room, shortlist_id: int
) -> None:
    room = quick_room
    with pytest.raises(Refused, match="not decided"):
        file_dissent(shortlist_id=shortlist_id, text="No.", by=room.international)
    room.close(shortlist_id)
    with pytest.raises(InvalidInput):
        file_dissent(shortlist_id=shortlist_id, text="  ", by=room.international)
    file_dissent(shortlist_id=shortlist_id, text=" The pay is unclear. ", by=room.international)
    found = list_dissents(shortlist_id=shortlist_id, by=room.recruiter)
    assert [(one.officer_id, one.text) for one in found.filed] == [
        (room.international.id, "The pay is unclear.")
    ]
    with pytest.raises(Refused, match="can't be changed"):
        file_dissent(shortlist_id=shortlist_id, text="More.", by=room.international)


def test_only_who_voted_may_dissent(quick_room: Room, shortlist_id: int) -> None:
    quick_room.close(shortlist_id)
    with pytest.raises(Refused, match="Only members who voted"):
        file_dissent(shortlist_id=shortlist_id, text="No.", by=quick_room.ngo)
    with pytest.raises(PermissionDenied):
        file_dissent(shortlist_id=shortlist_id, text="No.", by=officer("somebody.else"))


def test_time_for_dissent_ends_some_days_after_the_close(
    quick_room: Room, shortlist_id: int
) -> None:
    quick_room.close(shortlist_id)
    close_session(number=quick_room.number, by=quick_room.chair)
    assert refusal(shortlist_id, quick_room) == "None"
    for days, is_open in ((3, True), (1, False)):
        with unit_of_work() as work:
            row = work.session.query(CommissionSessionRow).one()
            assert row.closed_at is not None
            row.closed_at -= timedelta(days)
            work.commit()
        assert ("ended on" not in refusal(shortlist_id, quick_room)) is is_open


def test_nothing_is_added_to_signed_minutes(quick_room: Room, shortlist_id: int) -> None:
    quick_room.close(shortlist_id)
    with unit_of_work() as work:
        row = work.session.query(CommissionSessionRow).one()
        work.session.add(
            OfficialDocumentRow(
                kind=OfficialDocumentKind.MINUTES,
                title="Minutes",
                session_id=row.id,
                status=OfficialDocumentStatus.SIGNED,
                revision=1,
                created_at=clock.now(),
            )
        )
        work.commit()
    assert "signed" in refusal(shortlist_id, quick_room)
