"""Removing runs whose period is over, with what they alone had frozen; what goes is written out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from db.queries import run_retention as queries
from db.session import unit_of_work
from domain.records.officer import Officer
from domain.records.ranking_log import Pruned
from services import audit, clock
from services.permissions import Permission, check_can
from services.rankings.log_export import packed_runs
from services.rankings.pool import live_pool
from services.rankings.retention import due_runs
from services.rankings.store import BLOCKS, block_names


def prune_runs(*, dry_run: bool, folder: Path, by: Officer) -> Pruned:
    """Remove runs older than their period; a copy for auditors is written into `folder` first.

    Runs behind an open case, or behind a decision inside its own period, stay. `dry_run` counts
    and changes nothing.
    """
    check_can(by, Permission.RANKINGS_AUDIT)
    # Blocks that today's files still have belong to the next ranking, whoever froze them first.
    in_use = set(live_pool().pool.blocks().values())
    with unit_of_work() as work:
        due = due_runs(work.session)
        unused = _unused_inputs(work.session, due.runs, clock.beginning(due.before), in_use)
        pruned = Pruned(
            len(due.runs), len(unused), sum(unused.values()), due.kept_for_cases, due.before
        )
        if dry_run or not due.runs:
            return pruned
        content = packed_runs(work.session, due.runs, language="ka")
        digest = _written(content, folder)
        pruned = replace(
            pruned,
            bytes=pruned.bytes + queries.remove_runs(work.session, due.runs),
            archive_sha256=digest,
        )
        queries.remove_inputs(work.session, unused)
        audit.record(
            work.session,
            action="removed",
            entity="ranking_log",
            details={
                "runs": pruned.runs,
                "inputs": pruned.inputs,
                "bytes": pruned.bytes,
                "made_before": due.before,
                "kept_for_cases": due.kept_for_cases,
                "archive_sha256": digest,
            },
            by=by,
        )
        work.commit()
        return pruned


def _written(content: bytes, folder: Path) -> str:
    """The copy, named by day and content: a second one of the same day overwrites nothing."""
    digest = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"ranking-log-{clock.today().isoformat()}-{digest[:12]}.zip"
    (folder / name).write_bytes(content)
    return digest


def _unused_inputs(
    session: Session, gone: tuple[int, ...], moment: datetime, in_use: set[str]
) -> dict[str, int]:
    """Frozen inputs, and their sizes, that nothing names once these runs are gone."""
    named = queries.inputs_named_by_runs(session, without=gone)
    for content in queries.contents(session, named, BLOCKS):
        in_use.update(block_names(content))
    older = queries.inputs_kept_before(session, moment)
    return {name: size for name, size in older.items() if name not in named | in_use}
