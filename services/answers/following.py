"""A place is free again: the next in line is offered it, where there is one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow
from domain.enums import CandidacyStatus
from domain.records.officer import Officer
from domain.texts import Sentence
from services.answers.asking import ask_to_confirm
from services.sending.next_in_line import offer_next


def fill_place(
    session: Session, left: CandidacyRow, because: Sentence, *, by: Officer | None
) -> int | None:
    """Offer the place of somebody who left to the next in line, in the caller's transaction.

    Whoever moves up from the employer's own reserve is asked at once whether they go.
    """
    found = offer_next(session, vacancy_id=left.vacancy_id, because=because, left=left.id, by=by)
    if found is None:
        return None
    candidacy = session.get_one(CandidacyRow, found)
    if candidacy.status is CandidacyStatus.EMPLOYER_SELECTED:
        ask_to_confirm(session, candidacy, by=by)
    return found
