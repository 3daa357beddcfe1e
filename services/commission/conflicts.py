"""Conflict of interest: declared by each member before an item's file opens."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from db.models import ConflictDeclarationRow
from db.session import unit_of_work
from domain.enums import ConflictKind
from domain.exceptions import InvalidInput, Refused
from domain.records.commission import AgendaItem
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.commission.sitting import get_sitting_of
from services.commission.views import agenda_item
from services.permissions import Permission, check_can


def declare_conflict(
    *, shortlist_id: int, kind: ConflictKind, explanation: str | None, by: Officer
) -> AgendaItem:
    """Declare on an item, once. A conflict takes the member out of its quorum and its vote."""
    check_can(by, Permission.VOTES_CAST)
    text = (explanation or "").strip() or None
    if kind is ConflictKind.OTHER and text is None:
        raise InvalidInput(N_("Describe the conflict in a few words."))
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, share=True)
        sitting.check_can_declare(item, by)
        declaration = ConflictDeclarationRow(
            shortlist_id=shortlist_id,
            officer_id=by.id,
            kind=kind,
            explanation=text,
            declared_at=clock.now(),
        )
        work.session.add(declaration)
        try:
            work.session.flush()
        except IntegrityError:
            raise Refused(N_("You have already declared on this item.")) from None
        item.declarations[by.id] = declaration
        audit.record(
            work.session,
            action="declared",
            entity="shortlist",
            entity_id=shortlist_id,
            details={"kind": kind.value},
            by=by,
        )
        work.commit()
        return agenda_item(sitting, item, by)
