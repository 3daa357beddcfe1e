"""An admitted appeal goes on the agenda of a session whose panel had no part in the first vote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    AppealRow,
    CandidacyRow,
    JobseekerRow,
    ShortlistCandidateRow,
    ShortlistRow,
)
from db.queries.pool import held
from db.repositories import sessions
from db.repositories.decisions import lock_vacancy_of
from db.repositories.jobseekers import note_change
from db.session import reading, unit_of_work
from domain.enums import AppealStatus, CandidacyStatus, SessionStatus
from domain.exceptions import Refused
from domain.records.appeals import AppealRecord, HearingOption
from domain.records.commission import SessionRecord
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import APPEAL, HOLDING, check_can_move
from services import audit, clock
from services.appeals.reading import appeal_records, hearers_of
from services.candidacies import move_candidacy
from services.commission.appeals.panels import check_can_hear, first_panel
from services.commission.appeals.steps import find_appeal, get_appeal, move_appeal
from services.commission.sessions.planning import plan_session
from services.commission.sessions.sitting import (
    Item,
    Sitting,
    get_sitting,
    get_sitting_of,
    load,
)
from services.duplicates.merge_rules import check_not_merged
from services.permissions import Permission, check_can
from services.refusals import refusal


def list_hearing_options(*, number: str, by: Officer) -> tuple[HearingOption, ...]:
    """The planned sessions, each with who may hear the appeal there, or why it can't."""
    check_can(by, Permission.APPEALS_READ)
    with reading() as session:
        appeal = find_appeal(session, number)
        excluded, vacancy_id = _first_panel(session, appeal)
        planned = [
            row for row in sessions.list_sessions(session) if row.status is SessionStatus.PLANNED
        ]
        return tuple(
            HearingOption(
                session_number=sitting.row.number,
                planned_at=sitting.row.planned_at,
                hearers=hearers_of(sitting, excluded),
                refusal=refusal(check_can_hear, sitting, excluded, vacancy_id),
            )
            for sitting in sorted(load(session, planned), key=lambda one: one.row.planned_at)
        )


def _first_panel(session: Session, appeal: AppealRow) -> tuple[frozenset[int], int]:
    sitting, item = get_sitting_of(session, appeal.shortlist_id)
    return first_panel(sitting, item), item.vacancy.id


def plan_hearing_session(
    *, number: str, planned_at: datetime, place: str | None, by: Officer
) -> SessionRecord:
    """Plan a session of the same commission without those who took part in the first vote:
    deputies and substitutes sit in their places."""
    check_can(by, Permission.APPEALS_READ)
    with reading() as session:
        appeal = find_appeal(session, number)
        sitting, item = get_sitting_of(session, appeal.shortlist_id)
        excluded = first_panel(sitting, item)
        code = sitting.commission.code if sitting.commission else ""
    return plan_session(
        commission=code, planned_at=planned_at, place=place, left_out=excluded, by=by
    )


def schedule_appeal(*, number: str, session_number: str, by: Officer) -> AppealRecord:
    """Put an admitted appeal on the agenda of a planned session: only this candidate is decided
    on, with what the first commission saw. From then on the person is held again."""
    check_can(by, Permission.SESSIONS_PLAN)
    with unit_of_work() as work:
        session = work.session
        found = find_appeal(session, number)
        # The vacancy first, then the session, then the appeal, as everybody holds them.
        lock_vacancy_of(session, found.shortlist_id)
        sitting = get_sitting(session, session_number, lock=True)
        appeal = get_appeal(session, number)
        check_can_move(APPEAL, appeal.status, AppealStatus.SCHEDULED)
        excluded, vacancy_id = _first_panel(session, appeal)
        check_can_hear(sitting, excluded, vacancy_id)
        hearing = _hearing_item(session, sitting, appeal, vacancy_id, by)
        _bring_back(session, appeal, hearing, by)
        appeal.hearing_id = hearing.id
        move_appeal(
            session, appeal, AppealStatus.SCHEDULED, details={"session": session_number}, by=by
        )
        record = appeal_records(session, by, number=number)[0]
        work.commit()
        return record


def _hearing_item(
    session: Session, sitting: Sitting, appeal: AppealRow, vacancy_id: int, by: Officer
) -> ShortlistRow:
    """The session's item on this vacancy's appeals, or a new one."""
    for item in sitting.items:
        if item.vacancy.id == vacancy_id:
            _check_untouched(item)
            return item.shortlist
    first = session.get_one(ShortlistRow, appeal.shortlist_id)
    row = ShortlistRow(
        vacancy_id=vacancy_id,
        session_id=sitting.row.id,
        agenda_order=sessions.last_agenda_order(session, sitting.row.id) + 1,
        positions=first.positions,
        candidates_per_position=first.candidates_per_position,
        sent_at=clock.now(),
        sent_by=by.id,
    )
    session.add(row)
    session.flush()
    return row


def _check_untouched(item: Item) -> None:
    if item.declarations:
        raise Refused(
            N_(
                "Members have declared on this session's item already: nobody can be added to it. "
                "Choose another session."
            )
        )


def _bring_back(session: Session, appeal: AppealRow, hearing: ShortlistRow, by: Officer) -> None:
    candidacy = session.get_one(CandidacyRow, appeal.candidacy_id, with_for_update=True)
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    check_not_merged(session, person)
    if any(one == person.id for one, _ in held(session, HOLDING)):
        raise Refused(
            N_(
                "The person is held for another vacancy now: the appeal can be heard when that "
                "has come to its end, or be taken back."
            )
        )
    first = session.get_one(ShortlistCandidateRow, (appeal.shortlist_id, candidacy.id))
    positions = select(ShortlistCandidateRow.position).where(
        ShortlistCandidateRow.shortlist_id == hearing.id
    )
    session.add(
        ShortlistCandidateRow(
            shortlist_id=hearing.id,
            candidacy_id=candidacy.id,
            position=max(session.scalars(positions), default=0) + 1,
            rank=first.rank,
            points=first.points,
            low=first.low,
            high=first.high,
            seen=first.seen,
        )
    )
    move_candidacy(session, candidacy, CandidacyStatus.COMMISSION_REVIEW, on_appeal=True, by=by)
    seq = audit.record(
        session,
        action="sent",
        entity="candidacy",
        entity_id=candidacy.id,
        subject=person.external_id,
        details={"appeal": appeal.number},
        by=by,
    )
    note_change(session, {person.id: seq})
