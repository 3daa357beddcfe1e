"""Rows and counts from which it follows how good the ranking is; no name comes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    DecisionRow,
    JobseekerDesiredCountryRow,
    JobseekerDocumentRow,
    JobseekerLanguageRow,
    JobseekerOccupationRow,
    JobseekerRow,
    JobseekerSkillRow,
    ShortlistCandidateRow,
    ShortlistRow,
    VacancyRow,
)
from db.queries.calendar import local_day, local_month
from db.queries.statistics import Scope, of_vacancy
from domain.enums import CandidacyStatus as C
from domain.enums import DocumentKind, JobseekerStatus

_J, _V, _S, _E = JobseekerRow, VacancyRow, ShortlistRow, CandidacyEventRow
GONE = (C.DEPARTED, C.WORKING, C.RETURNED)
GOING = (
    C.EMPLOYER_SELECTED,
    C.CONFIRMED,
    C.ORIENTATION,
    C.PERMIT_PENDING,
    C.PERMIT_GRANTED,
)


def list_judged(session: Session, scope: Scope) -> Sequence[Any]:
    """(shortlist, month, outcome, votes for, against) by rank, of lists decided in the period."""
    position = ShortlistCandidateRow
    query = (
        select(
            _S.id,
            local_month(_S.decided_at),
            DecisionRow.outcome,
            DecisionRow.votes_for,
            DecisionRow.votes_against,
        )
        .join(_V, _V.id == _S.vacancy_id)
        .join(DecisionRow, DecisionRow.shortlist_id == _S.id)
        .outerjoin(
            position,
            (position.shortlist_id == _S.id) & (position.candidacy_id == DecisionRow.candidacy_id),
        )
        .where(*_decided(scope))
        .order_by(_S.id, position.position)
    )
    return session.execute(query).all()


def _decided(scope: Scope) -> list[ColumnElement[bool]]:
    return [_S.decided_at >= scope.begin, _S.decided_at < scope.end, *of_vacancy(scope)]


def list_placed(session: Session, scope: Scope) -> Sequence[Any]:
    """(vacancy, positions, candidates per position, rank, has departed, is going) per candidate."""
    departed = exists().where(_E.candidacy_id == CandidacyRow.id, _E.to_status.in_(GONE))
    query = (
        select(
            _S.vacancy_id,
            _S.positions,
            _S.candidates_per_position,
            ShortlistCandidateRow.rank,
            case((departed, 1), else_=0),
            case((CandidacyRow.status.in_(GOING), 1), else_=0),
        )
        .join(_V, _V.id == _S.vacancy_id)
        .join(ShortlistCandidateRow, ShortlistCandidateRow.shortlist_id == _S.id)
        .join(CandidacyRow, CandidacyRow.id == ShortlistCandidateRow.candidacy_id)
        .where(*_decided(scope))
        .order_by(_S.id)
    )
    return session.execute(query).all()


def days_to_shortlist(session: Session, scope: Scope) -> Sequence[Any]:
    """(month, days) from publishing to the first shortlist, for those sent in the period."""
    first = (
        select(_S.vacancy_id, func.min(_S.sent_at).label("sent_at"))
        .group_by(_S.vacancy_id)
        .subquery()
    )
    query = (
        select(
            local_month(first.c.sent_at), local_day(first.c.sent_at) - local_day(_V.published_at)
        )
        .join(first, first.c.vacancy_id == _V.id)
        .where(
            _V.published_at.is_not(None),
            first.c.sent_at >= scope.begin,
            first.c.sent_at < scope.end,
            *of_vacancy(scope),
        )
    )
    return session.execute(query).all()


def list_preselections(session: Session, scope: Scope) -> Sequence[Any]:
    """(month, reason, how many) of preselections; None = in the order of the rank."""
    month = local_month(_E.happened_at)
    query = (
        select(month, _E.reason, func.count())
        .join(CandidacyRow, CandidacyRow.id == _E.candidacy_id)
        .join(_V, _V.id == CandidacyRow.vacancy_id)
        .where(
            _E.to_status == C.PRESELECTED,
            _E.happened_at >= scope.begin,
            _E.happened_at < scope.end,
            *of_vacancy(scope),
        )
        .group_by(month, _E.reason)
        .order_by(month)
    )
    return session.execute(query).all()


def _missing() -> dict[str, ColumnElement[bool]]:
    """What rankings ask of a person, by name: true where the file does not say it."""

    def nothing(row: Any, *more: ColumnElement[bool]) -> ColumnElement[bool]:
        return ~exists().where(row.jobseeker_id == _J.id, *more)

    occupation = JobseekerOccupationRow
    document = JobseekerDocumentRow
    return {
        "phone": _J.phone.is_(None),
        "occupation": nothing(occupation),
        "years": exists().where(occupation.jobseeker_id == _J.id, occupation.years.is_(None)),
        "skills": nothing(JobseekerSkillRow),
        "languages": nothing(JobseekerLanguageRow),
        "education": _J.education.is_(None),
        "passport": nothing(
            document,
            document.kind == DocumentKind.PASSPORT,
            document.valid_until.is_not(None),
        ),
        "availability": or_(_J.available_from.is_(None), _J.available_to.is_(None)),
        "desired_countries": nothing(JobseekerDesiredCountryRow),
        "birth_date": _J.birth_date.is_(None),
        "citizenship": _J.citizenship.is_(None),
    }


FACTS = tuple(_missing())


def count_unknown(session: Session) -> tuple[int, int, dict[str, int]]:
    """(active people, those with an unknown fact, people by the fact that is unknown)"""
    missing = _missing()
    flags = (
        select(*(case((flag, 1), else_=0).label(name) for name, flag in missing.items()))
        .where(_J.status == JobseekerStatus.ACTIVE)
        .subquery()
    )
    each = [func.coalesce(func.sum(flags.c[name]), 0) for name in missing]
    any_one = func.count().filter(or_(*(flags.c[name] == 1 for name in missing)))
    people, incomplete, *counts = session.execute(
        select(func.count(), any_one, *each).select_from(flags)
    ).one()
    return people, incomplete, dict(zip(missing, counts, strict=True))


def count_by_age(session: Session, limits: Sequence[datetime]) -> list[int]:
    """Active people whose file was saved since the first moment, since the second …, before all."""
    since = [func.count().filter(_J.updated_at >= limit) for limit in limits]
    query = select(func.count(), *since).where(_J.status == JobseekerStatus.ACTIVE)
    total, *counts = session.execute(query).one()
    ends = [*counts, total]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
