"""A person's story from registration to return: each area adds its own lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficerRow
from db.repositories.jobseekers import get_jobseeker as get_row
from db.session import reading
from domain.records.officer import Officer
from domain.records.road import TimelineEvent
from services.answers.road import answer_events
from services.audit import Happening
from services.cvs.road import cv_events
from services.deployments.road import deployment_events
from services.monitoring.road import monitoring_events
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.preparation.timeline import preparation_events
from services.returns.road import return_events
from services.road.own_events import message_events, process_events, register_events
from services.sending.road import sending_events

SOURCES: tuple[Callable[[Session, int], Iterator[TimelineEvent]], ...] = (
    register_events,
    process_events,
    cv_events,
    sending_events,
    answer_events,
    deployment_events,
    preparation_events,
    return_events,
    monitoring_events,
    message_events,
)
"""`(session, jobseeker_id)`: each area yields what happened with the person, in any order.

No text of a complaint and no health fact stands in a story: say that there is one, and link to it.
"""


@dataclass(frozen=True, slots=True)
class Story:
    """What happened with a person, the latest first, and the names of the officers in it."""

    events: tuple[TimelineEvent, ...]
    names: dict[int, tuple[str, str]]
    """Officer → (Georgian, English)."""


def get_story(*, external_id: str, by: Officer) -> Story:
    """A person's story; whoever opens the file has been written down already, and so is this."""
    check_can(by, Permission.JOBSEEKERS_READ)
    with reading() as session:
        row = get_row(session, external_id)
        events = events_of(session, row.id)
        ids = {event.by for event in events if event.by}
        found = session.scalars(select(OfficerRow).where(OfficerRow.id.in_(ids))) if ids else ()
        names = {one.id: (one.name_ka, one.name_en) for one in found}
    what = ("story", row.id)
    log_once_a_day(what, Happening("read", "jobseeker", row.id, external_id), by=by)
    return Story(events, names)


def events_of(session: Session, jobseeker_id: int) -> tuple[TimelineEvent, ...]:
    """Everything that happened with a person, the latest first."""
    found = [event for source in SOURCES for event in source(session, jobseeker_id)]
    return tuple(sorted(found, key=lambda event: event.at, reverse=True))
