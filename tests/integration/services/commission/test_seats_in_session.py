"""Around the table: composition, substitutes, observers, the deputy, the secretary, the voting."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine

from db.models import VoteRow
from db.session import reading
from domain.enums import InvitationAnswer, OrganisationKind, Role, SeatRole, SessionMode, VoteValue
from domain.enums import SessionStatus as S
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.commission import SessionRecord
from domain.records.officer import Officer
from services.commission import (
    answer_invitation,
    cancel_session,
    cast_vote,
    close_item,
    close_session,
    count_votes,
    get_session,
    list_sessions,
    mark_attendance,
    move_item,
    open_session,
    plan_session,
    postpone_item,
    start_voting,
)
from tests.factories.commissions import commission_of
from tests.integration.services.commission.race import at_once, vote
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist


class Table(Room):
    """The room's four with a deputy, a secretary, an observer, and substitutes for two."""

    def __init__(self) -> None:
        kind = OrganisationKind
        self.deputy = officer("deputy", Role.CHAIR, kind.AGENCY)
        self.secretary = officer("secretary")
        self.observer = officer("observer", kind=kind.NGO)
        self.for_agency = officer("for.agency", kind=kind.AGENCY)
        self.for_ministry = officer("for.ministry", kind=kind.MINISTRY)
        super().__init__()

    def plan(self, members: tuple[Officer, ...]) -> SessionRecord:
        if self.commission != "table":
            self.commission = commission_of(
                *(self.chair, self.agency, self.international, self.ngo),
                *(self.deputy, self.secretary, self.observer),
                roles={
                    "deputy": SeatRole.DEPUTY,
                    "secretary": SeatRole.SECRETARY,
                    "observer": SeatRole.OBSERVER,
                },
                substitutes={"member.agency": self.for_agency, "chair": self.for_ministry},
                code="table",
            )
        return plan_session(
            commission=self.commission,
            planned_at=datetime.now(UTC) + timedelta(days=1),
            place="https://meet.example.org/room",
            mode=SessionMode.ONLINE,
            by=self.secretary,
        )

    def leave(self, *members: Officer) -> None:
        for member in members:
            mark_attendance(number=self.number, officer_id=member.id, is_present=False, by=member)

    def record(self, by: Officer | None = None) -> SessionRecord:
        return get_session(number=self.number, by=by or self.chair)

    def has_vote(self, who: Officer) -> bool:
        return next(m.has_vote for m in self.record().members if m.officer_id == who.id)


@pytest.fixture
def table(sqlite_database: Engine) -> Table:
    return Table()


@pytest.fixture
def any_table(database: Engine) -> Table:
    return Table()


def test_composition_fails_names_the_seat_and_then_holds(any_table: Table) -> None:
    table = any_table
    send_shortlist(table.number)
    table.attend(table.agency, table.international, table.ngo, table.deputy)
    with pytest.raises(Refused, match=r"empty seats: .*ministry.*ministry-labour"):
        open_session(number=table.number, by=table.deputy)
    assert "composition fails" in str(table.record(table.deputy).open_refusal)
    table.attend(table.chair)
    assert open_session(number=table.number, by=table.chair).status is S.OPEN


def test_substitute_counts_once_and_only_for_who_is_absent(table: Table) -> None:
    assert table.record().quorum.members == 5, "chair, deputy, and three members"
    table.attend(table.for_agency)
    assert table.record().quorum.present == 1 and table.has_vote(table.for_agency)
    table.attend(table.agency)
    assert table.record().quorum.present == 1 and not table.has_vote(table.for_agency)
    assert table.record().quorum.members == 5


def test_whoever_of_member_and_substitute_began_an_item_votes_on_it(table: Table) -> None:
    shortlist = send_shortlist(table.number)
    other = send_shortlist(table.number, number="V-2")
    voting_with_substitute(table)
    table.declare(shortlist, table.agency, table.for_agency)
    table.declare(other, table.agency, table.for_agency)
    first, second, _ = candidacies(shortlist)
    cast(table.for_agency, shortlist, first)
    table.attend(table.agency)
    with pytest.raises(Refused, match="have one vote"):
        cast(table.agency, shortlist, first)
    cast(table.for_agency, shortlist, second)
    with pytest.raises(Refused, match="substitute you are is present"):
        cast(table.for_agency, other, candidacies(other)[0])
    cast(table.agency, other, candidacies(other)[0])


