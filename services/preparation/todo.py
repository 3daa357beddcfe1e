"""What waits before departure: sessions, papers, answers of authorities, departures of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from db.repositories import preparation as repository
from domain.enums import (
    CandidacyStatus,
    OrientationStatus,
    PermitStatus,
    RoadArea,
    Urgency,
)
from domain.records.officer import Officer
from domain.records.preparation import PreparationSummary
from domain.records.road import RoadTask
from domain.texts import N_, Sentence
from services import clock
from services.permissions import Permission, can
from services.preparation.obstacles import BEFORE_DEPARTURE
from services.preparation.reading import summaries
from services.preparation.rules import rules_on


def preparation_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """One line for each person with something due, and for each session to be written down."""
    if not can(officer, Permission.PREPARATION_EDIT):
        return
    yield from _sessions(session)
    people = repository.list_travellers(session, statuses=BEFORE_DEPARTURE)
    for one in summaries(session, people):
        task = _task(one)
        if task is not None:
            yield task


def _sessions(session: Session) -> Iterator[RoadTask]:
    now = clock.now()
    for row in repository.list_sessions(session):
        if row.status is OrientationStatus.PLANNED and row.starts_at <= now:
            yield RoadTask(
                RoadArea.PREPARATION,
                Urgency.DUE,
                clock.day_of(row.starts_at),
                Sentence(
                    N_("Orientation {number} has begun: who was there?"), {"number": row.number}
                ),
                N_("Mark the attendance"),
                "orientation",
                {"session": row.number},
            )


def _task(one: PreparationSummary) -> RoadTask | None:
    soon = rules_on(clock.today()).soon_days
    days = one.days_left
    if days is not None and days < 0:
        text = N_("The day of departure has passed: confirm it, or say that the person did not go")
        return _line(one, Urgency.LATE, text, N_("Open the file"))
    if one.papers_late:
        text = N_("Papers overdue before departure: {count}")
        return _line(one, Urgency.LATE, text, N_("Open the file"), count=one.papers_late)
    if one.status is CandidacyStatus.PERMIT_GRANTED and days is not None and days <= soon:
        text = N_("Departs on {day}: confirm the departure on the day")
        return _line(one, Urgency.DUE, text, N_("Open the file"), day=one.departure_on)
    if days is None or one.permit is None:
        text = N_("Confirmed, and no day of departure or no papers yet")
        return _line(one, Urgency.DUE, text, N_("Begin the file"))
    if one.permit is PermitStatus.PREPARING and not one.papers_open:
        return _line(one, Urgency.DUE, N_("Every paper is there: apply"), N_("Open the file"))
    if not one.is_oriented and days <= soon + soon:
        text = N_("Departs on {day} without orientation")
        return _line(one, Urgency.DUE, text, N_("Open the file"), day=one.departure_on)
    return None


def _line(
    one: PreparationSummary, urgency: Urgency, text: str, action: str, **values: object
) -> RoadTask:
    soon = timedelta(rules_on(clock.today()).soon_days)
    due = one.departure_on - soon if one.departure_on else None
    return RoadTask(
        RoadArea.PREPARATION,
        urgency,
        due if one.days_left is None or one.days_left >= 0 else one.departure_on,
        Sentence(text, values),
        action,
        "preparation",
        {"candidacy": str(one.candidacy_id)},
        candidacy_id=one.candidacy_id,
        vacancy=one.vacancy_number,
        jobseeker=one.external_id,
    )
