"""Who takes a place that became free: the employer's own reserve where it allowed that, else ours.

Each place is given once. Whoever left has their place looked at under the vacancy's lock, and the
table of offers keeps who followed whom; asked again, nothing happens.
"""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    EmployerAnswerRow,
    HoldRow,
    JobseekerRow,
    PlaceOfferRow,
    VacancyRow,
)
from db.repositories.jobseekers import note_change
from domain.enums import CandidacyStatus as C
from domain.enums import JobseekerStatus, VacancyStatus
from domain.records.officer import Officer
from domain.texts import Sentence, to_json
from domain.transitions import WITH_EMPLOYER
from services import audit, clock
from services.candidacies import move_candidacy
from services.consents.asking import transfer_consents
from services.policy.versions import parameters_at
from services.sending.checks import employer_refusal

LEFT = frozenset(
    {C.EMPLOYER_REJECTED, C.DECLINED, C.NO_ANSWER, C.PERMIT_REFUSED, C.NO_SHOW, C.WITHDRAWN}
)
"""Whoever is in one of these gave a place back. A place that the employer cancelled is none."""
TAKEN = (WITH_EMPLOYER - {C.SENT}) | {C.RETURNED}
"""Whoever is in one of these has one of the positions."""
OVER = frozenset({VacancyStatus.CLOSED, VacancyStatus.CANCELLED})
IN_PLAY = frozenset({C.APPROVED, C.SENT})


def offer_next(
    session: Session,
    *,
    vacancy_id: int,
    because: Sentence,
    left: int | None = None,
    by: Officer | None,
) -> int | None:
    """Let the next in line follow, in the caller's transaction; their candidacy, or None.

    `left` is the candidacy whose place became free; without it, the last one that nobody followed.
    None where nobody follows: the place was given already, enough people are in play for the
    positions that are open, or the reserve is empty.
    """
    session.flush()
    vacancy = _locked(session, vacancy_id)
    gone = _place_of(session, vacancy_id, left)
    if vacancy.status in OVER or _is_over(vacancy) or gone is None:
        return None
    open_positions = vacancy.positions - _count(session, vacancy_id, TAKEN)
    if open_positions <= 0:
        return None
    following = _employers_reserve(session, vacancy, gone)
    if following is not None:
        return _follow(session, following, C.EMPLOYER_SELECTED, gone, because, by)
    wanted = open_positions * parameters_at(clock.today()).candidates_per_position
    if _count(session, vacancy_id, IN_PLAY) >= wanted:
        return None
    following = _first(session, vacancy_id, C.RESERVE)
    return _follow(session, following, C.APPROVED, gone, because, by) if following else None


def next_in_reserve(session: Session, vacancy_id: int) -> int | None:
    """The candidacy that would move up from the commission's reserve; None when it is empty."""
    following = _first(session, vacancy_id, C.RESERVE)
    return following.id if following else None


def positions_taken(session: Session, vacancy_id: int) -> int:
    """How many of the vacancy's positions somebody has: selected, confirmed or further on."""
    return _count(session, vacancy_id, TAKEN)


