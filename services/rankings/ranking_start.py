"""What a process does after its start so that no click waits for it."""

from __future__ import annotations

import contextlib

from sqlalchemy.exc import SQLAlchemyError

from db.session import unit_of_work
from services import clock
from services.rankings.pool import live_pool, make_ready
from services.rankings.store import keep_blocks

FEW_BLOCKS = 4


def get_ready() -> None:
    """Do beforehand what a first ranking would wait for: compile, build indexes, store people."""
    make_ready()
    keep_everybody()


def keep_everybody() -> None:
    """Store the people as they are now, so that the first ranking has only itself to store.

    A few blocks at a time: whoever writes meanwhile waits for a moment only.
    """
    pool = live_pool().pool
    waiting = list(pool.blocks())
    # Whatever hinders it now, the next ranking stores what is missing.
    with contextlib.suppress(SQLAlchemyError):
        for start in range(0, len(waiting), FEW_BLOCKS):
            with unit_of_work() as work:
                keep_blocks(work.session, pool, clock.now(), waiting[start : start + FEW_BLOCKS])
                work.commit()
