"""Personal links open one thing, for a while, and say why when they open nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.models import AccessLinkRow
from db.session import reading, unit_of_work
from domain.enums import LinkPurpose
from domain.exceptions import NotFound, Refused
from services import access_links, clock

PURPOSE = LinkPurpose.CHECK_IN


def issue(days: int = 3) -> str:
    with unit_of_work() as work:
        until = clock.now() + timedelta(days)
        secret, _ = access_links.issue_link(
            work.session, purpose=PURPOSE, subject_id=7, expires_at=until, by=None
        )
        work.commit()
    return secret


def test_a_link_opens_its_subject_and_counts_openings(database: Engine) -> None:
    secret = issue()
    access_links.open_link(secret=secret, purpose=PURPOSE)
    link = access_links.open_link(secret=secret, purpose=PURPOSE)
    assert (link.subject_id, link.openings) == (7, 2)
    assert link.first_opened_at is not None


def test_the_secret_is_not_kept(sqlite_database: Engine) -> None:
    secret = issue()
    with reading() as session:
        row = session.scalars(select(AccessLinkRow)).one()
    assert secret not in str(vars(row))


@pytest.mark.parametrize("typed", ["", "short", "x" * 43, "ქართული" * 7])
def test_an_unknown_link_opens_nothing(sqlite_database: Engine, typed: str) -> None:
    issue()
    with pytest.raises(NotFound):
        access_links.open_link(secret=typed, purpose=PURPOSE)


def test_a_link_opens_nothing_of_another_purpose(sqlite_database: Engine) -> None:
    secret = issue()
    with pytest.raises(NotFound):
        access_links.open_link(secret=secret, purpose=LinkPurpose.EMPLOYER_PACKAGE)


def test_a_revoked_link_says_that_it_was_called_back(sqlite_database: Engine) -> None:
    secret = issue()
    with unit_of_work() as work:
        ended = access_links.revoke_links(
            work.session, purpose=PURPOSE, subject_id=7, reason="wrong address", by=None
        )
        work.commit()
    assert ended == 1
    with pytest.raises(Refused, match="called back"):
        access_links.open_link(secret=secret, purpose=PURPOSE)


def test_an_expired_link_says_until_when_it_was_open(sqlite_database: Engine) -> None:
    secret = issue(days=3)
    clock.move(4)
    with pytest.raises(Refused, match="was open until"):
        access_links.open_link(secret=secret, purpose=PURPOSE)
