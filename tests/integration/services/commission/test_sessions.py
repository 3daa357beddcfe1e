"""A session is planned, attended, opened and closed only as the rules allow."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.enums import OrganisationKind, Role, SessionStatus
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.commission import AgendaState
from services.commission import (
    add_member,
    close_session,
    get_session,
    list_seated,
    list_sessions,
    mark_attendance,
    open_session,
    plan_session,
    postpone_item,
    remove_member,
)
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist


def test_sessions_are_numbered_within_their_year(quick_room: Room) -> None:
    year = (datetime.now(UTC) + timedelta(days=1)).year
    second = quick_room.plan(quick_room.members)
    assert [quick_room.number, second.number] == [f"COM-{year}-001", f"COM-{year}-002"]


def test_rules_in_force_are_frozen_into_the_session(quick_room: Room) -> None:
    assert get_session(number=quick_room.number, by=quick_room.chair).rules_version == "2026-11"


def test_session_of_two_kinds_of_organisation_says_which_are_missing(room: Room) -> None:
    send_shortlist(room.number)
    room.attend(room.chair, room.agency)
    for absent in (room.international, room.ngo):
        remove_member(number=room.number, officer_id=absent.id, by=room.chair)
    with pytest.raises(Refused, match=r"3 kinds .* 2 are.*Missing: .*international.*ngo"):
        open_session(number=room.number, by=room.chair)
    record = get_session(number=room.number, by=room.chair)
    assert record.status is SessionStatus.PLANNED
    assert record.open_refusal is not None and "Missing" in record.open_refusal.text


def test_session_without_quorum_does_not_open(quick_room: Room) -> None:
    send_shortlist(quick_room.number)
    quick_room.attend(quick_room.chair, quick_room.agency)
    with pytest.raises(Refused, match="2 of 4 members present, 3 needed"):
        open_session(number=quick_room.number, by=quick_room.chair)


def test_session_with_an_empty_agenda_does_not_open(quick_room: Room) -> None:
    quick_room.attend()
    with pytest.raises(Refused, match="agenda is empty"):
        open_session(number=quick_room.number, by=quick_room.chair)


def test_only_its_own_chair_opens_and_closes_a_session(quick_room: Room) -> None:
    send_shortlist(quick_room.number)
    quick_room.attend()
    other = officer("other.chair", Role.CHAIR, OrganisationKind.MINISTRY)
    for by in (quick_room.agency, quick_room.recruiter, other):
        with pytest.raises(PermissionDenied):
            open_session(number=quick_room.number, by=by)
        with pytest.raises(PermissionDenied):
            close_session(number=quick_room.number, by=by)


def test_session_with_undecided_items_does_not_close(quick_room: Room) -> None:
    send_shortlist(quick_room.number)
    quick_room.open()
    with pytest.raises(Refused, match="not decided: 1"):
        close_session(number=quick_room.number, by=quick_room.chair)


def test_members_of_an_opened_session_stay(quick_room: Room) -> None:
    send_shortlist(quick_room.number)
    quick_room.open()
    late = officer("late")
    with pytest.raises(Refused, match="has been opened"):
        add_member(number=quick_room.number, officer_id=late.id, by=quick_room.chair)
    with pytest.raises(Refused, match="has been opened"):
        remove_member(number=quick_room.number, officer_id=quick_room.ngo.id, by=quick_room.chair)


def test_members_are_added_and_removed_while_planned(quick_room: Room) -> None:
    number, chair, ngo = quick_room.number, quick_room.chair, quick_room.ngo
    removed = remove_member(number=number, officer_id=ngo.id, by=chair)
    assert ngo.id not in {member.officer_id for member in removed.members}
    added = add_member(number=number, officer_id=ngo.id, by=quick_room.recruiter)
    assert ngo.id in {member.officer_id for member in added.members}
    with pytest.raises(Refused, match="chair can't be removed"):
        remove_member(number=number, officer_id=chair.id, by=chair)


def test_only_who_has_a_seat_sits_in_a_session(quick_room: Room) -> None:
    seated = list_seated(number=quick_room.number, by=quick_room.recruiter)
    assert {one.officer_id for one in seated} == {member.id for member in quick_room.members}
    for outsider in (quick_room.recruiter, officer("unseated")):
        with pytest.raises(InvalidInput, match="has a seat in the commission"):
            add_member(number=quick_room.number, officer_id=outsider.id, by=quick_room.chair)


def test_session_is_planned_for_a_day_to_come(quick_room: Room) -> None:
    with pytest.raises(InvalidInput, match="has passed"):
        plan_session(
            commission=quick_room.commission,
            planned_at=datetime.now(UTC) - timedelta(days=2),
            place=None,
            by=quick_room.chair,
        )


def test_member_marks_own_attendance_and_the_chair_anybodys(quick_room: Room) -> None:
    number, ngo = quick_room.number, quick_room.ngo
    mark_attendance(number=number, officer_id=ngo.id, is_present=True, by=ngo)
    with pytest.raises(PermissionDenied):
        mark_attendance(number=number, officer_id=ngo.id, is_present=False, by=quick_room.agency)
    record = mark_attendance(
        number=number, officer_id=ngo.id, is_present=False, by=quick_room.chair
    )
    assert all(member.attended_at is None for member in record.members)


def test_members_see_only_their_own_sessions(quick_room: Room) -> None:
    stranger = officer("stranger")
    assert list_sessions(by=stranger) == ()
    with pytest.raises(NotFound):
        get_session(number=quick_room.number, by=stranger)
    assert [one.number for one in list_sessions(by=quick_room.recruiter)] == [quick_room.number]


def test_administrator_reads_no_sessions(quick_room: Room) -> None:
    administrator = officer("admin", Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        list_sessions(by=administrator)
    with pytest.raises(PermissionDenied):
        get_session(number=quick_room.number, by=administrator)


def test_list_says_what_waits_for_each_member(quick_room: Room) -> None:
    first = send_shortlist(quick_room.number)
    send_shortlist(quick_room.number, number="V-2")
    quick_room.open()
    quick_room.declare(first, quick_room.agency)
    assert [one.waits_for_me for one in list_sessions(by=quick_room.agency)] == [2]
    states = [item.state for item in get_session(number=quick_room.number, by=quick_room.ngo).items]
    assert states == [AgendaState.TO_DECLARE, AgendaState.TO_DECLARE]
    assert [one.waits_for_me for one in list_sessions(by=quick_room.recruiter)] == [0]


def test_item_without_votes_can_be_postponed_to_a_planned_session(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    later = room.plan(room.members).number
    room.open()
    record = postpone_item(shortlist_id=shortlist_id, to_number=later, by=room.chair)
    assert record.items == () and record.close_refusal is None
    moved = get_session(number=later, by=room.chair).items
    assert [(item.shortlist_id, item.order) for item in moved] == [(shortlist_id, 1)]


def test_item_with_votes_is_not_postponed(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    later = quick_room.plan(quick_room.members).number
    quick_room.open()
    quick_room.declare(shortlist_id)
    quick_room.vote(shortlist_id, candidacies(shortlist_id)[0], "+...")
    with pytest.raises(Refused, match="Votes were cast"):
        postpone_item(shortlist_id=shortlist_id, to_number=later, by=quick_room.chair)
