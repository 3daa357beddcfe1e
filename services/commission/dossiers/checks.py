"""When an item's file opens to a member, and when blindness may be lifted."""

from __future__ import annotations

from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from services.commission.sessions.items import Item
from services.commission.sessions.sitting import Sitting


def check_can_lift(sitting: Sitting, by: Officer) -> None:
    """Raise unless the officer may lift blindness for this session now."""
    sitting.check_chair(by)
    if sitting.lifted is not None:
        raise Refused(N_("Blindness was lifted already."))
    if sitting.row.opened_at is None or sitting.row.closed_at is not None:
        raise Refused(N_("Blindness can be lifted only while the session is open."))


def check_can_read(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise unless the officer may open the item's file."""
    sitting.check_member(by)
    item.check_not_excluded(by.id)
    if by.id not in item.declarations:
        raise Refused(
            N_("First declare whether you have a conflict of interest; then the file opens.")
        )
    item.check_open_to(by.id)
