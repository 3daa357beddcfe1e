"""A batch gives the same result wherever its parts are done, and loses nothing that is finished."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from bench.ours import columns_of
from bench.people import people, taxonomy
from bench.vacancies import vacancies, vocabulary
from matching.growth.parts import BEST, Job, Part, Workplace, collect, merge, plan
from matching.growth.runs import DaskMissing, in_processes, in_this_process, on_dask
from matching.outside import OutsideGate
from matching.parameters import load
from matching.pool import Pool
from matching.ranking import rank

PEOPLE, SHARD, VACANCIES, BLOCK, TOP = 600, 256, 9, 4, 10
PARTS = 9


@pytest.fixture(scope="module")
def made():
    words, rules = taxonomy(), load("2026-01")
    columns = columns_of(people(PEOPLE, words))
    asked = vacancies(VACANCIES, words)
    job = Job(asked, vocabulary(words, rules), rules, TOP)
    return columns, job


Batch = tuple[list[Part], Job, Workplace]


@pytest.fixture
def batch(made, tmp_path: Path) -> Batch:
    columns, job = made
    workplace = Workplace(tmp_path)
    return plan(columns, job, workplace, shard=SHARD, vacancies=BLOCK), job, workplace


def result(parts: list[Part], job: Job, workplace: Workplace) -> list[tuple]:
    return [tuple(row) for table in collect(parts, job, workplace) for row in table.tolist()]


@pytest.fixture(scope="module")
def right(made) -> list[tuple]:
    """Everybody in one pool, vacancy by vacancy."""
    columns, job = made
    pool = Pool.from_columns(columns)
    registered = dict(zip(columns.person.tolist(), columns.registered.tolist(), strict=True))
    return [
        (place, c.person, registered[c.person], c.points, c.low, c.high)
        for place, asked in enumerate(job.requirements)
        for c in rank(pool, asked, job.vocabulary, job.parameters, explain_top=0).candidates[:TOP]
    ]


def test_parts_in_one_process_give_the_list_of_everybody(batch: Batch, right) -> None:
    progress: list[tuple[int, int]] = []
    in_this_process(threads=2)(*batch, lambda done, total: progress.append((done, total)))
    assert result(*batch) == right
    assert progress == [(done, PARTS) for done in range(PARTS + 1)]


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_killed_worker_costs_nothing_but_its_part(
    processes: int, batch: Batch, right, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A new process reads the main module again; tests of screens leave a screen in its place.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if done == 2 and not killed:
            killed.append(multiprocessing.active_children()[0].pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    in_processes(processes)(*batch, kill_one)
    assert killed
    assert result(*batch) == right


def test_a_stopped_batch_goes_on_with_what_is_finished(batch: Batch, right) -> None:
    parts, job, workplace = batch

    def stop(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_this_process()(*batch, stop)
    finished = {part: workplace.result_file(part).stat().st_mtime_ns for part in parts[:4]}
    assert not any(workplace.is_done(part) for part in parts[4:])
    in_this_process()(*batch, lambda done, total: None)
    assert {part: workplace.result_file(part).stat().st_mtime_ns for part in finished} == finished
    assert result(*batch) == right


def test_a_cluster_of_dask_gives_the_same_list(batch: Batch, right) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask isn't installed")
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        dashboard_address=None,
        host="127.0.0.1",
        protocol="tcp://",
    ) as cluster:
        progress: list[int] = []
        on_dask(cluster.scheduler_address)(*batch, lambda done, total: progress.append(done))
    assert result(*batch) == right
    assert progress[-1] == PARTS


def test_without_dask_a_sentence_says_what_to_do(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DaskMissing, match="use processes"):
        on_dask("tcp://127.0.0.1:8786")(*batch, lambda done, total: None)


def test_a_change_of_anything_makes_new_parts(made, tmp_path: Path) -> None:
    columns, job = made
    workplace = Workplace(tmp_path)
    before = {part.key for part in plan(columns, job, workplace)}
    gate = {"withdrawn": OutsideGate.of(failed=[3])}
    for other in (
        Job(job.requirements, job.vocabulary, job.parameters, TOP + 1),
        Job(job.requirements[:-1], job.vocabulary, job.parameters, TOP),
        Job(job.requirements, job.vocabulary, job.parameters, TOP, [gate] * VACANCIES),
    ):
        assert before.isdisjoint(part.key for part in plan(columns, other, workplace))
    assert before == {part.key for part in plan(columns, job, workplace)}


def test_merging_is_the_same_in_any_order_and_twice(batch: Batch, right) -> None:
    parts, job, workplace = batch
    in_this_process()(*batch, lambda done, total: None)
    tables = [np.load(workplace.result_file(part)) for part in parts]
    expected = np.array(right, BEST)
    assert np.array_equal(merge(tables[::-1] + tables[:3], TOP), expected)
    assert np.array_equal(merge([merge(tables[:4], TOP), merge(tables[4:], TOP)], TOP), expected)
