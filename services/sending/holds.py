"""A person is with one employer at a time: the hold, and when it ends.

`keep_in_step` is called with every step of a candidacy, so a hold stands exactly as long as the
candidacy is with the employer, whichever use case moves it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import CandidacyRow, HoldRow, JobseekerRow, VacancyRow
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.transitions import WITH_EMPLOYER
from services import clock


def keep_in_step(session: Session, candidacy: CandidacyRow, by: Officer | None) -> None:
    """Take the hold where the candidacy is with the employer now, release it where it is not."""
    if candidacy.status in WITH_EMPLOYER:
        take_hold(session, candidacy, by=by)
    else:
        release_hold(session, candidacy, by=by)


def take_hold(session: Session, candidacy: CandidacyRow, *, by: Officer | None) -> None:
    """Hold the person for this candidacy, in the caller's transaction; Refused if held elsewhere.

    Held for this very candidacy already: nothing happens. Whoever holds several people takes them
    in the order of their ids, so that two who do so wait for each other without deadlock.
    """
    session.flush()
    open_hold = _open_hold(session, candidacy.jobseeker_id)
    if open_hold is None and not _insert(session, candidacy, by):
        open_hold = _open_hold(session, candidacy.jobseeker_id)
    if open_hold is not None and open_hold.candidacy_id != candidacy.id:
        raise Refused(held_elsewhere(session, open_hold))


def release_hold(session: Session, candidacy: CandidacyRow, *, by: Officer | None) -> bool:
    """Let the person go from this candidacy, in the caller's transaction; whether one was held."""
    session.flush()
    query = select(HoldRow).where(
        HoldRow.candidacy_id == candidacy.id, HoldRow.released_at.is_(None)
    )
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        return False
    row.released_at, row.released_by = clock.now(), by.id if by else None
    session.flush()
    return True


def hold_refusal(session: Session, candidacy: CandidacyRow) -> Sentence | None:
    """Why this person can't be held for this candidacy now; None when they can."""
    open_hold = _open_hold(session, candidacy.jobseeker_id)
    if open_hold is None or open_hold.candidacy_id == candidacy.id:
        return None
    return held_elsewhere(session, open_hold)


def held_elsewhere(session: Session, hold: HoldRow) -> Sentence:
    """For whom and since when a person is held."""
    person = session.get_one(JobseekerRow, hold.jobseeker_id)
    number = session.scalars(
        select(VacancyRow.number)
        .join(CandidacyRow, CandidacyRow.vacancy_id == VacancyRow.id)
        .where(CandidacyRow.id == hold.candidacy_id)
    ).one()
    return Sentence(
        N_(
            "{person} is with the employer of {vacancy} since {day}, and with one employer at a "
            "time: wait for that answer, or call that package back."
        ),
        {"person": person.external_id, "vacancy": number, "day": clock.day_of(hold.taken_at)},
    )


def _insert(session: Session, candidacy: CandidacyRow, by: Officer | None) -> bool:
    """Whether the hold could be taken: the index lets one of two in the same moment through."""
    row = HoldRow(
        jobseeker_id=candidacy.jobseeker_id,
        candidacy_id=candidacy.id,
        taken_at=clock.now(),
        taken_by=by.id if by else None,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True


def _open_hold(session: Session, jobseeker_id: int) -> HoldRow | None:
    query = select(HoldRow).where(
        HoldRow.jobseeker_id == jobseeker_id, HoldRow.released_at.is_(None)
    )
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()
