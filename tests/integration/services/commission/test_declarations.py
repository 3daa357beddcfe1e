"""Declarations are filed like tax returns: numbered, kept, amended, and shown in a register."""

import dataclasses
import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from db.models import AuditDetailsRow, ConflictDeclarationRow, VoteRow
from db.session import reading
from domain.enums import ConflictKind, DeclarationStatus, Role
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.commission import AgendaState, ChairRuling
from domain.records.declarations import Declaration, Recusal
from domain.records.officer import Officer
from services import audit, clock
from services.commission import (
    amend_declaration,
    choose_ballot,
    close_session,
    count_votes,
    declare_conflict,
    get_declaration_draft,
    get_session,
    list_decisions,
    list_declarations,
    list_my_declarations,
    list_notes,
    public_register,
    read_dossier,
    save_declaration_draft,
    save_note,
)
from tests.integration.services.commission.race import at_once
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist

SECRET = "my cousin Saidumlodze works there"


def declare(shortlist_id: int, by: Officer, kind: ConflictKind = ConflictKind.NONE) -> object:
    return declare_conflict(
        shortlist_id=shortlist_id,
        kind=kind,
        explanation=SECRET if kind is not ConflictKind.NONE else None,
        by=by,
    )


def amend(
    shortlist_id: int, by: Officer, kind: ConflictKind, reason: str | None = "I was mistaken"
) -> object:
    return amend_declaration(
        shortlist_id=shortlist_id,
        kind=kind,
        explanation=SECRET if kind is not ConflictKind.NONE else None,
        reason=reason,
        by=by,
    )


def decide(room: Room, shortlist_id: int) -> None:
    """Everybody who may votes for everybody, and the chair closes the item."""
    for candidacy_id in candidacies(shortlist_id):
        room.vote(shortlist_id, candidacy_id, "+++.")
    room.close(shortlist_id, {one: ChairRuling() for one in candidacies(shortlist_id)})


def test_receipts_of_filings_in_the_same_moment_have_no_gap_and_no_double(room: Room) -> None:
    items = [send_shortlist(room.number, 1, number=f"V-{n}") for n in range(3)]
    jobs: list[Callable[[], object]] = [
        lambda item=item, member=member: declare(item, member)  # type: ignore[misc]
        for item in items
        for member in room.members
        for _ in range(2)  # each from two tabs
    ]
    answers = at_once(*jobs)
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert len(refused) == 12 and {str(one) for one in refused} == {
        "You have already declared on this item."
    }
    with reading() as session:
        numbers = sorted(session.scalars(select(ConflictDeclarationRow.number)))
    year = clock.today().year
    assert numbers == [f"DEC-{year}-{n:05d}" for n in range(1, 13)]
    report = audit.verify_chain()
    assert report.problem is None


def test_refused_filing_gives_its_number_back(quick_room: Room) -> None:
    first = send_shortlist(quick_room.number)
    declare(first, quick_room.ngo)
    with pytest.raises(Refused):
        declare(first, quick_room.ngo)
    declare(first, quick_room.agency)
    numbers = [one.number[-5:] for one in list_my_declarations(by=quick_room.agency)]
    assert numbers == ["00002"]


