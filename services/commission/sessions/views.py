"""What a reader sees of a session: records made from a sitting."""

from __future__ import annotations

from domain.enums import SeatRole, SessionStatus
from domain.records.commission import (
    AgendaItem,
    AgendaState,
    SessionMember,
    SessionRecord,
    SessionSummary,
)
from domain.records.dossier import LiftedBlindness
from domain.records.officer import Officer
from services.commission.ballot.checks import (
    check_can_choose_ballot,
    check_can_count,
    check_can_vote,
)
from services.commission.declarations.checks import is_past_amending
from services.commission.dossiers.checks import check_can_lift
from services.commission.sessions import stages
from services.commission.sessions.sitting import Item, Sitting
from services.refusals import refusal

WAITING_FOR_ME = (AgendaState.TO_DECLARE, AgendaState.TO_VOTE)


def session_record(sitting: Sitting, by: Officer) -> SessionRecord:
    """The session for this reader."""
    row, seat, commission = sitting.row, sitting.member(by.id), sitting.commission
    return SessionRecord(
        id=row.id,
        number=row.number,
        commission_code=commission.code if commission else None,
        commission_ka=commission.name_ka if commission else None,
        commission_en=commission.name_en if commission else None,
        planned_at=row.planned_at,
        mode=row.mode,
        place=row.place,
        status=row.status,
        cancel_reason=row.cancel_reason,
        chair_id=row.chair_id,
        presiding_id=_presiding(sitting),
        members=session_members(sitting),
        items=tuple(agenda_item(sitting, item, by) for item in sitting.items),
        quorum=sitting.quorum(),
        rules_version=sitting.rules.version,
        opened_at=row.opened_at,
        voting_at=row.voting_at,
        closed_at=row.closed_at,
        i_am_member=seat is not None,
        i_attend=seat is not None and seat.attended_at is not None,
        i_am_chair=_presiding(sitting) == by.id,
        lifted=lifted_blindness(sitting),
        lift_refusal=refusal(check_can_lift, sitting, by),
        my_role=seat.role if seat else None,
        my_answer=seat.answer if seat else None,
        i_have_substitute=any(one.substitute_for_id == by.id for one, _ in sitting.members),
        open_refusal=refusal(stages.check_can_open, sitting, by),
        voting_refusal=refusal(stages.check_can_start_voting, sitting, by),
        close_refusal=refusal(stages.check_can_close, sitting, by),
        cancel_refusal=refusal(stages.check_can_cancel, sitting, by),
        plan_refusal=refusal(stages.check_can_plan, sitting, by),
        agenda_refusal=refusal(stages.check_can_rearrange, sitting, by),
    )


def lifted_blindness(sitting: Sitting) -> LiftedBlindness | None:
    """That blindness was lifted for the session, for everybody who sees it."""
    if sitting.lifted is None:
        return None
    row, officer = sitting.lifted
    return LiftedBlindness(row.reason, row.lifted_at, officer.name_ka, officer.name_en)


def _presiding(sitting: Sitting) -> int:
    """Who chairs now; of a session that is over, who chaired last."""
    if sitting.row.status is SessionStatus.CLOSED and sitting.row.presiding_id:
        return sitting.row.presiding_id
    return sitting.presiding_id


def session_members(sitting: Sitting) -> tuple[SessionMember, ...]:
    """The members, the chair first, the others by the kind of their organisation."""
    members = [
        SessionMember(
            officer_id=officer.id,
            name_ka=officer.name_ka,
            name_en=officer.name_en,
            organisation_code=seat.organisation_code,
            organisation_kind=seat.organisation_kind,
            attended_at=seat.attended_at,
            is_chair=officer.id == _presiding(sitting),
            role=seat.role,
            substitute_for_id=seat.substitute_for_id,
            has_vote=sitting.has_vote(seat),
            invited_at=seat.invited_at,
            answer=seat.answer,
            answered_at=seat.answered_at,
        )
        for seat, officer in sitting.members
    ]
    roles = list(SeatRole)
    members.sort(
        key=lambda one: (
            roles.index(one.role),
            one.substitute_for_id is not None,
            one.organisation_kind.value,
            one.officer_id,
        )
    )
    return tuple(members)


