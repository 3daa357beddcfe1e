"""Telling people what is settled before their departure: messages in the caller's transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, VacancyRow
from domain.records.officer import Officer
from services.notifications import Recipient, queue_message


def tell_traveller(
    session: Session,
    candidacy: CandidacyRow,
    template: str,
    *,
    key: object,
    by: Officer | None,
    **values: object,
) -> None:
    """Queue `preparation.<template>` for the person; `key` tells one occasion from the next."""
    vacancy = session.get_one(VacancyRow, candidacy.vacancy_id)
    queue_message(
        session,
        template=f"preparation.{template}",
        to=Recipient.jobseeker(candidacy.jobseeker_id),
        values={"vacancy": vacancy.number, **values},
        key=f"preparation.{template}:{candidacy.id}:{key}",
        by=by,
    )
