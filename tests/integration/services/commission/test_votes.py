"""Nobody votes twice, nor after the close, and what was cast is never changed."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from db.base import Base
from db.models import CandidacyRow, VoteRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, VoteValue
from domain.exceptions import InvalidInput, LabourMigrationError, NotFound, Refused
from services import clock
from services.commission import (
    cast_vote,
    close_item,
    close_session,
    count_votes,
    mark_attendance,
)
from tests.integration.services.commission.race import at_once
from tests.integration.services.commission.room import Room, candidacies, send_shortlist


def ready(room: Room, candidates: int = 3) -> tuple[int, list[int]]:
    """An open session with one item on which everybody has declared."""
    shortlist_id = send_shortlist(room.number, candidates)
    room.open()
    room.declare(shortlist_id)
    return shortlist_id, candidacies(shortlist_id)


def stored() -> list[VoteRow]:
    with reading() as session:
        return list(session.scalars(select(VoteRow).order_by(VoteRow.id)))


def test_vote_is_kept_as_it_was_cast(room: Room) -> None:
    shortlist_id, (first, *_) = ready(room)
    room.vote(shortlist_id, first, "+-0.")
    assert [(vote.officer_id, str(vote.value), vote.reason) for vote in stored()] == [
        (room.chair.id, "for", None),
        (room.agency.id, "against", "გამოცდილება არ ყოფნის"),
        (room.international.id, "abstain", None),
    ]


def test_second_vote_is_refused_with_a_sentence(room: Room) -> None:
    shortlist_id, (first, *_) = ready(room)
    room.vote(shortlist_id, first, "...+")
    with pytest.raises(Refused, match="already voted"):
        room.vote(shortlist_id, first, "...-")
    assert [vote.value for vote in stored()] == [VoteValue.FOR]


def test_vote_after_the_item_or_session_is_closed_is_refused(room: Room) -> None:
    shortlist_id, people = ready(room)
    for candidacy_id in people:
        room.vote(shortlist_id, candidacy_id, "+++.")
    room.close(shortlist_id)
    with pytest.raises(Refused, match="item is decided"):
        room.vote(shortlist_id, people[0], "...+")
    close_session(number=room.number, by=room.chair)
    with pytest.raises(Refused, match="session is closed"):
        room.vote(shortlist_id, people[0], "...+")
    with pytest.raises(Refused, match="session is closed"):
        mark_attendance(number=room.number, officer_id=room.ngo.id, is_present=False, by=room.ngo)


def test_database_itself_refuses_a_vote_on_a_session_that_is_not_open(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    vote = VoteRow(
        shortlist_id=shortlist_id,
        candidacy_id=candidacies(shortlist_id)[0],
        officer_id=room.ngo.id,
        value=VoteValue.FOR,
        cast_at=clock.now(),
    )
    with unit_of_work() as work:
        work.session.add(vote)
        with pytest.raises(DBAPIError, match="not open for voting"):
            work.session.flush()


@pytest.mark.parametrize(
    ("table", "column"),
    [("votes", "reason"), ("audit_events", "entity"), ("candidacy_events", "reason")],
)
def test_database_itself_refuses_to_change_what_was_recorded(
    room: Room, table: str, column: str
) -> None:
    shortlist_id, people = ready(room)
    for candidacy_id in people:
        room.vote(shortlist_id, candidacy_id, "++++")
    room.close(shortlist_id)
    rows = Base.metadata.tables[table]
    for statement in (update(rows).values({column: "other"}), delete(rows)):
        with unit_of_work() as work:
            assert work.session.execute(select(rows)).first() is not None
            with pytest.raises(DBAPIError, match="never changed"):
                work.session.execute(statement)


def test_vote_against_needs_a_reason(quick_room: Room) -> None:
    shortlist_id, (first, *_) = ready(quick_room)
    for reason in (None, "", "   "):
        with pytest.raises(InvalidInput, match="needs a reason"):
            cast_vote(
                shortlist_id=shortlist_id,
                candidacy_id=first,
                value=VoteValue.AGAINST,
                reason=reason,
                by=quick_room.ngo,
            )
    assert stored() == []


def test_vote_needs_an_open_session_and_attendance(quick_room: Room) -> None:
    shortlist_id = send_shortlist(quick_room.number)
    first = candidacies(shortlist_id)[0]
    quick_room.declare(shortlist_id)
    with pytest.raises(Refused, match="not open yet"):
        quick_room.vote(shortlist_id, first, "...+")
    quick_room.open()
    mark_attendance(
        number=quick_room.number, officer_id=quick_room.ngo.id, is_present=False, by=quick_room.ngo
    )
    with pytest.raises(Refused, match="confirm that you attend"):
        quick_room.vote(shortlist_id, first, "...+")


def test_vote_on_a_stranger_or_on_one_who_withdrew_is_refused(quick_room: Room) -> None:
    shortlist_id, (first, *_) = ready(quick_room)
    other = candidacies(send_shortlist(quick_room.number, number="V-2"))[0]
    with pytest.raises(NotFound):
        quick_room.vote(shortlist_id, other, "...+")
    with unit_of_work() as work:
        work.session.get_one(CandidacyRow, first).status = CandidacyStatus.WITHDRAWN
        work.commit()
    with pytest.raises(Refused, match="withdrawn"):
        quick_room.vote(shortlist_id, first, "...+")


def test_two_chairs_windows_close_an_item_once(room: Room) -> None:
    shortlist_id, people = ready(room)
    for candidacy_id in people:
        room.vote(shortlist_id, candidacy_id, "++++")
    count = count_votes(shortlist_id=shortlist_id, by=room.chair)

    def close() -> object:
        return close_item(
            shortlist_id=shortlist_id, votes_seen=count.votes, rulings={}, by=room.chair
        )

    answers = at_once(close, close, close)
    refused = [answer for answer in answers if isinstance(answer, LabourMigrationError)]
    assert len(refused) == 2 and {str(one) for one in refused} == {"This item is decided already."}
