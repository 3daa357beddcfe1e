"""Departure, work and return of the sample's people, through the register of people abroad."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from db.models import CandidacyRow, DeploymentRow
from db.session import unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import DeploymentStatus as D
from domain.enums import EndReason
from sample_data.afterwards.steps import TAKEN_BY, Step
from services import clock
from services.deployments import move_deployment, plan_deployment


def take_departure(step: Step) -> None:
    """Everybody of the group leaves on this day."""
    with unit_of_work() as work:
        for row in _stays(work.session, step):
            move_deployment(
                work.session, row, D.DEPARTED, on=clock.today(), by=step.cast["recruiter"]
            )
        work.commit()


def take_up_work(step: Step) -> None:
    """The arrival is told together with the first day of work."""
    with unit_of_work() as work:
        for row in _stays(work.session, step):
            assert row.departed_on is not None
            arrived = min(row.departed_on + timedelta(1), clock.today())
            for after, on in ((D.ARRIVED, arrived), (D.WORKING, clock.today())):
                move_deployment(work.session, row, after, on=on, by=step.cast["recruiter"])
        work.commit()


def take_return(step: Step) -> None:
    """Back home: as agreed, or early for the reason that the story tells."""
    reason = EndReason.FAMILY if step.reason else EndReason.COMPLETED
    note = step.reason[1] if step.reason else None
    with unit_of_work() as work:
        for row in _stays(work.session, step):
            for after in (D.ENDED, D.RETURNED):
                move_deployment(
                    work.session,
                    row,
                    after,
                    on=clock.today(),
                    note=note,
                    reason=reason if after is D.ENDED else None,
                    by=step.cast["recruiter"],
                )
        work.commit()


def _stays(session: Session, step: Step) -> list[DeploymentRow]:
    """The stay of each candidacy; planned now if its confirmation was told plainly."""
    found = []
    for id_ in step.candidacy_ids:
        candidacy = session.get_one(CandidacyRow, id_)
        row = session.query(DeploymentRow).filter_by(candidacy_id=id_).one_or_none()
        found.append(row or plan_deployment(session, candidacy, by=step.cast["recruiter"]))
    return found


TAKEN_BY.setdefault(C.DEPARTED, take_departure)
TAKEN_BY[C.WORKING] = take_up_work
TAKEN_BY[C.RETURNED] = take_return
