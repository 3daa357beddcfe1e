"""Telling candidates and employers what came of an answer: messages and personal links."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models import CandidacyRow, VacancyRow
from db.repositories import answers as repository
from domain.enums import LinkPurpose
from domain.records.officer import Officer
from domain.texts import Sentence
from services import clock
from services.access_links import issue_link, link_address
from services.answers.limits import page_open_until
from services.notifications import Recipient, queue_message

PATH = "answer"
"""Under `/public/`: the candidate's own page."""


def tell_candidate(
    session: Session,
    candidacy: CandidacyRow,
    template: str,
    *,
    key: object,
    by: Officer | None,
    **values: object,
) -> None:
    """Queue `answers.<template>` for the person, in the caller's transaction."""
    vacancy = session.get_one(VacancyRow, candidacy.vacancy_id)
    queue_message(
        session,
        template=f"answers.{template}",
        to=Recipient.jobseeker(candidacy.jobseeker_id),
        values={"vacancy": vacancy.number, **values},
        key=f"answers.{template}:{candidacy.id}:{key}",
        by=by,
    )


def tell_employer(
    session: Session,
    candidacy: CandidacyRow,
    what: Sentence,
    *,
    key: object,
    by: Officer | None,
) -> None:
    """Queue what a candidate answered for the vacancy's employer, if it is known."""
    vacancy = session.get_one(VacancyRow, candidacy.vacancy_id)
    place = repository.place_of(session, candidacy.id)
    if vacancy.employer_id is None or place is None:
        return
    package, number = place
    queue_message(
        session,
        template="answers.candidate_answered",
        to=Recipient.employer(vacancy.employer_id),
        values={"package": package, "number": number, "what": what},
        key=f"answers.candidate_answered:{candidacy.id}:{key}",
        by=by,
    )


def candidate_link(
    session: Session, candidacy: CandidacyRow, last_day: date | None, *, by: Officer | None
) -> str:
    """A new address of the candidate's page, open for a while after the last day."""
    secret, _ = issue_link(
        session,
        purpose=LinkPurpose.CANDIDATE_ANSWER,
        subject_id=candidacy.id,
        expires_at=page_open_until(last_day or clock.today()),
        by=by,
    )
    return link_address(PATH, secret)
