"""When a declaration may be filed and amended, and when it can only go on record."""

from __future__ import annotations

from domain.enums import SessionStatus
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from services.commission.sessions.items import Item
from services.commission.sessions.sitting import CANCELLED, Sitting


def check_can_declare(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise unless the officer may still declare on this item."""
    sitting.check_member(by)
    if sitting.row.status is SessionStatus.CANCELLED:
        raise Refused(CANCELLED)
    if sitting.is_over(item):
        raise Refused(N_("This item is decided: nothing can be declared on it any more."))
    item.check_not_excluded(by.id)
    if by.id in item.declarations:
        raise Refused(N_("You have already declared on this item."))


def check_can_amend(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise unless the officer has a declaration on this item that can be amended."""
    sitting.check_member(by)
    if by.id not in item.declarations:
        raise Refused(N_("There is nothing to amend: you have not declared on this item."))


def is_past_amending(sitting: Sitting, item: Item, by: Officer) -> bool:
    """Whether what the officer declares now can only go on record.

    The item is decided, its session closed, or the officer has voted secretly: a secret vote
    can't be told from the others and taken out.
    """
    has_voted_secretly = item.ballots.is_secret and bool(item.ballots.voted_on(by.id))
    return sitting.is_over(item) or has_voted_secretly