def _locked(session: Session, vacancy_id: int) -> VacancyRow:
    query = select(VacancyRow).where(VacancyRow.id == vacancy_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _is_over(vacancy: VacancyRow) -> bool:
    """After a long pause: work that has ended is offered to nobody."""
    return vacancy.end_on is not None and vacancy.end_on < clock.today()


def _place_of(session: Session, vacancy_id: int, left: int | None) -> CandidacyRow | None:
    """Whoever gave back a place that nobody has taken since."""
    had_place = exists().where(
        CandidacyEventRow.candidacy_id == CandidacyRow.id,
        CandidacyEventRow.to_status == C.APPROVED,
    )
    followed = exists().where(PlaceOfferRow.left_id == CandidacyRow.id)
    last_step = (
        select(func.max(CandidacyEventRow.id))
        .where(CandidacyEventRow.candidacy_id == CandidacyRow.id)
        .correlate(CandidacyRow)
        .scalar_subquery()
    )
    query = (
        select(CandidacyRow)
        .where(
            CandidacyRow.vacancy_id == vacancy_id,
            CandidacyRow.status.in_(LEFT),
            had_place,
            ~followed,
        )
        .order_by(last_step.desc())
        .limit(1)
    )
    if left is not None:
        query = query.where(CandidacyRow.id == left)
    return session.scalars(query).first()


def _employers_reserve(
    session: Session, vacancy: VacancyRow, gone: CandidacyRow
) -> CandidacyRow | None:
    """The first of the employer's reserve who may follow without asking again.

    Only into the place of somebody who was selected: a CV that was turned down frees no work.
    """
    was_selected = select(CandidacyEventRow.id).where(
        CandidacyEventRow.candidacy_id == gone.id,
        CandidacyEventRow.to_status == C.EMPLOYER_SELECTED,
    )
    if vacancy.employer_id is None or session.scalars(was_selected).first() is None:
        return None
    if employer_refusal(session, vacancy.employer_id) is not None:
        return None
    for candidacy in _line(session, vacancy.id, C.EMPLOYER_RESERVE):
        consents = transfer_consents(
            session, candidacy.jobseeker_id, vacancy.employer_id, vacancy.country
        )
        if _may_follow(session, candidacy.id) and all(consents):
            return candidacy
    return None


def _may_follow(session: Session, candidacy_id: int) -> bool:
    query = (
        select(EmployerAnswerRow.may_follow)
        .where(EmployerAnswerRow.candidacy_id == candidacy_id)
        .order_by(EmployerAnswerRow.id.desc())
        .limit(1)
    )
    return bool(session.scalars(query).first())


def _first(session: Session, vacancy_id: int, status: C) -> CandidacyRow | None:
    return next(iter(_line(session, vacancy_id, status)), None)


def _line(session: Session, vacancy_id: int, status: C) -> list[CandidacyRow]:
    """In the order of the reserve: people who are free and still on the register."""
    is_held = exists().where(
        HoldRow.jobseeker_id == CandidacyRow.jobseeker_id, HoldRow.released_at.is_(None)
    )
    query = (
        select(CandidacyRow)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(
            CandidacyRow.vacancy_id == vacancy_id,
            CandidacyRow.status == status,
            JobseekerRow.status == JobseekerStatus.ACTIVE,
            ~is_held,
        )
        .order_by(
            func.coalesce(CandidacyRow.reserve_order, 1_000_000), CandidacyRow.rank, CandidacyRow.id
        )
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _follow(
    session: Session,
    candidacy: CandidacyRow,
    after: C,
    gone: CandidacyRow,
    because: Sentence,
    by: Officer | None,
) -> int:
    before = candidacy.status
    move_candidacy(session, candidacy, after, reason=None, by=by)
    session.add(
        PlaceOfferRow(
            vacancy_id=candidacy.vacancy_id,
            left_id=gone.id,
            candidacy_id=candidacy.id,
            because=to_json(because),
            offered_at=clock.now(),
            offered_by=by.id if by else None,
        )
    )
    session.flush()
    seq = audit.record(
        session,
        action="moved_up",
        entity="candidacy",
        entity_id=candidacy.id,
        subject=session.get_one(JobseekerRow, candidacy.jobseeker_id).external_id,
        details={"status": [before.value, after.value], "after": gone.id},
        by=by,
    )
    note_change(session, {candidacy.jobseeker_id: seq})
    return candidacy.id


def _count(session: Session, vacancy_id: int, statuses: frozenset[C]) -> int:
    query = select(func.count()).where(
        CandidacyRow.vacancy_id == vacancy_id, CandidacyRow.status.in_(statuses)
    )
    return session.scalar(query) or 0
