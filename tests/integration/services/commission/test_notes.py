"""A member's notes are the member's own, and they go when their time is over."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db.models import AuditDetailsRow, AuditEventRow, CommissionSessionRow, MemberNoteRow
from db.session import reading, unit_of_work
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from services import clock
from services.commission import keep_days, list_notes, save_note
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist

WORDS = "ask about the welding certificate"


def stored() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(MemberNoteRow.text)))


def test_notes_of_one_are_never_returned_to_another(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    first = candidacies(shortlist_id)[0]
    room.declare(shortlist_id)
    save_note(shortlist_id=shortlist_id, candidacy_id=first, text=WORDS, by=room.ngo)
    save_note(shortlist_id=shortlist_id, candidacy_id=None, text="on the item", by=room.ngo)
    mine = list_notes(shortlist_id=shortlist_id, by=room.ngo)
    assert {(one.candidacy_id, one.text) for one in mine} == {(first, WORDS), (None, "on the item")}
    for other in (room.chair, room.agency, room.international):
        assert list_notes(shortlist_id=shortlist_id, by=other) == ()
    for outsider in (room.recruiter, officer("outsider")):
        with pytest.raises(PermissionDenied):
            list_notes(shortlist_id=shortlist_id, by=outsider)


def test_two_members_notes_on_one_candidate_stand_beside_each_other(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    first = candidacies(shortlist_id)[0]
    room.declare(shortlist_id)
    for member in (room.ngo, room.agency):
        for text in ("draft", member.username):
            save_note(shortlist_id=shortlist_id, candidacy_id=first, text=text, by=member)
    assert sorted(stored()) == ["member.agency", "member.ngo"]


def test_words_of_a_note_stand_in_no_audit_event(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    quick_room.declare(shortlist_id)
    save_note(shortlist_id=shortlist_id, candidacy_id=None, text=WORDS, by=quick_room.ngo)
    with reading() as session:
        events = session.scalars(select(AuditEventRow).where(AuditEventRow.action == "noted"))
        (event,) = list(events)
        details = [str(row.details) for row in session.scalars(select(AuditDetailsRow))]
    assert (event.details_sha256, event.subject) == (None, None)
    assert not any("welding" in one for one in details)


def test_empty_note_is_removed(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    quick_room.declare(shortlist_id)
    save_note(shortlist_id=shortlist_id, candidacy_id=None, text=WORDS, by=quick_room.ngo)
    assert (
        save_note(shortlist_id=shortlist_id, candidacy_id=None, text="  ", by=quick_room.ngo)
        is None
    )
    assert stored() == []


def test_note_needs_the_file_open_and_a_candidate_of_the_list(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    other = candidacies(send_shortlist(quick_room.number, number="V-2"))[0]
    with pytest.raises(Refused, match="First declare"):
        save_note(shortlist_id=shortlist_id, candidacy_id=None, text=WORDS, by=quick_room.ngo)
    quick_room.declare(shortlist_id)
    with pytest.raises(NotFound):
        save_note(shortlist_id=shortlist_id, candidacy_id=other, text=WORDS, by=quick_room.ngo)
    with pytest.raises(InvalidInput, match="at most"):
        save_note(shortlist_id=shortlist_id, candidacy_id=None, text="a" * 5000, by=quick_room.ngo)


def test_notes_go_when_their_time_is_over(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    room.declare(shortlist_id)
    save_note(shortlist_id=shortlist_id, candidacy_id=None, text=WORDS, by=room.ngo)

    def close_session_days_ago(days: int) -> None:
        with unit_of_work() as work:
            closed = clock.now() - timedelta(days=days)
            work.session.execute(update(CommissionSessionRow).values(closed_at=closed))
            work.commit()

    close_session_days_ago(keep_days() - 1)
    assert len(list_notes(shortlist_id=shortlist_id, by=room.ngo)) == 1
    close_session_days_ago(keep_days() + 1)
    assert list_notes(shortlist_id=shortlist_id, by=room.chair) == ()  # whoever looks
    assert stored() == []
    assert list_notes(shortlist_id=shortlist_id, by=room.ngo) == ()
