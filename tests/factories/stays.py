"""People who confirmed, with a stay abroad before them, brought as far as a test wants."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db.models import CandidacyRow, DeploymentRow
from db.session import reading, unit_of_work
from domain.enums import DeploymentStatus as D
from domain.enums import EndReason
from services import clock
from services.deployments import move_deployment, plan_deployment
from tests.factories import histories

ROAD = ("employer_selected", "confirmed", "orientation", "permit_pending", "permit_granted")
STEPS_BEFORE = ("preselected", "commission_review", "approved", "sent")


def stay(*steps: D, vacancy: int | None = None, on: date | None = None) -> str:
    """A stay that took these steps after planning; its number."""
    vacancy = vacancy or histories.vacancy()
    told = [(status, "2026-01-12") for status in (*STEPS_BEFORE, *ROAD)]
    candidacy_id = histories.candidacy(histories.person(), vacancy, *told)
    with unit_of_work() as work:
        row = plan_deployment(
            work.session, work.session.get_one(CandidacyRow, candidacy_id), by=None
        )
        for step in steps:
            reason = EndReason.RESIGNED if step is D.ENDED else None
            move_deployment(work.session, row, step, on=on or clock.today(), reason=reason, by=None)
        work.commit()
        return row.number


def read(number: str) -> DeploymentRow:
    """The row as it is stored."""
    with reading() as session:
        return session.scalars(select(DeploymentRow).where(DeploymentRow.number == number)).one()
