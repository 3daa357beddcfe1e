"""What time does in stage S10: a reminder before the last day, and what silence means after it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from db.models import CandidacyRow
from db.repositories import answers as repository
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, ConfirmationStatus
from services import clock
from services.answers.asking import settle_question
from services.answers.candidate import settle_candidacy
from services.answers.limits import limits_on
from services.answers.telling import candidate_link, tell_candidate
from services.due_cases import settle_each


def settle_silence() -> int:
    """Whoever has not answered by the last day loses the place to the next in line."""
    with reading() as session:
        late = repository.overdue(session, clock.today())
    return settle_each("silence", late, lambda one: _settle_one(one))


def _settle_one(candidacy_id: int) -> bool:
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, candidacy_id)
        repository.lock_vacancy(work.session, row.vacancy_id)
        candidacy = repository.lock_candidacy(work.session, candidacy_id)
        asked = repository.lock_confirmation(work.session, candidacy_id)
        if (
            candidacy is None
            or asked is None
            or asked.status is not ConfirmationStatus.ASKED
            or asked.last_day >= clock.today()
        ):
            return False
        if candidacy.status is not CandidacyStatus.EMPLOYER_SELECTED:
            # The candidacy ended otherwise, for example on the person's own wish.
            settle_question(asked, ConfirmationStatus.TAKEN_BACK, by=None)
        else:
            settle_question(asked, ConfirmationStatus.NO_ANSWER, by=None)
            settle_candidacy(
                work.session,
                candidacy,
                ConfirmationStatus.NO_ANSWER,
                key=asked.id,
                note=None,
                by=None,
            )
        work.commit()
    return True


def remind_to_confirm() -> int:
    """Whoever's last day comes near is reminded once, with a link."""
    today = clock.today()
    near = today + timedelta(limits_on(today).remind_days_before)
    with reading() as session:
        waiting = repository.to_remind(session, near)
    return settle_each("reminders to confirm", waiting, lambda one: _remind_one(one))


def _remind_one(candidacy_id: int) -> bool:
    with unit_of_work() as work:
        candidacy = repository.lock_candidacy(work.session, candidacy_id)
        asked = repository.lock_confirmation(work.session, candidacy_id)
        if candidacy is None or asked is None or not _waits(candidacy, asked.status):
            return False
        if asked.reminded_at is not None or asked.last_day < clock.today():
            return False
        asked.reminded_at = clock.now()
        _remind(work.session, candidacy, asked.id)
        work.commit()
    return True


def _waits(candidacy: CandidacyRow, status: ConfirmationStatus) -> bool:
    return (
        status is ConfirmationStatus.ASKED and candidacy.status is CandidacyStatus.EMPLOYER_SELECTED
    )


def _remind(session: Session, candidacy: CandidacyRow, key: int) -> None:
    asked = repository.lock_confirmation(session, candidacy.id)
    assert asked is not None
    link = candidate_link(session, candidacy, asked.last_day, by=None)
    tell_candidate(
        session, candidacy, "remind", key=key, by=None, last_day=asked.last_day, link=link
    )