def voting_with_substitute(table: Table) -> None:
    """The session is voting; the agency's substitute sits, its member is not there."""
    table.attend(table.chair, table.for_agency, table.international, table.ngo)
    open_session(number=table.number, by=table.chair)
    start_voting(number=table.number, by=table.chair)


def test_member_who_comes_while_the_substitute_votes_never_makes_it_two(any_table: Table) -> None:
    table, rounds = any_table, 6
    shortlists = [send_shortlist(table.number, 1, number=f"V-{n}") for n in range(rounds)]
    voting_with_substitute(table)
    for shortlist in shortlists:
        table.declare(shortlist, table.agency, table.for_agency)
        (candidacy,) = candidacies(shortlist)
        at_once(
            vote(shortlist, candidacy, table.for_agency),
            partial(table.attend, table.agency),
            vote(shortlist, candidacy, table.agency),
        )
        with reading() as session:
            cast_on = session.query(VoteRow).filter_by(shortlist_id=shortlist).all()
        assert len(cast_on) <= 1
        table.leave(table.agency)


def test_observer_and_secretary_neither_count_nor_vote(table: Table) -> None:
    shortlist = send_shortlist(table.number)
    table.attend(table.observer, table.secretary)
    assert table.record().quorum.present == 0
    table.attend(table.chair, table.agency, table.international)
    open_session(number=table.number, by=table.chair)
    start_voting(number=table.number, by=table.chair)
    table.declare(shortlist, table.observer, table.secretary)
    for outsider in (table.observer, table.secretary):
        with pytest.raises(Refused, match="have no vote"):
            cast(outsider, shortlist, candidacies(shortlist)[0])
        assert [one.waits_for_me for one in list_sessions(by=outsider)] == [0]


def test_deputy_chairs_only_while_the_chair_is_absent_and_it_is_recorded(table: Table) -> None:
    shortlist = send_shortlist(table.number, 1)
    table.attend(*(table.for_ministry, table.deputy, table.agency, table.international, table.ngo))
    opened = open_session(number=table.number, by=table.deputy)
    assert opened.presiding_id == table.deputy.id and opened.chair_id == table.chair.id
    table.attend(table.chair)
    with pytest.raises(PermissionDenied, match="only while the chair is absent"):
        start_voting(number=table.number, by=table.deputy)
    start_voting(number=table.number, by=table.chair)
    table.leave(table.chair)
    with pytest.raises(PermissionDenied, match="deputy chairs while you are absent"):
        close_session(number=table.number, by=table.chair)
    voters = (table.for_ministry, table.deputy, table.agency, table.international, table.ngo)
    table.declare(shortlist, *voters)
    for voter in voters:
        cast(voter, shortlist, candidacies(shortlist)[0])
    count = count_votes(shortlist_id=shortlist, by=table.deputy)
    close_item(shortlist_id=shortlist, votes_seen=count.votes, rulings={}, by=table.deputy)
    close_session(number=table.number, by=table.deputy)
    assert table.record().presiding_id == table.deputy.id


def test_secretary_marks_attendance_and_runs_the_agenda_but_opens_nothing(table: Table) -> None:
    first, second = send_shortlist(table.number), send_shortlist(table.number, number="V-2")
    later = table.plan(()).number
    for member in (table.chair, table.agency, table.international):
        mark_attendance(
            number=table.number, officer_id=member.id, is_present=True, by=table.secretary
        )
    moved = move_item(shortlist_id=second, to_place=1, by=table.secretary)
    assert [item.shortlist_id for item in moved.items] == [second, first]
    assert [item.order for item in moved.items] == [1, 2]
    postpone_item(shortlist_id=second, to_number=later, by=table.secretary)
    for step in (open_session, start_voting, close_session):
        with pytest.raises(PermissionDenied):
            step(number=table.number, by=table.secretary)
    with pytest.raises(PermissionDenied, match="Only the chair"):
        move_item(shortlist_id=first, to_place=1, by=table.ngo)


def test_votes_wait_for_the_voting_to_start(table: Table) -> None:
    shortlist = send_shortlist(table.number)
    table.attend()
    open_session(number=table.number, by=table.chair)
    table.declare(shortlist)
    with pytest.raises(Refused, match="voting has not begun"):
        cast(table.ngo, shortlist, candidacies(shortlist)[0])
    with pytest.raises(Refused, match="voting has not begun"):
        count_votes(shortlist_id=shortlist, by=table.chair)
    table.leave(table.chair, table.agency)
    assert table.record(table.deputy).voting_refusal is not None
    table.attend(table.chair, table.agency)
    assert start_voting(number=table.number, by=table.chair).status is S.VOTING
    cast(table.ngo, shortlist, candidacies(shortlist)[0])


