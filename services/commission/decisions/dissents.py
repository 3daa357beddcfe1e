"""Dissenting opinions: written once by a member who voted, kept for the minutes, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import DissentRow, OfficerRow, OfficialDocumentRow
from db.session import reading, unit_of_work
from domain.enums import OfficialDocumentKind, OfficialDocumentStatus
from domain.exceptions import InvalidInput, Refused
from domain.records.decisions import Dissent, Dissents
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.appeals.limits import limits_on
from services.commission.decisions.decisions import check_can_read_decisions
from services.commission.dossiers.hiding import hide_people, people_unknown_to
from services.commission.sessions.sitting import Item, Sitting, get_sitting_of
from services.permissions import Permission, check_can
from services.refusals import refusal

LONGEST = 4_000


def list_dissents(*, shortlist_id: int, by: Officer) -> Dissents:
    """The dissenting opinions on an item in order, and why the reader can't file one."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sitting, item = get_sitting_of(session, shortlist_id)
        check_can_read_decisions(sitting, item, by)
        return _dissents(session, sitting, item, by)


def _dissents(session: Session, sitting: Sitting, item: Item, by: Officer) -> Dissents:
    people = people_unknown_to(session, item.shortlist.id, by)
    filed = dissents_of(session, item.shortlist.id)
    return Dissents(
        tuple(replace(one, text=hide_people(one.text, people) or "") for one in filed),
        refusal(check_can_dissent, session, sitting, item, by),
    )


def dissents_of(session: Session, shortlist_id: int) -> tuple[Dissent, ...]:
    """The dissenting opinions on an item, as minutes and screens read them."""
    query = (
        select(DissentRow, OfficerRow)
        .join(OfficerRow, OfficerRow.id == DissentRow.officer_id)
        .where(DissentRow.shortlist_id == shortlist_id)
        .order_by(DissentRow.id)
    )
    return tuple(
        Dissent(officer.id, officer.name_ka, officer.name_en, row.text, row.filed_at)
        for row, officer in session.execute(query)
    )


def file_dissent(*, shortlist_id: int, text: str, by: Officer) -> Dissents:
    """Write a dissenting opinion on an item's decision; it is never changed or taken back."""
    check_can(by, Permission.VOTES_CAST)
    words = text.strip()
    if not words:
        raise InvalidInput(N_("Write in what you differ, and why."))
    if len(words) > LONGEST:
        raise InvalidInput(N_("The text is too long: at most {limit} letters."), limit=LONGEST)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_dissent(work.session, sitting, item, by)
        row = DissentRow(
            shortlist_id=shortlist_id, officer_id=by.id, text=words, filed_at=clock.now()
        )
        work.session.add(row)
        try:
            work.session.flush()
        except IntegrityError:
            raise Refused(_ONCE) from None
        audit.record(
            work.session, action="dissented", entity="shortlist", entity_id=shortlist_id, by=by
        )
        found = _dissents(work.session, sitting, item, by)
        work.commit()
        return found


_ONCE = N_("You have already filed a dissenting opinion on this item; it can't be changed.")


def check_can_dissent(session: Session, sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise unless the officer voted on this decided item and the time for dissent still runs."""
    sitting.check_member(by)
    if item.shortlist.decided_at is None:
        raise Refused(N_("The item is not decided yet: there is nothing to dissent from."))
    if by.id not in item.ballots.participants:
        raise Refused(N_("Only members who voted on the item can file a dissenting opinion."))
    mine = select(DissentRow.id).where(
        DissentRow.shortlist_id == item.shortlist.id, DissentRow.officer_id == by.id
    )
    if session.scalar(mine) is not None:
        raise Refused(_ONCE)
    if sitting.row.closed_at is not None:
        last = clock.day_of(sitting.row.closed_at)
        last += timedelta(limits_on(last).dissent_days)
        if clock.today() > last:
            raise Refused(
                N_("The time for dissenting opinions ended on {day}."),
                day=last,
            )
    signed = select(OfficialDocumentRow.id).where(
        OfficialDocumentRow.session_id == sitting.row.id,
        OfficialDocumentRow.kind == OfficialDocumentKind.MINUTES,
        OfficialDocumentRow.status == OfficialDocumentStatus.SIGNED,
    )
    if session.scalar(signed.limit(1)) is not None:
        raise Refused(N_("The minutes are signed: nothing can be added to them any more."))
