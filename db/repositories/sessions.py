"""Rows of the commission's sessions. Callers commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, select
from sqlalchemy.orm import Session

from db.models import (
    AppealRow,
    CandidacyEventRow,
    CandidacyRow,
    CommissionRow,
    CommissionSessionRow,
    ConflictDeclarationRow,
    JobseekerRow,
    LiftedBlindnessRow,
    OfficerRow,
    SessionMemberRow,
    ShortlistCandidateRow,
    ShortlistRow,
    VacancyRow,
)
from domain.enums import CandidacyStatus

SESSIONS: BindParameter[Any] = bindparam("sessions", expanding=True)

# Put together once: every vote and every look at a session asks them anew.
NUMBER_OF = (
    select(CommissionSessionRow.number)
    .join(ShortlistRow, ShortlistRow.session_id == CommissionSessionRow.id)
    .where(ShortlistRow.id == bindparam("shortlist"))
)
MEMBERS = (
    select(SessionMemberRow, OfficerRow)
    .join(OfficerRow, OfficerRow.id == SessionMemberRow.officer_id)
    .where(SessionMemberRow.session_id.in_(SESSIONS))
    .order_by(SessionMemberRow.officer_id)
)
AGENDAS = (
    select(ShortlistRow, VacancyRow)
    .join(VacancyRow, VacancyRow.id == ShortlistRow.vacancy_id)
    .where(ShortlistRow.session_id.in_(SESSIONS))
    .order_by(ShortlistRow.agenda_order, ShortlistRow.id)
    .execution_options(populate_existing=True)
)
STANDING = (
    select(
        ShortlistCandidateRow.shortlist_id,
        ShortlistCandidateRow.candidacy_id,
        ShortlistCandidateRow.position,
        ShortlistCandidateRow.rank,
        CandidacyRow.status,
    )
    .join(CandidacyRow, CandidacyRow.id == ShortlistCandidateRow.candidacy_id)
    .join(ShortlistRow, ShortlistRow.id == ShortlistCandidateRow.shortlist_id)
    .where(ShortlistRow.session_id.in_(SESSIONS))
    .order_by(ShortlistCandidateRow.shortlist_id, ShortlistCandidateRow.position)
)
DECLARATIONS = (
    select(ConflictDeclarationRow)
    .join(ShortlistRow, ShortlistRow.id == ConflictDeclarationRow.shortlist_id)
    .where(ShortlistRow.session_id.in_(SESSIONS))
    .order_by(ConflictDeclarationRow.id)
)
LIFTED = (
    select(LiftedBlindnessRow, OfficerRow)
    .join(OfficerRow, OfficerRow.id == LiftedBlindnessRow.lifted_by)
    .where(LiftedBlindnessRow.session_id.in_(SESSIONS))
)


def find_session(
    session: Session, number: str, *, lock: bool = False, share: bool = False
) -> CommissionSessionRow | None:
    """The session of that number; `lock` against everybody, `share` against a lock only."""
    query = select(CommissionSessionRow).where(CommissionSessionRow.number == number)
    if lock or share:
        query = query.with_for_update(read=share).execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def find_session_number(session: Session, shortlist_id: int) -> str | None:
    """The number of the session on whose agenda the shortlist stands."""
    return session.scalars(NUMBER_OF, {"shortlist": shortlist_id}).one_or_none()


def list_sessions(session: Session) -> Sequence[CommissionSessionRow]:
    """All sessions, the latest first."""
    order = (CommissionSessionRow.planned_at.desc(), CommissionSessionRow.id.desc())
    return session.scalars(select(CommissionSessionRow).order_by(*order)).all()


def commissions_by_id(
    session: Session, ids: Collection[int | None]
) -> Mapping[int | None, CommissionRow]:
    """The commissions with these keys; sessions may have none."""
    known = [one for one in ids if one is not None]
    if not known:
        return {}
    rows = session.scalars(select(CommissionRow).where(CommissionRow.id.in_(known)))
    return {row.id: row for row in rows}


def last_number(session: Session, prefix: str) -> str | None:
    """The highest session number that starts so."""
    query = select(CommissionSessionRow.number).where(
        CommissionSessionRow.number.startswith(prefix, autoescape=True)
    )
    return max(session.scalars(query), default=None, key=lambda number: (len(number), number))


def list_members(
    session: Session, session_ids: Sequence[int]
) -> Sequence[Row[SessionMemberRow, OfficerRow]]:
    """Members of these sessions with their officers."""
    return session.execute(MEMBERS, {"sessions": list(session_ids)}).all()


def list_shortlists(
    session: Session, session_ids: Sequence[int]
) -> Sequence[Row[ShortlistRow, VacancyRow]]:
    """Agenda items of these sessions with their vacancies, in the order of the agenda."""
    return session.execute(AGENDAS, {"sessions": list(session_ids)}).all()


def list_standing(
    session: Session, session_ids: Sequence[int]
) -> Sequence[Row[int, int, int, int | None, CandidacyStatus]]:
    """Shortlist, candidacy, position, rank and status of every candidate on these agendas."""
    return session.execute(STANDING, {"sessions": list(session_ids)}).all()


def list_declarations(
    session: Session, session_ids: Sequence[int]
) -> Sequence[ConflictDeclarationRow]:
    """What members filed on the items of these sessions, amendments after what they amend."""
    return session.scalars(DECLARATIONS, {"sessions": list(session_ids)}).all()


def list_lifted(
    session: Session, session_ids: Sequence[int]
) -> Sequence[Row[LiftedBlindnessRow, OfficerRow]]:
    """For which of these sessions blindness was lifted, and by whom."""
    return session.execute(LIFTED, {"sessions": list(session_ids)}).all()


def list_taken_off(
    session: Session, shortlist: ShortlistRow
) -> Sequence[Row[CandidacyRow, JobseekerRow, str | None]]:
    """Who was preselected for the vacancy and taken off before this list was sent, and why."""
    on_the_list = select(ShortlistCandidateRow.candidacy_id).where(
        ShortlistCandidateRow.shortlist_id == shortlist.id
    )
    query = (
        select(CandidacyRow, JobseekerRow, CandidacyEventRow.reason)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .join(CandidacyEventRow, CandidacyEventRow.candidacy_id == CandidacyRow.id)
        .where(
            CandidacyRow.vacancy_id == shortlist.vacancy_id,
            CandidacyRow.id.not_in(on_the_list),
            CandidacyEventRow.from_status == CandidacyStatus.PRESELECTED,
            CandidacyEventRow.to_status == CandidacyStatus.WITHDRAWN,
            CandidacyEventRow.happened_at <= shortlist.sent_at,
        )
        .order_by(CandidacyRow.rank, CandidacyRow.id, CandidacyEventRow.id)
    )
    return session.execute(query).all()


def list_candidates(
    session: Session, shortlist_id: int
) -> Sequence[Row[ShortlistCandidateRow, CandidacyRow, JobseekerRow]]:
    """Candidates of a shortlist with candidacy and person, in the shortlist's order."""
    query = (
        select(ShortlistCandidateRow, CandidacyRow, JobseekerRow)
        .join(CandidacyRow, CandidacyRow.id == ShortlistCandidateRow.candidacy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(ShortlistCandidateRow.shortlist_id == shortlist_id)
        .order_by(ShortlistCandidateRow.position)
        .execution_options(populate_existing=True)
    )
    return session.execute(query).all()


def last_agenda_order(session: Session, session_id: int) -> int:
    """The highest place on the agenda that is taken; 0 on an empty one."""
    query = select(func.max(ShortlistRow.agenda_order)).where(ShortlistRow.session_id == session_id)
    return session.scalar(query) or 0


def count_undecided(session: Session, vacancy_id: int) -> int:
    """Shortlists of a vacancy that wait for a decision; hearings of appeals are left out."""
    hearings = select(AppealRow.hearing_id).where(AppealRow.hearing_id.is_not(None))
    query = select(func.count()).where(
        ShortlistRow.vacancy_id == vacancy_id,
        ShortlistRow.decided_at.is_(None),
        ShortlistRow.id.not_in(hearings),
    )
    return session.scalar(query) or 0
