"""Counts for the dashboard: everything is added up by the database, no person comes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    CommissionSessionRow,
    DecisionRow,
    JobseekerDesiredCountryRow,
    JobseekerOccupationRow,
    JobseekerRow,
    ShortlistRow,
    VacancyRow,
)
from db.queries.calendar import local_day, local_month
from db.types import UtcDateTime
from domain.enums import CandidacyStatus as C
from domain.enums import DecisionOutcome, DecisionReason, JobseekerStatus, VacancyStatus
from domain.transitions import NOT_IN_REGISTER

STAGE_OF = {
    C.PRESELECTED: 1,
    C.COMMISSION_REVIEW: 2,
    C.APPROVED: 3,
    C.SENT: 4,
    C.EMPLOYER_RESERVE: 4,
    C.EMPLOYER_SELECTED: 5,
    C.CONFIRMED: 5,
    C.ORIENTATION: 5,
    C.PERMIT_PENDING: 5,
    C.PERMIT_GRANTED: 5,
    C.DEPARTED: 6,
    C.WORKING: 6,
    C.RETURNED: 7,
}
"""Stage of the funnel that a step reaches; steps that are not here reach none."""
SELECTED, DEPARTED = 5, 6
DROPPED = (
    C.NOT_APPROVED,
    C.EMPLOYER_REJECTED,
    C.DECLINED,
    C.NO_ANSWER,
    C.PERMIT_REFUSED,
    C.NO_SHOW,
    C.WITHDRAWN,
    C.CANCELLED,
)
NOT_OFFERED = (VacancyStatus.DRAFT, VacancyStatus.CANCELLED)
ENDED = (VacancyStatus.FILLED, VacancyStatus.CLOSED)
_E, _J, _V = CandidacyEventRow, JobseekerRow, VacancyRow


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter as the database understands it: days, and the same as points in time."""

    since: date
    until: date
    begin: datetime
    end: datetime
    """The first moment after the last day."""
    scheme: str | None
    country: str | None
    region: str | None


def of_vacancy(scope: Scope) -> list[ColumnElement[bool]]:
    """What a filter asks of a vacancy."""
    found: list[ColumnElement[bool]] = []
    if scope.scheme:
        found.append(_V.scheme_code == scope.scheme)
    if scope.country:
        found.append(_V.country == scope.country)
    return found


def _of_case(scope: Scope, *, any_region: bool = False) -> list[ColumnElement[bool]]:
    found = of_vacancy(scope)
    if scope.region and not any_region:
        found.append(_J.region == scope.region)
    return found


def _case_events(*columns: Any) -> Select[Any]:
    """Steps of candidacies, joined with the vacancy and the person."""
    return (
        select(*columns)
        .select_from(_E)
        .join(CandidacyRow, CandidacyRow.id == _E.candidacy_id)
        .join(_V, _V.id == CandidacyRow.vacancy_id)
        .join(_J, _J.id == CandidacyRow.jobseeker_id)
    )


def _progress(scope: Scope, *, any_region: bool = False, since_any_time: bool = False) -> CTE:
    """One row per candidacy: the furthest stage, and where it stands at the end of the period."""
    reached = func.max(case(STAGE_OF, value=_E.to_status, else_=0))
    query = (
        _case_events(
            _E.candidacy_id,
            CandidacyRow.jobseeker_id.label("person"),
            CandidacyRow.vacancy_id,
            reached.label("stage"),
            func.max(_E.id).label("last_id"),
        )
        .where(
            _E.happened_at < scope.end,
            # What a merged file kept is an ended candidacy whose vacancy the kept file has too.
            _J.status != JobseekerStatus.MERGED,
            *_of_case(scope, any_region=any_region),
        )
        .group_by(_E.candidacy_id, CandidacyRow.jobseeker_id, CandidacyRow.vacancy_id)
    )
    if not since_any_time:
        query = query.having(func.min(_E.happened_at) >= scope.begin)
    furthest = query.subquery()
    return (
        select(
            furthest.c.candidacy_id,
            furthest.c.person,
            furthest.c.vacancy_id,
            furthest.c.stage,
            _E.to_status.label("last"),
            case((_E.to_status.in_(DROPPED), 0), else_=1).label("live"),
        )
        .join(_E, _E.id == furthest.c.last_id)
        .cte("progress")
    )


