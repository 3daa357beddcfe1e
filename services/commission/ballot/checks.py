"""When a member may vote, withdraw and choose a ballot, and when an item is counted: each refusal
in its sentence, which the use case raises and the screen shows beside the button."""

from __future__ import annotations

from db.models import SessionMemberRow
from domain.enums import SessionStatus
from domain.exceptions import PermissionDenied, Refused
from domain.records.officer import Officer
from domain.texts import N_
from services.commission.dossiers.checks import check_can_read
from services.commission.sessions import seating
from services.commission.sessions.items import Item
from services.commission.sessions.sitting import CANCELLED, Sitting

NOT_VOTING = N_("The voting has not begun: the chair starts it.")


def check_can_vote(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise unless the officer may vote on this item now."""
    seat = sitting.check_member(by)
    if not seat.role.votes:
        raise Refused(N_("Observers and the secretary have no vote."))
    if sitting.row.status is SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if sitting.row.status is SessionStatus.PLANNED:
        raise Refused(N_("The session is not open yet: the chair opens it."))
    if sitting.row.status is SessionStatus.CLOSED:
        raise Refused(N_("The session is closed: no more votes are taken."))
    if sitting.row.status is SessionStatus.OPEN:
        raise Refused(NOT_VOTING)
    if item.shortlist.decided_at:
        raise Refused(N_("This item is decided: no more votes are taken."))
    if seat.attended_at is None:
        raise Refused(N_("First confirm that you attend the session."))
    item.check_not_excluded(by.id)
    _check_seat(sitting, item, seat)
    if item.ballots.is_ended:
        raise Refused(N_("The secret ballot is ended: no more votes are taken."))
    check_can_read(sitting, item, by)
    check_quorum_throughout(sitting, item)


def _check_seat(sitting: Sitting, item: Item, seat: SessionMemberRow) -> None:
    """Raise unless the seat's one vote on this item is this member's to cast."""
    if sitting.has_vote(seat, item):
        return
    if seating.pair_of(sitting.members_for(item), seat) & item.ballots.participants:
        raise Refused(
            N_("Member and substitute have one vote: the other has begun to vote on this item.")
        )
    raise Refused(N_("The member whose substitute you are is present: the vote is that member's."))


def check_quorum_throughout(sitting: Sitting, item: Item) -> None:
    """Raise while a broken quorum stops the voting, where the rules of the session say so."""
    if sitting.rules.quorum_throughout:
        sitting.check_quorum()
        sitting.check_quorum(item)


def check_can_withdraw(sitting: Sitting, item: Item, candidacy_id: int, by: Officer) -> None:
    """Raise unless the officer may take back an open vote on this candidate now."""
    sitting.check_member(by)
    if item.ballots.is_secret:
        raise Refused(
            N_("A secret vote can't be withdrawn: nobody knows which one of the tally it is.")
        )
    if sitting.is_over(item):
        raise Refused(N_("This item is decided: votes can't be withdrawn any more."))
    if item.ballots.vote_of(by.id, candidacy_id) is None:
        raise Refused(N_("You have no vote on this candidate that could be withdrawn."))


def check_can_choose_ballot(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise unless the officer may make this item's ballot secret, or open again."""
    sitting.check_chair(by)
    if not sitting.rules.may_be_secret:
        raise Refused(N_("The commission's rules allow no secret ballot."))
    if sitting.is_over(item) or item.ballots.happened or sitting.is_voting:
        raise Refused(N_("The voting has started: whether it is secret can't be changed any more."))


def check_can_count(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise unless the officer may count the item's votes and close it now."""
    if by.id != sitting.acting_chair(item):
        raise PermissionDenied(N_("Only the chair of this item can do this."))
    if sitting.row.status is SessionStatus.OPEN:
        raise Refused(NOT_VOTING)
    if sitting.row.status is not SessionStatus.VOTING:
        raise Refused(N_("The session is not open."))
    if item.shortlist.decided_at:
        raise Refused(N_("This item is decided already."))
    check_quorum_throughout(sitting, item)
    sitting.check_quorum(item)
    quorum = sitting.quorum(item)
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


def check_tally_is_read(sitting: Sitting, item: Item) -> None:
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
