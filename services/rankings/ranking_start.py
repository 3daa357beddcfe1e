"""What a process does after its start so that no click waits for it."""

from __future__ import annotations

import contextlib

from sqlalchemy.exc import SQLAlchemyError

from db.repositories import ranking as repository
from db.session import unit_of_work
from domain.exceptions import NotFound, TryAgain
from matching.parameters import to_plain
from services import clock
from services.policy.versions import parameters_of
from services.rankings.pool import live_pool, make_ready
from services.rankings.store import keep_blocks

FEW_BLOCKS = 4


def get_ready() -> None:
    """Do beforehand what a first ranking would wait for: compile, build indexes, store people."""
    make_ready()
    _keep_values_of_older_runs()
    keep_everybody()


def _keep_values_of_older_runs() -> None:
    """Give runs that know only the name of a built-in version its values, before a file changes."""
    with contextlib.suppress(SQLAlchemyError, TryAgain), unit_of_work() as work:
        for version in repository.versions_without_values(work.session):
            with contextlib.suppress(NotFound):
                values = to_plain(parameters_of(version))
                repository.keep_values(work.session, version, values)
        work.commit()


def keep_everybody() -> None:
    """Store the people as they are now, so that the first ranking has only itself to store.

    A few blocks at a time: whoever writes meanwhile waits for a moment only.
    """
    pool = live_pool().pool
    waiting = list(pool.blocks())
    # Whatever hinders it now, the next ranking stores what is missing.
    with contextlib.suppress(SQLAlchemyError, TryAgain):
        for start in range(0, len(waiting), FEW_BLOCKS):
            with unit_of_work() as work:
                keep_blocks(work.session, pool, clock.now(), waiting[start : start + FEW_BLOCKS])
                work.commit()
