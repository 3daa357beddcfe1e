"""Messages that did not get through are something to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from db.repositories.messages import count_messages, shown_to
from domain.enums import MessageStatus, RoadArea, Urgency
from domain.records.officer import Officer
from domain.records.road import RoadTask
from domain.texts import N_, Sentence
from services import clock
from services.notifications.templates import page_of
from services.notifications.worker import limits
from services.permissions import Permission, can


def message_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """What the officer was told on the screen; one line for all messages that did not get out."""
    since = clock.now() - timedelta(limits().shown_on_screen_days)
    for row in shown_to(session, officer.id, since):
        yield RoadTask(
            RoadArea.MESSAGE,
            Urgency.DUE,
            None,
            Sentence(N_("{day}: {text}"), {"day": clock.day_of(row.queued_at), "text": row.body}),
            N_("Go there"),
            page_of(row.template),
        )
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
