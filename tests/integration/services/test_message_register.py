"""Officers see what went out and what did not, and never anybody's link."""

import pytest
from sqlalchemy import Engine, select

from db.models import AuditEventRow, MessageRow
from db.session import reading
from domain.enums import MessageStatus, Role
from domain.exceptions import PermissionDenied, Refused
from domain.records.messages import MessageQuery
from services.notifications import register, worker
from tests.factories.officers import officer
from tests.factories.providers import mail_server
from tests.integration.services.test_sending_messages import (
    LINK,
    mail,
    person,
    queue,
    row,
    send,
    wording,
)

__all__ = ["wording"]


def actions() -> list[tuple[str, str | None]]:
    with reading() as session:
        rows = session.scalars(select(AuditEventRow).where(AuditEventRow.entity == "message"))
        return [(event.action, event.subject) for event in rows]


def test_a_message_is_read_with_its_link_blotted_out_and_that_is_written_down(
    sqlite_database: Engine,
) -> None:
    recruiter = officer()
    queue()
    record = register.get_message(message_id=1, by=recruiter)
    register.get_message(message_id=1, by=recruiter)
    assert record.body == "ვაკანსია 2027-014: •••••"
    assert LINK not in repr(record)
    assert record.has_links
    assert actions() == [("read", "M-nino@example.ge-None")]


def test_the_list_masks_addresses_and_counts_by_state(sqlite_database: Engine) -> None:
    queue()
    worker.send_due()
    queue("k2", person("b@example.ge"))
    page = register.list_messages(query=MessageQuery(), by=officer())
    assert [one.status for one in page.messages] == [MessageStatus.WAITING, MessageStatus.KEPT]
    assert page.messages[1].sent_to == "n•••@example.ge"
    assert page.counts == {MessageStatus.WAITING: 1, MessageStatus.KEPT: 1}
    only = MessageQuery(status=MessageStatus.KEPT)
    assert register.list_messages(query=only, by=officer(username="two")).total == 1


def test_what_was_kept_goes_out_when_asked_again(sqlite_database: Engine) -> None:
    queue()
    worker.send_due()
    register.send_again(message_id=1, by=officer())
    with mail_server() as box:
        send(mail(box))
    assert LINK in box.emails[0].get_content()
    with pytest.raises(Refused, match="It was sent"):
        register.send_again(message_id=1, by=officer(username="two"))


def test_a_cancelled_message_is_never_sent_and_loses_its_link(sqlite_database: Engine) -> None:
    queue()
    register.cancel_message(message_id=1, by=officer())
    with mail_server() as box:
        assert send(mail(box)) == 0
    assert (row().secrets, box.emails) == (None, [])
    with pytest.raises(Refused, match="cancelled already"):
        register.cancel_message(message_id=1, by=officer(username="two"))


def test_links_are_opened_from_the_outbox_in_a_demonstration_only(
    sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    assert register.open_as_recipient(message_id=1, by=officer()) == (LINK,)
    monkeypatch.setattr(register, "DEMONSTRATION", frozenset())
    with pytest.raises(Refused, match="recipient alone"):
        register.open_as_recipient(message_id=1, by=officer(username="two"))


def test_a_commission_reads_nobodys_messages(sqlite_database: Engine) -> None:
    with pytest.raises(PermissionDenied):
        register.list_messages(query=MessageQuery(), by=officer(Role.COMMISSION_MEMBER))
    with reading() as session:
        assert session.scalars(select(MessageRow)).all() == []
