"""The appeals' line in the block "Papers waiting for me"."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AppealRow
from domain.enums import AppealStatus, ExecutionState
from domain.records.officer import Officer
from domain.records.waiting import WaitingPaper
from domain.texts import N_, Sentence
from services import clock
from services.commission.appeals.limits import hear_by, limits_on
from services.permissions import Permission, can


def waiting_appeals(session: Session, by: Officer) -> Iterator[WaitingPaper]:
    """Appeals that still have to be put on an agenda, for whoever registers them."""
    if not can(by, Permission.APPEALS_REGISTER):
        return
    query = select(AppealRow.number, AppealRow.received_on).where(
        AppealRow.status == AppealStatus.ADMITTED
    )
    waiting = [(number, hear_by(received)) for number, received in session.execute(query)]
    if not waiting:
        return
    today = clock.today()
    left = min((last - today).days for _, last in waiting)
    state = ExecutionState.OPEN
    if left <= limits_on(today).due_soon_days:
        state = ExecutionState.OVERDUE if left < 0 else ExecutionState.DUE
    what = Sentence(N_("Appeals to be put on an agenda: {count}"), {"count": len(waiting)})
    if len(waiting) == 1:
        yield WaitingPaper(
            what, N_("Open the appeal"), "appeals", {"appeal": waiting[0][0]}, state=state
        )
    else:
        yield WaitingPaper(what, N_("Open the list"), "appeals", state=state)
