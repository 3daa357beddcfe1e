"""The promise ledger and the list of check-ins: facts, and no word of what a worker wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from db.models import (
    CheckInAnswerRow,
    CheckInRow,
    DeploymentRow,
    EmployerRow,
    JobseekerRow,
    MonitoringCaseRow,
    PromiseComparisonRow,
)
from db.session import reading
from domain.enums import CheckInStatus, PromiseVerdict
from domain.records.monitoring import CheckInRecord, LedgerRow, PromiseComparison
from domain.records.officer import Officer
from services import once_a_day
from services.audit import Happening
from services.monitoring.cases import TERMS, comparison
from services.monitoring.people import get_stay
from services.permissions import Permission, check_can


def list_check_ins(
    *, statuses: Sequence[CheckInStatus] = (), by: Officer
) -> tuple[CheckInRecord, ...]:
    """Check-ins with who is asked, the newest day first; no words of the worker."""
    check_can(by, Permission.MONITORING_READ)
    broken = (
        select(PromiseComparisonRow.check_in_id, func.count().label("count"))
        .where(PromiseComparisonRow.verdict == PromiseVerdict.BROKEN)
        .group_by(PromiseComparisonRow.check_in_id)
        .subquery()
    )
    query = (
        select(
            CheckInRow,
            DeploymentRow,
            JobseekerRow,
            EmployerRow.name,
            CheckInAnswerRow.answered_at,
            CheckInAnswerRow.wants_call,
            broken.c.count,
            MonitoringCaseRow.number,
        )
        .join(DeploymentRow, DeploymentRow.id == CheckInRow.deployment_id)
        .join(JobseekerRow, JobseekerRow.id == DeploymentRow.jobseeker_id)
        .outerjoin(EmployerRow, EmployerRow.id == DeploymentRow.employer_id)
        .outerjoin(CheckInAnswerRow, CheckInAnswerRow.check_in_id == CheckInRow.id)
        .outerjoin(broken, broken.c.check_in_id == CheckInRow.id)
        .outerjoin(MonitoringCaseRow, MonitoringCaseRow.check_in_id == CheckInRow.id)
        .order_by(CheckInRow.due_on.desc(), CheckInRow.id.desc())
    )
    if statuses:
        query = query.where(CheckInRow.status.in_(statuses))
    with reading() as session:
        return tuple(
            CheckInRecord(
                id=row.id,
                deployment_id=stay.id,
                deployment=stay.number,
                jobseeker_id=person.id,
                external_id=person.external_id,
                name=_name(person),
                country=stay.country,
                employer=employer,
                due_on=row.due_on,
                status=row.status,
                asked_at=row.asked_at,
                answered_at=answered_at,
                broken=count or 0,
                case=case,
                wants_call=bool(wants_call),
            )
            for row, stay, person, employer, answered_at, wants_call, count, case in (
                session.execute(query)
            )
        )


def _name(person: JobseekerRow) -> str:
    ka = f"{person.first_name_ka or ''} {person.last_name_ka or ''}".strip()
    lat = f"{person.first_name_lat or ''} {person.last_name_lat or ''}".strip()
    return ka or lat or person.external_id


def stay_id(*, number: str, by: Officer) -> int:
    """The id of a stay by its number."""
    check_can(by, Permission.MONITORING_READ)
    with reading() as session:
        found = session.scalars(select(DeploymentRow.id).where(DeploymentRow.number == number))
        return found.one()


def ledger_of(*, deployment_id: int, by: Officer) -> tuple[LedgerRow, ...]:
    """Every check-in of a stay with what was promised and told; recorded as a reading."""
    check_can(by, Permission.MONITORING_READ)
    with reading() as session:
        stay = get_stay(session, deployment_id)
        lines: dict[int, list[PromiseComparison]] = defaultdict(list)
        of_stay = (
            select(PromiseComparisonRow)
            .join(CheckInRow, CheckInRow.id == PromiseComparisonRow.check_in_id)
            .where(CheckInRow.deployment_id == deployment_id)
        )
        for line in session.scalars(of_stay):
            lines[line.check_in_id].append(comparison(line))
        query = (
            select(CheckInRow, CheckInAnswerRow.answered_at, MonitoringCaseRow.number)
            .outerjoin(CheckInAnswerRow, CheckInAnswerRow.check_in_id == CheckInRow.id)
            .outerjoin(MonitoringCaseRow, MonitoringCaseRow.check_in_id == CheckInRow.id)
            .where(CheckInRow.deployment_id == deployment_id)
            .order_by(CheckInRow.due_on.desc())
        )
        found = tuple(
            LedgerRow(
                row.id,
                row.due_on,
                row.status,
                answered_at,
                tuple(sorted(lines[row.id], key=lambda one: TERMS.index(one.term))),
                case,
            )
            for row, answered_at, case in session.execute(query)
        )
        happening = Happening("read_check_in", "check_in", deployment_id, subject=stay.subject)
    once_a_day.log_once_a_day(("ledger", deployment_id), happening, by=by)
    return found
