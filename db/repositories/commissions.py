"""Rows of the register of commissions. Callers commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    CommissionRow,
    CommissionRulesRow,
    CommissionSeatRow,
    CommissionSessionRow,
    OfficerRow,
    SessionMemberRow,
)
from domain.enums import SessionStatus

SeatAndOfficer = Row[CommissionSeatRow, OfficerRow]


def find_commission(
    session: Session, code: str, *, lock: bool = False, share: bool = False
) -> CommissionRow | None:
    """The commission of that code; `lock` against everybody, `share` against a lock only."""
    query = select(CommissionRow).where(CommissionRow.code == code)
    if lock or share:
        query = query.with_for_update(read=share)
    return session.scalars(query).one_or_none()


def list_commissions(session: Session) -> Sequence[CommissionRow]:
    """All commissions, those of the latest term first."""
    order = (CommissionRow.term_from.desc(), CommissionRow.id.desc())
    return session.scalars(select(CommissionRow).order_by(*order)).all()


def list_seats(session: Session, commission_ids: Collection[int]) -> Sequence[SeatAndOfficer]:
    """All seats of these commissions, ended ones too, in the order they were given."""
    query = (
        select(CommissionSeatRow, OfficerRow)
        .join(OfficerRow, OfficerRow.id == CommissionSeatRow.officer_id)
        .where(CommissionSeatRow.commission_id.in_(commission_ids))
        .order_by(CommissionSeatRow.id)
    )
    return session.execute(query).all()


def list_seats_on(session: Session, commission_id: int, day: date) -> Sequence[SeatAndOfficer]:
    """The seats held on a day by officers who can sign in."""
    seat = CommissionSeatRow
    query = (
        select(seat, OfficerRow)
        .join(OfficerRow, OfficerRow.id == seat.officer_id)
        .where(
            seat.commission_id == commission_id,
            seat.seated_from <= day,
            or_(seat.seated_until.is_(None), seat.seated_until >= day),
            OfficerRow.disabled_at.is_(None),
        )
        .order_by(seat.id)
    )
    return session.execute(query).all()


def list_rules(
    session: Session, commission_ids: Collection[int]
) -> Sequence[Row[CommissionRulesRow, str | None, str | None]]:
    """Rules of these commissions, the latest first, with the names of who made them."""
    query = (
        select(CommissionRulesRow, OfficerRow.name_ka, OfficerRow.name_en)
        .outerjoin(OfficerRow, OfficerRow.id == CommissionRulesRow.made_by)
        .where(CommissionRulesRow.commission_id.in_(commission_ids))
        .order_by(CommissionRulesRow.valid_from.desc())
    )
    return session.execute(query).all()


def count_sessions(session: Session) -> Mapping[int | None, int]:
    """How many sessions each commission has, cancelled ones left out."""
    of = CommissionSessionRow.commission_id
    query = (
        select(of, func.count())
        .where(CommissionSessionRow.status != SessionStatus.CANCELLED)
        .group_by(of)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def list_planned_with(
    session: Session, commission_id: int, officer_id: int
) -> Sequence[CommissionSessionRow]:
    """Planned sessions of the commission in which the officer is a member."""
    query = (
        select(CommissionSessionRow)
        .join(SessionMemberRow, SessionMemberRow.session_id == CommissionSessionRow.id)
        .where(
            CommissionSessionRow.commission_id == commission_id,
            CommissionSessionRow.status == SessionStatus.PLANNED,
            SessionMemberRow.officer_id == officer_id,
        )
        .order_by(CommissionSessionRow.planned_at)
    )
    return session.scalars(query).all()