def count_people_by_stage(session: Session, scope: Scope) -> Sequence[Row[int, int, C, int]]:
    """(stage, 1 = still in the process, last status, people) of those preselected in the period.

    A person with several candidacies counts once, where they came furthest; they dropped out only
    if all of their candidacies ended.
    """
    of = _progress(scope).c
    furthest_first = (of.stage.desc(), of.candidacy_id.desc())
    ordered = func.row_number().over(partition_by=of.person, order_by=furthest_first)
    each = select(
        of.stage,
        of.last,
        func.max(of.live).over(partition_by=of.person).label("live"),
        ordered.label("place"),
    ).subquery()
    query = (
        select(each.c.stage, each.c.live, each.c.last, func.count())
        .where(each.c.place == 1)
        .group_by(each.c.stage, each.c.live, each.c.last)
    )
    return session.execute(query).all()


def _registered(scope: Scope) -> list[ColumnElement[bool]]:
    """Registered until the end of the period; of a country: wished for, or no wish stated."""
    found: list[ColumnElement[bool]] = [
        _J.status.not_in(NOT_IN_REGISTER),
        _J.registered_on <= scope.until,
    ]
    if scope.region:
        found.append(_J.region == scope.region)
    if scope.country:
        wish = JobseekerDesiredCountryRow
        stated = select(wish.jobseeker_id)
        in_process = (
            select(CandidacyRow.jobseeker_id)
            .join(_V, _V.id == CandidacyRow.vacancy_id)
            .where(*of_vacancy(scope))
        )
        ways = (
            _J.id.in_(stated.where(wish.country == scope.country)),
            _J.id.not_in(stated),
            _J.id.in_(in_process),
        )
        found.append(or_(*ways))
    return found


def count_registered(session: Session, scope: Scope) -> tuple[int, int]:
    """(people, of whom withdrew from the register without ever being preselected)"""
    entered = select(CandidacyRow.jobseeker_id)
    left = and_(_J.status == JobseekerStatus.WITHDRAWN, _J.id.not_in(entered))
    query = select(func.count(), func.count().filter(left)).select_from(_J)
    people, withdrawn = session.execute(query.where(*_registered(scope))).one()
    return people, withdrawn


def count_by_region_and_occupation(
    session: Session, scope: Scope
) -> Sequence[Row[str | None, str | None, int, int]]:
    """(region, ISCO-08 minor group of the longest work, people, of whom new in the period)"""
    work = JobseekerOccupationRow
    longest = func.row_number().over(
        partition_by=work.jobseeker_id, order_by=(func.coalesce(work.years, 0).desc(), work.id)
    )
    ranked = select(work.jobseeker_id, work.isco, longest.label("place")).subquery()
    minor = func.substr(ranked.c.isco, 1, 3)
    main = and_(ranked.c.jobseeker_id == _J.id, ranked.c.place == 1)
    query = (
        select(_J.region, minor, func.count(), func.count().filter(_J.registered_on >= scope.since))
        .select_from(_J)
        .outerjoin(ranked, main)
        .where(*_registered(scope))
        .group_by(_J.region, minor)
    )
    return session.execute(query).all()


def count_days(
    session: Session, scope: Scope, stages: Collection[C]
) -> tuple[Sequence[Row[C, int, int]], Sequence[Row[C, int, int]]]:
    """(stage, days, candidacies): of waits that ended in the period, and of those that go on."""
    ended_at = func.lead(_E.happened_at).over(partition_by=_E.candidacy_id, order_by=_E.id)
    steps = (
        _case_events(
            _E.to_status.label("stage"), _E.happened_at.label("begun"), ended_at.label("ended")
        )
        .where(_E.happened_at < scope.end, *_of_case(scope))
        .subquery()
    )
    last = literal(scope.end, UtcDateTime)
    # The period's last day, not the first one after it.
    so_far = local_day(last) - 1 - local_day(steps.c.begun)
    days = local_day(steps.c.ended) - local_day(steps.c.begun)

    def counted(length: Any, *conditions: ColumnElement[bool]) -> Sequence[Any]:
        query = select(steps.c.stage, length, func.count()).where(
            steps.c.stage.in_(stages), *conditions
        )
        return session.execute(query.group_by(steps.c.stage, length)).all()

    return (
        counted(days, steps.c.ended.is_not(None), steps.c.ended >= scope.begin),
        counted(so_far, steps.c.ended.is_(None)),
    )


