"""One session with everything a rule asks about it: who sits, who is recused, what was cast.

Every refusal is said here once: the use case raises it, the screen shows it beside the button.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from db.models import (
    CommissionRow,
    CommissionSessionRow,
    LiftedBlindnessRow,
    OfficerRow,
    SessionMemberRow,
)
from db.repositories import commission as repository
from domain.enums import Role, SeatRole, SessionStatus
from domain.exceptions import LabourMigrationError, NotFound, PermissionDenied, Refused
from domain.records.commission import Quorum
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services.commission.appeals.limits import day_of, limits_on
from services.commission.appeals.panels import exclude_first_panels
from services.commission.ballot.ballots import load_ballots
from services.commission.rules import Rules
from services.commission.sessions import seating
from services.commission.sessions.items import RECUSED as RECUSED
from services.commission.sessions.items import VOTED_ALREADY as VOTED_ALREADY
from services.commission.sessions.items import Candidate as Candidate
from services.commission.sessions.items import Item as Item
from services.commission.sessions.quorum import VotingSeat, quorum_of
from services.permissions import Permission, can

SEES_OWN_SESSIONS_ONLY = frozenset({Role.COMMISSION_MEMBER})
CANCELLED = N_("The session was cancelled.")
NOT_VOTING = N_("The voting has not begun: the chair starts it.")


@dataclass
class Sitting:
    """A session with its members and items."""

    row: CommissionSessionRow
    commission: CommissionRow | None = None
    members: list[tuple[SessionMemberRow, OfficerRow]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    lifted: tuple[LiftedBlindnessRow, OfficerRow] | None = None
    """That the chair lifted blindness, and who the chair was."""

    @property
    def rules(self) -> Rules:
        """The rules frozen into the session."""
        return Rules.from_json(self.row.rules)

    def member(self, officer_id: int) -> SessionMemberRow | None:
        """The officer's seat, if there is one."""
        return next((seat for seat, _ in self.members if seat.officer_id == officer_id), None)

    def item(self, shortlist_id: int) -> Item:
        """The agenda item of that shortlist."""
        for item in self.items:
            if item.shortlist.id == shortlist_id:
                return item
        raise NotFound(N_("This agenda item is not part of the session."))

    def quorum(self, item: Item | None = None) -> Quorum:
        """Quorum of the session, or of one item without those who are recused from it.

        The kinds of organisation are asked for when the session opens: a recusal must not be a
        means to stop an item.
        """
        seats = [
            seat
            for officer_id, seat in self.voting_seats(item)
            if item is None or not item.is_recused(officer_id)
        ]
        at_least = limits_on(self.day).hearing_members_min if item and item.appeals else 0
        return quorum_of(seats, self.rules, with_composition=item is None, at_least=at_least)

    @property
    def day(self) -> date:
        """The day for which the session is planned, in Georgia."""
        return day_of(self.row.planned_at)

    def members_for(self, item: Item | None) -> seating.Members:
        """The members without those of an appeal's first vote: their substitutes act for them."""
        if item is None or not item.excluded:
            return self.members
        return [one for one in self.members if one[0].officer_id not in item.excluded]

    def voting_seats(self, item: Item | None = None) -> list[tuple[int, VotingSeat]]:
        """Each seat with a vote, once, with who sits in it now: the member, or a substitute."""
        return seating.voting_seats(self.members_for(item))

    @property
    def presiding_id(self) -> int:
        """Who chairs now: the chair, or a deputy in the chair's absence."""
        return seating.presiding(self.row, self.members)

    def has_vote(self, seat: SessionMemberRow, item: Item | None = None) -> bool:
        """Whether this seat votes now; a substitute only for an absent member.

        Of the two, whoever has begun to vote on an item goes on with it: a seat has one vote.
        """
        members = self.members_for(item)
        begun = seating.pair_of(members, seat) & item.ballots.participants if item else ()
        return seat.officer_id in begun if begun else seating.has_vote_now(members, seat)

    def acting_chair(self, item: Item) -> int | None:
        """Who closes this item: who chairs; recused, a deputy who is present, else a member."""
        if not item.is_recused(self.presiding_id):
            return self.presiding_id
        others = [
            (seat, officer)
            for seat, officer in self.members
            if seat.attended_at and self.has_vote(seat, item) and not item.is_recused(officer.id)
        ]
        others.sort(
            key=lambda one: (
                one[0].role not in (SeatRole.CHAIR, SeatRole.DEPUTY),
                one[1].role is not Role.CHAIR,
                one[1].id,
            )
        )
        return others[0][1].id if others else None

    def check_member(self, by: Officer) -> SessionMemberRow:
        """Raise unless the officer sits in this session."""
        seat = self.member(by.id)
        if seat is None:
            raise PermissionDenied(N_("You are not a member of this session."))
        return seat

    def check_chair(self, by: Officer) -> None:
        """Raise unless the officer chairs this session now."""
        seat = self.member(by.id)
        if by.id == self.presiding_id and can(by, Permission.SESSIONS_CHAIR):
            return
        if by.id == self.row.chair_id and by.id != self.presiding_id:
            raise PermissionDenied(
                N_("The deputy chairs while you are absent: first confirm that you attend.")
            )
        if seat is not None and seat.role is SeatRole.DEPUTY:
            raise PermissionDenied(N_("A deputy chairs only while the chair is absent."))
        raise PermissionDenied(N_("Only the chair of this session can do this."))

    def check_runs(self, by: Officer) -> None:
        """Raise unless the officer marks attendance and runs the agenda: chair or secretary."""
        seat = self.member(by.id)
        if seat is None or seat.role is not SeatRole.SECRETARY:
            self.check_chair(by)

    def check_quorum(self, item: Item | None = None) -> None:
        """Raise with the sentence that says who is missing, unless the quorum holds."""
        quorum = self.quorum(item)
        if not quorum.holds:
            raise Refused(quorum.sentence)

    def check_can_declare(self, item: Item, by: Officer) -> None:
        """Raise unless the officer may still declare on this item."""
        self.check_member(by)
        if self.row.status is SessionStatus.CANCELLED:
            raise Refused(CANCELLED)
        if self.is_over(item):
            raise Refused(N_("This item is decided: nothing can be declared on it any more."))
        item.check_not_excluded(by.id)
        if by.id in item.declarations:
            raise Refused(N_("You have already declared on this item."))

    def check_can_amend(self, item: Item, by: Officer) -> None:
        """Raise unless the officer has a declaration on this item that can be amended."""
        self.check_member(by)
        if by.id not in item.declarations:
            raise Refused(N_("There is nothing to amend: you have not declared on this item."))

    def check_can_lift(self, by: Officer) -> None:
        """Raise unless the officer may lift blindness for this session now."""
        self.check_chair(by)
        if self.lifted is not None:
            raise Refused(N_("Blindness was lifted already."))
        if self.row.opened_at is None or self.row.closed_at is not None:
            raise Refused(N_("Blindness can be lifted only while the session is open."))

    @property
    def is_voting(self) -> bool:
        """Whether votes are taken in this session now."""
        return self.row.status is SessionStatus.VOTING

    def is_over(self, item: Item) -> bool:
        """Whether the item is decided or its session closed or cancelled."""
        over = (SessionStatus.CLOSED, SessionStatus.CANCELLED)
        return self.row.status in over or item.shortlist.decided_at is not None

    def is_past_amending(self, item: Item, by: Officer) -> bool:
        """Whether what the officer declares now can only go on record.

        The item is decided, its session closed, or the officer has voted secretly: a secret vote
        can't be told from the others and taken out.
        """
        has_voted_secretly = item.ballots.is_secret and bool(item.ballots.voted_on(by.id))
        return self.is_over(item) or has_voted_secretly

    def check_can_read(self, item: Item, by: Officer) -> None:
        """Raise unless the officer may open the item's file."""
        self.check_member(by)
        item.check_not_excluded(by.id)
        if by.id not in item.declarations:
            raise Refused(
                N_("First declare whether you have a conflict of interest; then the file opens.")
            )
        item.check_open_to(by.id)

    def check_can_vote(self, item: Item, by: Officer) -> None:
        """Raise unless the officer may vote on this item now."""
        seat = self.check_member(by)
        if not seat.role.votes:
            raise Refused(N_("Observers and the secretary have no vote."))
        if self.row.status is SessionStatus.CANCELLED:
            raise Refused(CANCELLED)
        if self.row.status is SessionStatus.PLANNED:
            raise Refused(N_("The session is not open yet: the chair opens it."))
        if self.row.status is SessionStatus.CLOSED:
            raise Refused(N_("The session is closed: no more votes are taken."))
        if self.row.status is SessionStatus.OPEN:
            raise Refused(NOT_VOTING)
        if item.shortlist.decided_at:
            raise Refused(N_("This item is decided: no more votes are taken."))
        if seat.attended_at is None:
            raise Refused(N_("First confirm that you attend the session."))
        item.check_not_excluded(by.id)
        self._check_seat(item, seat)
        if item.ballots.is_ended:
            raise Refused(N_("The secret ballot is ended: no more votes are taken."))
        self.check_can_read(item, by)
        self.check_quorum_throughout(item)

    def _check_seat(self, item: Item, seat: SessionMemberRow) -> None:
        """Raise unless the seat's one vote on this item is this member's to cast."""
        if self.has_vote(seat, item):
            return
        if seating.pair_of(self.members_for(item), seat) & item.ballots.participants:
            raise Refused(
                N_("Member and substitute have one vote: the other has begun to vote on this item.")
            )
        raise Refused(
            N_("The member whose substitute you are is present: the vote is that member's.")
        )

    def check_quorum_throughout(self, item: Item) -> None:
        """Raise while a broken quorum stops the voting, where the rules of the session say so."""
        if self.rules.quorum_throughout:
            self.check_quorum()
            self.check_quorum(item)

    def check_can_withdraw(self, item: Item, candidacy_id: int, by: Officer) -> None:
        """Raise unless the officer may take back an open vote on this candidate now."""
        self.check_member(by)
        if item.ballots.is_secret:
            raise Refused(
                N_("A secret vote can't be withdrawn: nobody knows which one of the tally it is.")
            )
        if self.is_over(item):
            raise Refused(N_("This item is decided: votes can't be withdrawn any more."))
        if item.ballots.vote_of(by.id, candidacy_id) is None:
            raise Refused(N_("You have no vote on this candidate that could be withdrawn."))

    def check_can_choose_ballot(self, item: Item, by: Officer) -> None:
        """Raise unless the officer may make this item's ballot secret, or open again."""
        self.check_chair(by)
        if not self.rules.may_be_secret:
            raise Refused(N_("The commission's rules allow no secret ballot."))
        if self.is_over(item) or item.ballots.happened or self.is_voting:
            raise Refused(
                N_("The voting has started: whether it is secret can't be changed any more.")
            )

    def check_can_count(self, item: Item, by: Officer) -> None:
        """Raise unless the officer may count the item's votes and close it now."""
        if by.id != self.acting_chair(item):
            raise PermissionDenied(N_("Only the chair of this item can do this."))
        if self.row.status is SessionStatus.OPEN:
            raise Refused(NOT_VOTING)
        if self.row.status is not SessionStatus.VOTING:
            raise Refused(N_("The session is not open."))
        if item.shortlist.decided_at:
            raise Refused(N_("This item is decided already."))
        self.check_quorum_throughout(item)
        self.check_quorum(item)
        quorum = self.quorum(item)
        for standing in item.standing:
            cast = item.ballots.cast_on(standing.candidacy_id)
            if cast < quorum.needed:
                raise Refused(
                    N_(
                        "Candidate {number}: {cast} votes cast, {needed} needed. "
                        "Ask the members to vote."
                    ),
                    number=f"{standing.number:02d}",
                    cast=cast,
                    needed=quorum.needed,
                )

    def check_tally_is_read(self, item: Item) -> None:
        """Raise while a secret ballot's tally may not be read, and when it can't be right."""
        if item.ballots.is_secret and not item.ballots.is_ended:
            raise Refused(N_("End the secret ballot first: its tally is read only after that."))
        if not item.ballots.is_sound:
            raise Refused(
                N_(
                    "The secret tally does not fit the number of those who voted: nothing is "
                    "decided on it. Tell the administrator."
                )
            )


