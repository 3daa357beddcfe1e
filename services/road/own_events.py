"""The lines of a person's story that the register, the process and the outbox tell."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.models import JobseekerRow, MessageRow
from db.queries.road import story_of_candidacies, story_of_file
from db.repositories.messages import list_messages_to
from domain.enums import AddresseeKind, MessageStatus, RoadArea
from domain.enums import CandidacyStatus as C
from domain.records.road import TimelineEvent
from domain.texts import N_, Sentence, Term
from services import clock

FILE_STEPS = {
    "registered": N_("Registered"),
    "withdrawn": N_("Withdrawn from the register"),
    "reactivated": N_("Back on the register"),
    "merged": N_("Two files of this person became one"),
    "merge_undone": N_("A merge of two files was undone"),
}
AREAS = {
    C.PRESELECTED: RoadArea.SELECTION,
    **dict.fromkeys(
        (C.COMMISSION_REVIEW, C.APPROVED, C.RESERVE, C.NOT_APPROVED), RoadArea.COMMISSION
    ),
    **dict.fromkeys(
        (
            C.SENT,
            C.EMPLOYER_SELECTED,
            C.EMPLOYER_RESERVE,
            C.EMPLOYER_REJECTED,
            C.CONFIRMED,
            C.DECLINED,
            C.NO_ANSWER,
            C.CANCELLED,
        ),
        RoadArea.EMPLOYER,
    ),
    **dict.fromkeys(
        (C.ORIENTATION, C.PERMIT_PENDING, C.PERMIT_GRANTED, C.PERMIT_REFUSED, C.NO_SHOW),
        RoadArea.PREPARATION,
    ),
    **dict.fromkeys((C.DEPARTED, C.WORKING), RoadArea.ABROAD),
    C.RETURNED: RoadArea.RETURN,
    C.WITHDRAWN: RoadArea.SELECTION,
}
MESSAGES = {
    MessageStatus.WAITING: N_("Message “{title}” waits to be sent"),
    MessageStatus.SENDING: N_("Message “{title}” waits to be sent"),
    MessageStatus.SENT: N_("Message “{title}” was sent: {channel}"),
    MessageStatus.KEPT: N_("Message “{title}” was written to the outbox"),
    MessageStatus.FAILED: N_("Message “{title}” could not be sent"),
    MessageStatus.CANCELLED: N_("Message “{title}” was cancelled before it was sent"),
}


def register_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Registration, withdrawal, merges; files older than the audit have their day only."""
    told = set()
    for event, _code in story_of_file(session, jobseeker_id):
        told.add(event.action)
        what = Sentence(FILE_STEPS[event.action])
        yield TimelineEvent(RoadArea.REGISTER, event.happened_at, what, by=event.actor_id)
    row = session.get(JobseekerRow, jobseeker_id)
    if row is not None and "registered" not in told:
        at = clock.beginning(row.registered_on)
        what = Sentence(FILE_STEPS["registered"])
        yield TimelineEvent(RoadArea.REGISTER, at, what, is_day_only=True)


def process_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Every step of every candidacy, from preselection on."""
    for event, candidacy, number, country in story_of_candidacies(session, jobseeker_id):
        values: dict[str, object] = {
            "number": number,
            "country": Term("country", country),
            "status": Term("CandidacyStatus", event.to_status.value),
        }
        text = N_("Vacancy {number}, {country}: {status}")
        if event.to_status is C.PRESELECTED and candidacy.rank:
            text = N_("Vacancy {number}, {country}: {status}, rank {rank}")
            values["rank"] = candidacy.rank
        yield TimelineEvent(
            AREAS[event.to_status],
            event.happened_at,
            Sentence(text, values),
            "vacancy",
            {"vacancy": number},
            note=event.reason,
            by=event.happened_by,
        )


def message_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """What the person was told, and whether it went out; never what a link was."""
    for row in list_messages_to(session, AddresseeKind.JOBSEEKER, jobseeker_id):
        yield TimelineEvent(
            RoadArea.MESSAGE,
            row.sent_at or row.cancelled_at or row.tried_at or row.queued_at,
            Sentence(MESSAGES[row.status], _told(row)),
            "messages",
            {"message": str(row.id)},
            by=row.cancelled_by if row.status is MessageStatus.CANCELLED else row.queued_by,
        )


def _told(row: MessageRow) -> dict[str, object]:
    channel = Term("MessageChannel", row.channel.value) if row.channel else ""
    return {"title": Term("message_template", row.template), "channel": channel}
