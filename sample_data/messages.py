"""The outbox of the sample: what was sent in the course of time, some of it in vain."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from db.models import CandidacyRow, JobseekerRow
from db.session import reading
from domain.enums import CandidacyStatus as C
from domain.enums import MessageChannel
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from sample_data.timeline import Timeline
from services import clock
from services.notifications.channels import Channel, OnScreen, SendingFailed
from services.notifications.letters import Letter
from services.notifications.worker import send_due
from services.road.calling import ask_to_call

WEEKS, LAST_DAYS = 60, 3
"""How far back messages were sent; those of the last days still wait, with their links."""
IN_VAIN = 23
"""Each so-manieth message is refused by the provider."""
CALLED = 6


class Told:
    """A provider that takes every letter but a few; nothing leaves this machine."""

    def __init__(self) -> None:
        self.letters = 0

    def send(self, letter: Letter) -> None:
        """Take it, or refuse it for good."""
        self.letters += 1
        if self.letters % IN_VAIN == 3:
            text = N_("The SMS provider refuses this number or text (answer {code})")
            if letter.channel is MessageChannel.EMAIL:
                text = N_("The mail server refuses this address")
            raise SendingFailed(Sentence(text, {"code": "422"}), is_final=True)

    def close(self) -> None:
        """Nothing was opened."""


def tell_messages(timeline: Timeline, recruiter: Officer) -> None:
    """Once a week whatever was queued goes out; of late the recruiter asked some to call."""
    provider = Told()
    ways: dict[MessageChannel, Channel] = {
        MessageChannel.EMAIL: provider,
        MessageChannel.SMS: provider,
        MessageChannel.SCREEN: OnScreen(),
    }
    today = clock.today()
    for week in range(WEEKS, -1, -1):
        day = today - timedelta(LAST_DAYS + 7 * week)
        timeline.add(day, 20, lambda: send_due(ways))
    for days_ago in (LAST_DAYS + 5, 1):
        timeline.add(today - timedelta(days_ago), 11, lambda: _ask_some(recruiter))


def _ask_some(recruiter: Officer) -> None:
    """Ask those who have to say whether they go, or whose papers wait."""
    waiting = (C.EMPLOYER_SELECTED, C.ORIENTATION, C.PERMIT_PENDING, C.APPROVED)
    with reading() as session:
        query = (
            select(CandidacyRow.id)
            .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
            .where(CandidacyRow.status.in_(waiting))
            .order_by(CandidacyRow.id)
            .limit(CALLED)
        )
        found = list(session.scalars(query))
    for candidacy_id in found:
        try:
            ask_to_call(candidacy_id=candidacy_id, by=recruiter)
        except Refused:
            continue  # a file without phone and e-mail
