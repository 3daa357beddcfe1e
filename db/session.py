"""The engine with the settings that lose nothing, and the unit of work.

SQLite: WAL, synchronous=FULL, and BEGIN IMMEDIATE for every write: with the driver's defaults
concurrent officers silently overwrite each other, with a deferred BEGIN they fail at once.
PostgreSQL: READ COMMITTED with `version` columns for forms and FOR UPDATE for short steps.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from db import requests
from db.settings import Settings
from db.turns import queue_writers, take_turn

OLDEST_SAFE_SQLITE = (3, 53, 0)
"""Before 3.51.3 two connections that write can corrupt a WAL database; migrations alter checks."""

_engine: Engine | None = None
_settings: Settings | None = None
_guard = threading.Lock()
_open = threading.local()


def open_engine(settings: Settings) -> Engine:
    """A new engine for the configured database; RuntimeError for an unsafe SQLite library."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return create_engine(
            url,
            pool_size=settings.pool_size,
            max_overflow=0,
            pool_timeout=60,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    return _open_sqlite(settings)


def _open_sqlite(settings: Settings) -> Engine:
    from pysqlite3 import dbapi2

    if dbapi2.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is not safe; 3.53.0 is")
    url = make_url(settings.database_url)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        settings.database_url,
        module=dbapi2,
        connect_args={"timeout": 30, "check_same_thread": False},
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
    )
    if url.database and url.database != ":memory:":
        queue_writers(engine, Path(url.database))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    # The driver must not send its own late BEGIN.
    connection.isolation_level = None  # type: ignore[attr-defined]
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("readonly")
    if not read_only:
        take_turn(connection)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def configure(settings: Settings) -> Engine:
    """Open the process's one engine, closing a former one (tests, a changed address)."""
    global _engine, _settings
    with _guard:
        if _engine is not None:
            _engine.dispose()
        _engine, _settings = open_engine(settings), settings
        return _engine


def engine() -> Engine:
    """The process's engine; configured from the environment at first use."""
    if _engine is None:
        configure(Settings.from_environment())
    assert _engine is not None
    return _engine


def settings() -> Settings:
    """What the process's engine was configured with; before that, what the environment says."""
    return _settings or Settings.from_environment()


class UnitOfWork:
    """One use case, one transaction: leaving the block without `commit()` rolls everything back."""

    session: Session

    def __init__(self, use_case: str) -> None:
        self._use_case = use_case
        self._step: requests.Step | None = None

    def __enter__(self) -> UnitOfWork:
        self.session = Session(engine(), expire_on_commit=False)
        # One within another has its say in the outer one's request: to look it up here would take
        # SQLite's write lock, for which the two would wait for each other.
        if not getattr(_open, "units", 0):
            self._begin()
        _open.units = getattr(_open, "units", 0) + 1
        return self

    def commit(self) -> None:
        """Make the whole use case lasting, and with it that its request is done."""
        requests.finish(self.session, self._step, self._use_case)
        self._step = None
        self.session.commit()

    def _begin(self) -> None:
        try:
            self._step = requests.begin(self.session, self._use_case)
        except BaseException:
            self.session.close()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _open.units -= 1
        # Closing rolls back what was not committed, and leaves loaded rows readable.
        self.session.close()


def unit_of_work() -> UnitOfWork:
    """`with unit_of_work() as work: … work.commit()`; the use case is named after its caller.

    DoneAlready where the request that this thread works for had it done before.
    """
    caller = sys._getframe(1)
    return UnitOfWork(f"{caller.f_globals['__name__']}.{caller.f_code.co_qualname}")


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads (a snapshot that never waits for a writer)."""
    session = Session(engine().execution_options(readonly=True), expire_on_commit=False)
    try:
        yield session
    finally:
        session.close()
