"""What monitoring adds to the board's list of things to do and to a person's story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CheckInAnswerRow,
    CheckInRow,
    DeploymentRow,
    MonitoringCaseRow,
    PromiseComparisonRow,
)
from domain.enums import CaseStatus, CheckInStatus, PromiseVerdict, RoadArea, Urgency
from domain.records.officer import Officer
from domain.records.road import RoadTask, TimelineEvent
from domain.texts import N_, Sentence, Term
from services import clock
from services.permissions import Permission, can

MONITORING = RoadArea.MONITORING
SOON = timedelta(hours=24)
UNANSWERED = N_("Check-ins of the last 30 days without an answer: {count}")


def monitoring_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """Cases that nobody has begun, and how many check-ins were missed."""
    if not can(officer, Permission.MONITORING_READ):
        return
    query = select(MonitoringCaseRow).where(MonitoringCaseRow.status == CaseStatus.OPEN)
    if can(officer, Permission.CASES_HANDLE) or can(officer, Permission.CASES_ASSIGN):
        for row in session.scalars(query):
            left = row.act_until - clock.now()
            urgency = Urgency.LATE if left <= timedelta() else Urgency.LATER
            if timedelta() < left <= SOON:
                urgency = Urgency.DUE
            named = {
                "case": row.number,
                "urgency": Term("CaseUrgency", row.urgency.value),
                "moment": row.act_until,
            }
            yield RoadTask(
                MONITORING,
                urgency,
                clock.day_of(row.act_until),
                Sentence(N_("Case {case}, {urgency}: begin before {moment}"), named),
                N_("Open the case"),
                "case",
                {"case": row.number},
            )
    missed = select(func.count()).where(
        CheckInRow.status == CheckInStatus.MISSED,
        CheckInRow.due_on >= clock.today() - timedelta(30),
    )
    if count := session.scalar(missed):
        yield RoadTask(
            MONITORING,
            Urgency.DUE,
            None,
            Sentence(
                N_("Check-ins of the last 30 days without an answer: {count}"), {"count": count}
            ),
            N_("See the check-ins"),
            "check_ins",
        )


def monitoring_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Answers of check-ins and cases of a person: that there were, never what was told."""
    broken = (
        select(func.count())
        .where(
            PromiseComparisonRow.check_in_id == CheckInRow.id,
            PromiseComparisonRow.verdict == PromiseVerdict.BROKEN,
        )
        .scalar_subquery()
    )
    answers = (
        select(CheckInRow.id, CheckInAnswerRow.answered_at, CheckInAnswerRow.answered_by, broken)
        .join(CheckInAnswerRow, CheckInAnswerRow.check_in_id == CheckInRow.id)
        .join(DeploymentRow, DeploymentRow.id == CheckInRow.deployment_id)
        .where(DeploymentRow.jobseeker_id == jobseeker_id)
    )
    for id_, at, by, count in session.execute(answers):
        text = N_("Answered a check-in; promises not kept: {count}")
        what = Sentence(text, {"count": count})
        yield TimelineEvent(
            MONITORING, at, what, page="check_ins", query={"check_in": str(id_)}, by=by
        )
    cases = (
        select(MonitoringCaseRow)
        .join(DeploymentRow, DeploymentRow.id == MonitoringCaseRow.deployment_id)
        .where(
            DeploymentRow.jobseeker_id == jobseeker_id, MonitoringCaseRow.is_anonymous.is_(False)
        )
    )
    for case in session.scalars(cases):
        named = {"case": case.number}
        query = {"case": case.number}
        opened = Sentence(N_("Case {case} was opened"), named)
        yield TimelineEvent(
            MONITORING, case.opened_at, opened, page="case", query=query, by=case.opened_by
        )
        if case.closed_at is not None:
            closed = Sentence(N_("Case {case} was closed"), named)
            yield TimelineEvent(
                MONITORING, case.closed_at, closed, page="case", query=query, by=case.closed_by
            )
