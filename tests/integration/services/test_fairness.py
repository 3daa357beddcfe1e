"""Who somebody is changes no ranking: only what the vacancy asks for does."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import cast
from weakref import WeakKeyDictionary

import pytest
from sqlalchemy import Engine, Table, bindparam, delete, select, update

from db.models import JobseekerFeaturesRow, JobseekerRow, VacancyRow
from db.session import reading, unit_of_work
from domain.enums import Sex
from domain.records.officer import Officer
from domain.records.vacancy import VacancyRecord
from matching.top import batch
from services import clock
from services.fairness.together import OPEN
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.jobseekers.register import get_jobseeker
from services.policy.versions import parameters_at
from services.rankings import pool as pools
from services.rankings import ranking
from services.rankings.outside_gates import outside_gates
from services.vacancies.records import read_vacancy
from services.vacancies.requirements import requirement
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

PEOPLE = 24


def listed(number: str, by: Officer) -> list[tuple[str, float, float, float]]:
    run = ranking.rank_vacancy(vacancy_number=number, by=by)
    page = ranking.list_candidates(run_id=run.run_id, limit=PEOPLE, by=by)
    return [(row.external_id, row.score, row.low, row.high) for row in page.rows]


@pytest.mark.usefixtures("database")
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


WHO = ("sex", "first_name_ka", "last_name_ka", "first_name_lat", "last_name_lat", "name_key")
HOME = ("region", "municipality")


def test_swapped_names_sexes_ages_and_homes_change_no_place_in_the_whole_sample(
    sample_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ages are swapped among people whom every agreement's clause treats alike."""
    vacancies = open_vacancies()
    before, known = everybody_ranked(vacancies, monkeypatch)
    random = Random(5)
    with unit_of_work() as work:
        columns = [JobseekerRow.id, JobseekerRow.birth_date]
        columns += [getattr(JobseekerRow, name) for name in WHO + HOME]
        people = work.session.execute(select(*columns).order_by(JobseekerRow.id)).all()
        others, homes = random.sample(people, len(people)), random.sample(people, len(people))
        birth_of = swapped_births({row.id: row.birth_date for row in people}, vacancies, random)
        changed = [
            {"person": row.id, "birth_date": birth_of[row.id]}
            | {name: getattr(other, name) for name in WHO}
            | {name: getattr(home, name) for name in HOME}
            for row, other, home in zip(people, others, homes, strict=True)
        ]
        table = cast(Table, JobseekerRow.__table__)
        names = ("birth_date", *WHO, *HOME)
        query = update(table).where(table.c.id == bindparam("person"))
        query = query.values({name: bindparam(name) for name in names})
        work.session.connection().execute(query, changed)
        work.session.execute(delete(JobseekerFeaturesRow))  # packed from the old ones
        work.commit()
    after, swapped = everybody_ranked(vacancies, monkeypatch)
    assert len(before) > 40 and sum(len(one["persons"]) for one in before) > 10_000
    assert (known.birth != swapped.birth).mean() > 0.9
    assert after == before


def open_vacancies() -> list[VacancyRecord]:
    with reading() as session:
        query = select(VacancyRow.number).where(VacancyRow.status.in_(OPEN))
        found = [read_vacancy(session, number) for number in session.scalars(query)]
    return [vacancy for vacancy in found if vacancy.occupations]


def everybody_ranked(
    vacancies: list[VacancyRecord], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[dict[str, list[int]]], pools.Registered]:
    """Everybody's place and points for each vacancy, from files read anew."""
    monkeypatch.setattr(pools, "_kept", WeakKeyDictionary())
    live = pools.live_pool()
    parameters = parameters_at(clock.today())
    words, _ = pools.vocabulary(parameters)
    asked = [requirement(vacancy) for vacancy in vacancies]
    outside = [
        outside_gates(vacancy, each, live.registered)
        for vacancy, each in zip(vacancies, asked, strict=True)
    ]
    tops = batch(live.pool, asked, words, parameters, k=len(live.pool), outside=outside)
    lists = ("persons", "points", "low", "high")
    return [{name: getattr(top, name).tolist() for name in lists} for top in tops], live.registered


def swapped_births(
    births: dict[int, date | None], vacancies: list[VacancyRecord], random: Random
) -> dict[int, date | None]:
    """Birth dates exchanged among people who pass and fail the same clauses on age."""
    known = pools.live_pool().registered
    verdicts: dict[int, list[str]] = {person: [] for person in births}
    for vacancy in vacancies:
        gate = outside_gates(vacancy, requirement(vacancy), known).get("scheme_age")
        for person in gate.failed.tolist() if gate else ():
            verdicts[person].append(vacancy.number)
    alike: dict[tuple[str, ...], list[int]] = {}
    for person, failed in verdicts.items():
        if births[person] is not None:
            alike.setdefault(tuple(failed), []).append(person)
    swapped = dict(births)
    for group in alike.values():
        for person, other in zip(group, random.sample(group, len(group)), strict=True):
            swapped[person] = births[other]
    return swapped
