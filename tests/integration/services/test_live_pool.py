"""The pool in memory: what the database says, soon, whoever wrote it."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, select, update

import db.session
from db.features import STATUSES
from db.models import FeatureNameRow, JobseekerFeaturesRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import JobseekerStatus
from domain.records.officer import Officer
from matching.pool import Pool
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import update_jobseeker, withdraw_jobseeker
from services.rankings import pool
from services.rankings.pool import LivePool, live_pool
from services.rankings.scheme_gates import last_birth
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers

ROOT = Path(__file__).parents[3]


@pytest.fixture
def by(database: object) -> Officer:
    return officer()


def from_scratch() -> LivePool:
    pool._kept.clear()
    return live_pool()


def everybody(live: LivePool) -> list[object]:
    """Each person as the engine and the outside gates know them."""
    known = live.registered
    countries = [*known.countries, None]
    rows = zip(
        known.person.tolist(),
        known.birth.tolist(),
        [countries[i] for i in known.citizenship.tolist()],
        [STATUSES[i] for i in known.status.tolist()],
        strict=True,
    )
    assert list(live.pool.persons) == known.person.tolist()
    return [(row, live.pool.profile(row[0])) for row in rows]


def test_changes_one_by_one_lead_where_a_fresh_start_leads(by: Officer) -> None:
    ids = register_pickers(12, by)
    before = live_pool()
    kept = get_jobseeker(external_id=ids[4], by=by)
    changed = replace(kept.form, citizenship="UA", birth_date=date(2001, 2, 3), education=5)
    update_jobseeker(external_id=ids[4], form=changed, version=kept.version, by=by)
    assert everybody(live_pool()) == everybody(from_scratch())
    kept = get_jobseeker(external_id=ids[7], by=by)
    withdraw_jobseeker(external_id=ids[7], reason="Asked", version=kept.version, by=by)
    register_pickers(15, by, citizenship="MD")
    live = live_pool()
    assert everybody(live) == everybody(from_scratch())
    assert len(live.pool) == 15
    # A ranking under way keeps the pool it began with.
    assert len(before.pool) == 12
    assert before.registered.countries == ("GE",)


def test_an_unfinished_registration_is_not_ranked(by: Officer) -> None:
    register_pickers(4, by)
    live_pool()
    with unit_of_work() as work:
        first = work.session.scalars(select(JobseekerRow).order_by(JobseekerRow.id)).first()
        assert first is not None
        first.status = JobseekerStatus.DRAFT
        work.session.flush()
        note(work.session, first.id, by)
        work.commit()
    assert len(live_pool().pool) == len(from_scratch().pool) == 3


def note(session: object, person: int, by: Officer) -> None:
    from db.repositories.jobseekers import note_change
    from services import audit

    seq = audit.record(session, action="updated", entity="jobseeker", by=by)  # type: ignore[arg-type]
    note_change(session, {person: seq})  # type: ignore[arg-type]


def test_a_missing_or_damaged_copy_is_read_from_the_file(by: Officer) -> None:
    register_pickers(6, by)
    told = everybody(from_scratch())
    f = JobseekerFeaturesRow
    with unit_of_work() as work:
        ids = list(work.session.scalars(select(f.jobseeker_id).order_by(f.jobseeker_id)))
        work.session.execute(delete(f).where(f.jobseeker_id == ids[0]))
        packed = work.session.get_one(f, ids[1]).packed
        broken = update(f).where(f.jobseeker_id == ids[1])
        work.session.execute(broken.values(packed=packed[:-5] + b"\0" + packed[-4:]))
        work.session.execute(update(f).where(f.jobseeker_id == ids[2]).values(seq=0))
        german = FeatureNameRow.name == "de"
        work.session.execute(delete(FeatureNameRow).where(german))
        work.commit()
    assert everybody(from_scratch()) == told


OTHER_PROCESS = """
import sys
from db.session import configure
from db.settings import Settings
configure(Settings(database_url=sys.argv[1], environment="test"))
from dataclasses import replace
from domain.enums import CefrLevel
from domain.records.jobseeker import LanguageEntry
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import update_jobseeker
from services.officers.operator import officer_named
by = officer_named("recruiter-test")
kept = get_jobseeker(external_id="T-00002", by=by)
form = replace(kept.form, languages=(LanguageEntry("pl", CefrLevel.C2),))
update_jobseeker(external_id="T-00002", form=form, version=kept.version, by=by)
"""


def test_what_another_process_wrote_is_in_the_next_answer(by: Officer) -> None:
    register_pickers(5, by)
    before = live_pool()
    address = db.session.engine().url.render_as_string(hide_password=False)
    subprocess.run([sys.executable, "-c", OTHER_PROCESS, address], cwd=ROOT, check=True)
    began = time.perf_counter()
    after = live_pool()
    assert time.perf_counter() - began < 2
    with reading() as session:
        query = select(JobseekerRow.id).where(JobseekerRow.external_id == "T-00002")
        person = session.scalars(query).one()
    assert "pl" not in before.pool.profile(person).languages
    assert after.pool.profile(person).languages["pl"][0] == 6


def test_nothing_is_read_again_when_nothing_happened(by: Officer) -> None:
    register_pickers(3, by)
    assert live_pool() is live_pool()


def test_age_in_years_is_counted_by_the_calendar() -> None:
    def age_on(born: date, day: date) -> int:
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    for day in (date(2026, 3, 1), date(2027, 2, 28), date(2028, 2, 29), date(2026, 12, 31)):
        for shift in range(-3, 4):
            for age in (18, 26, 61):
                born = date(day.year - age, day.month, min(day.day, 28)) + timedelta(shift)
                reached = born.toordinal() <= last_birth(day, age)
                assert reached == (age_on(born, day) >= age), (born, day, age)


def test_a_pool_of_nobody_is_a_pool(by: Officer) -> None:
    live = from_scratch()
    assert len(live.pool) == 0 and live.registered.person.dtype == np.int64
    assert isinstance(live.pool, Pool)


def test_engine_made_ready_has_sorted_people_by_skills(by: Officer) -> None:
    register_pickers(3, by)
    live = from_scratch()
    assert all(shard.inverted is None for shard in live.pool.state.shards)
    pool.make_ready()
    assert live_pool() is live
    assert live.pool.state.shards
    assert all(shard.inverted is not None for shard in live.pool.state.shards)
