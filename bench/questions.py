"""Questions worth asking: how long the list takes over 60 open vacancies, on the made-up register.

`python -m bench.questions --people 2000 100000 300000` prints a line for each size: seconds of the
processor, so that a busy machine tells the same, and what ranking the vacancies alone takes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np

from bench.ours import pool_of
from bench.people import people, taxonomy
from bench.vacancies import vacancies, vocabulary
from matching.outside import NO_GATES
from matching.parameters import load
from matching.questions.worth import OpenList, questions_worth_asking
from matching.standing import stand

VACANCIES, MOST_POSITIONS, PER_POSITION = 60, 20, 3


def main() -> None:
    """Measure each size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, nargs="+", default=[2_000, 100_000, 300_000])
    for size in parser.parse_args().people:
        print(_measured(size), flush=True)


def _measured(size: int) -> str:
    rules, words = load("2026-01"), taxonomy()
    terms, pool = vocabulary(words, rules), pool_of(people(size, words))
    positions = np.random.default_rng(0).integers(1, MOST_POSITIONS + 1, VACANCIES)
    lists = [
        OpenList(asked, PER_POSITION * int(count))
        for asked, count in zip(vacancies(VACANCIES, words), positions, strict=True)
    ]
    first = _seconds(lambda: questions_worth_asking(pool, lists, terms, rules))
    again = _seconds(lambda: questions_worth_asking(pool, lists, terms, rules))
    alone = _seconds(lambda: [stand(pool, x.requirement, terms, rules, NO_GATES) for x in lists])
    found = len(questions_worth_asking(pool, lists, terms, rules))
    text = "{:>9,} people: {:>6,} questions, first {:5.2f} s, again {:5.2f} s, rankings {:5.2f} s"
    return text.format(size, found, first, again, alone)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
