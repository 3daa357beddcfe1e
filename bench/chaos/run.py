"""One run on one engine, from an empty database to the counters."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.chaos import checks
from bench.chaos.databases import Database
from bench.chaos.fleet import KILL_EVERY_SECONDS, Fleet
from bench.chaos.ledger import Ledger
from bench.chaos.people import Office, SimulatedOfficer
from bench.chaos.stage import Size, Stage, build
from db.session import configure

QUORUM = 4
"""Of seven members: more than half."""


@dataclass(frozen=True)
class Plan:
    """How long, how many, and what goes wrong."""

    engine: str
    seconds: float
    officers: int = 50
    replicas: int = 3
    fail_point: float = 0.004
    kill_every: float = KILL_EVERY_SECONDS
    size: Size = field(default_factory=Size)
    with_jobs: bool = True
    kills_server: bool = True
    broken: str = ""
    seed: int = 7


def run(plan: Plan, say: Callable[[str], None]) -> dict[str, Any]:
    """Build, let them work, send them home, compare; one row of the results."""
    database = Database(plan.engine)
    fleet = None
    try:
        database.start()
        begun = time.monotonic()
        stage = build(plan.size)
        configure(database.settings()).dispose()
        say(f"{plan.engine}: stage built in {time.monotonic() - begun:.0f} s")
        fleet = Fleet(
            database,
            stage,
            replicas=plan.replicas,
            fail_point=plan.fail_point,
            broken=plan.broken,
        )
        fleet.wait_until_serving()
        ledger = Ledger()
        faults, elapsed = _work(plan, database, fleet, stage, ledger, say)
        fleet.stop()
        return _row(plan, database, fleet, stage, ledger, faults, elapsed)
    finally:
        if fleet is not None:
            fleet.stop()
        database.stop()


@dataclass
class Faults:
    """What was done to them, and what came of the jobs beside."""

    imported: dict[str, Any] | None = None
    import_killed: bool = False
    backups: list[dict[str, Any]] = field(default_factory=list)
    backups_failed: int = 0
    problems: list[str] = field(default_factory=list)


def _work(
    plan: Plan,
    database: Database,
    fleet: Fleet,
    stage: Stage,
    ledger: Ledger,
    say: Callable[[str], None],
) -> tuple[Faults, float]:
    office = Office(stage, fleet.ports, ledger, QUORUM)
    people = [SimulatedOfficer(office, n, plan.seed) for n in range(plan.officers)]
    faults = Faults()
    begun = time.monotonic()
    for one in people:
        one.start()
    jobs = threading.Thread(target=_jobs, args=(plan, database, fleet, faults, begun), daemon=True)
    jobs.start()
    dice = random.Random(plan.seed)  # noqa: S311
    next_kill, next_word = plan.kill_every, 20.0
    while (over := time.monotonic() - begun) < plan.seconds:
        time.sleep(0.05)
        if over > next_kill:
            fleet.kill_one(dice)
            next_kill = over + plan.kill_every * dice.uniform(0.75, 1.25)
        if over > next_word:
            next_word += 20
            say(f"  {over:.0f} s: {ledger.operations.total()} operations, {dict(ledger.wrong)}")
    elapsed = time.monotonic() - begun
    office.stop.set()
    for one in people:
        one.join(timeout=60)
    jobs.join(timeout=180)
    return faults, elapsed


def _jobs(plan: Plan, database: Database, fleet: Fleet, faults: Faults, begun: float) -> None:
    """An import at 15 %, killed once; backups at 30 and 75 %; the server's death half-way."""

    def wait_for(share: float) -> None:
        time.sleep(max(0.0, begun + share * plan.seconds - time.monotonic()))

    def take_in() -> None:
        wait_for(0.15)
        fleet.begin_job("import", size=plan.size.rows)
        time.sleep(2.0)
        faults.import_killed = fleet.kill_job("import")
        time.sleep(0.5)
        faults.imported = fleet.finish_job("import", size=plan.size.rows)

    def back_up(number: int, share: float) -> None:
        wait_for(share)
        path = database.folder / f"backup-{number}.zip"
        done = fleet.finish_job("backup", path, seconds=60)
        if done is None:
            faults.backups_failed += 1
        else:
            faults.backups.append(done)

    threads = []
    if plan.with_jobs:
        threads.append(threading.Thread(target=take_in, daemon=True))
        threads += [
            threading.Thread(target=back_up, args=(n, share), daemon=True)
            for n, share in ((1, 0.30), (2, 0.75))
        ]
    for thread in threads:
        thread.start()
    if plan.kills_server and plan.engine == "postgresql":
        wait_for(0.5)
        try:
            database.kill_server()
        except Exception as error:  # noqa: BLE001 - told with the row
            faults.problems.append(f"the server did not come back: {error!r}")
    for thread in threads:
        thread.join(timeout=180)


def _row(
    plan: Plan,
    database: Database,
    fleet: Fleet,
    stage: Stage,
    ledger: Ledger,
    faults: Faults,
    elapsed: float,
) -> dict[str, Any]:
    counters = checks.compare(database, plan.size, stage, ledger)
    if plan.with_jobs:
        bad = [
            problem
            for one in faults.backups
            for problem in checks.bad_backup(database, database.folder / one["path"])
        ]
        counters["backups_damaged"] = len(bad) + faults.backups_failed
        faults.problems += bad
    else:
        counters.pop("import_rows_unaccounted")
    operations = sum(ledger.operations.values())
    return {
        "engine": plan.engine,
        "seconds": round(elapsed, 1),
        "officers": plan.officers,
        "operations": operations,
        "per_second": round(operations / elapsed, 1),
        "kills": fleet.kills + fleet.deaths + database.server_kills,
        "killed_replicas": fleet.kills,
        "deaths_before_answer": fleet.deaths,
        "killed_servers": database.server_kills,
        "server_down_s": round(database.seconds_down, 1) or None,
        **checks.summary(ledger.milliseconds),
        "acknowledged": {
            "edits": sum(ledger.edits.values()),
            "votes": len(ledger.votes),
            "answers": ledger.operations["answer"],
            "rounds closed": len(ledger.closed),
        },
        "uncertain": sum(ledger.uncertain_edits.values())
        + len(ledger.uncertain_votes)
        + len(ledger.uncertain_answers)
        + len(ledger.uncertain_closed),
        "repeats": dict(ledger.retries),
        "import": faults.imported and {**faults.imported, "killed_once": faults.import_killed},
        "backups": [one["seconds"] for one in faults.backups],
        "must_be_zero": counters,
        "examples": dict(ledger.examples),
        "problems": [
            *faults.problems,
            *(said.strip().splitlines()[-1] for said in fleet.crashes[:3]),
        ],
        **({"broken": plan.broken} if plan.broken else {}),
    }
