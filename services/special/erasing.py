"""Everything encrypted about one person goes: for depersonalisation, in its own transaction."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from db.models import (
    CaseEventRow,
    CaseNoteRow,
    CaseReferralRow,
    CaseWordsRow,
    CheckInRow,
    CheckInWordsRow,
    DeploymentRow,
    MonitoringCaseRow,
    SpecialFactRow,
)
from services import clock


def erase_encrypted(session: Session, jobseeker_id: int) -> int:
    """Erase a person's special facts, and what was told in their check-ins and cases; how many.

    The caller's transaction records why, and commits. The lines of facts and cases stay.
    """
    stays = select(DeploymentRow.id).where(DeploymentRow.jobseeker_id == jobseeker_id)
    check_ins = select(CheckInRow.id).where(CheckInRow.deployment_id.in_(stays))
    cases = select(MonitoringCaseRow.id).where(MonitoringCaseRow.deployment_id.in_(stays))
    events = select(CaseEventRow.id).where(CaseEventRow.case_id.in_(cases))
    steps = (
        update(SpecialFactRow)
        .where(SpecialFactRow.jobseeker_id == jobseeker_id, SpecialFactRow.erased_at.is_(None))
        .values(content_sealed=None, purpose="–", erased_at=clock.now()),
        update(CaseReferralRow)
        .where(CaseReferralRow.case_id.in_(cases), CaseReferralRow.reply_sealed.is_not(None))
        .values(reply_sealed=None),
        delete(CheckInWordsRow).where(CheckInWordsRow.check_in_id.in_(check_ins)),
        delete(CaseNoteRow).where(CaseNoteRow.event_id.in_(events)),
        delete(CaseWordsRow).where(CaseWordsRow.case_id.in_(cases)),
    )
    quickly = {"synchronize_session": False}
    done = [session.execute(step, execution_options=quickly) for step in steps]
    return sum(cast(CursorResult[Any], result).rowcount for result in done)
