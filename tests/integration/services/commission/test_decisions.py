"""Decisions follow from the votes, move the candidacies and are kept with their tally."""

import pytest
from sqlalchemy import select

from db.models import (
    AuditEventRow,
    CandidacyEventRow,
    CandidacyRow,
    CommissionSessionRow,
    JobseekerRow,
    ShortlistRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    CandidacyStatus,
    ConflictKind,
    DecisionOutcome,
    DecisionReason,
    SessionStatus,
    VacancyStatus,
)
from domain.exceptions import InvalidInput, PermissionDenied, Refused, VotesCameIn
from domain.records.commission import AgendaState, ChairRuling
from services import audit
from services.commission import (
    close_item,
    close_session,
    count_votes,
    declare_conflict,
    get_session,
    list_decisions,
    mark_attendance,
)
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist

NO = ChairRuling(reason_code=DecisionReason.JOB, reason="ამ სამუშაოს გამოცდილება არ აქვს")


def start(room: Room, candidates: int, places: int = 1) -> tuple[int, list[int]]:
    shortlist_id = send_shortlist(room.number, candidates, per=places)
    room.open()
    room.declare(shortlist_id)
    return shortlist_id, candidacies(shortlist_id)


def test_commission_decides_from_opening_to_close(room: Room) -> None:
    """The whole path: five candidates, two places."""
    shortlist_id, people = start(room, 5, places=2)
    for candidacy_id, votes in zip(people, ("+++-", "++++", "----", "+--+", "+++0"), strict=True):
        room.vote(shortlist_id, candidacy_id, votes)
    count = count_votes(shortlist_id=shortlist_id, by=room.chair)
    assert [one.outcome for one in count.candidates] == [
        DecisionOutcome.APPROVED,
        DecisionOutcome.APPROVED,
        DecisionOutcome.NOT_APPROVED,
        None,
        DecisionOutcome.RESERVE,
    ]
    room.close(shortlist_id, {people[2]: NO, people[3]: ChairRuling(approve_tie=True)})
    decisions = list_decisions(shortlist_id=shortlist_id, by=room.recruiter)
    assert [(one.number, one.outcome.value, one.reserve_order) for one in decisions] == [
        (2, "approved", None),
        (1, "approved", None),
        (5, "reserve", 1),
        (4, "reserve", 2),
        (3, "not_approved", None),
    ]
    assert [one.number for one in decisions if one.by_chair] == [4]
    assert (decisions[-1].reason_code, decisions[-1].reason) == (NO.reason_code, NO.reason)
    record = close_session(number=room.number, by=room.chair)
    assert record.status is SessionStatus.CLOSED
    assert record.items[0].state is AgendaState.DECIDED
    assert audit.verify_chain().problem is None


def test_closing_moves_candidacies_vacancy_and_ranking(room: Room) -> None:
    shortlist_id, people = start(room, 3)
    for candidacy_id, votes in zip(people, ("++++", "+++.", "---."), strict=True):
        room.vote(shortlist_id, candidacy_id, votes)
    room.close(shortlist_id, {people[2]: NO})
    with reading() as session:
        rows = session.scalars(select(CandidacyRow).order_by(CandidacyRow.id)).all()
        assert [(row.status.value, row.reserve_order) for row in rows] == [
            ("approved", None),
            ("reserve", 1),
            ("not_approved", None),
        ]
        events = session.scalars(select(CandidacyEventRow)).all()
        assert {(e.from_status, e.happened_by) for e in events} == {
            (CandidacyStatus.COMMISSION_REVIEW, room.chair.id)
        }
        assert events[2].reason_code is DecisionReason.JOB
        assert session.scalars(select(VacancyRow.status)).one() is VacancyStatus.DECIDED
        people_changed = select(JobseekerRow.external_id, JobseekerRow.changed_seq)
        decided = select(AuditEventRow.subject, AuditEventRow.seq)
        decided = decided.where(AuditEventRow.action == "decided")
        assert set(session.execute(people_changed)) == set(session.execute(decided))
        assert set(session.scalars(select(JobseekerRow.version))) == {1}


def test_vacancy_waits_for_its_last_shortlist(room: Room) -> None:
    shortlist_id, people = start(room, 1)
    other = room.plan(room.members).number
    with unit_of_work() as work:
        first = work.session.get_one(ShortlistRow, shortlist_id)
        target = work.session.scalars(
            select(CommissionSessionRow).where(CommissionSessionRow.number == other)
        ).one()
        work.session.add(
            ShortlistRow(
                vacancy_id=first.vacancy_id,
                session_id=target.id,
                agenda_order=1,
                positions=1,
                candidates_per_position=1,
                sent_at=first.sent_at,
            )
        )
        work.commit()
    room.vote(shortlist_id, people[0], "++++")
    room.close(shortlist_id)
    with reading() as session:
        assert session.scalars(select(VacancyRow.status)).one() is VacancyStatus.IN_COMMISSION


def test_refusal_needs_a_coded_reason_and_words(quick_room: Room) -> None:
    shortlist_id, (first,) = start(quick_room, 1)
    quick_room.vote(shortlist_id, first, "---+")
    for incomplete in (
        ChairRuling(),
        ChairRuling(reason="words"),
        ChairRuling(reason_code=DecisionReason.JOB, reason=" "),
    ):
        with pytest.raises(InvalidInput, match="Candidate 01 is not approved"):
            quick_room.close(shortlist_id, {first: incomplete})
    assert list_decisions(shortlist_id=shortlist_id, by=quick_room.chair) == ()


