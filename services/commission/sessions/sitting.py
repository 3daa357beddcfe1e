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
from db.repositories import sessions as repository
from db.session import kept_in
from domain.enums import Role, SeatRole, SessionStatus
from domain.exceptions import NotFound, PermissionDenied, Refused
from domain.records.commission import Quorum
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.commission.appeals.limits import limits_on
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
SITTING = "sitting"
CANCELLED = N_("The session was cancelled.")

NOT_YOURS = N_("There is no such agenda item, or you are not a member of its session.")
"""One answer to both: whoever has no business with an item does not learn whether there is one."""


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
        return clock.day_of(self.row.planned_at)

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

    def check_visible(self, by: Officer) -> None:
        """Raise, as for a number that nobody has, where the officer sees own sessions only."""
        if by.role in SEES_OWN_SESSIONS_ONLY and self.member(by.id) is None:
            raise NotFound(N_("There is no session {number}."), number=self.row.number)

    def check_member(self, by: Officer) -> SessionMemberRow:
        """Raise unless the officer sits in this session."""
        seat = self.member(by.id)
        if seat is None:
            raise PermissionDenied(NOT_YOURS)
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

    @property
    def is_voting(self) -> bool:
        """Whether votes are taken in this session now."""
        return self.row.status is SessionStatus.VOTING

    def is_over(self, item: Item) -> bool:
        """Whether the item is decided or its session closed or cancelled."""
        over = (SessionStatus.CLOSED, SessionStatus.CANCELLED)
        return self.row.status in over or item.shortlist.decided_at is not None


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
    kept = kept_in(session)
    if kept is not None and (SITTING, number) in kept:
        sitting: Sitting = kept[SITTING, number]
        return sitting
    row = repository.find_session(session, number, lock=lock, share=share)
    if row is None:
        raise NotFound(N_("There is no session {number}."), number=number)
    sitting = load(session, [row])[0]
    if kept is not None:
        kept[SITTING, number] = sitting
    return sitting


def get_sitting_of(
    session: Session, shortlist_id: int, *, lock: bool = False, share: bool = False
) -> tuple[Sitting, Item]:
    """The session on whose agenda the shortlist stands, and the item."""
    number = repository.find_session_number(session, shortlist_id)
    if number is None:
        raise PermissionDenied(NOT_YOURS)
    sitting = get_sitting(session, number, lock=lock, share=share)
    return sitting, sitting.item(shortlist_id)