def test_broken_quorum_stops_votes_and_count_until_it_holds_again(table: Table) -> None:
    shortlist = send_shortlist(table.number, 1)
    voters = (table.chair, table.agency, table.international)
    table.attend(*voters)
    open_session(number=table.number, by=table.chair)
    start_voting(number=table.number, by=table.chair)
    table.declare(shortlist, *voters)
    people = candidacies(shortlist)
    for voter in voters[:2]:
        cast(voter, shortlist, people[0])
    table.leave(table.agency)
    item = table.record(table.international).items[0]
    assert "composition fails" in str(item.vote_refusal)
    with pytest.raises(Refused, match="composition fails"):
        cast(table.international, shortlist, people[0])
    with pytest.raises(Refused, match="composition fails"):
        count_votes(shortlist_id=shortlist, by=table.chair)
    table.attend(table.for_agency)
    cast(table.international, shortlist, people[0])
    assert count_votes(shortlist_id=shortlist, by=table.chair).votes == 3


def test_invited_members_answer_and_the_answer_stands_in_the_list(table: Table) -> None:
    assert all(member.invited_at for member in table.record().members)
    assert list_sessions(by=table.ngo)[0].awaits_my_answer
    with pytest.raises(Refused, match="Nobody is your substitute"):
        answer_invitation(
            number=table.number, answer=InvitationAnswer.SENDS_SUBSTITUTE, by=table.ngo
        )
    answer_invitation(number=table.number, answer=InvitationAnswer.COMES, by=table.ngo)
    said = answer_invitation(
        number=table.number, answer=InvitationAnswer.SENDS_SUBSTITUTE, by=table.agency
    )
    answers = {member.officer_id: member.answer for member in said.members}
    assert answers[table.ngo.id] is InvitationAnswer.COMES
    assert answers[table.agency.id] is InvitationAnswer.SENDS_SUBSTITUTE
    assert not list_sessions(by=table.ngo)[0].awaits_my_answer


def test_session_is_cancelled_with_its_reason_once_nothing_is_on_it(table: Table) -> None:
    shortlist = send_shortlist(table.number)
    later = table.plan(()).number
    with pytest.raises(Refused, match="Agenda items: 1"):
        cancel_session(number=table.number, reason="snow", by=table.secretary)
    postpone_item(shortlist_id=shortlist, to_number=later, by=table.secretary)
    with pytest.raises(InvalidInput, match="Write why"):
        cancel_session(number=table.number, reason=" ", by=table.secretary)
    with pytest.raises(PermissionDenied):
        cancel_session(number=table.number, reason="snow", by=table.ngo)
    done = cancel_session(number=table.number, reason="Road closed by snow", by=table.secretary)
    assert (done.status, done.cancel_reason) == (S.CANCELLED, "Road closed by snow")
    with pytest.raises(Refused, match="cancelled"):
        open_session(number=table.number, by=table.chair)
    with pytest.raises(Refused, match="cancelled"):
        table.attend(table.chair)


def test_session_whose_chair_is_left_out_is_chaired_by_the_deputy(table: Table) -> None:
    panel = plan_session(
        commission=table.commission,
        planned_at=datetime.now(UTC) + timedelta(days=2),
        place=None,
        left_out=[table.chair.id, table.agency.id],
        by=table.recruiter,
    )
    assert panel.chair_id == table.deputy.id
    by_id = {member.officer_id: member for member in panel.members}
    assert table.chair.id not in by_id
    assert by_id[table.for_agency.id].has_vote, "the substitute sits for who is left out"


def test_online_session_needs_an_address(table: Table) -> None:
    assert table.record().mode is SessionMode.ONLINE
    with pytest.raises(InvalidInput, match="address of the online meeting"):
        plan_session(
            commission=table.commission,
            planned_at=datetime.now(UTC) + timedelta(days=2),
            place=" ",
            mode=SessionMode.ONLINE,
            by=table.recruiter,
        )


def test_who_is_no_secretary_and_plans_nothing_plans_no_session(table: Table) -> None:
    with pytest.raises(PermissionDenied, match="secretary of the commission plan"):
        plan_session(
            commission=table.commission,
            planned_at=datetime.now(UTC) + timedelta(days=2),
            place=None,
            by=table.ngo,
        )


def cast(by: Officer, shortlist: int, candidacy: int) -> None:
    cast_vote(
        shortlist_id=shortlist, candidacy_id=candidacy, value=VoteValue.FOR, reason=None, by=by
    )
