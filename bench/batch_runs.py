"""The batch in parts, each way of running it, from nothing: files written, workers started, merged.

All must leave the same result; what they cost beside the ranking itself is what is looked at here.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.methods import K, World
from bench.ours import columns_of
from bench.results import Row
from bench.scoring import Query
from matching.growth.parts import Job, Workplace, collect, plan
from matching.growth.runs import Run, in_processes, in_this_process, on_dask

WORKERS = 2


def measure(world: World, queries: list[Query], skipped: list[Row]) -> list[Row]:
    """Seconds of each way, and whether all left the same result."""
    columns = columns_of(world.people)
    asked = [query.requirement for query in queries]
    job = Job(asked, world.vocabulary, world.parameters, K)
    rows, results = [], set()
    for name, way in _ways().items():
        folder = Path(tempfile.mkdtemp(prefix="bench-batch-"))
        try:
            with way() as run:
                begin = time.perf_counter()
                workplace = Workplace(folder)
                parts = plan(columns, job, workplace)
                run(parts, job, workplace, lambda done, total: None)
                result = hashlib.sha256()
                for best in collect(parts, job, workplace):
                    result.update(best.tobytes())
                seconds = time.perf_counter() - begin
            results.add(result.hexdigest())
        except Exception as missing:  # noqa: BLE001 - the other ways are measured all the same
            reason = str(missing) or type(missing).__name__
            skipped.append({"method": name, "people": len(columns), "reason": reason})
            continue
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        note = f"{len(asked):,} vacancies, {len(parts)} parts, files and workers included"
        rows.append(
            {"what": name, "people": len(columns), "value": seconds, "unit": "s", "note": note}
        )
    return [
        *rows,
        {
            "what": "batch in parts, different results",
            "people": len(columns),
            "value": len(results) - 1,
            "unit": "",
            "note": "of all these ways; 0 = all the same",
        },
    ]


def _ways() -> dict[str, Callable[[], object]]:
    return {
        "batch in parts, one process": lambda: _plain(in_this_process()),
        f"batch in parts, {WORKERS} threads": lambda: _plain(in_this_process(WORKERS)),
        f"batch in parts, {WORKERS} processes": lambda: _plain(in_processes(WORKERS)),
        f"batch in parts, Dask with {WORKERS} workers": _dask,
    }


@contextmanager
def _plain(run: Run) -> Iterator[Run]:
    yield run


@contextmanager
def _dask() -> Iterator[Run]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=WORKERS,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        silence_logs=logging.ERROR,
    ) as cluster:
        yield on_dask(cluster.scheduler_address)
