"""Where the parts of a batch are done: in this process, in several, or on a Dask cluster.

All three leave the same files behind, so their results are the same and any of them may finish
what another has begun.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.queues import Queue
from typing import Any

from domain.exceptions import LabourMigrationError
from domain.texts import N_
from matching.growth.parts import Job, OnProgress, Part, Worker, Workplace

DEATHS_WITHOUT_PROGRESS = 3
"""So often in a row may workers die without finishing anything before the batch gives up."""

Run = Callable[[Sequence[Part], Job, Workplace, OnProgress], None]


class WorkersDied(LabourMigrationError):
    """Workers were killed again and again; what is finished stays."""


class DaskMissing(LabourMigrationError):
    """The optional package isn't installed, or nobody answers at the address."""


def in_this_process(threads: int = 1) -> Run:
    """One part after another, the vacancies of a part over some threads."""

    def run(parts: Sequence[Part], job: Job, workplace: Workplace, told: OnProgress) -> None:
        worker = Worker(job, workplace, threads)
        for done, part in enumerate(parts):
            told(done, len(parts))
            worker.do(part)
        told(len(parts), len(parts))

    return run


_worker: Worker | None = None  # of a worker process


def _begin(told: Queue[Job], workplace: Workplace) -> None:
    global _worker
    _worker = Worker(told.get(), workplace)


def _do(part: Part) -> str:
    assert _worker is not None
    return _worker.do(part)


def in_processes(count: int) -> Run:
    """Over processes that are told the job once and read people's files themselves.

    A killed worker takes at most its unfinished part with it: the rest goes on in new processes.
    """

    def run(parts: Sequence[Part], job: Job, workplace: Workplace, told: OnProgress) -> None:
        left = _left(parts, workplace)
        told(len(parts) - len(left), len(parts))
        deaths = 0
        while left:
            try:
                _some(left, job, workplace, count, lambda n: told(len(parts) - n, len(parts)))
            except BrokenProcessPool as died:
                before, left = len(left), _left(parts, workplace)
                deaths = 0 if len(left) < before else deaths + 1
                if deaths == DEATHS_WITHOUT_PROGRESS:
                    raise WorkersDied(
                        N_("The workers of the batch die again and again: is there memory enough?")
                    ) from died
            else:
                left = _left(parts, workplace)

    return run


def _left(parts: Sequence[Part], workplace: Workplace) -> list[Part]:
    return [part for part in parts if not workplace.is_done(part)]


def _some(
    left: Sequence[Part], job: Job, workplace: Workplace, count: int, told: Callable[[int], None]
) -> None:
    # Fork would copy the threads and locks of a process that serves people.
    context = multiprocessing.get_context("spawn")
    workers = min(count, len(left))
    # Not as an argument: those go through a pipe that holds 64 KB, and whoever writes more to a
    # process that is killed before it reads waits forever. A queue is filled by a thread.
    told_job: Queue[Job] = context.Queue()
    for _ in range(workers):
        told_job.put(job)
    try:
        with ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin, initargs=(told_job, workplace)
        ) as executor:
            doing: list[Future[str]] = [executor.submit(_do, part) for part in left]
            for done, each in enumerate(as_completed(doing), start=1):
                each.result()
                told(len(left) - done)
    finally:
        told_job.cancel_join_thread()
        told_job.close()


def on_dask(address: str) -> Run:
    """On a cluster of Dask whose workers see the same folder; it repeats what a dead one had.

    `address` is the scheduler's, as in tcp://10.0.0.5:8786.
    """

    def run(parts: Sequence[Part], job: Job, workplace: Workplace, told: OnProgress) -> None:
        try:
            from distributed import Client
            from distributed import as_completed as finished
        except ImportError as missing:
            raise DaskMissing(
                N_("Dask isn't installed: run pip install distributed, or use processes.")
            ) from missing
        left = _left(parts, workplace)
        told(len(parts) - len(left), len(parts))
        with _connected(Client, address) as client:
            everywhere = client.scatter(job, broadcast=True, hash=False)
            doing = [
                client.submit(_do_on_dask, part, everywhere, workplace, key=part.key, retries=3)
                for part in left
            ]
            completed: Iterator[Any] = finished(doing)  # type: ignore[no-untyped-call]
            for done, each in enumerate(completed, start=1):
                each.result()
                told(len(parts) - len(left) + done, len(parts))

    return run


def _connected(client: Callable[..., Any], address: str) -> Any:
    try:
        return client(address, timeout="10s")
    except (OSError, ValueError) as nobody:
        raise DaskMissing(
            N_("Nobody answers at {address}: is that the scheduler of a Dask cluster?"),
            address=address,
        ) from nobody


_of_thread = threading.local()


def _do_on_dask(part: Part, job: Job, workplace: Workplace) -> str:
    worker: Worker | None = getattr(_of_thread, "worker", None)
    if worker is None or worker.job is not job or worker.workplace != workplace:
        worker = _of_thread.worker = Worker(job, workplace)  # keeps the people for the next part
    return worker.do(part)
