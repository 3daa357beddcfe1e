"""The log of rankings: lists from the index, one run's story from the audit chain and the cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    AuditDetailsRow,
    AuditEventRow,
    CandidacyRow,
    CommissionSessionRow,
    DecisionRow,
    JobseekerRow,
    OfficerRow,
    RankingRunRow,
    ShortlistCandidateRow,
    ShortlistRow,
    VacancyRow,
)
from domain.records.ranking_log import LogActor, RunQuery

_R, _V, _O, _E, _D = RankingRunRow, VacancyRow, OfficerRow, AuditEventRow, AuditDetailsRow
CHUNK = 500


def _run_of_event() -> ColumnElement[Any]:
    found: ColumnElement[Any] = _D.details["run"].as_integer()
    return found


def _changed_by_hand() -> Select[Any]:
    """Events of candidacies that changed a shortlist otherwise than the rank would."""
    return (
        select(_run_of_event().label("run"))
        .join(_E, _E.seq == _D.seq)
        .where(
            _E.entity == "candidacy",
            or_(
                _E.action == "withdrew",
                and_(
                    _E.action == "preselected", _D.details["against_rank"].as_string().is_not(None)
                ),
            ),
        )
    )


def _sent_against_rank() -> Select[Any]:
    """Runs whose shortlist holds somebody taken against the rank, be it of an earlier run."""
    return (
        select(ShortlistRow.run_id.label("run"))
        .join(ShortlistCandidateRow, ShortlistCandidateRow.shortlist_id == ShortlistRow.id)
        .join(CandidacyRow, CandidacyRow.id == ShortlistCandidateRow.candidacy_id)
        .where(CandidacyRow.against_rank_reason.is_not(None), ShortlistRow.run_id.is_not(None))
    )


def list_runs(
    session: Session,
    wanted: RunQuery,
    begin: datetime | None,
    end: datetime | None,
    *,
    offset: int,
    limit: int | None,
) -> tuple[Sequence[Any], int]:
    """(run, made at, version, pool, ranked, vacancy number, titles, officer) newest first; total.

    Only columns of the index are read of a run: the row behind carries its whole list.
    """
    conditions = _conditions(wanted, begin, end)
    columns = (_R.id, _R.created_at, _R.parameters_version, _R.pool_size, _R.ranked)
    query = (
        select(*columns, _V.number, _V.title, _V.title_ka, _O.name_ka, _O.name_en)
        .join(_V, _V.id == _R.vacancy_id)
        .outerjoin(_O, _O.id == _R.created_by)
        .where(*conditions)
        .order_by(_R.created_at.desc(), _R.id.desc())
    )
    counted = select(func.count(_R.id)).join(_V, _V.id == _R.vacancy_id).where(*conditions)
    rows = session.execute(query.offset(offset).limit(limit)).all()
    return rows, session.scalar(counted) or 0


def _conditions(
    wanted: RunQuery, begin: datetime | None, end: datetime | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if text := wanted.vacancy.strip():
        ways = (_V.number, _V.title, _V.title_ka)
        found.append(or_(*(way.icontains(text, autoescape=True) for way in ways)))
    if wanted.officer_id is not None:
        found.append(_R.created_by == wanted.officer_id)
    if wanted.version:
        found.append(_R.parameters_version == wanted.version)
    if begin is not None:
        found.append(_R.created_at >= begin)
    if end is not None:
        found.append(_R.created_at < end)
    if wanted.by_hand:
        events = _R.id.in_(_changed_by_hand().scalar_subquery())
        found.append(or_(events, _R.id.in_(_sent_against_rank().scalar_subquery())))
    return found


def find_run(session: Session, run_id: int) -> Any:
    """The same columns of one run."""
    columns = (_R.id, _R.created_at, _R.parameters_version, _R.pool_size, _R.ranked)
    query = (
        select(*columns, _V.number, _V.title, _V.title_ka, _O.name_ka, _O.name_en)
        .join(_V, _V.id == _R.vacancy_id)
        .outerjoin(_O, _O.id == _R.created_by)
        .where(_R.id == run_id)
    )
    return session.execute(query).one_or_none()


def count_by_hand(session: Session, vacancies: Collection[str]) -> dict[int, int]:
    """Changes by hand of each run of these vacancies, its own ones or those in its shortlist."""
    found: dict[int, int] = {}
    wanted = sorted(vacancies)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        sent = _sent_against_rank().join(_V, _V.id == ShortlistRow.vacancy_id)
        for changes in (
            _changed_by_hand().where(_E.entity_id.in_(part)),
            sent.where(_V.number.in_(part)),
        ):
            of = changes.subquery()
            query = select(of.c.run, func.count()).where(of.c.run.is_not(None)).group_by(of.c.run)
            for run_id, count in session.execute(query):
                found[run_id] = max(count, found.get(run_id, 0))
    return found


def sent_and_decided(
    session: Session, runs: Collection[int]
) -> dict[int, tuple[datetime, datetime | None]]:
    """When a shortlist of the run was sent, and decided; of several the last one."""
    found: dict[int, tuple[datetime, datetime | None]] = {}
    wanted = sorted(runs)
    columns = (ShortlistRow.run_id, ShortlistRow.sent_at, ShortlistRow.decided_at)
    for start in range(0, len(wanted), CHUNK):
        part = ShortlistRow.run_id.in_(wanted[start : start + CHUNK])
        for run_id, sent_at, decided_at in session.execute(
            select(*columns).where(part).order_by(ShortlistRow.id)
        ):
            if run_id is not None:
                found[run_id] = (sent_at, decided_at)
    return found


def list_officers(session: Session) -> tuple[LogActor, ...]:
    """Whoever made a run."""
    makers = select(_R.created_by).where(_R.created_by.is_not(None)).distinct()
    query = select(_O.id, _O.name_ka, _O.name_en).where(_O.id.in_(makers)).order_by(_O.id)
    return tuple(LogActor(*row) for row in session.execute(query))


def list_versions(session: Session) -> tuple[str, ...]:
    """Versions of the rules by which something was ranked."""
    return tuple(
        session.scalars(select(_R.parameters_version).distinct().order_by(_R.parameters_version))
    )


def events_of_run(session: Session, run_id: int, vacancy: str) -> Sequence[Any]:
    """Who opened the run, saw parts of it, read its tables; oldest first.

    And every step of the vacancy's candidacies, whichever run it was taken in.
    """
    of_run = and_(_E.entity == "ranking_run", _E.entity_id == str(run_id))
    of_vacancy = and_(
        _E.entity_id == vacancy,
        or_(
            _E.entity == "candidacy",
            and_(_E.entity == "requirement_table", _run_of_event() == run_id),
        ),
    )
    query = (
        select(_E, _D.details, _O.name_ka, _O.name_en)
        .outerjoin(_D, _D.seq == _E.seq)
        .outerjoin(_O, _O.id == _E.actor_id)
        .where(or_(of_run, of_vacancy))
        .order_by(_E.seq)
    )
    return session.execute(query).all()


def people_of_vacancy(session: Session, vacancy: str) -> Sequence[JobseekerRow]:
    """Everybody who ever was in the process for a vacancy: whom a reason could name."""
    query = (
        select(JobseekerRow)
        .join(CandidacyRow, CandidacyRow.jobseeker_id == JobseekerRow.id)
        .join(_V, _V.id == CandidacyRow.vacancy_id)
        .where(_V.number == vacancy)
    )
    return session.scalars(query).all()


def sent_before(session: Session, run_id: int, moment: datetime) -> datetime | None:
    """When the shortlist before this one was sent for the same vacancy."""
    vacancy = select(_R.vacancy_id).where(_R.id == run_id).scalar_subquery()
    query = select(func.max(ShortlistRow.sent_at))
    return session.scalar(
        query.where(ShortlistRow.vacancy_id == vacancy, ShortlistRow.sent_at < moment)
    )


def shortlists_of_run(session: Session, run_id: int) -> Sequence[Any]:
    """(shortlist, session, officer) sent from the run."""
    query = (
        select(ShortlistRow, CommissionSessionRow.number, _O.name_ka, _O.name_en)
        .join(CommissionSessionRow, CommissionSessionRow.id == ShortlistRow.session_id)
        .outerjoin(_O, _O.id == ShortlistRow.sent_by)
        .where(ShortlistRow.run_id == run_id)
        .order_by(ShortlistRow.id)
    )
    return session.execute(query).all()


def people_of_shortlist(session: Session, shortlist_id: int) -> Sequence[Any]:
    """(file number, position, rank, points, reason against the rank, outcome, votes) in order."""
    s, d = ShortlistCandidateRow, DecisionRow
    query = (
        select(
            JobseekerRow.external_id,
            s.position,
            s.rank,
            s.points,
            CandidacyRow.against_rank_reason,
            d.outcome,
            d.votes_for,
            d.votes_against,
            d.votes_abstain,
        )
        .join(CandidacyRow, CandidacyRow.id == s.candidacy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .outerjoin(d, and_(d.shortlist_id == s.shortlist_id, d.candidacy_id == s.candidacy_id))
        .where(s.shortlist_id == shortlist_id)
        .order_by(s.position)
    )
    return session.execute(query).all()
