"""After depersonalising nothing says who it was; figures and the audit chain stay as they were."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, or_, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    DecisionRow,
    DepersonalisationRow,
    DeploymentRow,
    FrozenCvRow,
    JobseekerDocumentRow,
    JobseekerMergeRow,
    JobseekerRow,
    LetterRow,
    StoredFileRow,
)
from db.session import UnitOfWork, reading, unit_of_work
from domain.enums import (
    DeploymentStatus,
    JobseekerStatus,
    PrivacyChannel,
    PrivacyRequestKind,
    Role,
)
from domain.exceptions import Refused
from domain.records.privacy import RequestForm
from domain.records.statistics import StatisticsFilter
from services import audit, clock
from services.jobseekers import registration
from services.official_documents.files import content_of
from services.privacy.depersonalising import depersonalise_one
from services.privacy.obstacles import obstacles_of
from services.privacy.requests import register_request
from services.privacy.retention import place_hold
from services.statistics import get_dashboard
from services.statistics.quality import get_quality
from tests.factories import correspondence, traces
from tests.factories.correspondence import office
from tests.factories.jobseekers import NINO, person
from tests.factories.officers import officer
from tests.factories.sending import opening, person_of, sendable, sent

NUMBERS = count(1)


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


@pytest.mark.parametrize("kept_by", ["a legal hold", "an open request"])
def test_what_keeps_a_merged_file_keeps_the_one_it_leads_to(
    sqlite_database: Engine, kept_by: str
) -> None:
    """Uniting two files must not carry a person past a hold of the other one."""
    by, dpo = officer(), officer(Role.PRIVACY_OFFICER)
    kept = registration.register_jobseeker(form=NINO, by=by).external_id
    twin = person(personal_number="00000000102", email="n@example.ge", phone="+995555000102")
    other = registration.register_jobseeker(
        form=twin, confirmed_not_duplicates=(kept,), by=by
    ).external_id
    if kept_by == "a legal hold":
        place_hold(external_id=other, reason="ct 12/3", by=dpo)
    else:
        form = RequestForm(other, PrivacyRequestKind.ACCESS, PrivacyChannel.LETTER, "")
        register_request(form=form, by=by)
    id_ = withdrawn(kept)
    with unit_of_work() as work:
        merged = work.session.scalars(
            select(JobseekerRow).where(JobseekerRow.external_id == other)
        ).one()
        merged.status = JobseekerStatus.MERGED
        work.session.add(
            JobseekerMergeRow(
                kept_id=id_, merged_id=merged.id, before={}, merged_at=clock.now(), merged_by=by.id
            )
        )
        work.commit()
    with pytest.raises(Refused):
        depersonalise_one(id_, rule="inactive", by=None)
    with reading() as session:
        assert set(session.scalars(select(JobseekerRow.last_name_ka))) == {NINO.last_name_ka}


@pytest.mark.long
def test_figures_stay_and_nobody_is_found_in_the_sample(sample_database: Engine) -> None:
    """Somebody who was approved, sent, worked abroad and came back, seven years later.

    Every stored PDF and Word file is opened: a minute on a busy machine.
    """
    with sample_database.connect() as connection:
        external_id, jobseeker_id, named = somebody_who_returned(connection)
        assert len(set(traces.found(connection, named))) > 10
    withdrawn(external_id)
    clock.move(7 * 366)
    before = figures()
    depersonalise_one(jobseeker_id, rule="after_stay", by=None)
    assert figures() == before
    with sample_database.connect() as connection:
        assert sorted(set(traces.found(connection, named))) == []
    assert audit.verify_chain().problem is None
    with reading() as session:
        minutes = session.scalars(
            select(StoredFileRow).where(StoredFileRow.replacement.is_not(None))
        ).all()
        assert minutes and all(content_of(session, one.sha256) for one in minutes)


def somebody_who_returned(connection: Connection) -> tuple[str, int, tuple[str, ...]]:
    """Of those, the one whose name nobody else bears, with what says who it is."""
    query = (
        select(JobseekerRow)
        .join(DeploymentRow, DeploymentRow.jobseeker_id == JobseekerRow.id)
        .join(CandidacyRow, CandidacyRow.id == DeploymentRow.candidacy_id)
        .join(DecisionRow, DecisionRow.candidacy_id == CandidacyRow.id)
        .where(DeploymentRow.status == DeploymentStatus.RETURNED)
        .order_by(JobseekerRow.id)
    )
    with reading() as session:
        for row in session.scalars(query):
            same = [JobseekerRow.phone == row.phone, JobseekerRow.email == row.email]
            same.append(
                (JobseekerRow.last_name_ka == row.last_name_ka)
                & (JobseekerRow.first_name_ka == row.first_name_ka)
            )
            others = select(JobseekerRow.id).where(or_(*same), JobseekerRow.id != row.id)
            # Against it stand today the registration and the six years, and nothing else.
            is_over = len(obstacles_of(session, row)) == 2
            if is_over and row.last_name_ka and not session.scalars(others).all():
                papers = select(JobseekerDocumentRow.number).where(
                    JobseekerDocumentRow.jobseeker_id == row.id
                )
                named = (
                    *session.scalars(papers),
                    f"{row.first_name_ka} {row.last_name_ka}",
                    f"{row.first_name_lat} {row.last_name_lat}",
                    row.personal_number,
                    row.phone,
                    row.email,
                )
                return row.external_id, row.id, tuple(one for one in named if one)
    raise AssertionError("nobody in the sample came back")


def figures() -> list[object]:
    """Every figure of the dashboard, of the ranking's quality and of the fairness panel."""
    manager = officer(Role.MANAGER, username=f"manager-{next(NUMBERS)}")
    wanted = StatisticsFilter(date(2026, 1, 1), date(2026, 12, 31))
    board = get_dashboard(wanted=wanted, by=manager)
    quality = get_quality(wanted=wanted, by=manager)
    at = datetime(2033, 12, 1, tzinfo=UTC)
    return [replace(board, counted_at=at), replace(quality, counted_at=at)]