def refusal(check: object, *args: object) -> Sentence | None:
    """The sentence with which a check refuses; None when it passes."""
    try:
        check(*args)  # type: ignore[operator]
    except LabourMigrationError as error:
        return error.sentence
    return None


def load(session: Session, rows: Sequence[CommissionSessionRow]) -> list[Sitting]:
    """The sittings of these session rows, in a handful of queries however many they are."""
    sittings = _load(session, rows)
    items = {item.shortlist.id: item for sitting in sittings for item in sitting.items}
    exclude_first_panels(session, items, _load)
    return sittings


def _load(session: Session, rows: Sequence[CommissionSessionRow]) -> list[Sitting]:
    named = repository.commissions_by_id(session, {row.commission_id for row in rows})
    sittings = {row.id: Sitting(row, named.get(row.commission_id)) for row in rows}
    ids = list(sittings)
    for seat, officer in repository.list_members(session, ids):
        sittings[seat.session_id].members.append((seat, officer))
    items: dict[int, Item] = {}
    for shortlist, vacancy in repository.list_shortlists(session, ids):
        items[shortlist.id] = Item(shortlist, vacancy)
        sittings[shortlist.session_id].items.append(items[shortlist.id])
    for shortlist_id, candidacy_id, position, rank, status in repository.list_standing(
        session, ids
    ):
        items[shortlist_id].candidates.append(Candidate(candidacy_id, position, rank, status))
    for filed in repository.list_declarations(session, ids):
        if not filed.is_late:
            items[filed.shortlist_id].declarations[filed.officer_id] = filed
    for lifted, officer in repository.list_lifted(session, ids):
        sittings[lifted.session_id].lifted = (lifted, officer)
    for shortlist_id, ballots in load_ballots(session, ids).items():
        items[shortlist_id].ballots = ballots
    return list(sittings.values())


def get_sitting(
    session: Session, number: str, *, lock: bool = False, share: bool = False
) -> Sitting:
    """The session of that number with everything on it; locks it first when asked."""
    row = repository.find_session(session, number, lock=lock, share=share)
    if row is None:
        raise NotFound(N_("There is no session {number}."), number=number)
    return load(session, [row])[0]


def get_sitting_of(
    session: Session, shortlist_id: int, *, lock: bool = False, share: bool = False
) -> tuple[Sitting, Item]:
    """The session on whose agenda the shortlist stands, and the item."""
    number = repository.find_session_number(session, shortlist_id)
    if number is None:
        raise NotFound(N_("There is no such agenda item."))
    sitting = get_sitting(session, number, lock=lock, share=share)
    return sitting, sitting.item(shortlist_id)
