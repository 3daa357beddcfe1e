"""What the other panel's decision means for the appeal: upheld, or dismissed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from domain.enums import AppealStatus, DecisionOutcome
from domain.records.decisions import CountedCandidate
from domain.records.officer import Officer
from services.commission.appeals.steps import move_appeal
from services.commission.sessions.sitting import Item


def settle_appeals(
    session: Session, item: Item, counted: Mapping[int, CountedCandidate], by: Officer
) -> None:
    """Uphold the appeals of whoever is approved or on the reserve now; dismiss the others."""
    for appeal in item.appeals:
        one = counted.get(appeal.candidacy_id)
        if one is None or appeal.status is not AppealStatus.SCHEDULED:
            continue
        is_upheld = one.outcome is not DecisionOutcome.NOT_APPROVED
        after = AppealStatus.UPHELD if is_upheld else AppealStatus.DISMISSED
        move_appeal(session, appeal, after, by=by)
