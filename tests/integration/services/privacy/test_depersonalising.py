"""After depersonalising nothing says who it was; figures and the audit chain stay as they were."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.models import (
    CandidacyEventRow,
    DepersonalisationRow,
    FrozenCvRow,
    JobseekerRow,
    LetterRow,
)
from db.session import UnitOfWork, reading, unit_of_work
from domain.enums import JobseekerStatus
from domain.exceptions import Refused
from services import clock
from services.jobseekers import registration
from services.privacy.depersonalising import depersonalise_one
from tests.factories import correspondence, traces
from tests.factories.correspondence import office
from tests.factories.jobseekers import NINO, person
from tests.factories.officers import officer
from tests.factories.sending import opening, person_of, sendable, sent


@pytest.fixture
def traced(sqlite_database: Engine) -> int:
    """A person who stands in every table."""
    traces.fill(sqlite_database)
    with sqlite_database.connect() as connection:
        assert len(set(traces.found(connection))) > 200, "the search finds what is there"
    return traces.ID


def test_depersonalised_person_is_found_in_no_byte(traced: int, sqlite_database: Engine) -> None:
    depersonalise_one(traced, rule="ended", by=None)
    with sqlite_database.connect() as connection:
        assert sorted(set(traces.found(connection))) == []


def withdrawn(external_id: str) -> int:
    """The person's id, with the registration ended."""
    with unit_of_work() as work:
        row = work.session.scalars(
            select(JobseekerRow).where(JobseekerRow.external_id == external_id)
        ).one()
        row.status = JobseekerStatus.WITHDRAWN
        work.commit()
        return row.id


def test_never_changed_records_stay_so_without_an_open_depersonalisation(database: Engine) -> None:
    by = officer()
    sent(by, opening(by))
    for table, column in ((FrozenCvRow, FrozenCvRow.record), (CandidacyEventRow, "reason")):
        name = column if isinstance(column, str) else column.key
        with pytest.raises(DBAPIError), unit_of_work() as work:
            work.session.execute(update(table).values({name: {} if name == "record" else "—"}))


def test_open_depersonalisation_changes_personal_columns_only(database: Engine) -> None:
    by = officer()
    sent(by, opening(by))
    person = person_id()
    allowed: list[dict[str, Any]] = [{"record": {}}]
    refused: list[dict[str, Any]] = [{"record": {"surname": "Other"}}, {"sha256": "—"}]
    for values in allowed:
        with opened(person) as work:
            work.session.execute(update(FrozenCvRow).values(values))
    for values in refused:
        with pytest.raises(DBAPIError), opened(person) as work:
            work.session.execute(update(FrozenCvRow).values(values))
    with pytest.raises(DBAPIError), opened(person) as work:
        work.session.execute(delete(CandidacyEventRow))


def test_nobody_commits_an_open_depersonalisation(database: Engine) -> None:
    by = officer()
    sent(by, opening(by))
    with pytest.raises(IntegrityError), opened(person_id()) as work:
        work.commit()
    with reading() as session:
        assert session.scalars(select(DepersonalisationRow)).all() == []


def test_register_of_the_depersonalised_is_never_changed(database: Engine) -> None:
    registered = registration.register_jobseeker(form=NINO, by=officer())
    depersonalise_one(withdrawn(registered.external_id), rule="ended", by=None)
    for change in (update(DepersonalisationRow).values(rule="x"), delete(DepersonalisationRow)):
        with pytest.raises(DBAPIError), unit_of_work() as work:
            work.session.execute(change)


def person_id() -> int:
    with reading() as session:
        return session.scalars(select(JobseekerRow.id).order_by(JobseekerRow.id)).first() or 0


@contextmanager
def opened(jobseeker_id: int) -> Iterator[UnitOfWork]:
    """A unit of work in which a depersonalisation is open; nothing of it is kept."""
    with unit_of_work() as work:
        work.session.add(
            DepersonalisationRow(
                jobseeker_id=jobseeker_id,
                rule="ended",
                rules_version="2026-01-01",
                counts={},
                kept=[],
                done_at=clock.now(),
                opening=0,
            )
        )
        work.session.flush()
        yield work


def test_a_namesake_and_a_shared_telephone_are_left_alone(sqlite_database: Engine) -> None:
    """What is said of another Nino Kipiani stays, also her letters."""
    by = officer()
    first = registration.register_jobseeker(form=NINO, by=by)
    other = person(personal_number="00000000102", birth_date=date(1970, 1, 1), email="n@example.ge")
    registration.register_jobseeker(
        form=other, confirmed_not_duplicates=(first.external_id,), by=by
    )
    correspondence.registered(office(), person="ნინო ყიფიანი", text="ტელ. 555 00 01 01")
    depersonalise_one(withdrawn(first.external_id), rule="ended", by=None)
    with reading() as session:
        kept = session.scalars(select(LetterRow)).one()
        assert (kept.person, kept.text) == ("ნინო ყიფიანი", "ტელ. 555 00 01 01")


def test_a_letter_that_names_the_person_names_nobody_afterwards(sqlite_database: Engine) -> None:
    registered = registration.register_jobseeker(form=NINO, by=officer())
    correspondence.registered(
        office(), person="ყიფიანი ნინო", text="გთხოვთ, დაურეკოთ ნინო ყიფიანს: 555 00 01 01."
    )
    depersonalise_one(withdrawn(registered.external_id), rule="ended", by=None)
    with reading() as session:
        kept = session.scalars(select(LetterRow)).one()
        assert "ყიფიან" not in f"{kept.person} {kept.text}" and "555" not in str(kept.text)
        assert "დაურეკოთ" in str(kept.text)


def test_whoever_is_still_in_the_process_is_refused(sqlite_database: Engine) -> None:
    by = officer()
    candidacy = sendable(by, opening(by))
    registered = person_of(candidacy)
    with pytest.raises(Refused, match="not over"):
        depersonalise_one(withdrawn(registered), rule="ended", by=None)
    with reading() as session:
        assert session.scalars(select(JobseekerRow.last_name_ka)).first() is not None