def count_positions(session: Session, scope: Scope) -> Sequence[Row[str, bool, int, int, int, int]]:
    """(country, 1 = ended, vacancies, positions, filled, on the way), published in the period."""
    of = _progress(scope, any_region=True, since_any_time=True).c
    gone = func.count().filter(of.stage >= DEPARTED)
    going = func.count().filter(of.stage == SELECTED, of.live == 1)
    people = (
        select(of.vacancy_id, gone.label("gone"), going.label("going"))
        .group_by(of.vacancy_id)
        .subquery()
    )
    filled = _least(func.coalesce(people.c.gone, 0), _V.positions)
    on_the_way = _least(func.coalesce(people.c.going, 0), _V.positions - filled)
    has_ended = case((_V.status.in_(ENDED), 1), else_=0)
    query = (
        select(
            _V.country,
            has_ended,
            func.count(),
            func.sum(_V.positions),
            func.sum(filled),
            func.sum(on_the_way),
        )
        .outerjoin(people, people.c.vacancy_id == _V.id)
        .where(
            _V.status.not_in(NOT_OFFERED),
            _V.published_at >= scope.begin,
            _V.published_at < scope.end,
            *of_vacancy(scope),
        )
        .group_by(_V.country, has_ended)
    )
    return session.execute(query).all()


def _least(one: Any, other: Any) -> Any:
    # SQLite's two-argument MIN is LEAST elsewhere.
    return case((one < other, one), else_=other)


def count_departed_by_scheme(session: Session, scope: Scope, since: datetime) -> dict[str, int]:
    """Candidacies that departed from a moment to the end of the period, by scheme."""
    query = (
        _case_events(_V.scheme_code, func.count(_E.candidacy_id.distinct()))
        .where(
            _E.to_status == C.DEPARTED,
            _E.happened_at >= since,
            _E.happened_at < scope.end,
            _V.scheme_code.is_not(None),
            *_of_case(scope, any_region=True),
        )
        .group_by(_V.scheme_code)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def count_decisions(
    session: Session, scope: Scope
) -> Sequence[Row[str, str, DecisionOutcome, DecisionReason | None, int]]:
    """(month, session, outcome, reason, candidacies) decided in the period."""
    month = local_month(DecisionRow.decided_at)
    columns = (
        month,
        CommissionSessionRow.number,
        DecisionRow.outcome,
        DecisionRow.reason_code,
    )
    query = (
        select(*columns, func.count())
        .select_from(DecisionRow)
        .join(ShortlistRow, ShortlistRow.id == DecisionRow.shortlist_id)
        .join(CommissionSessionRow, CommissionSessionRow.id == ShortlistRow.session_id)
        .join(CandidacyRow, CandidacyRow.id == DecisionRow.candidacy_id)
        .join(_V, _V.id == CandidacyRow.vacancy_id)
        .join(_J, _J.id == CandidacyRow.jobseeker_id)
        .where(
            DecisionRow.decided_at >= scope.begin,
            DecisionRow.decided_at < scope.end,
            *_of_case(scope),
        )
        .group_by(*columns)
        .order_by(month, CommissionSessionRow.number)
    )
    return session.execute(query).all()


def count_steps(session: Session, scope: Scope) -> dict[C, int]:
    """Candidacies that took each step in the period."""
    query = (
        _case_events(_E.to_status, func.count(_E.candidacy_id.distinct()))
        .where(_E.happened_at >= scope.begin, _E.happened_at < scope.end, *_of_case(scope))
        .group_by(_E.to_status)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def count_new(session: Session, scope: Scope) -> tuple[int, int, int]:
    """(people registered, vacancies published, their positions) in the period."""
    people = select(func.count()).select_from(_J)
    vacancies = select(func.count(), func.coalesce(func.sum(_V.positions), 0)).where(
        _V.status.not_in(NOT_OFFERED),
        _V.published_at >= scope.begin,
        _V.published_at < scope.end,
        *of_vacancy(scope),
    )
    new = session.scalar(people.where(*_registered(scope), _J.registered_on >= scope.since)) or 0
    published, positions = session.execute(vacancies).one()
    return new, published, positions


def countries_of_vacancies(session: Session) -> list[str]:
    """Every country that a vacancy was ever offered in."""
    return list(session.scalars(select(_V.country).distinct()))
