"""Messages that did not get through are something to do."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.repositories.messages import count_messages
from domain.enums import MessageStatus, RoadArea, Urgency
from domain.records.officer import Officer
from domain.records.road import RoadTask
from domain.texts import N_, Sentence
from services.permissions import Permission, can


def message_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """One line for all messages that could not be sent."""
    if not can(officer, Permission.MESSAGES_READ):
        return
    if failed := count_messages(session).get(MessageStatus.FAILED, 0):
        yield RoadTask(
            RoadArea.MESSAGE,
            Urgency.LATE,
            None,
            Sentence(N_("Messages that could not be sent: {count}"), {"count": failed}),
            N_("See the messages"),
            "messages",
            {"state": MessageStatus.FAILED.value},
        )
