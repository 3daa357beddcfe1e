"""Conflict of interest: declared by each member before an item's file opens, filed, amended.

A filing is never changed: an amendment is filed beside it. What counts for quorum, vote and file
is the last filing before the item is decided.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import ConflictDeclarationRow, ConflictDraftRow
from db.repositories.ballots import withdraw
from db.repositories.numbers import next_in_series
from db.session import reading, unit_of_work
from domain.enums import ConflictKind
from domain.exceptions import InvalidInput, Refused
from domain.records.commission import AgendaItem
from domain.records.declarations import DeclarationDraft
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.declarations.checks import (
    check_can_amend,
    check_can_declare,
    is_past_amending,
)
from services.commission.sessions.sitting import Item, Sitting, get_sitting_of
from services.commission.sessions.views import agenda_item
from services.permissions import Permission, check_can

DECLARED_ALREADY = N_("You have already declared on this item.")
DESCRIBE = N_("Describe the conflict in a few words.")


def save_declaration_draft(
    *,
    shortlist_id: int,
    kind: ConflictKind | None,
    explanation: str | None,
    reason: str | None = None,
    by: Officer,
) -> DeclarationDraft:
    """Keep what a member has written on an item, to be filed later; nobody else reads it."""
    check_can(by, Permission.VOTES_CAST)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, share=True)
        _check_can_write(sitting, item, by)
        row = work.session.get(ConflictDraftRow, (shortlist_id, by.id))
        if row is None:
            row = ConflictDraftRow(shortlist_id=shortlist_id, officer_id=by.id)
            work.session.add(row)
        row.kind, row.explanation, row.reason = kind, _text(explanation), _text(reason)
        row.saved_at = clock.now()
        work.session.flush()
        _record(work.session, "saved_draft", shortlist_id, None, by)
        work.commit()
        return _draft(row)


def get_declaration_draft(*, shortlist_id: int, by: Officer) -> DeclarationDraft | None:
    """The reader's own draft on an item, if there is one."""
    check_can(by, Permission.VOTES_CAST)
    with reading() as session:
        row = session.get(ConflictDraftRow, (shortlist_id, by.id))
        return _draft(row) if row else None


def _draft(row: ConflictDraftRow) -> DeclarationDraft:
    return DeclarationDraft(row.shortlist_id, row.kind, row.explanation, row.reason, row.saved_at)


def _check_can_write(sitting: Sitting, item: Item, by: Officer) -> None:
    if by.id in item.declarations:
        check_can_amend(sitting, item, by)
    else:
        check_can_declare(sitting, item, by)


def declare_conflict(
    *, shortlist_id: int, kind: ConflictKind, explanation: str | None, by: Officer
) -> AgendaItem:
    """File the first declaration on an item and number it. A conflict takes the member out of the
    item's quorum and vote and closes its file."""
    check_can(by, Permission.VOTES_CAST)
    text = _checked_text(kind, explanation)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, share=True)
        check_can_declare(sitting, item, by)
        filed = _file(work.session, sitting, item, kind, text, None, by)
        _record(work.session, "declared", shortlist_id, _details(filed), by)
        work.commit()
        return agenda_item(sitting, item, by)


def amend_declaration(
    *,
    shortlist_id: int,
    kind: ConflictKind,
    explanation: str | None,
    reason: str | None,
    by: Officer,
) -> AgendaItem:
    """File an amendment under its own number; what was filed before stays readable.

    Before the item is decided it counts from now on, and a conflict takes the member's votes back;
    afterwards, or once the member has voted secretly, it is on record and in the register, and
    changes nothing else.
    """
    check_can(by, Permission.VOTES_CAST)
    text = _checked_text(kind, explanation)
    with unit_of_work() as work:
        # Against everybody: nobody votes on the item while a member leaves or joins it.
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_amend(sitting, item, by)
        before = _last(work.session, item, by)
        if (before.kind, before.explanation) == (kind, text):
            raise InvalidInput(N_("This is what you have declared already."))
        check_amendment(sitting, item, kind, _text(reason), by)
        filed = _file(work.session, sitting, item, kind, text, _text(reason), by)
        if not filed.is_late and item.is_recused(by.id):
            _take_votes_back(work.session, item, filed.number, by)
        details = _details(filed) | {"amends": before.number}
        _record(work.session, "amended", shortlist_id, details, by)
        work.commit()
        return agenda_item(sitting, item, by)


