"""Asking whoever was selected whether they go, and taking the question back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, ConfirmationRow
from db.repositories import answers as repository
from domain.enums import ConfirmationStatus, LinkPurpose
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import CONFIRMATION, check_can_move
from services import clock
from services.access_links import revoke_links
from services.answers.limits import last_day_to_confirm
from services.answers.telling import candidate_link, tell_candidate


def ask_to_confirm(
    session: Session, candidacy: CandidacyRow, *, by: Officer | None
) -> ConfirmationRow:
    """Ask a person who has just been selected, with a last day and a link, in the caller's
    transaction; whoever is asked already is not asked twice."""
    asked = repository.lock_confirmation(session, candidacy.id)
    if asked is not None and asked.status is ConfirmationStatus.ASKED:
        return asked
    row = ConfirmationRow(
        candidacy_id=candidacy.id,
        status=ConfirmationStatus.ASKED,
        last_day=last_day_to_confirm(clock.today()),
        asked_at=clock.now(),
        asked_by=by.id if by else None,
    )
    session.add(row)
    session.flush()
    revoke_links(
        session,
        purpose=LinkPurpose.CANDIDATE_ANSWER,
        subject_id=candidacy.id,
        reason="a newer link was made",
        by=by,
    )
    link = candidate_link(session, candidacy, row.last_day, by=by)
    tell_candidate(
        session, candidacy, "selected", key=row.id, by=by, last_day=row.last_day, link=link
    )
    return row


def take_question_back(session: Session, candidacy: CandidacyRow, *, by: Officer | None) -> None:
    """The place is not the person's any more: Refused if they have confirmed in the meantime."""
    asked = repository.lock_confirmation(session, candidacy.id)
    if asked is None or asked.status is ConfirmationStatus.TAKEN_BACK:
        return
    if asked.status is ConfirmationStatus.CONFIRMED:
        raise Refused(
            N_(
                "This person has confirmed and counts on the place. To change that, call the "
                "agency."
            )
        )
    settle_question(asked, ConfirmationStatus.TAKEN_BACK, by=by)


def settle_question(
    row: ConfirmationRow, status: ConfirmationStatus, *, by: Officer | None
) -> None:
    """Take the step of a confirmation, in the caller's transaction."""
    check_can_move(CONFIRMATION, row.status, status)
    row.status = status
    row.answered_at, row.answered_by = clock.now(), by.id if by else None
