"""The register that is measured on is packed as the product would pack it."""

import pytest
from sqlalchemy import func, select

from bench.register import fill
from db.models import FeatureNameRow, JobseekerFeaturesRow, JobseekerRow
from db.repositories.features import fill_features, pack_from_tables, read_names
from db.session import reading, unit_of_work
from services.rankings.pool import live_pool

PEOPLE = 200


@pytest.mark.usefixtures("database")
def test_made_up_people_are_packed_as_their_tables_say() -> None:
    assert fill(PEOPLE).people == PEOPLE
    f = JobseekerFeaturesRow
    with unit_of_work() as work:
        assert fill_features(work.session) == 0
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(JobseekerRow)) == PEOPLE
        kept = list(session.scalars(select(f.packed).order_by(f.jobseeker_id)))
        names = read_names(session)
        told = list(pack_from_tables(session, range(1, PEOPLE + 1), names))
        assert not names.new
        assert session.scalars(select(func.count()).select_from(FeatureNameRow)).one() > 13_939
    assert kept == told
    assert len(live_pool().pool) == PEOPLE
