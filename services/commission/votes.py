"""Voting: once on each candidate, never changed, only while the item is open."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from db.models import VoteRow
from db.session import unit_of_work
from domain.enums import CandidacyStatus, VoteValue
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.commission import MyVote
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.sitting import Item, get_sitting_of
from services.permissions import Permission, check_can


def cast_vote(
    *, shortlist_id: int, candidacy_id: int, value: VoteValue, reason: str | None, by: Officer
) -> MyVote:
    """Cast a vote for good. The session is held against its chair's closing meanwhile."""
    check_can(by, Permission.VOTES_CAST)
    text = (reason or "").strip() or None
    if value is VoteValue.AGAINST and text is None:
        raise InvalidInput(N_("A vote against needs a reason: write it in a sentence."))
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, share=True)
        sitting.check_can_vote(item, by)
        check_can_be_voted_on(item, candidacy_id, by)
        vote = VoteRow(
            shortlist_id=shortlist_id,
            candidacy_id=candidacy_id,
            officer_id=by.id,
            value=value,
            reason=text,
            cast_at=clock.now(),
        )
        work.session.add(vote)
        try:
            work.session.flush()
        except IntegrityError:
            # Two tabs of one member: the other one came first.
            raise _voted_already() from None
        audit.record(
            work.session,
            action="voted",
            entity="candidacy",
            entity_id=candidacy_id,
            details={"shortlist": shortlist_id, "value": value.value},
            by=by,
        )
        work.commit()
        return MyVote(candidacy_id, vote.value, vote.reason, vote.cast_at)


def check_can_be_voted_on(item: Item, candidacy_id: int, by: Officer) -> None:
    """Raise unless this candidate waits for this member's vote."""
    candidate = next((c for c in item.candidates if c.candidacy_id == candidacy_id), None)
    if candidate is None:
        raise NotFound(N_("This candidate is not on the shortlist."))
    if candidate.status is not CandidacyStatus.COMMISSION_REVIEW:
        raise Refused(N_("This candidate has withdrawn: there is nothing to vote on."))
    if any(v.officer_id == by.id and v.candidacy_id == candidacy_id for v in item.votes):
        raise _voted_already()


def _voted_already() -> Refused:
    return Refused(N_("You have already voted on this candidate; a vote can't be changed."))
