"""Reading what was filed: each member's own, a session's for its chair and for an auditor, and the
public register of recusals, which holds no text and no third person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models import (
    CommissionSessionRow,
    ConflictDeclarationRow,
    OfficerRow,
    OrganisationRow,
    SessionMemberRow,
    ShortlistRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import ConflictKind, DeclarationStatus, SessionStatus
from domain.exceptions import PermissionDenied
from domain.records.declarations import Declaration, Recusal
from domain.records.officer import Officer
from domain.texts import N_
from services import audit
from services.commission.sessions.sitting import get_sitting
from services.permissions import Permission, can, check_can


def list_my_declarations(
    *, shortlist_id: int | None = None, by: Officer
) -> tuple[Declaration, ...]:
    """All that the reader has filed, or on one item, the latest first."""
    check_can(by, Permission.VOTES_CAST)
    with reading() as session:
        only = [ConflictDeclarationRow.officer_id == by.id]
        if shortlist_id is not None:
            only.append(ConflictDeclarationRow.shortlist_id == shortlist_id)
        return _declarations(session, *only)


def check_can_read_declarations(is_chair: bool, by: Officer) -> None:
    """Raise unless the officer chairs the session or audits declarations."""
    check_can(by, Permission.SESSIONS_READ)
    if not is_chair and not can(by, Permission.DECLARATIONS_AUDIT):
        raise PermissionDenied(
            N_("Declarations are read by whoever filed them, the chair and an auditor.")
        )


def list_declarations(*, number: str, by: Officer) -> tuple[Declaration, ...]:
    """All filings on a session's items, amended ones too, the latest first; reading is recorded."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number)
        sitting.check_visible(by)
        chairs = (sitting.row.chair_id, sitting.presiding_id)
        check_can_read_declarations(by.id in chairs, by)
        filed = _declarations(work.session, ShortlistRow.session_id == sitting.row.id)
        audit.record(
            work.session,
            action="read_declarations",
            entity="commission_session",
            entity_id=number,
            details={"filings": [one.number for one in filed]},
            by=by,
        )
        work.commit()
        return filed


def _declarations(session: Session, *only: ColumnElement[bool]) -> tuple[Declaration, ...]:
    """Filings with what they amend, the latest first; each amended one says so."""
    of = ConflictDeclarationRow
    query = (
        select(of, ShortlistRow, CommissionSessionRow.number, VacancyRow.number, OfficerRow)
        .join(ShortlistRow, ShortlistRow.id == of.shortlist_id)
        .join(CommissionSessionRow, CommissionSessionRow.id == ShortlistRow.session_id)
        .join(VacancyRow, VacancyRow.id == ShortlistRow.vacancy_id)
        .join(OfficerRow, OfficerRow.id == of.officer_id)
        .where(*only)
        .order_by(of.id)
    )
    before: dict[tuple[int, int], str] = {}
    filed: dict[str, Declaration] = {}
    for row, shortlist, session_number, vacancy_number, officer in session.execute(query):
        key = (row.shortlist_id, row.officer_id)
        amends = before.get(key)
        if amends is not None:
            filed[amends] = replace(filed[amends], status=DeclarationStatus.AMENDED)
        filed[row.number] = Declaration(
            number=row.number,
            shortlist_id=row.shortlist_id,
            session_number=session_number,
            item_order=shortlist.agenda_order,
            vacancy_number=vacancy_number,
            officer_id=officer.id,
            name_ka=officer.name_ka,
            name_en=officer.name_en,
            organisation_code=officer.organisation_code,
            revision=row.revision,
            kind=row.kind,
            explanation=row.explanation,
            reason=row.reason,
            is_late=row.is_late,
            declared_at=row.declared_at,
            status=DeclarationStatus.SUBMITTED,
            amends=amends,
        )
        before[key] = row.number
    return tuple(reversed(filed.values()))


def public_register() -> tuple[Recusal, ...]:
    """Who was recused from which item of the closed sessions, the latest session first.

    Open to everybody: the member, the organisation and the item's number; not why.
    """
    with reading() as session:
        filings: dict[tuple[int, int], list[ConflictDeclarationRow]] = {}
        of = ConflictDeclarationRow
        known: dict[tuple[int, int], tuple[ShortlistRow, CommissionSessionRow]] = {}
        for filed, shortlist, sitting in session.execute(
            select(of, ShortlistRow, CommissionSessionRow)
            .join(ShortlistRow, ShortlistRow.id == of.shortlist_id)
            .join(CommissionSessionRow, CommissionSessionRow.id == ShortlistRow.session_id)
            .where(CommissionSessionRow.status == SessionStatus.CLOSED)
            .order_by(of.id)
        ):
            key = (filed.shortlist_id, filed.officer_id)
            filings.setdefault(key, []).append(filed)
            known[key] = (shortlist, sitting)
        shown = {key: line for key, rows in filings.items() if (line := recused_by(rows))}
        members = _members(session, {officer_id for _, officer_id in shown})
        seats = _seats(session, {known[key][1].id for key in shown})
    lines = [
        _recusal(filed, *known[key], members[key[1]], seats.get((known[key][1].id, key[1])))
        for key, filed in shown.items()
    ]
    lines.sort(key=lambda one: (one.item_order, one.member_en))
    return tuple(sorted(lines, key=lambda one: (one.held_at, one.session_number), reverse=True))


def recused_by(filings: Sequence[ConflictDeclarationRow]) -> ConflictDeclarationRow | None:
    """The filing that the register shows of one member on one item; None where there is none.

    What counted when the item was decided; else a conflict that was declared only afterwards.
    """
    counted = _last(one for one in filings if not one.is_late)
    if counted is not None and counted.kind is not ConflictKind.NONE:
        return counted
    late = _last(one for one in filings if one.is_late)
    return late if late is not None and late.kind is not ConflictKind.NONE else None


def _last(filings: Iterable[ConflictDeclarationRow]) -> ConflictDeclarationRow | None:
    return max(filings, key=lambda one: one.revision, default=None)


Member = tuple[OfficerRow, OrganisationRow]


def _members(session: Session, ids: Iterable[int]) -> dict[int, Member]:
    query = (
        select(OfficerRow, OrganisationRow)
        .join(OrganisationRow, OrganisationRow.code == OfficerRow.organisation_code)
        .where(OfficerRow.id.in_(list(ids)))
    )
    return {officer.id: (officer, organisation) for officer, organisation in session.execute(query)}


def _seats(session: Session, ids: Iterable[int]) -> dict[tuple[int, int], SessionMemberRow]:
    query = select(SessionMemberRow).where(SessionMemberRow.session_id.in_(list(ids)))
    return {(seat.session_id, seat.officer_id): seat for seat in session.scalars(query)}


def _recusal(
    filed: ConflictDeclarationRow,
    shortlist: ShortlistRow,
    sitting: CommissionSessionRow,
    member: Member,
    seat: SessionMemberRow | None,
) -> Recusal:
    officer, organisation = member
    return Recusal(
        session_number=sitting.number,
        held_at=sitting.opened_at or sitting.planned_at,
        item_order=shortlist.agenda_order,
        member_ka=officer.name_ka,
        member_en=officer.name_en,
        # The organisation represented then, where the officer has changed it since.
        organisation_code=seat.organisation_code if seat else organisation.code,
        organisation_kind=seat.organisation_kind if seat else organisation.kind,
        is_late=filed.is_late,
        declared_at=filed.declared_at,
    )
