"""Files are blind until the chair lifts it with a reason, and everybody sees that it was lifted."""

import dataclasses
import json
from datetime import date

import pytest
from sqlalchemy import select

from db.models import AuditEventRow, CandidacyEventRow, CandidacyRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, ConflictKind
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.dossier import RankChange, ShownPerson, TakenOff
from services import clock
from services.commission import (
    declare_conflict,
    get_session,
    lift_blindness,
    read_dossier,
)
from services.commission.dossiers.hiding import HIDDEN
from tests.integration.services.commission.room import Room, candidacies, send_shortlist

REASON = "Two candidates say that they are the same person."


def lift(room: Room) -> None:
    lift_blindness(number=room.number, reason=REASON, by=room.chair)


def test_file_shows_nobody_before_and_names_after(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    room.open()
    room.declare(shortlist_id)
    assert read_dossier(shortlist_id=shortlist_id, by=room.ngo).people == ()
    lift(room)
    people = read_dossier(shortlist_id=shortlist_id, by=room.ngo).people
    today = clock.today()
    age = today.year - 1989 - ((today.month, today.day) < (3, 7))
    assert [one.candidacy_id for one in people] == candidacies(shortlist_id)
    assert dataclasses.asdict(people[0]) == {
        "candidacy_id": candidacies(shortlist_id)[0],
        "name_ka": "თამარიკო საიდუმლოძე1",
        "name_lat": "Tamariko Saidumlodze1",
        "age": age,
        "region": "GE-KA",
    }


def test_names_go_with_the_decision_for_which_they_were_lifted(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number, 1)
    room.open()
    room.declare(shortlist_id)
    lift(room)
    room.vote(shortlist_id, candidacies(shortlist_id)[0], "++++")
    assert read_dossier(shortlist_id=shortlist_id, by=room.ngo).people
    room.close(shortlist_id)
    assert read_dossier(shortlist_id=shortlist_id, by=room.ngo).people == ()


def test_lifted_file_shows_name_age_region_and_nothing_more(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    room.open()
    room.declare(shortlist_id)
    lift(room)
    file = dataclasses.asdict(read_dossier(shortlist_id=shortlist_id, by=room.ngo))
    text = json.dumps(file, default=str, ensure_ascii=False)
    with reading() as session:
        for person in session.scalars(select(JobseekerRow)):
            for column in ("external_id", "personal_number", "phone", "email", "address"):
                assert getattr(person, column) not in text
            assert str(person.birth_date) not in text
    names = [field.name for field in dataclasses.fields(ShownPerson)]
    assert names == ["candidacy_id", "name_ka", "name_lat", "age", "region"]


def test_everybody_sees_that_it_was_lifted_when_by_whom_and_why(quick_room: Room) -> None:
    room = quick_room
    send_shortlist(room.number)
    room.open()
    assert get_session(number=room.number, by=room.ngo).lifted is None
    lift(room)
    for reader in (*room.members, room.recruiter):
        lifted = get_session(number=room.number, by=reader).lifted
        assert lifted is not None
        assert (lifted.reason, lifted.name("en")) == (REASON, "Officer chair")
        assert lifted.lifted_at <= clock.now()


def test_lifting_is_the_chairs_and_needs_a_reason_and_an_open_session(quick_room: Room) -> None:
    room = quick_room
    send_shortlist(room.number)
    with pytest.raises(Refused, match="only while the session is open"):
        lift(room)
    room.open()
    for other in (room.ngo, room.recruiter):
        with pytest.raises(PermissionDenied):
            lift_blindness(number=room.number, reason=REASON, by=other)
    for reason in ("", "   ", "because"):
        with pytest.raises(InvalidInput, match="why the names are needed"):
            lift_blindness(number=room.number, reason=reason, by=room.chair)
    assert get_session(number=room.number, by=room.chair).lift_refusal is None
    lift(room)
    with pytest.raises(Refused, match="lifted already"):
        lift(room)


def test_reading_a_lifted_file_is_a_reading_of_each_person(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    room.open()
    room.declare(shortlist_id, room.ngo)
    lift(room)
    read_dossier(shortlist_id=shortlist_id, by=room.ngo)
    with reading() as session:
        query = select(AuditEventRow.subject).where(
            AuditEventRow.action == "read", AuditEventRow.actor_id == room.ngo.id
        )
        subjects = list(session.scalars(query.order_by(AuditEventRow.seq)))
    assert subjects == [None, "SECRET-EXT-1", "SECRET-EXT-2", "SECRET-EXT-3"]


def test_lifting_opens_nothing_to_a_recused_member_nor_to_another_session(
    quick_room: Room,
) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    other = Room.__new__(Room)
    other.__dict__.update(room.__dict__)
    other.number = room.plan(room.members).number
    elsewhere = send_shortlist(other.number, number="V-2")
    room.open()
    declare_conflict(
        shortlist_id=shortlist_id, kind=ConflictKind.FRIEND, explanation=None, by=room.ngo
    )
    lift(room)
    with pytest.raises(Refused, match="stays closed"):
        read_dossier(shortlist_id=shortlist_id, by=room.ngo)
    room.declare(elsewhere, room.ngo)
    assert read_dossier(shortlist_id=elsewhere, by=room.ngo).people == ()


def test_file_tells_who_was_left_out_above_whom_and_why(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    people = candidacies(shortlist_id)
    with unit_of_work() as work:
        session = work.session
        candidacy = session.get_one(CandidacyRow, people[2])
        person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
        seen = session.execute(
            select(CandidacyRow.vacancy_id).where(CandidacyRow.id == people[0])
        ).scalar_one()
        gone = JobseekerRow(
            **{
                column.name: getattr(person, column.name)
                for column in JobseekerRow.__table__.columns
                if column.name not in ("id", "external_id", "personal_number", "version")
            }
            | {"external_id": "SECRET-EXT-9", "last_name_ka": "წასულიძე"}
        )
        session.add(gone)
        session.flush()
        off = CandidacyRow(
            vacancy_id=seen,
            jobseeker_id=gone.id,
            rank=2,
            status=CandidacyStatus.WITHDRAWN,
            created_at=clock.now(),
        )
        session.add(off)
        session.flush()
        session.add(
            CandidacyEventRow(
                candidacy_id=off.id,
                from_status=CandidacyStatus.PRESELECTED,
                to_status=CandidacyStatus.WITHDRAWN,
                reason="წასულიძემ უარი თქვა",
                happened_at=clock.beginning(date(2026, 1, 1)),
            )
        )
        work.commit()
    room.declare(shortlist_id, room.ngo)
    file = read_dossier(shortlist_id=shortlist_id, by=room.ngo)
    assert file.taken_off == (TakenOff(2, f"{HIDDEN} უარი თქვა"),)
    assert file.rank_changes == ()  # ranks 1, 2, 3 are all on the list


def test_rank_changes_count_those_who_stand_higher_and_are_not_on_the_list(
    quick_room: Room,
) -> None:
    from services.commission.dossiers.dossiers import rank_changes

    shortlist_id = send_shortlist(quick_room.number)
    quick_room.declare(shortlist_id, quick_room.ngo)
    first, second, third = read_dossier(shortlist_id=shortlist_id, by=quick_room.ngo).candidates
    moved = (
        dataclasses.replace(first, rank=1),
        dataclasses.replace(second, rank=4),
        dataclasses.replace(third, rank=9),
    )
    assert rank_changes(moved) == (
        RankChange(second.candidacy_id, 2, 4, 2, None),
        RankChange(third.candidacy_id, 3, 9, 6, third.against_rank_reason),
    )
