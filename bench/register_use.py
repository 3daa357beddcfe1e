"""What a process does all day with everybody in a database: change, rank, store, look things up.

`measure` asks a new Python that has started on a filled database (`bench.register`) and gives rows
of what, people, value, unit, note.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from typing import Any

from bench.people import taxonomy
from bench.results import ROOT, Row
from bench.vacancies import vacancies

CHANGES = 30


def measure(name: str, address: str, size: int) -> list[Row]:
    """Rows of one engine, whose database has `size` people."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.register_use", address],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    used: dict[str, float] = json.loads(done.stdout.splitlines()[-1])

    def row(what: str, key: str, unit: str = "ms", note: str = "") -> Row:
        told = {"what": f"{what}, {name}", "people": size, "value": used[key]}
        return {**told, "unit": unit, "note": note}

    change = f"median of {CHANGES} by other processes; worst {used['worst']:.1f}"
    return [
        row("a changed person is read and replaced", "change", "ms", change),
        row("storing everybody in advance", "keep", "s", "in the background of a start"),
        row("first ranking of a process", "first", "ms", "with what is made once"),
        row("another vacancy ranked", "other", "ms", "and stored and logged"),
        row("ranking after a change", "again", "ms", f"blocks stored anew: {used['blocks']:.0f}"),
        row("a page of 50", "page", "ms", "with their reasons"),
        row("a page of 50 by name", "named"),
        row("one person explained", "explain", "ms", "with what would raise the score"),
        row("a stored run reproduced", "reproduce", "ms", "the same list"),
    ]


def _open(address: str) -> None:
    from db.session import configure
    from db.settings import Settings

    configure(Settings(database_url=address, environment="test"))


def _vacancies(by: Any) -> list[str]:
    """Numbers of vacancies of the made-up kind, published here."""
    from services.reference import reference
    from tests.factories.vacancies import published_vacancy

    known = set(reference().names["occupation"])
    asked = [r for r in vacancies(100, taxonomy()) if set(r.occupations) <= known][:2]
    return [
        published_vacancy(
            by,
            scheme_code=None,
            languages=(),
            occupations=wanted.occupations,
            skills_essential=wanted.skills_essential,
            skills_optional=wanted.skills_optional,
        ).number
        for wanted in asked
    ]


def use(address: str) -> dict[str, Any]:
    """What a process that has started does all day."""
    from domain.records.ranking import CandidateFilter
    from services.officers.operator import operator
    from services.rankings import ranking, ranking_start
    from services.rankings import runs as ranking_runs
    from services.rankings.pool import live_pool

    _open(address)
    by = operator()
    one_vacancy, another = _vacancies(by)
    live_pool()
    keep, _ = _timed(ranking_start.keep_everybody)
    first, run = _timed(lambda: ranking.rank_vacancy(vacancy_number=one_vacancy, by=by))
    other, _ = _timed(lambda: ranking.rank_vacancy(vacancy_number=another, by=by))
    page, shown = _timed(lambda: ranking.list_candidates(run_id=run.run_id, by=by))
    chosen = CandidateFilter(text="Nino Beridze")
    named, _ = _timed(lambda: ranking.list_candidates(run_id=run.run_id, chosen=chosen, by=by))
    one = shown.rows[0].external_id
    explain, _ = _timed(
        lambda: ranking.explain_candidate(run_id=run.run_id, external_id=one, by=by)
    )
    changes = [_change(number * 97) for number in range(1, CHANGES + 1)]
    stored = _stored_blocks()
    again, last = _timed(lambda: ranking.rank_vacancy(vacancy_number=one_vacancy, by=by))
    blocks = _stored_blocks() - stored
    reproduce, found = _timed(lambda: ranking_runs.reproduce_run(last.run_id))
    assert found.is_same
    return {
        "keep": keep / 1e3,
        "first": first,
        "other": other,
        "page": page,
        "named": named,
        "explain": explain,
        "again": again,
        "blocks": blocks - 1,
        "reproduce": reproduce,
        "change": statistics.median(changes),
        "worst": max(changes),
    }


def _timed(task: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = task()
    return (time.perf_counter() - began) * 1e3, answer


def _stored_blocks() -> int:
    from sqlalchemy import func, select

    from db.models import RankingInputRow
    from db.session import reading

    with reading() as session:
        return session.scalar(select(func.count()).select_from(RankingInputRow)) or 0


def _change(person: int) -> float:
    """Milliseconds from asking for the pool until it has what was saved past it."""
    from db.models import JobseekerLicenceRow, JobseekerRow
    from db.repositories.jobseekers import note_change
    from db.session import unit_of_work
    from services.audit import record
    from services.rankings.pool import live_pool

    with unit_of_work() as work:
        row = work.session.get_one(JobseekerRow, person)
        row.education = (row.education or 0) % 8 + 1
        licence = JobseekerLicenceRow(jobseeker_id=person, licence="rope access")
        work.session.merge(licence)
        seq = record(work.session, action="updated", entity="jobseeker", entity_id=person, by=None)
        note_change(work.session, {person: seq})
        work.commit()
    spent, live = _timed(live_pool)
    profile = live.pool.profile(person)
    assert profile.education == row.education and "rope access" in profile.licences
    return spent


if __name__ == "__main__":
    print(json.dumps(use(sys.argv[1])))
