"""A person's story from registration to return: each area adds its own lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from domain.records.road import TimelineEvent
from services.answers.road import answer_events
from services.road.own_events import message_events, process_events, register_events

SOURCES: tuple[Callable[[Session, int], Iterator[TimelineEvent]], ...] = (
    register_events,
    process_events,
    answer_events,
    message_events,
)
"""`(session, jobseeker_id)`: each area yields what happened with the person, in any order.

No text of a complaint and no health fact stands in a story: say that there is one, and link to it.
"""


def events_of(session: Session, jobseeker_id: int) -> tuple[TimelineEvent, ...]:
    """Everything that happened with a person, the latest first."""
    found = [event for source in SOURCES for event in source(session, jobseeker_id)]
    return tuple(sorted(found, key=lambda event: event.at, reverse=True))
