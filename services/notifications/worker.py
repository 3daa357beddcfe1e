"""Sending what waits in the outbox: claim, send, note; each step lasting before the next begins.

A message is claimed by one process for a while, so that two processes do not send it at once. A
process that dies between claiming and sending leaves a claim that runs out: nothing is lost. One
that dies between sending and noting leaves a message that is sent once more, under the same id:
nobody can know better, and whoever receives both can tell that they are one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from db.models import JobseekerRow, MessageRow
from db.repositories.messages import claimed_row, next_due
from db.session import settings, unit_of_work
from domain.enums import AddresseeKind, MessageChannel, MessageStatus
from domain.texts import N_, Sentence, to_json
from domain.transitions import MESSAGE, check_can_move
from services import audit, clock
from services.dated_rules import limits_in_force
from services.notifications.channels import Channel, SendingFailed, channels_of
from services.notifications.letters import (
    Letter,
    addressee,
    channel_of,
    compose,
    masked,
    words,
)
from services.notifications.templates import template

log = logging.getLogger("messages")


@dataclass(frozen=True, slots=True)
class Limits:
    """How hard a message is tried (dated)."""

    attempts: int
    first_wait_seconds: int
    longest_wait_seconds: int
    claim_seconds: int
    failures_in_a_row: int
    per_run: int
    shown_on_screen_days: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process alone may send until the claim runs out."""

    id: int
    claim: str
    attempt: int
    letter: Letter | None
    """None where it is settled already: it can't be sent, or nothing is set up to send it."""


def limits() -> Limits:
    """The limits in force today."""
    return limits_in_force(Limits, "messages", clock.today())


def send_due(channels: Mapping[MessageChannel, Channel] | None = None) -> int:
    """Try every message that is due; how many were settled. Anybody may ask at any time.

    After some failures in a row the rest is left for the next run: the server is out of order.
    """
    ways = channels_of(settings()) if channels is None else channels
    told, settled, in_a_row = limits(), 0, 0
    try:
        for _ in range(told.per_run):
            claimed = _claim(ways, told)
            if claimed is None:
                break
            if claimed.letter is None or _try(claimed, claimed.letter, ways, told):
                settled, in_a_row = settled + 1, 0
                continue
            in_a_row += 1
            if in_a_row >= told.failures_in_a_row:
                break
    finally:
        for way in ways.values():
            way.close()
    return settled


def _try(
    claimed: Claimed, letter: Letter, ways: Mapping[MessageChannel, Channel], told: Limits
) -> bool:
    """Send one letter and note what came of it; whether the channel is in order."""
    failure = None
    try:
        ways[letter.channel].send(letter)
    except SendingFailed as error:
        failure = error
        log.log(logging.INFO, "message %s was not sent: %s", letter.public_id, error)
    _note(claimed, letter, failure, told)
    return failure is None or failure.is_final


def _claim(ways: Mapping[MessageChannel, Channel], told: Limits) -> Claimed | None:
    """Take the next due message for this process; None where nothing is due."""
    with unit_of_work() as work:
        now = clock.now()
        row = next_due(work.session, now)
        if row is None:
            return None
        row.attempts, row.tried_at = row.attempts + 1, now
        _move(row, MessageStatus.SENDING)
        letter = None
        try:
            letter = _prepare(work.session, row, ways, told)
        except LookupError:
            # A template or a placeholder of it that is no more must not hold up the others.
            why = Sentence(N_("This kind of message is not written any more"))
            _settle_failed(work.session, row, why)
        work.commit()
        return Claimed(row.id, row.claim or "", row.attempts, letter)


def _prepare(
    session: Session, row: MessageRow, ways: Mapping[MessageChannel, Channel], told: Limits
) -> Letter | None:
    """Claim the message and write its letter; None where it is settled without a try."""
    wording, to = template(row.template), addressee(session, row)
    channel = channel_of(wording, to)
    if channel is None:
        _settle_failed(session, row, Sentence(N_("No address to send it to: add one")))
        return None
    row.channel, row.language = channel, to.language
    row.sent_to = masked(channel, to.addresses[channel])
    if row.attempts > told.attempts:
        _settle_failed(session, row, Sentence(N_("Every try was interrupted")))
        return None
    letter = compose(row, channel, to)
    if channel not in ways:
        row.subject, row.body = words(row, channel, to.language, {})
        row.problem, row.next_try_at = None, None
        _move(row, MessageStatus.KEPT)
        _audit(session, row, "kept")
        return None
    row.claim = str(uuid4())
    row.claimed_until = clock.now() + timedelta(seconds=told.claim_seconds)
    return letter


def _note(claimed: Claimed, letter: Letter, failure: SendingFailed | None, told: Limits) -> None:
    """Write down what came of a try, unless the claim ran out and another process has it."""
    with unit_of_work() as work:
        row = claimed_row(work.session, claimed.id, claimed.claim)
        if row is None:
            log.log(
                logging.WARNING, "message %s: the claim ran out before its end", letter.public_id
            )
            return
        row.claim = row.claimed_until = None
        if failure is None:
            assert row.channel is not None
            assert row.language is not None
            row.subject, row.body = words(row, row.channel, row.language, {})
            row.secrets, row.problem, row.next_try_at = None, None, None
            row.sent_at = clock.now()
            _move(row, MessageStatus.SENT)
            _audit(work.session, row, "sent")
        elif failure.is_final or row.attempts >= told.attempts:
            _settle_failed(work.session, row, failure.sentence)
        else:
            row.problem = to_json(failure.sentence)
            row.next_try_at = next_try(row.attempts, clock.now(), told)
            _move(row, MessageStatus.WAITING)
        work.commit()


def next_try(attempts: int, now: datetime, told: Limits) -> datetime:
    """When to try again after so many attempts: each wait twice the one before, up to a limit."""
    wait = min(told.first_wait_seconds * 2 ** (attempts - 1), told.longest_wait_seconds)
    return now + timedelta(seconds=wait)


def _settle_failed(session: Session, row: MessageRow, why: Sentence) -> None:
    row.problem, row.next_try_at = to_json(why), None
    row.claim = row.claimed_until = None
    _move(row, MessageStatus.FAILED)
    _audit(session, row, "not_sent")


def _move(row: MessageRow, after: MessageStatus) -> None:
    if row.status is not after:
        check_can_move(MESSAGE, row.status, after)
        row.status = after


def _audit(session: Session, row: MessageRow, action: str) -> None:
    session.flush()
    person = row.recipient_kind is AddresseeKind.JOBSEEKER
    about = session.get(JobseekerRow, row.recipient_id) if person else None
    audit.record(
        session,
        action=action,
        entity="message",
        entity_id=row.id,
        subject=about.external_id if about else None,
        details={
            "template": row.template,
            "to": f"{row.recipient_kind.value} {row.recipient_id}",
            "channel": row.channel.value if row.channel else None,
        },
        by=None,
    )
