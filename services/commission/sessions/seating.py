"""Who sits for whom in a session: seats with a vote, substitutes, and who chairs."""

from __future__ import annotations

from collections.abc import Sequence

from db.models import CommissionSessionRow, OfficerRow, SessionMemberRow
from domain.enums import SeatRole
from services.commission.sessions.quorum import VotingSeat

Members = Sequence[tuple[SessionMemberRow, OfficerRow]]


def member_of(members: Members, officer_id: int | None) -> SessionMemberRow | None:
    """The officer's seat in the session."""
    return next((seat for seat, _ in members if seat.officer_id == officer_id), None)


def owners(members: Members) -> list[SessionMemberRow]:
    """Those to whom the votes belong: members, and substitutes of whoever is not in the session."""
    return [
        seat
        for seat, _ in members
        if seat.role.votes
        and (seat.substitute_for_id is None or not member_of(members, seat.substitute_for_id))
    ]


def holder(members: Members, owner: SessionMemberRow) -> SessionMemberRow:
    """Who sits in the owner's place now: the owner, or a present substitute of an absent one."""
    if owner.attended_at is not None:
        return owner
    present = (
        seat
        for seat, _ in members
        if seat.substitute_for_id == owner.officer_id and seat.attended_at and seat.role.votes
    )
    return next(present, owner)


def owner_of(members: Members, seat: SessionMemberRow) -> SessionMemberRow:
    """To whom the vote of this seat belongs: a substitute's to the member it stands in for."""
    if seat.substitute_for_id is None:
        return seat
    return member_of(members, seat.substitute_for_id) or seat


def pair_of(members: Members, seat: SessionMemberRow) -> set[int]:
    """The officers who share this seat's vote: the member and the substitutes."""
    owner = owner_of(members, seat)
    return {one.officer_id for one, _ in members if owner_of(members, one) is owner}


def has_vote_now(members: Members, seat: SessionMemberRow) -> bool:
    """Whether this seat votes and counts now, present or not."""
    return seat.role.votes and holder(members, owner_of(members, seat)) is seat


def voting_seats(members: Members) -> list[tuple[int, VotingSeat]]:
    """The seats as a quorum counts them, each once, with the officer who sits in it now."""
    seats = []
    for owner in owners(members):
        sitting = holder(members, owner)
        seat = VotingSeat(
            owner.organisation_kind, sitting.attended_at is not None, owner.organisation_code
        )
        seats.append((sitting.officer_id, seat))
    return seats


def presiding(row: CommissionSessionRow, members: Members) -> int:
    """Who chairs now: the chair; in the chair's absence a deputy who is there."""
    chair = member_of(members, row.chair_id)
    if chair is None or chair.attended_at is None:
        deputies = [
            seat.officer_id
            for seat, _ in members
            if seat.role is SeatRole.DEPUTY and seat.attended_at is not None
        ]
        return min(deputies, default=row.chair_id)
    return row.chair_id