def test_tie_needs_the_chair(quick_room: Room) -> None:
    shortlist_id, (first,) = start(quick_room, 1)
    quick_room.vote(shortlist_id, first, "++--")
    with pytest.raises(InvalidInput, match="as many votes for as against"):
        quick_room.close(shortlist_id)
    quick_room.close(shortlist_id, {first: ChairRuling(approve_tie=True)})
    (decision,) = list_decisions(shortlist_id=shortlist_id, by=quick_room.chair)
    assert decision.by_chair and decision.outcome is DecisionOutcome.APPROVED


def test_chair_sees_the_reasons_given_against(quick_room: Room) -> None:
    shortlist_id, (first,) = start(quick_room, 1)
    quick_room.vote(shortlist_id, first, "+-0-")
    (counted,) = count_votes(shortlist_id=shortlist_id, by=quick_room.chair).candidates
    assert counted.reasons_against == ("გამოცდილება არ ყოფნის",) * 2


def test_item_closes_only_with_a_quorum_of_votes_on_each_candidate(quick_room: Room) -> None:
    shortlist_id, people = start(quick_room, 2)
    quick_room.vote(shortlist_id, people[0], "++++")
    quick_room.vote(shortlist_id, people[1], "++..")
    with pytest.raises(Refused, match="Candidate 02: 2 votes cast, 3 needed"):
        quick_room.close(shortlist_id)


def test_item_does_not_close_when_members_left(quick_room: Room) -> None:
    shortlist_id, (first,) = start(quick_room, 1)
    quick_room.vote(shortlist_id, first, "++++")
    for member in (quick_room.international, quick_room.ngo):
        mark_attendance(number=quick_room.number, officer_id=member.id, is_present=False, by=member)
    with pytest.raises(Refused, match="No quorum: 2 of 4"):
        quick_room.close(shortlist_id)


def test_votes_that_came_after_the_chair_looked_stop_the_close(quick_room: Room) -> None:
    shortlist_id, (first,) = start(quick_room, 1)
    quick_room.vote(shortlist_id, first, "+++.")
    seen = count_votes(shortlist_id=shortlist_id, by=quick_room.chair).votes
    quick_room.vote(shortlist_id, first, "...-")
    with pytest.raises(VotesCameIn, match="Votes came in"):
        close_item(shortlist_id=shortlist_id, votes_seen=seen, rulings={}, by=quick_room.chair)


def test_members_do_not_count_votes_nor_close(quick_room: Room) -> None:
    shortlist_id, (first,) = start(quick_room, 1)
    quick_room.vote(shortlist_id, first, "++++")
    for by in (quick_room.agency, quick_room.recruiter):
        with pytest.raises(PermissionDenied):
            count_votes(shortlist_id=shortlist_id, by=by)
        with pytest.raises(PermissionDenied):
            close_item(shortlist_id=shortlist_id, votes_seen=4, rulings={}, by=by)


def test_chair_who_is_recused_hands_the_item_to_a_member(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number, 1)
    quick_room.open()
    declare_conflict(
        shortlist_id=shortlist_id, kind=ConflictKind.FRIEND, explanation=None, by=quick_room.chair
    )
    quick_room.declare(shortlist_id, quick_room.agency, quick_room.international, quick_room.ngo)
    (first,) = candidacies(shortlist_id)
    quick_room.vote(shortlist_id, first, ".+-0")
    with pytest.raises(PermissionDenied, match="chair of this item"):
        count_votes(shortlist_id=shortlist_id, by=quick_room.chair)
    close_item(
        shortlist_id=shortlist_id,
        votes_seen=3,
        rulings={first: ChairRuling(approve_tie=True)},
        by=quick_room.agency,
    )
    (decision,) = list_decisions(shortlist_id=shortlist_id, by=quick_room.agency)
    assert decision.outcome is DecisionOutcome.APPROVED
    with pytest.raises(Refused, match="stays closed"):
        list_decisions(shortlist_id=shortlist_id, by=quick_room.chair)
    assert get_session(number=quick_room.number, by=quick_room.chair).close_refusal is None


def test_candidate_who_withdrew_meanwhile_is_not_decided_on(quick_room: Room) -> None:
    shortlist_id, people = start(quick_room, 2)
    with unit_of_work() as work:
        work.session.get_one(CandidacyRow, people[0]).status = CandidacyStatus.WITHDRAWN
        work.commit()
    quick_room.vote(shortlist_id, people[1], "++++")
    quick_room.close(shortlist_id)
    decided = list_decisions(shortlist_id=shortlist_id, by=quick_room.chair)
    assert [one.candidacy_id for one in decided] == [people[1]]


def test_candidate_who_withdraws_after_the_count_makes_the_chair_look_again(
    quick_room: Room,
) -> None:
    shortlist_id, people = start(quick_room, 2)
    for candidacy_id in people:
        quick_room.vote(shortlist_id, candidacy_id, "++++")
    with unit_of_work() as work:
        work.session.get_one(CandidacyRow, people[0]).status = CandidacyStatus.WITHDRAWN
        work.commit()
    with pytest.raises(VotesCameIn, match="withdrew after you looked"):
        quick_room.close(shortlist_id, {one: ChairRuling() for one in people})
    assert list_decisions(shortlist_id=shortlist_id, by=quick_room.chair) == ()
    quick_room.close(shortlist_id)


def test_members_of_other_sessions_read_no_decisions(quick_room: Room) -> None:
    shortlist_id, (first,) = start(quick_room, 1)
    quick_room.vote(shortlist_id, first, "++++")
    quick_room.close(shortlist_id)
    with pytest.raises(PermissionDenied, match="not a member"):
        list_decisions(shortlist_id=shortlist_id, by=officer("stranger"))
