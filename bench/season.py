"""How long a season's plan takes: `python -m bench.season`, the lists and the plan apart.

Positions are made up: half of the vacancies take four people or fewer, a few take forty. For each
position the plan looks for three candidates and a reserve, as the rules in force say.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from bench import results
from bench.ours import pool_of
from bench.people import people, taxonomy
from bench.results import Row
from bench.vacancies import vacancies, vocabulary
from matching.outside import NO_GATES
from matching.parameters import all_versions
from matching.season.lists import Room
from matching.season.of_pool import in_order, plan_season
from matching.season.reasons import places

SIZES = ((2_000, 60), (100_000, 300), (300_000, 1_000))
COLUMNS = (
    *("people", "vacancies", "positions", "places", "filled", "filled_in_turn"),
    *("points_more", "rounds", "lists_s", "plan_s", "reasons_s", "whole_s", "exact"),
)
THREADS = 2


def rooms(count: int, per_position: int = 3, seed: int = 4) -> list[Room]:
    """Positions of made-up vacancies, with their further candidates and reserves."""
    drawn = np.minimum(np.random.default_rng(seed).geometric(1 / 6, count), 40).tolist()
    return [Room(n, n * (per_position - 1), n) for n in drawn]


def measure(size: int, count: int) -> Row:
    """One plan from people in memory to everybody's reasons."""
    words, parameters = taxonomy(), all_versions()[-1]
    pool, asked = pool_of(people(size, words)), vacancies(count, words)
    relations = vocabulary(words, parameters)
    season = in_order(asked, rooms(count), [NO_GATES] * count)
    marks: list[tuple[str, float]] = []
    plan_season(pool, in_order(asked[:1], rooms(1), [NO_GATES]), relations, parameters)
    planned = plan_season(
        pool,
        season,
        relations,
        parameters,
        threads=THREADS,
        told=lambda doing, _: marks.append((doing, time.perf_counter())),
    )
    marks.append(("reasons", time.perf_counter()))
    found = places(planned.plan)
    marks.append(("end", time.perf_counter()))
    spent = {"lists": 0.0, "plan": 0.0, "reasons": 0.0}
    for (doing, begin), (_, end) in zip(marks[:-1], marks[1:], strict=True):
        spent[doing] += end - begin
    table, layer, picked = planned.plan.table, planned.plan.layer, planned.plan.picked
    gained = int(table.points[layer == 1].sum() - table.points[picked == 1].sum())
    return {
        "people": size,
        "vacancies": count,
        "positions": sum(room.positions for room in season.rooms),
        "places": sum(room.total for room in season.rooms),
        "chosen": len(found),
        "filled": int((layer == 1).sum()),
        "filled_in_turn": int((picked == 1).sum()),
        "points_more": gained / 10_000,
        "rounds": sum(doing == "lists" for doing, _ in marks),
        **{f"{part}_s": seconds for part, seconds in spent.items()},
        "whole_s": marks[-1][1] - marks[0][1],
        "exact": planned.plan.is_exact,
    }


def main() -> None:
    """Measure the named sizes, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, help="only the size with so many people")
    wanted = parser.parse_args().people
    rows = [measure(*size) for size in SIZES if wanted in (None, size[0])]
    results.print_table(rows, COLUMNS)
    if wanted is None:
        results.write("season", rows, packages=("numpy", "scipy", "numba"))


if __name__ == "__main__":
    main()
