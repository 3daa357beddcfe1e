"""A row held against others is what the database holds, whatever was read of it before."""

from sqlalchemy import Engine, text

from db.models import CandidacyRow
from db.repositories.holding import find_held, get_held
from db.session import unit_of_work
from tests.factories import histories

CHANGED_BY_ANOTHER = text(
    "UPDATE candidacies SET status = 'withdrawn', version = version + 1 WHERE id = :id"
)


def test_a_row_read_before_another_changed_it_is_held_as_it_stands(sqlite_database: Engine) -> None:
    candidacy = histories.candidacy(histories.person(), histories.vacancy(), ("sent", "2026-02-01"))
    with unit_of_work() as work:
        before = work.session.get_one(CandidacyRow, candidacy)
        seen = before.version
        work.session.execute(CHANGED_BY_ANOTHER, {"id": candidacy})
        held = get_held(work.session, CandidacyRow, candidacy)
        assert (held.status, held.version) == ("withdrawn", seen + 1)


def test_a_row_that_is_not_there_is_not_found(sqlite_database: Engine) -> None:
    with unit_of_work() as work:
        assert find_held(work.session, CandidacyRow, 999) is None
