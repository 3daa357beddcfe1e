"""The outbox as officers see it: what went to whom, what did not, and what can be done about it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import EmployerRow, JobseekerRow, MessageRow, OfficerRow
from db.repositories import messages as repository
from db.session import reading, settings, unit_of_work
from domain.enums import AddresseeKind, MessageChannel, MessageStatus
from domain.exceptions import NotFound, Refused
from domain.records.messages import MessagePage, MessageQuery, MessageRecord, MessageSummary
from domain.records.officer import Officer
from domain.texts import N_, from_json
from domain.transitions import MESSAGE, check_can_move
from services import audit, clock
from services.audit import Happening
from services.notifications.letters import addressee, channel_of, words
from services.notifications.templates import template
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can

DEMONSTRATION = frozenset({"demo", "test"})


def list_messages(
    *, query: MessageQuery, offset: int = 0, limit: int = 100, by: Officer
) -> MessagePage:
    """Messages, the latest first, with masked addresses and without texts."""
    check_can(by, Permission.MESSAGES_READ)
    with reading() as session:
        rows, total = repository.page_of_messages(
            session, query.status, query.template, query.to, offset=offset, limit=limit
        )
        names = _names(session, rows)
        return MessagePage(
            tuple(_summary(row, names) for row in rows),
            total,
            repository.count_messages(session),
            repository.used_templates(session),
        )


def get_message(*, message_id: int, by: Officer) -> MessageRecord:
    """One message with its text; reading it is logged, once a day."""
    check_can(by, Permission.MESSAGES_READ)
    with reading() as session:
        row = session.get(MessageRow, message_id)
        if row is None:
            raise NotFound(N_("There is no such message."))
        summary = _summary(row, _names(session, [row]))
        subject, body = _text(session, row)
        record = MessageRecord(summary, subject, body, row.public_id, bool(row.secrets))
    about = summary.code if summary.kind is AddresseeKind.JOBSEEKER else None
    log_once_a_day(("message", row.id), Happening("read", "message", row.id, about), by=by)
    return record


def check_can_send_again(status: MessageStatus) -> None:
    """Only what did not go out is sent again: of two copies nobody knows which one counts."""
    if status is MessageStatus.SENT:
        raise Refused(N_("It was sent: the recipient has it, and a second copy would confuse."))
    if status in (MessageStatus.WAITING, MessageStatus.SENDING):
        raise Refused(N_("It waits to be sent already."))
    if status is MessageStatus.CANCELLED:
        raise Refused(N_("It was cancelled. What gave rise to it may bring a new one."))


def check_can_cancel(status: MessageStatus) -> None:
    """Whatever has not left the house can be called off."""
    if status is MessageStatus.SENT:
        raise Refused(N_("It was sent, and can't be called back. A link in it can be."))
    if status is MessageStatus.SENDING:
        raise Refused(N_("It is being sent in this moment. Look again in a minute."))
    if status is MessageStatus.CANCELLED:
        raise Refused(N_("It is cancelled already."))


def send_again(*, message_id: int, by: Officer) -> None:
    """Let a message that failed or stayed in the outbox wait to be sent, with all its tries."""
    check_can(by, Permission.MESSAGES_EDIT)
    with unit_of_work() as work:
        row = _locked(work.session, message_id)
        check_can_send_again(row.status)
        check_can_move(MESSAGE, row.status, MessageStatus.WAITING)
        row.status, row.attempts, row.next_try_at = MessageStatus.WAITING, 0, clock.now()
        row.problem = None
        _record(work.session, row, "queued_again", by)
        work.commit()


def cancel_message(*, message_id: int, by: Officer) -> None:
    """Call off what was not sent; its links are emptied and go to nobody."""
    check_can(by, Permission.MESSAGES_EDIT)
    with unit_of_work() as work:
        row = _locked(work.session, message_id)
        check_can_cancel(row.status)
        check_can_move(MESSAGE, row.status, MessageStatus.CANCELLED)
        row.status, row.secrets, row.next_try_at = MessageStatus.CANCELLED, None, None
        row.cancelled_at, row.cancelled_by = clock.now(), by.id
        _record(work.session, row, "cancelled", by)
        work.commit()


def is_demonstration() -> bool:
    """Whether links may be opened from the outbox, since nothing is sent to anybody."""
    return settings().environment in DEMONSTRATION


def open_as_recipient(*, message_id: int, by: Officer) -> tuple[str, ...]:
    """The links of a message, in a demonstration only: there it is the recipient's letter-box.

    Refused wherever real people are: their links are theirs alone.
    """
    check_can(by, Permission.MESSAGES_EDIT)
    if not is_demonstration():
        raise Refused(N_("Links are for the recipient alone."))
    with unit_of_work() as work:
        row = _locked(work.session, message_id)
        links = tuple(str(link) for link in (row.secrets or {}).values())
        if not links:
            raise Refused(N_("The links of this message are no longer kept."))
        _record(work.session, row, "opened_as_recipient", by)
        work.commit()
        return links


def _locked(session: Session, message_id: int) -> MessageRow:
    row = repository.locked_message(session, message_id)
    if row is None:
        raise NotFound(N_("There is no such message."))
    return row


def _record(session: Session, row: MessageRow, action: str, by: Officer) -> None:
    session.flush()
    names = _names(session, [row])
    person = row.recipient_kind is AddresseeKind.JOBSEEKER
    code = names.get((row.recipient_kind, row.recipient_id), (None, "", ""))[0]
    audit.record(
        session,
        action=action,
        entity="message",
        entity_id=row.id,
        subject=code if person else None,
        details={"template": row.template},
        by=by,
    )


Names = dict[tuple[AddresseeKind, int], tuple[str | None, str, str]]


def _names(session: Session, rows: list[MessageRow]) -> Names:
    """(code, Georgian name, name in Latin letters) of each recipient: one query for each kind."""
    found: Names = {}
    for kind, model in _TABLES.items():
        ids = {row.recipient_id for row in rows if row.recipient_kind is kind}
        for one in repository.recipients(session, model, ids):
            found[kind, one.id] = _named(one)
    return found


_TABLES: dict[AddresseeKind, type[JobseekerRow] | type[EmployerRow] | type[OfficerRow]] = {
    AddresseeKind.JOBSEEKER: JobseekerRow,
    AddresseeKind.EMPLOYER: EmployerRow,
    AddresseeKind.OFFICER: OfficerRow,
}


def _named(row: object) -> tuple[str | None, str, str]:
    match row:
        case JobseekerRow():
            ka = " ".join(filter(None, (row.first_name_ka, row.last_name_ka)))
            lat = " ".join(filter(None, (row.first_name_lat, row.last_name_lat)))
            return row.external_id, ka, lat
        case EmployerRow():
            return None, row.name, row.name
        case OfficerRow():
            return row.username, row.name_ka, row.name_en
    raise TypeError(type(row).__name__)


def _summary(row: MessageRow, names: Names) -> MessageSummary:
    code, name_ka, name_en = names.get((row.recipient_kind, row.recipient_id), (None, "", ""))
    return MessageSummary(
        row.id,
        row.template,
        row.recipient_kind,
        code,
        name_ka,
        name_en,
        row.status,
        row.channel,
        row.sent_to,
        row.attempts,
        row.queued_at,
        row.sent_at,
        row.next_try_at,
        from_json(row.problem) if row.problem else None,
    )


def _text(session: Session, row: MessageRow) -> tuple[str, str]:
    """What was sent, or what would be sent now; links blotted out."""
    if row.body is not None:
        return row.subject or "", row.body
    try:
        to, wording = addressee(session, row), template(row.template)
        channel = channel_of(wording, to) or wording.channels[0]
        return words(row, channel, to.language, {})
    except LookupError:
        return "", ""


def not_set_up() -> tuple[MessageChannel, ...]:
    """Ways out for which no server is set."""
    told = settings()
    found = {MessageChannel.EMAIL: told.smtp_host, MessageChannel.SMS: told.sms_url}
    return tuple(channel for channel, server in found.items() if not server)
