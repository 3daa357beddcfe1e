"""Keys of encrypted fields: a new one for everything, while the app runs.

The new key closes from the moment the file holds it, in every process. Then each field that an
older key closed is closed anew, in small transactions, unless somebody has just changed it. Older
keys stay in the file: backups made before need them. They go by a step of its own.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, bindparam, func, select, update

from db import encryption, keys
from db.session import engine, reading, unit_of_work
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit
from services.permissions import Permission, check_can

BATCH = 500
KEPT_AFTER_CHANGE_SECONDS = 3600
"""No transaction lives so long: what a former key could still be closing is over by then."""


@dataclass(frozen=True, slots=True)
class KeyReport:
    """What the key file holds against what the database needs."""

    current: str
    fields: Mapping[str, int]
    """Key → how many fields it closes."""
    unused: tuple[str, ...]
    is_default_file: bool
    problem: Exception | None = None


def key_report() -> KeyReport:
    """Which keys close how many fields; KeysUnavailable where the file is not usable."""
    fields = encryption.keys_in_use(engine())
    ring = encryption.ready_ring()
    unused = tuple(sorted(set(ring.keys) - set(fields) - {ring.current}))
    problem = encryption.problem_of_keys()
    return KeyReport(ring.current, fields, unused, keys.is_default_file(), problem)


def rotate_keys(*, by: Officer) -> int:
    """Make a new key and close every encrypted field with it; how many fields were closed anew."""
    check_can(by, Permission.OFFICERS_MANAGE)
    if problem := encryption.problem_of_keys():
        raise problem
    with _one_at_a_time():
        ring = keys.with_new_key(encryption.ready_ring())
        keys.write_ring(ring, keys.keys_file(), replace=True)
        done = 0
        while closed := sum(_close_anew(table, column) for table, column in _columns()):
            done += closed
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="rotated_keys",
            entity="field_keys",
            entity_id=ring.current,
            details={"fields": done},
            by=by,
        )
        work.commit()
    return done


def forget_unused_keys(*, by: Officer) -> tuple[str, ...]:
    """Take keys out of the file that close no field any more; which ones.

    Backups made before can then not be read: keep a copy of the former file with them.
    """
    check_can(by, Permission.OFFICERS_MANAGE)
    with _one_at_a_time():
        age = time.time() - keys.keys_file().stat().st_mtime
        if age < KEPT_AFTER_CHANGE_SECONDS:
            raise Refused(
                N_("The keys were changed less than an hour ago: forget the former ones later.")
            )
        ring = encryption.ready_ring()
        gone = frozenset(ring.keys) - set(encryption.keys_in_use(engine())) - {ring.current}
        keys.write_ring(keys.without(ring, gone), keys.keys_file(), replace=True)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="forgot_keys",
            entity="field_keys",
            details={"keys": sorted(gone)},
            by=by,
        )
        work.commit()
    return tuple(sorted(gone))


def _columns() -> list[tuple[Table, Column[Any]]]:
    return list(encryption.sealed_columns())


def _close_anew(table: Table, column: Column[Any]) -> int:
    """Close a column's fields that an older key closed, batch by batch; how many."""
    current = encryption.ready_ring().current
    beginning = encryption.beginning_of(current)
    key = list(table.primary_key.columns)
    query = (
        select(*key, column)
        .where(
            column.is_not(None),
            func.substr(column, 1, len(beginning)) != bindparam("beginning", type_=LargeBinary()),
        )
        .order_by(*key)
        .limit(BATCH)
    )
    done = 0
    while True:
        with reading() as session:
            old = session.execute(query, {"beginning": beginning}).all()
        if not old:
            return done
        done += _write_batch(table, column, [(tuple(line[:-1]), bytes(line[-1])) for line in old])


def _write_batch(
    table: Table, column: Column[Any], old: list[tuple[tuple[object, ...], bytes]]
) -> int:
    key = list(table.primary_key.columns)
    done = 0
    with unit_of_work() as work:
        for row_id, token in old:
            text = encryption.decrypt(table.name, column.name, row_id, token)
            fresh = encryption.encrypt(table.name, column.name, row_id, text)
            same_row = [part == value for part, value in zip(key, row_id, strict=True)]
            # Whoever has changed the field meanwhile has closed it with the new key already.
            step = update(table).where(*same_row, column == token).values({column.name: fresh})
            done += work.session.execute(step).rowcount  # type: ignore[attr-defined]
        work.commit()
    return done


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    path = keys.keys_file().with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
