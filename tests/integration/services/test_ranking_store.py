"""Stored runs: reproducible in either form, and nothing is stored twice."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select, update

from db.models import RankingInputRow, RankingRunRow
from db.session import reading, unit_of_work
from domain.enums import CefrLevel, Evidence
from domain.exceptions import InvalidInput
from domain.records.jobseeker import LanguageEntry
from domain.records.officer import Officer
from matching.outside import OutsideGate
from services import clock
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import update_jobseeker
from services.rankings import ranking
from services.rankings.ranking_start import get_ready
from services.rankings.runs import reproduce_run, stored_order
from services.rankings.store import BLOCKS, Order, result_bytes, result_from
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

CASE = Path(__file__).parents[2] / "cases" / "run_of_the_first_form.json"


@pytest.fixture
def by(database: object) -> Officer:
    return officer()


def stored_inputs() -> set[str]:
    with reading() as session:
        return set(session.scalars(select(RankingInputRow.sha256)))


def improve(external_id: str, by: Officer) -> None:
    kept = get_jobseeker(external_id=external_id, by=by)
    form = replace(kept.form, languages=(LanguageEntry("de", CefrLevel.C1, Evidence.TESTED),))
    update_jobseeker(external_id=external_id, form=form, version=kept.version, by=by)


def test_a_run_of_the_first_form_is_still_reproduced(by: Officer) -> None:
    stored = json.loads(CASE.read_text(encoding="utf-8"))
    vacancy, now = published_vacancy(by), clock.now()
    with unit_of_work() as work:
        for name, content in stored.pop("inputs").items():
            row = RankingInputRow(sha256=name, content=base64.b64decode(content), created_at=now)
            work.session.add(row)
        work.session.flush()
        result = base64.b64decode(stored.pop("result"))
        run = RankingRunRow(vacancy_id=vacancy.id, result=result, created_at=now, **stored)
        work.session.add(run)
        work.commit()
    reproduced = reproduce_run(run.id)
    assert reproduced.is_same
    assert len(reproduced.ranking.candidates) == stored["ranked"]
    assert reproduced.ranking.excluded_by_gate == stored["excluded"]
    with reading() as session:
        order = stored_order(session, run.id)
    assert order.person.tolist() == [c.person for c in reproduced.ranking.candidates]


def test_after_one_change_only_its_block_is_stored_anew(by: Officer) -> None:
    ids = register_pickers(40, by)
    vacancy = published_vacancy(by)
    first = ranking.rank_vacancy(vacancy_number=vacancy.number, by=by)
    before = stored_inputs()
    improve(ids[3], by)
    second = ranking.rank_vacancy(vacancy_number=vacancy.number, by=by)
    new = stored_inputs() - before
    assert second.run_id != first.run_id
    with reading() as session:
        contents = [session.get_one(RankingInputRow, name).content for name in new]
    # The block with the changed person, and the list that names all blocks.
    assert sorted(content.startswith(BLOCKS) for content in contents) == [False, True]
    for run in (first, second):
        assert reproduce_run(run.run_id).is_same
    assert len(reproduce_run(first.run_id).ranking.candidates) == first.ranked


def test_another_vacancy_on_the_same_people_stores_nobody_again(by: Officer) -> None:
    register_pickers(20, by)
    one, other = published_vacancy(by), published_vacancy(by, number="VAC-TEST-9")
    ranking.rank_vacancy(vacancy_number=one.number, by=by)
    before = stored_inputs()
    ranking.rank_vacancy(vacancy_number=other.number, by=by)
    assert stored_inputs() == before


def test_a_damaged_block_is_refused(by: Officer) -> None:
    register_pickers(20, by)
    run = ranking.rank_vacancy(vacancy_number=published_vacancy(by).number, by=by)
    with unit_of_work() as work:
        people = work.session.get_one(RankingRunRow, run.run_id).people_sha256
        block = work.session.get_one(RankingInputRow, people).content[len(BLOCKS) :].hex()
        content = work.session.get_one(RankingInputRow, block).content
        table = update(RankingInputRow).where(RankingInputRow.sha256 == block)
        broken = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
        work.session.execute(table.values(content=broken))
        work.commit()
    with pytest.raises(InvalidInput):
        reproduce_run(run.run_id)


def test_a_result_comes_back_as_it_was_stored() -> None:
    person = np.array([9, 2, 70_000], np.int64)
    points = np.array([900_000, 800_000, 10], np.int64)
    order = Order(person, points, points - np.array([5, 0, 10]), points + np.array([0, 7, 3]))
    outside = {"withdrawn": OutsideGate.of(failed=[3, 1], unknown=[8]), "a": OutsideGate.of()}
    content = result_bytes(order, outside)
    back, gates = result_from(content)
    assert back.is_same(order)
    assert sorted(gates) == ["a", "withdrawn"]
    assert gates["withdrawn"].failed.tolist() == [1, 3]
    assert gates["withdrawn"].unknown.tolist() == [8]
    with pytest.raises(InvalidInput):
        result_from(content[:-6])


def test_nobody_ranked_is_stored_too(by: Officer) -> None:
    register_pickers(5, by, desired_countries=("FR",))
    run = ranking.rank_vacancy(vacancy_number=published_vacancy(by).number, by=by)
    assert run.ranked == 0
    assert reproduce_run(run.run_id).is_same
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(RankingRunRow)) == 1


def test_after_a_ready_start_a_ranking_has_only_itself_to_store(by: Officer) -> None:
    register_pickers(20, by)
    get_ready()
    before = stored_inputs()
    run = ranking.rank_vacancy(vacancy_number=published_vacancy(by).number, by=by)
    with reading() as session:
        row = session.get_one(RankingRunRow, run.run_id)
    assert len(before) == 1
    assert stored_inputs() - before == {row.people_sha256, row.vocabulary_sha256}
