"""A member's own notes on an item and its candidates: nobody else reads them, and they go.

Their words stand in no audit event. They are removed a dated number of days after the session
closed (services/parameters/notes.yaml), or when their member empties them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from db.models import CommissionSessionRow, MemberNoteRow, ShortlistRow
from db.session import reading, unit_of_work
from domain.exceptions import InvalidInput, NotFound
from domain.records.dossier import MemberNote
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.dossiers.checks import check_can_read
from services.commission.sessions.sitting import Item, get_sitting_of
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can

LONGEST = 4000


def keep_days() -> int:
    """How many days after the close of a session its members' notes are kept, by today's rule."""
    return int(in_force(stored_rules("notes"), clock.today())["keep_days"])


def list_notes(*, shortlist_id: int, by: Officer) -> tuple[MemberNote, ...]:
    """The reader's own notes on an item; those of others are never returned."""
    check_can(by, Permission.VOTES_CAST)
    with reading() as session:
        sitting, item = get_sitting_of(session, shortlist_id)
        check_can_read(sitting, item, by)
        has_expired = session.scalar(_expired().limit(1)) is not None
        query = select(MemberNoteRow).where(
            MemberNoteRow.shortlist_id == shortlist_id,
            MemberNoteRow.officer_id == by.id,
            MemberNoteRow.id.not_in(_expired()),
        )
        rows = session.scalars(query.order_by(MemberNoteRow.id))
        notes = tuple(_note(row, item) for row in rows)
    if has_expired:
        remove_expired_notes(by=by)
    return notes


def save_note(
    *, shortlist_id: int, candidacy_id: int | None, text: str, by: Officer
) -> MemberNote | None:
    """Keep the member's note on a candidate, or on the item; an empty one is removed."""
    check_can(by, Permission.VOTES_CAST)
    words = text.strip()
    if len(words) > LONGEST:
        raise InvalidInput(N_("A note has at most {count} characters."), count=LONGEST)
    with unit_of_work() as work:
        # Two tabs of one member: the second finds what the first has written.
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_read(sitting, item, by)
        if candidacy_id is not None and candidacy_id not in {
            one.candidacy_id for one in item.candidates
        }:
            raise NotFound(N_("This candidate is not on the shortlist."))
        row = _write(work.session, shortlist_id, candidacy_id, words, by)
        audit.record(
            work.session, action="noted", entity="shortlist", entity_id=shortlist_id, by=by
        )
        work.commit()
        return _note(row, item) if row else None


def _write(
    session: Session, shortlist_id: int, candidacy_id: int | None, words: str, by: Officer
) -> MemberNoteRow | None:
    query = select(MemberNoteRow).where(
        MemberNoteRow.shortlist_id == shortlist_id,
        MemberNoteRow.officer_id == by.id,
        MemberNoteRow.candidacy_id.is_(None)
        if candidacy_id is None
        else MemberNoteRow.candidacy_id == candidacy_id,
    )
    row = session.scalars(query).one_or_none()
    if not words:
        if row is not None:
            session.delete(row)
            session.flush()
        return None
    if row is None:
        row = MemberNoteRow(shortlist_id=shortlist_id, candidacy_id=candidacy_id, officer_id=by.id)
        session.add(row)
    row.text, row.saved_at = words, clock.now()
    session.flush()
    return row


def remove_expired_notes(*, by: Officer) -> int:
    """Remove everybody's notes whose time is over; answers how many there were."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        ids = list(work.session.scalars(_expired()))
        if ids:
            work.session.execute(delete(MemberNoteRow).where(MemberNoteRow.id.in_(ids)))
            audit.record(
                work.session,
                action="removed",
                entity="member_note",
                details={"count": len(ids)},
                by=by,
            )
            work.commit()
        return len(ids)


def _expired() -> Select[int]:
    return (
        select(MemberNoteRow.id)
        .join(ShortlistRow, ShortlistRow.id == MemberNoteRow.shortlist_id)
        .join(CommissionSessionRow, CommissionSessionRow.id == ShortlistRow.session_id)
        .where(CommissionSessionRow.closed_at < _closed_before())
    )


def _closed_before() -> datetime:
    return clock.now() - timedelta(days=keep_days())


def _note(row: MemberNoteRow, item: Item) -> MemberNote:
    numbers = {one.candidacy_id: one.number for one in item.candidates}
    number = None if row.candidacy_id is None else numbers.get(row.candidacy_id)
    return MemberNote(row.shortlist_id, row.candidacy_id, number, row.text, row.saved_at)