def test_receipt_stands_on_the_item(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    declare(shortlist_id, quick_room.ngo)
    (item,) = get_session(number=quick_room.number, by=quick_room.ngo).items
    (filed,) = list_my_declarations(by=quick_room.ngo)
    assert item.my_receipt == filed.number == f"DEC-{clock.today().year}-00001"
    assert (filed.revision, filed.status, filed.amends) == (1, DeclarationStatus.SUBMITTED, None)


def test_draft_is_kept_for_its_member_alone_and_goes_when_filed(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    save_declaration_draft(
        shortlist_id=shortlist_id, kind=None, explanation=SECRET, by=quick_room.ngo
    )
    draft = get_declaration_draft(shortlist_id=shortlist_id, by=quick_room.ngo)
    assert draft is not None and (draft.kind, draft.explanation) == (None, SECRET)
    assert get_declaration_draft(shortlist_id=shortlist_id, by=quick_room.chair) is None
    assert list_my_declarations(by=quick_room.ngo) == ()
    with pytest.raises(Refused, match="First declare"):
        read_dossier(shortlist_id=shortlist_id, by=quick_room.ngo)
    declare(shortlist_id, quick_room.ngo)
    assert get_declaration_draft(shortlist_id=shortlist_id, by=quick_room.ngo) is None


def test_amendment_keeps_the_old_version_and_has_a_number_of_its_own(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    room.open()
    declare(shortlist_id, room.ngo)
    item = amend_declaration(
        shortlist_id=shortlist_id,
        kind=ConflictKind.FAMILY,
        explanation=SECRET,
        reason=None,
        by=room.ngo,
    )
    assert item.state is AgendaState.RECUSED and item.quorum.members == 3
    with pytest.raises(Refused, match="stays closed"):
        read_dossier(shortlist_id=shortlist_id, by=room.ngo)
    later, first = list_my_declarations(by=room.ngo)
    assert (first.kind, first.status) == (ConflictKind.NONE, DeclarationStatus.AMENDED)
    assert (later.kind, later.status) == (ConflictKind.FAMILY, DeclarationStatus.SUBMITTED)
    assert (later.revision, later.amends) == (2, first.number) and later.number != first.number


def test_conflict_is_withdrawn_with_a_reason_and_only_before_the_first_vote(
    quick_room: Room,
) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    quick_room.open()
    declare(shortlist_id, quick_room.ngo, ConflictKind.FRIEND)
    declare(shortlist_id, quick_room.agency, ConflictKind.FRIEND)
    with pytest.raises(InvalidInput, match="why you amend"):
        amend(shortlist_id, quick_room.ngo, ConflictKind.NONE, reason=" ")
    amend(shortlist_id, quick_room.ngo, ConflictKind.NONE)
    assert len(read_dossier(shortlist_id=shortlist_id, by=quick_room.ngo).candidates) == 3
    quick_room.vote(shortlist_id, candidacies(shortlist_id)[0], "...+")
    with pytest.raises(Refused, match="stay recused"):
        amend(shortlist_id, quick_room.agency, ConflictKind.NONE)


def test_amendment_that_says_the_same_is_refused(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    with pytest.raises(Refused, match="nothing to amend"):
        amend(shortlist_id, quick_room.ngo, ConflictKind.FAMILY)
    declare(shortlist_id, quick_room.ngo, ConflictKind.FAMILY)
    with pytest.raises(InvalidInput, match="declared already"):
        amend(shortlist_id, quick_room.ngo, ConflictKind.FAMILY)


def test_conflict_declared_after_the_decision_is_on_record_and_changes_nothing(
    quick_room: Room,
) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    room.open()
    room.declare(shortlist_id)
    decide(room, shortlist_id)
    before = list_decisions(shortlist_id=shortlist_id, by=room.agency)
    with pytest.raises(InvalidInput, match="why you amend"):
        amend(shortlist_id, room.agency, ConflictKind.BUSINESS, reason=None)
    amend(shortlist_id, room.agency, ConflictKind.BUSINESS)
    later, _ = list_my_declarations(by=room.agency)
    assert later.is_late and later.kind is ConflictKind.BUSINESS
    assert list_decisions(shortlist_id=shortlist_id, by=room.agency) == before
    assert get_session(number=room.number, by=room.agency).items[0].recused == 0


def test_filings_are_read_by_their_member_the_chair_and_an_auditor(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    declare(shortlist_id, room.ngo)
    amend(shortlist_id, room.ngo, ConflictKind.FAMILY)
    manager = officer("manager", Role.MANAGER)
    for reader in (room.chair, manager):
        filed = list_declarations(number=room.number, by=reader)
        assert [(one.revision, one.explanation) for one in filed] == [(2, SECRET), (1, None)]
    other_chair = officer("other.chair", Role.CHAIR)
    administrator = officer("administrator", Role.ADMINISTRATOR)
    for stranger in (room.agency, room.ngo, room.recruiter, other_chair, administrator):
        with pytest.raises(PermissionDenied):
            list_declarations(number=room.number, by=stranger)
    assert list_my_declarations(by=room.agency) == ()


def test_words_of_a_declaration_stand_in_no_audit_event(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    declare(shortlist_id, quick_room.ngo, ConflictKind.FAMILY)
    amend(shortlist_id, quick_room.ngo, ConflictKind.NONE, reason=SECRET)
    with reading() as session:
        details = [str(row.details) for row in session.scalars(select(AuditDetailsRow))]
    assert details and not any("Saidumlodze" in one for one in details)


def test_public_register_says_who_took_no_part_and_not_why(quick_room: Room) -> None:
    room = quick_room
    first, second = send_shortlist(room.number), send_shortlist(room.number, number="V-2")
    room.open()
    room.declare(first, room.chair, room.agency, room.international)
    declare(first, room.ngo, ConflictKind.FAMILY)
    room.declare(second)
    decide(room, first)
    decide(room, second)
    assert public_register() == ()  # nothing is published of a session that still sits
    close_session(number=room.number, by=room.chair)
    amend(second, room.agency, ConflictKind.EMPLOYER)
    lines = public_register()
    assert [(one.member_en, one.item_order, one.is_late) for one in lines] == [
        ("Officer member.ngo", 1, False),
        ("Officer member.agency", 2, True),
    ]
    assert {one.session_number for one in lines} == {room.number}
    shown = json.dumps([dataclasses.asdict(one) for one in lines], default=str)
    for word in ("Saidumlodze", "cousin", "mistaken", "V-1", "Farm", "Harvest", "family"):
        assert word not in shown


def test_register_has_no_field_for_words_or_third_persons() -> None:
    fields = {field.name for field in dataclasses.fields(Recusal)}
    assert {"explanation", "reason", "text", "kind"} & fields == set()
    assert {"explanation", "reason"} <= {field.name for field in dataclasses.fields(Declaration)}


def test_conflict_withdrawn_before_the_vote_is_not_in_the_register(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    room.open()
    room.declare(shortlist_id, room.chair, room.agency, room.international)
    declare(shortlist_id, room.ngo, ConflictKind.FRIEND)
    amend(shortlist_id, room.ngo, ConflictKind.NONE)
    decide(room, shortlist_id)
    close_session(number=room.number, by=room.chair)
    assert public_register() == ()


@pytest.mark.parametrize("through_amendment", [False, True])
def test_recused_member_reads_the_file_by_no_service(
    quick_room: Room, through_amendment: bool
) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    first = candidacies(shortlist_id)[0]
    room.open()
    if through_amendment:
        declare(shortlist_id, room.ngo)
        save_note(shortlist_id=shortlist_id, candidacy_id=first, text="seen", by=room.ngo)
        amend(shortlist_id, room.ngo, ConflictKind.FAMILY)
    else:
        declare(shortlist_id, room.ngo, ConflictKind.FAMILY)
    ways: list[Callable[[], object]] = [
        lambda: read_dossier(shortlist_id=shortlist_id, by=room.ngo),
        lambda: list_decisions(shortlist_id=shortlist_id, by=room.ngo),
        lambda: count_votes(shortlist_id=shortlist_id, by=room.ngo),
        lambda: list_notes(shortlist_id=shortlist_id, by=room.ngo),
        lambda: save_note(shortlist_id=shortlist_id, candidacy_id=first, text="x", by=room.ngo),
        lambda: room.vote(shortlist_id, first, "...+"),
        lambda: list_declarations(number=room.number, by=room.ngo),
    ]
    for way in ways:
        with pytest.raises((Refused, PermissionDenied)):
            way()


def test_conflict_declared_after_voting_takes_the_votes_back_and_keeps_them(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    first, second, _ = candidacies(shortlist_id)
    room.open()
    room.declare(shortlist_id)
    room.vote(shortlist_id, first, "+++-")
    room.vote(shortlist_id, second, "...+")
    item = amend_declaration(
        shortlist_id=shortlist_id,
        kind=ConflictKind.BUSINESS,
        explanation=SECRET,
        reason=None,
        by=room.ngo,
    )
    assert (item.my_votes, item.votes, item.quorum.members) == (0, 3, 3)
    (now,) = get_session(number=room.number, by=room.ngo).items
    assert (now.my_votes, now.votes, now.state) == (0, 3, AgendaState.RECUSED)
    with reading() as session:
        votes = session.scalars(select(VoteRow).where(VoteRow.officer_id == room.ngo.id)).all()
    assert [(one.candidacy_id, one.withdrawal_reason) for one in votes] == [
        (first, item.my_receipt),
        (second, item.my_receipt),
    ]
    assert all(one.withdrawn_at is not None for one in votes)
    with pytest.raises(Refused, match="stays closed"):
        room.vote(shortlist_id, first, "...+")


def test_member_who_amends_while_voting_in_another_tab_leaves_no_vote(room: Room) -> None:
    """Whichever comes first: the vote is refused, or it is cast and taken back."""
    for attempt in range(4):
        shortlist_id = send_shortlist(room.number, number=f"V-{attempt}")
        if attempt == 0:
            room.open()
        room.declare(shortlist_id)
        people = candidacies(shortlist_id)
        jobs: list[Callable[[], object]] = [
            lambda one=one, item=shortlist_id: room.vote(item, one, "...+")  # type: ignore[misc]
            for one in people
        ]
        jobs.append(
            lambda item=shortlist_id: amend(item, room.ngo, ConflictKind.FAMILY)  # type: ignore[misc]
        )
        answers = at_once(*jobs)
        assert not isinstance(answers[-1], Exception), answers[-1]
        assert all(
            not isinstance(one, Exception) or "stays closed" in str(one) for one in answers[:-1]
        ), answers
        with reading() as session:
            query = select(VoteRow).where(
                VoteRow.shortlist_id == shortlist_id, VoteRow.withdrawn_at.is_(None)
            )
            assert session.scalars(query).all() == []


def test_conflict_declared_after_a_secret_vote_is_on_record_only(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=room.chair)
    room.open()
    room.declare(shortlist_id)
    room.vote(shortlist_id, candidacies(shortlist_id)[0], "...+")
    amend(shortlist_id, room.ngo, ConflictKind.FAMILY)
    (item,) = get_session(number=room.number, by=room.ngo).items
    assert (item.my_votes, item.recused) == (1, 0)
    assert list_my_declarations(by=room.ngo)[0].is_late
