"""What follows a person from one file to another when two files are united or parted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ConsentRow, HoldRow


def consents_of_file(session: Session, jobseeker_id: int) -> list[int]:
    """Every consent of a file, withdrawn ones too."""
    query = select(ConsentRow.id).where(ConsentRow.jobseeker_id == jobseeker_id)
    return list(session.scalars(query.order_by(ConsentRow.id)))


def carry(
    session: Session, *, consents: Iterable[int], candidacies: Iterable[int], jobseeker_id: int
) -> None:
    """Put these consents, and the holds of these candidacies, into a file; the caller commits."""
    for consent_id in consents:
        session.get_one(ConsentRow, consent_id).jobseeker_id = jobseeker_id
    for hold in session.scalars(select(HoldRow).where(HoldRow.candidacy_id.in_([*candidacies]))):
        hold.jobseeker_id = jobseeker_id
