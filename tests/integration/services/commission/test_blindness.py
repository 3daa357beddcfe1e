"""Before a file opens a member declares; what opens tells nothing about who the person is."""

import dataclasses
import json

import pytest
from sqlalchemy import select

from db.models import AuditEventRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import ConflictKind, Role, VoteValue
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.commission import AgendaState, BlindCandidate, SeenRow
from domain.texts import Sentence, Term
from services.commission import (
    cast_vote,
    declare_conflict,
    get_session,
    read_dossier,
)
from services.commission.dossiers.hiding import HIDDEN, hide_people
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist

TELLS_WHO = (
    "name", "photo", "sex", "gender", "age", "birth", "address", "phone", "email", "external",
    "personal", "region", "municipality", "citizenship", "jobseeker", "person", "family",
)  # fmt: skip


def test_blind_candidate_has_no_field_that_tells_who_it_is() -> None:
    fields = [
        field.name for kind in (BlindCandidate, SeenRow) for field in dataclasses.fields(kind)
    ]
    assert [name for name in fields for word in TELLS_WHO if word in name.split("_")] == []


def test_dossier_holds_none_of_the_persons_values(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    quick_room.declare(shortlist_id, quick_room.ngo)
    dossier = read_dossier(shortlist_id=shortlist_id, by=quick_room.ngo)
    text = json.dumps(dataclasses.asdict(dossier), default=str, ensure_ascii=False).lower()
    with reading() as session:
        people = session.scalars(select(JobseekerRow)).all()
    assert len(dossier.candidates) == len(people) == 3
    for person in people:
        for column in ("external_id", "personal_number", "phone", "email", "address"):
            assert getattr(person, column).lower() not in text
        for column in ("first_name_ka", "last_name_ka", "first_name_lat", "last_name_lat"):
            assert getattr(person, column)[:-1].lower() not in text
        assert str(person.birth_date) not in text
    assert dossier.message == f"{HIDDEN} is the best; {HIDDEN} ბინაც არის."
    assert dossier.parameters == "2026-01"
    assert dossier.candidates[0].flags == (Sentence("Passport not stated"),)
    assert dossier.candidates[0].rows[0].has.values["level"] == Term("level", "B1")


def test_covering_names_leaves_other_words(quick_room: Room) -> None:
    send_shortlist(quick_room.number)
    with reading() as session:
        people = session.scalars(select(JobseekerRow)).all()
    kept = "ოთხი წელი კრეფდა ვაშლს; B1 გერმანული."
    assert hide_people(kept, people) == kept
    assert hide_people(None, people) is None


@pytest.mark.parametrize(
    "text",
    [
        "+995 555 00-00-01",
        "555000001",
        "(555) 00 00 01",
        "999 0000 0001",
        "თამა\u00adრიკო",
        "თამა\u200bრიკოს",
        "ᲗᲐᲛᲐᲠᲘᲙᲝ",
        "Thamariko",
    ],
)
def test_person_is_covered_however_written(quick_room: Room, text: str) -> None:
    send_shortlist(quick_room.number, 1)
    with reading() as session:
        people = session.scalars(select(JobseekerRow)).all()
    covered = hide_people(f"მე, {text}, ვწერ 2026 წლის 12.11.2026-ს.", people)
    assert covered == f"მე, {HIDDEN}, ვწერ 2026 წლის 12.11.2026-ს."


def test_short_name_is_covered_in_every_case_and_leaves_ordinary_words_alone(
    quick_room: Room,
) -> None:
    send_shortlist(quick_room.number, 1)
    with unit_of_work() as work:
        row = work.session.scalars(select(JobseekerRow)).one()
        row.first_name_ka, row.first_name_lat = "საბა", "Saba"
        for form in ("საბა", "საბას", "საბამ", "საბასთან", "საბათი", "საბავ", "Saba", "Saba's"):
            covered = hide_people(f"ნახეთ {form}, სანამ წავა.", [row]) or ""
            assert form.removesuffix("'s") not in covered and HIDDEN in covered
        kept = "საბუთების მოტანას დრო უნდა; საბოლოო სიტყვა და საბანკო ანგარიში; sabotage."
        assert hide_people(kept, [row]) == kept


def test_name_known_in_one_script_is_covered_in_the_other(quick_room: Room) -> None:
    send_shortlist(quick_room.number, 1)
    with unit_of_work() as work:
        row = work.session.scalars(select(JobseekerRow)).one()
        row.first_name_lat = row.last_name_lat = None
        assert hide_people("Tamariko Saidumlodze1", [row]) == f"{HIDDEN} {HIDDEN}"


def test_file_stays_closed_before_the_declaration(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    quick_room.open()
    with pytest.raises(Refused, match="First declare"):
        read_dossier(shortlist_id=shortlist_id, by=quick_room.ngo)
    with pytest.raises(Refused, match="First declare"):
        quick_room.vote(shortlist_id, candidacies(shortlist_id)[0], "...+")


def test_conflict_hides_the_file_and_leaves_quorum_and_vote(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    room.open()
    before = get_session(number=room.number, by=room.ngo).items[0].quorum
    item = declare_conflict(
        shortlist_id=shortlist_id, kind=ConflictKind.FAMILY, explanation="cousin", by=room.ngo
    )
    assert item.state is AgendaState.RECUSED and item.recused == 1
    assert (before.members, before.present, before.needed) == (4, 4, 3)
    assert (item.quorum.members, item.quorum.present, item.quorum.needed) == (3, 3, 2)
    with pytest.raises(Refused, match="stays closed"):
        read_dossier(shortlist_id=shortlist_id, by=room.ngo)
    with pytest.raises(Refused, match="stays closed"):
        room.vote(shortlist_id, candidacies(shortlist_id)[0], "...+")
    assert get_session(number=room.number, by=room.chair).quorum.members == 4


def test_conflict_on_one_item_leaves_the_others(quick_room: Room) -> None:
    first = send_shortlist(quick_room.number)
    second = send_shortlist(quick_room.number, number="V-2")
    declare_conflict(
        shortlist_id=first, kind=ConflictKind.BUSINESS, explanation=None, by=quick_room.ngo
    )
    quick_room.declare(second, quick_room.ngo)
    assert len(read_dossier(shortlist_id=second, by=quick_room.ngo).candidates) == 3


def test_declaration_is_made_once(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    room.declare(shortlist_id, room.ngo)
    with pytest.raises(Refused, match="already declared"):
        room.declare(shortlist_id, room.ngo)


def test_other_conflict_needs_words(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    with pytest.raises(InvalidInput, match="Describe"):
        declare_conflict(
            shortlist_id=shortlist_id, kind=ConflictKind.OTHER, explanation=" ", by=quick_room.ngo
        )


@pytest.mark.parametrize("role", list(Role))
def test_nobody_outside_the_session_reads_or_votes(quick_room: Room, role: Role) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    quick_room.open()
    outsider = officer("outsider", role)
    with pytest.raises(PermissionDenied):
        read_dossier(shortlist_id=shortlist_id, by=outsider)
    with pytest.raises(PermissionDenied):
        declare_conflict(
            shortlist_id=shortlist_id, kind=ConflictKind.NONE, explanation=None, by=outsider
        )
    with pytest.raises(PermissionDenied):
        cast_vote(
            shortlist_id=shortlist_id,
            candidacy_id=candidacies(shortlist_id)[0],
            value=VoteValue.FOR,
            reason=None,
            by=outsider,
        )


def test_opening_a_file_is_recorded(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    quick_room.declare(shortlist_id, quick_room.ngo)
    read_dossier(shortlist_id=shortlist_id, by=quick_room.ngo)
    with reading() as session:
        event = session.scalars(select(AuditEventRow).order_by(AuditEventRow.seq.desc())).first()
    assert event is not None
    assert (event.action, event.entity, event.actor_id) == ("read", "shortlist", quick_room.ngo.id)
