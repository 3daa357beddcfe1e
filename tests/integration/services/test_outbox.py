"""A message is queued exactly if what gives rise to it happened, and once."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.models import MessageRow
from db.session import reading, unit_of_work
from domain.enums import MessageStatus
from services.notifications import Recipient, queue_message

VALUES = {"vacancy": "2027-014", "until": date(2026, 12, 1)}


def queue(key: str = "call-1", **changes: object) -> int | None:
    with unit_of_work() as work:
        values = {**VALUES, **changes}
        found = queue_message(
            work.session,
            template="road.please_call",
            to=Recipient.jobseeker(1),
            values=values,
            key=key,
            by=None,
        )
        work.commit()
        return found


def rows() -> list[MessageRow]:
    with reading() as session:
        return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))


def test_the_same_key_twice_is_one_message(database: Engine) -> None:
    first = queue()
    assert first is not None
    assert queue() is None
    assert queue("call-2") is not None
    assert [(row.key, row.status) for row in rows()] == [
        ("call-1", MessageStatus.WAITING),
        ("call-2", MessageStatus.WAITING),
    ]


def test_nothing_is_queued_when_the_change_is_rolled_back(sqlite_database: Engine) -> None:
    with unit_of_work() as work:
        to = Recipient.jobseeker(1)
        queue_message(
            work.session, template="road.please_call", to=to, values=VALUES, key="k", by=None
        )
    assert rows() == []


@pytest.mark.parametrize("changes", [{"extra": 1}, {"link": "https://x"}])
def test_values_that_the_template_does_not_ask_for_are_refused(
    sqlite_database: Engine, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="differ"):
        queue(**changes)
    assert rows() == []


def test_a_template_goes_to_whom_it_is_written(sqlite_database: Engine) -> None:
    with unit_of_work() as work, pytest.raises(ValueError, match="written to the jobseeker"):
        queue_message(
            work.session,
            template="road.please_call",
            to=Recipient.employer(1),
            values=VALUES,
            key="k",
            by=None,
        )
