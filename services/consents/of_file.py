"""What follows a person from one file to another when two files are united or parted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    ConsentRow,
    DeploymentRow,
    EarlierStayRow,
    HoldRow,
    NamedRequestRow,
    ReturnRow,
)


def consents_of_file(session: Session, jobseeker_id: int) -> list[int]:
    """Every consent of a file, withdrawn ones too."""
    query = select(ConsentRow.id).where(ConsentRow.jobseeker_id == jobseeker_id)
    return list(session.scalars(query.order_by(ConsentRow.id)))


def earlier_stays_of_file(session: Session, jobseeker_id: int) -> list[int]:
    """Every earlier stay that was noted in a file, struck out ones too."""
    query = select(EarlierStayRow.id).where(EarlierStayRow.jobseeker_id == jobseeker_id)
    return list(session.scalars(query.order_by(EarlierStayRow.id)))


def carry(
    session: Session,
    *,
    consents: Iterable[int],
    candidacies: Iterable[int],
    earlier_stays: Iterable[int],
    jobseeker_id: int,
) -> None:
    """Put these consents and days abroad into a file, with whatever hangs on these candidacies:
    holds, named requests, returns. The caller commits."""
    for consent_id in consents:
        session.get_one(ConsentRow, consent_id).jobseeker_id = jobseeker_id
    for stay_id in earlier_stays:
        session.get_one(EarlierStayRow, stay_id).jobseeker_id = jobseeker_id
    carried = [*candidacies]
    for hold in session.scalars(select(HoldRow).where(HoldRow.candidacy_id.in_(carried))):
        hold.jobseeker_id = jobseeker_id
    asked = select(NamedRequestRow).where(NamedRequestRow.candidacy_id.in_(carried))
    for request in session.scalars(asked):
        request.jobseeker_id = jobseeker_id
    back = select(ReturnRow).join(DeploymentRow, DeploymentRow.id == ReturnRow.deployment_id)
    for home in session.scalars(back.where(DeploymentRow.candidacy_id.in_(carried))):
        home.jobseeker_id = jobseeker_id