def agenda_item(sitting: Sitting, item: Item, by: Officer) -> AgendaItem:
    """One agenda item for this reader."""
    declared = item.declarations.get(by.id)
    standing = {candidate.candidacy_id for candidate in item.standing}
    quorum = sitting.quorum(item)
    return AgendaItem(
        shortlist_id=item.shortlist.id,
        order=item.shortlist.agenda_order,
        vacancy_number=item.vacancy.number,
        title=item.vacancy.title,
        title_ka=item.vacancy.title_ka,
        country=item.vacancy.country,
        positions=item.shortlist.positions,
        candidates_per_position=item.shortlist.candidates_per_position,
        candidates=len(item.candidates) if item.shortlist.decided_at else len(standing),
        my_declaration=declared.kind if declared else None,
        my_receipt=declared.number if declared else None,
        is_past_amending=is_past_amending(sitting, item, by),
        my_votes=_votes_of(item, by.id),
        votes=sum(item.ballots.cast_on(one) for one in standing),
        votes_expected=quorum.present * len(standing),
        recused=sum(item.is_recused(seat.officer_id) for seat, _ in sitting.members),
        quorum=quorum,
        state=agenda_state(sitting, item, by),
        decided_at=item.shortlist.decided_at,
        acting_chair_id=sitting.acting_chair(item),
        vote_refusal=refusal(check_can_vote, sitting, item, by),
        close_refusal=refusal(check_can_count, sitting, item, by),
        is_secret=item.ballots.is_secret,
        is_ballot_ended=item.ballots.is_ended,
        secret_refusal=refusal(check_can_choose_ballot, sitting, item, by),
        appeals=tuple(appeal.number for appeal in item.appeals),
        closed_to_me=refusal(item.check_open_to, by.id),
    )


def _votes_of(item: Item, officer_id: int) -> int:
    standing = {candidate.candidacy_id for candidate in item.standing}
    return len(standing & item.ballots.voted_on(officer_id))


def agenda_state(sitting: Sitting, item: Item, by: Officer) -> AgendaState:
    """Where the item stands for this reader."""
    if item.shortlist.decided_at:
        return AgendaState.DECIDED
    if sitting.member(by.id) is None or sitting.row.status is SessionStatus.CLOSED:
        return AgendaState.WAITING
    if item.is_recused(by.id):
        return AgendaState.RECUSED
    if by.id not in item.declarations:
        return AgendaState.TO_DECLARE
    if _votes_of(item, by.id) == len(item.standing):
        return AgendaState.VOTED
    seat = sitting.member(by.id)
    votes = sitting.row.status is SessionStatus.VOTING and seat and sitting.has_vote(seat, item)
    return AgendaState.TO_VOTE if votes else AgendaState.WAITING


def session_summary(sitting: Sitting, by: Officer) -> SessionSummary:
    """A line of the reader's list of sessions."""
    states = [agenda_state(sitting, item, by) for item in sitting.items]
    commission, seat = sitting.commission, sitting.member(by.id)
    has_vote = seat is not None and sitting.has_vote(seat)
    return SessionSummary(
        number=sitting.row.number,
        commission_ka=commission.name_ka if commission else None,
        commission_en=commission.name_en if commission else None,
        planned_at=sitting.row.planned_at,
        mode=sitting.row.mode,
        place=sitting.row.place,
        status=sitting.row.status,
        members=len(sitting.members),
        items=len(sitting.items),
        decided=states.count(AgendaState.DECIDED),
        i_am_member=seat is not None,
        i_am_chair=_presiding(sitting) == by.id,
        waits_for_me=sum(state in WAITING_FOR_ME for state in states) if has_vote else 0,
        awaits_my_answer=sitting.row.status is SessionStatus.PLANNED
        and seat is not None
        and seat.invited_at is not None
        and seat.answer is None,
    )
