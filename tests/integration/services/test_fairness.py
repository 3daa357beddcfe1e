"""Who somebody is changes no ranking: only what the vacancy asks for does."""

from dataclasses import replace
from datetime import date

import pytest

from db.session import unit_of_work
from domain.enums import Sex
from domain.records.officer import Officer
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.jobseekers.register import get_jobseeker
from services.rankings import ranking
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

pytestmark = pytest.mark.usefixtures("database")
PEOPLE = 24


def listed(number: str, by: Officer) -> list[tuple[str, float, float, float]]:
    run = ranking.rank_vacancy(vacancy_number=number, by=by)
    page = ranking.list_candidates(run_id=run.run_id, limit=PEOPLE, by=by)
    return [(row.external_id, row.score, row.low, row.high) for row in page.rows]


def test_other_names_sexes_ages_and_regions_change_no_place(by: Officer, number: str) -> None:
    before = listed(number, by)
    changed = []
    for place, (external_id, *_) in enumerate(before[::2]):
        form = get_jobseeker(external_id=external_id, by=by).form
        other = replace(
            form,
            sex=(Sex.MALE, Sex.FEMALE)[place % 2],
            first_name_ka="გიორგი",
            last_name_ka="ბერიძე",
            first_name_lat="Giorgi",
            last_name_lat="Beridze",
            birth_date=date(1968 + 2 * place, 5, 7),
            region="GE-TB",
        )
        changed.append((external_id, other))
    with unit_of_work() as work:
        upsert_jobseekers(work.session, changed, by)
        work.commit()
    assert listed(number, by) == before
    assert len(before) > 8


@pytest.fixture
def by() -> Officer:
    return officer()


@pytest.fixture
def number(by: Officer) -> str:
    register_pickers(PEOPLE, by)
    return published_vacancy(by, positions=2).number
