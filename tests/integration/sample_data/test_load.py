"""The sample through the services: once, complete, and never among other people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, func, select

import db.session
from db.models import JobseekerRow, VacancyRow
from db.session import reading, unit_of_work
from db.settings import Settings
from domain.enums import JobseekerStatus, VacancyStatus
from domain.exceptions import Refused
from domain.records.jobseeker import JobseekerForm
from sample_data.load import count_people, is_wanted, load_sample
from services.audit import verify_chain
from services.bulk_registration import upsert_jobseekers

if TYPE_CHECKING:
    from tests.conftest import Postgres


def quietly(over: int, total: int, month: str) -> None:
    assert 0 < over <= total


def register_somebody() -> None:
    with unit_of_work() as work:
        somebody = JobseekerForm(first_name_ka="ნიმუშა", last_name_ka="ნიმუშაძე")
        upsert_jobseekers(work.session, [("JS-2026-00001", somebody)], None)
        work.commit()


def test_the_whole_sample_is_there_with_an_unbroken_audit_chain(sample_database: Engine) -> None:
    assert count_people() == (2000, 2000)
    with reading() as session:
        counted = dict(
            session.execute(
                select(JobseekerRow.status, func.count()).group_by(JobseekerRow.status)
            ).all()
        )
        vacancies = set(session.scalars(select(VacancyRow.status)))
    assert counted[JobseekerStatus.WITHDRAWN] >= 10
    assert {VacancyStatus.DRAFT, VacancyStatus.PUBLISHED, VacancyStatus.CLOSED} <= vacancies
    assert VacancyStatus.CANCELLED in vacancies
    assert verify_chain().problem is None


@pytest.mark.postgres
def test_the_sample_loads_on_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    name = postgres.create_database()
    db.session.configure(
        Settings(database_url=postgres.url(name), data_dir=tmp_path, environment="test")
    )
    load_sample(progress=quietly)
    assert count_people() == (2000, 2000)
    assert verify_chain().problem is None
    db.session.engine().dispose()
    db.session._engine = None
    postgres.drop_database(name)


def test_the_sample_is_not_loaded_twice(sample_database: Engine) -> None:
    assert not is_wanted()
    for force in (False, True):
        with pytest.raises(Refused, match="already"):
            load_sample(progress=quietly, force=force)


def test_the_sample_keeps_away_from_other_people(sqlite_database: Engine) -> None:
    assert is_wanted()
    register_somebody()
    assert not is_wanted()
    with pytest.raises(Refused, match="other people"):
        load_sample(progress=quietly)
    assert count_people() == (0, 1)


def test_the_sample_is_never_loaded_in_production(settings: Settings) -> None:
    db.session.configure(replace(settings, environment="production"))
    assert not is_wanted()
    with pytest.raises(Refused, match="never"):
        load_sample(progress=quietly, force=True)
    db.session.engine().dispose()
    db.session._engine = None