def check_amendment(
    sitting: Sitting, item: Item, kind: ConflictKind, reason: str | None, by: Officer
) -> None:
    """Raise unless a filed declaration may become this one now."""
    is_late = is_past_amending(sitting, item, by)
    is_withdrawal = kind is ConflictKind.NONE
    if reason is None and (is_withdrawal or is_late):
        raise InvalidInput(N_("Write why you amend the declaration."))
    if is_withdrawal and item.ballots.happened and not is_late:
        raise Refused(
            N_(
                "Votes have been cast on this item: a conflict can't be withdrawn any more, "
                "and you stay recused from it."
            )
        )


def _take_votes_back(session: Session, item: Item, number: str, by: Officer) -> None:
    """Whoever turns out to have a conflict leaves no vote behind; each is kept as withdrawn.

    What stands as its reason is the number of the declaration: its words are not for others.
    """
    ballots = item.ballots
    for vote in [vote for vote in ballots.votes if vote.officer_id == by.id]:
        withdraw(session, vote.id, clock.now(), by.id, number)
        ballots.votes.remove(vote)
        ballots.withdrawn.append(vote)
        audit.record(
            session,
            action="withdrew_vote",
            entity="candidacy",
            entity_id=vote.candidacy_id,
            details={"shortlist": item.shortlist.id, "reason": number},
            by=by,
        )


def _file(
    session: Session,
    sitting: Sitting,
    item: Item,
    kind: ConflictKind,
    text: str | None,
    reason: str | None,
    by: Officer,
) -> ConflictDeclarationRow:
    before = _last(session, item, by) if by.id in item.declarations else None
    series = f"DEC-{clock.today().year}"
    row = ConflictDeclarationRow(
        number=f"{series}-{next_in_series(session, series):05d}",
        shortlist_id=item.shortlist.id,
        officer_id=by.id,
        revision=before.revision + 1 if before else 1,
        kind=kind,
        explanation=text,
        reason=reason,
        is_late=is_past_amending(sitting, item, by),
        declared_at=clock.now(),
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Refused(DECLARED_ALREADY) from None
    draft = session.get(ConflictDraftRow, (item.shortlist.id, by.id))
    if draft is not None:
        session.delete(draft)
        session.flush()
    if not row.is_late:
        item.declarations[by.id] = row
    return row


def _last(session: Session, item: Item, by: Officer) -> ConflictDeclarationRow:
    """The member's last filing on the item, a late one too."""
    query = (
        select(ConflictDeclarationRow)
        .where(
            ConflictDeclarationRow.shortlist_id == item.shortlist.id,
            ConflictDeclarationRow.officer_id == by.id,
        )
        .order_by(ConflictDeclarationRow.revision.desc())
        .limit(1)
    )
    return session.scalars(query).one()


def _checked_text(kind: ConflictKind, explanation: str | None) -> str | None:
    text = _text(explanation)
    if kind is ConflictKind.OTHER and text is None:
        raise InvalidInput(DESCRIBE)
    return text


def _text(text: str | None) -> str | None:
    return (text or "").strip() or None


def _details(row: ConflictDeclarationRow) -> dict[str, object]:
    return {"kind": row.kind.value, "number": row.number, "late": row.is_late}


def _record(
    session: Session, action: str, shortlist_id: int, details: dict[str, object] | None, by: Officer
) -> None:
    audit.record(
        session,
        action=action,
        entity="shortlist",
        entity_id=shortlist_id,
        details=details,
        by=by,
    )
