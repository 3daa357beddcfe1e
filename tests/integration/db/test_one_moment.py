"""Readings of one screen share a session, and see at once what the screen itself wrote."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from db.models import FeatureNameRow
from db.session import kept_in, one_moment, reading, unit_of_work

COUNT = select(func.count()).select_from(FeatureNameRow)
pytestmark = pytest.mark.usefixtures("database")


def one_more(name: str) -> None:
    with unit_of_work() as work:
        work.session.add(FeatureNameRow(kind="skill", name=name))
        work.commit()


def test_readings_of_a_moment_share_one_session() -> None:
    with one_moment():
        with reading() as first, reading() as second:
            assert first is second
        with reading() as third:
            assert third is first
            assert kept_in(third) == {}
    with reading() as alone:
        assert alone is not first
        assert kept_in(alone) is None


def test_what_was_written_is_read_in_the_same_moment() -> None:
    with one_moment():
        with reading() as session:
            before = session.scalar(COUNT) or 0
            kept = kept_in(session)
            assert kept is not None
            kept["sitting"] = "of before"
        one_more("anna")
        with reading() as session:
            assert session.scalar(COUNT) == before + 1
            assert kept_in(session) == {}


def test_a_reading_that_is_open_while_something_is_written_stays_usable() -> None:
    with one_moment(), reading() as outer:
        outer.scalar(COUNT)
        one_more("beka")
        with reading() as inner:
            assert inner is not outer
            assert inner.scalar(COUNT)
        assert outer.scalar(COUNT) is not None


def test_a_failed_statement_does_not_spoil_the_readings_after_it() -> None:
    with one_moment():
        with pytest.raises(DBAPIError), reading() as session:
            session.execute(text("SELECT nothing FROM nowhere"))
        with reading() as session:
            assert session.scalar(COUNT) is not None
