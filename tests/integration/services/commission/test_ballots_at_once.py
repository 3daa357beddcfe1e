"""Ballots of the same moment, over real connections: counted, refused with a reason, never lost.

Each test prints a line of counts (`pytest -rP`); "lost" are acts that a member was told are done.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import product

import pytest
from sqlalchemy import func, select

from db.models import AuditEventRow, DecisionRow, SecretTallyRow, SecretVoterRow, VoteRow
from db.session import reading
from domain.enums import ConflictKind, Role, VoteValue
from domain.exceptions import Refused, VotesCameIn
from domain.records.commission import Count
from domain.records.officer import Officer
from services import audit
from services.commission import (
    amend_declaration,
    choose_ballot,
    count_votes,
    end_secret_ballot,
    mark_attendance,
    remove_member,
    withdraw_vote,
)
from services.officers.accounts import disable_officer
from tests.integration.services.commission.race import (
    Counts,
    accepted,
    at_once,
    later,
    refused,
    vote,
)
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist

FOR, AGAINST, ABSTAIN = VoteValue.FOR, VoteValue.AGAINST, VoteValue.ABSTAIN
Counting = Callable[[str], Counts]


@pytest.fixture
def counting(request: pytest.FixtureRequest) -> Counting:
    return lambda what: Counts(what, request)


def voting(room: Room, items: int = 1, candidates: int = 3) -> list[tuple[int, list[int]]]:
    """An open session on whose items everybody has declared: shortlist and candidacies."""
    ids = [send_shortlist(room.number, candidates, number=f"V-{n}") for n in range(items)]
    room.open()
    for shortlist_id in ids:
        room.declare(shortlist_id)
    return [(shortlist_id, candidacies(shortlist_id)) for shortlist_id in ids]


def in_force(shortlist_id: int, by: Iterable[Officer] = ()) -> int:
    """Votes that count on an item, of these members or of all."""
    query = select(func.count()).where(
        VoteRow.shortlist_id == shortlist_id, VoteRow.withdrawn_at.is_(None)
    )
    if ids := [one.id for one in by]:
        query = query.where(VoteRow.officer_id.in_(ids))
    with reading() as session:
        return session.scalar(query) or 0


def happened(*actions: str, by: Officer | None = None) -> list[str]:
    """What the audit chain says happened, in its order."""
    query = select(AuditEventRow.action).where(AuditEventRow.action.in_(actions))
    if by is not None:
        query = query.where(AuditEventRow.actor_id == by.id)
    with reading() as session:
        return list(session.scalars(query.order_by(AuditEventRow.seq)))


def test_votes_of_the_same_second_are_all_counted(room: Room, counting: Counting) -> None:
    [(shortlist_id, people)] = voting(room)
    counts = counting("several members vote in the same second")
    pairs = product(people, room.members)
    answers = at_once(*[vote(shortlist_id, one, member) for one, member in pairs])
    counts.add(answers, in_force(shortlist_id))
    assert refused(answers) == []
    count = count_votes(shortlist_id=shortlist_id, by=room.chair)
    assert [one.tally.votes_for for one in count.candidates] == [4, 4, 4]
    counts.tell()


def test_two_tabs_of_one_member_leave_exactly_one_vote(room: Room, counting: Counting) -> None:
    [(shortlist_id, people)] = voting(room)
    counts = counting("one member votes from four tabs")
    for one in people:
        before = in_force(shortlist_id)
        answers = at_once(
            *[vote(shortlist_id, one, room.ngo, request_id=f"tab-{n}") for n in range(4)]
        )
        counts.add(answers, in_force(shortlist_id) - before)
        assert len(accepted(answers)) == 1
        assert all("already voted" in str(error) for error in refused(answers))
    counts.tell()


def test_one_vote_sent_twice_is_one_vote_with_one_answer(room: Room, counting: Counting) -> None:
    [(shortlist_id, people)] = voting(room)
    counts = counting("one vote is sent three times")
    for one in people:
        answers = at_once(*[vote(shortlist_id, one, room.ngo, request_id="click")] * 3)
        assert answers == answers[:1] * 3
        # Three answers tell of one vote, and it is there.
        counts.add(answers, 3 * (in_force(shortlist_id) == people.index(one) + 1))
    assert happened("voted") == ["voted"] * len(people)
    counts.tell()


def test_every_vote_accepted_during_the_close_is_decided_on(room: Room, counting: Counting) -> None:
    """The chair closes while the last member votes: counted or refused, never lost."""
    counts = counting("votes arrive while the chair closes the item")
    for shortlist_id, people in voting(room, items=3):
        for one in people:
            room.vote(shortlist_id, one, "+++.")
        answers = at_once(
            closing(room, shortlist_id),
            *[later(60 * n, vote(shortlist_id, one, room.ngo)) for n, one in enumerate(people)],
        )
        assert answers[0] == "closed"
        assert all("is decided" in str(error) for error in refused(answers))
        with reading() as session:
            query = select(func.sum(DecisionRow.votes_for)).where(
                DecisionRow.shortlist_id == shortlist_id
            )
            decided = session.scalar(query) or 0
        counts.add(answers[1:], decided - 3 * len(people))
    counts.tell()


def closing(room: Room, shortlist_id: int) -> Callable[[], object]:
    def close() -> str:
        for _ in range(20):
            with suppress(VotesCameIn):
                room.close(shortlist_id)
                return "closed"
        return "never came through"

    return close


def test_vote_withdrawn_during_the_close_is_never_in_the_decision(
    room: Room, counting: Counting
) -> None:
    counts = counting("votes are withdrawn while the chair closes the item")
    for shortlist_id, people in voting(room, items=3):
        for one in people:
            room.vote(shortlist_id, one, "++++")

        def withdraw(one: int, shortlist_id: int = shortlist_id) -> Callable[[], object]:
            return lambda: withdraw_vote(
                shortlist_id=shortlist_id, candidacy_id=one, reason="სხვა საქმე ვნახე", by=room.ngo
            )

        late = [later(60 * n, withdraw(one)) for n, one in enumerate(people)]
        answers = at_once(closing(room, shortlist_id), *late)
        assert answers[0] == "closed"
        assert all("is decided" in str(error) for error in refused(answers))
        with reading() as session:
            query = select(DecisionRow).where(DecisionRow.shortlist_id == shortlist_id)
            decided = sum(row.votes_for for row in session.scalars(query))
        assert decided == in_force(shortlist_id)
        counts.add(answers[1:], 4 * len(people) - decided)
    counts.tell()


def test_one_vote_is_withdrawn_once_however_often_it_is_asked(
    room: Room, counting: Counting
) -> None:
    [(shortlist_id, (first, *_))] = voting(room)
    counts = counting("one vote is withdrawn from three tabs")
    vote(shortlist_id, first, room.ngo)()

    def withdraw() -> object:
        return withdraw_vote(
            shortlist_id=shortlist_id, candidacy_id=first, reason="შევცდი", by=room.ngo
        )

    answers = at_once(withdraw, withdraw, withdraw)
    counts.add(answers, len(happened("withdrew_vote")))
    assert len(accepted(answers)) == 1 and in_force(shortlist_id) == 0
    counts.tell()


def test_member_who_leaves_while_voting_casts_nothing_after_leaving(
    room: Room, counting: Counting
) -> None:
    [(shortlist_id, people)] = voting(room, candidates=4)
    counts = counting("a member is marked as gone while voting")

    def leave() -> object:
        return mark_attendance(
            number=room.number, officer_id=room.ngo.id, is_present=False, by=room.chair
        )

    for round_, one in enumerate(people):
        before = in_force(shortlist_id)
        answers = at_once(vote(shortlist_id, one, room.ngo), later(8 * round_, leave))
        assert not isinstance(answers[1], Exception)
        assert all("confirm that you attend" in str(error) for error in refused(answers))
        counts.add(answers[:1], in_force(shortlist_id) - before)
        room.attend(room.ngo)
    is_there = True
    for action in happened("voted", "left", "attended"):
        assert is_there or action != "voted"
        is_there = action != "left"
    counts.tell()


def test_member_whose_account_is_closed_casts_nothing_after_that(
    room: Room, counting: Counting
) -> None:
    [(shortlist_id, people)] = voting(room, candidates=4)
    counts = counting("a member's account is closed while voting")
    admin = officer("admin", Role.ADMINISTRATOR)

    def close_account() -> None:
        disable_officer(officer_id=room.ngo.id, by=admin)

    answers = at_once(
        later(12, close_account), *[vote(shortlist_id, one, room.ngo) for one in people]
    )
    assert not isinstance(answers[0], Exception)
    assert all("account was closed" in str(error) for error in refused(answers))
    assert happened("voted", "disabled")[-1] == "disabled"
    counts.add(answers[1:], in_force(shortlist_id))
    counts.tell()


def test_member_is_not_removed_while_the_session_votes(room: Room, counting: Counting) -> None:
    [(shortlist_id, people)] = voting(room)
    counts = counting("a member is to be removed while voting")

    def remove() -> object:
        return remove_member(number=room.number, officer_id=room.ngo.id, by=room.chair)

    answers = at_once(remove, *[vote(shortlist_id, one, room.ngo) for one in people])
    assert isinstance(answers[0], Refused) and "can't be changed any more" in str(answers[0])
    counts.add(answers, in_force(shortlist_id))
    counts.tell()


def test_recused_member_leaves_no_vote_behind(room: Room, counting: Counting) -> None:
    counts = counting("a member votes and is recused in the same moment")
    for shortlist_id, people in voting(room, items=3, candidates=2):

        def amend(shortlist_id: int = shortlist_id) -> object:
            return amend_declaration(
                shortlist_id=shortlist_id,
                kind=ConflictKind.FRIEND,
                explanation=None,
                reason="ახლა გამახსენდა",
                by=room.ngo,
            )

        answers = at_once(amend, *[vote(shortlist_id, one, room.ngo) for one in people])
        assert not isinstance(answers[0], Exception)
        assert all("closed to you" in str(error) for error in refused(answers))
        assert in_force(shortlist_id) == 0
        counts.add(answers[1:], taken_back(shortlist_id))
    counts.tell()


def taken_back(shortlist_id: int) -> int:
    """Votes that were cast and do not count any more."""
    query = select(func.count()).where(
        VoteRow.shortlist_id == shortlist_id, VoteRow.withdrawn_at.is_not(None)
    )
    with reading() as session:
        return session.scalar(query) or 0


def test_no_vote_is_taken_while_the_quorum_is_broken(room: Room, counting: Counting) -> None:
    [(shortlist_id, people)] = voting(room)
    counts = counting("two of four members leave while the others vote")

    def leave(member: Officer) -> Callable[[], object]:
        return lambda: mark_attendance(
            number=room.number, officer_id=member.id, is_present=False, by=member
        )

    stay = product(people, (room.chair, room.agency))
    answers = at_once(
        leave(room.ngo),
        leave(room.international),
        *[later(8 * n, vote(shortlist_id, *pair)) for n, pair in enumerate(stay)],
    )
    assert accepted(answers[:2]) == answers[:2]
    story = happened("voted", "left")
    broken = len(story) - 1 - story[::-1].index("left")
    assert "voted" not in story[broken:], story
    assert all("No quorum" in str(e) or "must be present" in str(e) for e in refused(answers))
    counts.add(answers[2:], in_force(shortlist_id))
    counts.tell()


def secretly(room: Room, candidates: int = 3) -> tuple[int, list[int]]:
    """A secret ballot that has begun."""
    shortlist_id = send_shortlist(room.number, candidates)
    choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=room.chair)
    room.open()
    room.declare(shortlist_id)
    return shortlist_id, candidacies(shortlist_id)


def secret_rows(shortlist_id: int) -> tuple[int, int]:
    """How many have voted, and how many ballots the tally holds."""
    of = SecretTallyRow
    total = of.votes_for + of.votes_against + of.votes_abstain + of.scored
    with reading() as session:
        voters = session.scalar(
            select(func.count())
            .select_from(SecretVoterRow)
            .where(SecretVoterRow.shortlist_id == shortlist_id)
        )
        tallied = session.scalar(select(func.sum(total)).where(of.shortlist_id == shortlist_id))
    return voters or 0, tallied or 0


def test_secret_votes_of_the_same_second_are_all_in_the_tally(
    room: Room, counting: Counting
) -> None:
    shortlist_id, people = secretly(room)
    counts = counting("several members vote secretly in the same second")
    how = dict(zip(room.members, (FOR, FOR, AGAINST, ABSTAIN), strict=True))
    answers = at_once(
        *[vote(shortlist_id, one, by, value=how[by]) for one in people for by in room.members]
    )
    voters, tallied = secret_rows(shortlist_id)
    assert voters == tallied
    counts.add(answers, tallied)
    end_secret_ballot(shortlist_id=shortlist_id, by=room.chair)
    count = count_votes(shortlist_id=shortlist_id, by=room.chair)
    tallies = [one.tally for one in count.candidates]
    assert [(t.votes_for, t.votes_against, t.votes_abstain) for t in tallies] == [(2, 1, 1)] * 3
    counts.tell()


def test_two_tabs_of_a_secret_voter_are_one_ballot(room: Room, counting: Counting) -> None:
    shortlist_id, people = secretly(room)
    counts = counting("one member votes secretly from four tabs")
    for one in people:
        before = secret_rows(shortlist_id)[1]
        answers = at_once(
            *[vote(shortlist_id, one, room.ngo, request_id=f"tab-{n}") for n in range(4)]
        )
        counts.add(answers, secret_rows(shortlist_id)[1] - before)
    assert secret_rows(shortlist_id) == (len(people), len(people))
    counts.tell()


def test_secret_vote_arriving_at_the_end_is_in_the_tally_or_refused(
    room: Room, counting: Counting
) -> None:
    shortlist_id, people = secretly(room)
    counts = counting("secret votes arrive while the chair ends the ballot")
    for one in people:
        room.vote(shortlist_id, one, "+++.")

    def end() -> Count:
        end_secret_ballot(shortlist_id=shortlist_id, by=room.chair)
        return count_votes(shortlist_id=shortlist_id, by=room.chair)

    late = [later(25 * n, vote(shortlist_id, one, room.ngo)) for n, one in enumerate(people)]
    answers = at_once(end, *late)
    counted = answers[0]
    assert isinstance(counted, Count)
    assert all("secret ballot is ended" in str(error) for error in refused(answers))
    counts.add(answers[1:], sum(one.tally.cast for one in counted.candidates) - 3 * len(people))
    counts.tell()


def test_audit_chain_stays_whole_under_all_this(room: Room) -> None:
    [(shortlist_id, people)] = voting(room)
    at_once(*[vote(shortlist_id, one, by) for one in people for by in room.members])
    at_once(*[vote(shortlist_id, people[0], room.ngo)] * 3)
    report = audit.verify_chain()
    assert report.problem is None and report.events > 0
