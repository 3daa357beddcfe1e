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
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db import requests
from db.settings import Settings
from db.troubles import explained
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
        self._is_saving = False

    def __enter__(self) -> UnitOfWork:
        moment = _moment.get()
        if moment is not None:
            moment.end()
        self.session = Session(engine(), expire_on_commit=False)
        # One within another has its say in the outer one's request: to look it up here would take
        # SQLite's write lock, for which the two would wait for each other.
        if not getattr(_open, "units", 0):
            self._begin()
        _open.units = getattr(_open, "units", 0) + 1
        return self

    def commit(self) -> None:
        """Make the whole use case lasting, and with it that its request is done."""
        has_changed = requests.finish(self.session, self._step, self._use_case)
        self._step = None
        self.session.flush()
        self._is_saving = True
        self.session.commit()
        self._is_saving = False
        if has_changed:
            requests.note_lasting()

    def _begin(self) -> None:
        try:
            self._step = requests.begin(self.session, self._use_case)
        except BaseException as error:
            self.session.close()
            if sentence := explained(error):
                raise sentence from error
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
        if error is not None and (sentence := explained(error, is_saving=self._is_saving)):
            raise sentence from error


def unit_of_work() -> UnitOfWork:
    """`with unit_of_work() as work: … work.commit()`; the use case is named after its caller.

    DoneAlready where the request that this thread works for had it done before.
    """
    caller = sys._getframe(1)
    return UnitOfWork(f"{caller.f_globals['__name__']}.{caller.f_code.co_qualname}")


class _Moment:
    """What one screen reads: one session for all its readings, until something is written."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._readers = 0

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The shared session, opened by the first who reads."""
        if self._session is None:
            self._session, self._readers = _open_reading(), 0
            self._session.info[KEPT] = {}
        session = self._session
        self._readers += 1
        try:
            yield session
        except BaseException:
            self.end()  # on PostgreSQL a statement that failed spoils what follows
            raise
        finally:
            if session is self._session:
                self._readers -= 1
            else:
                session.close()  # whatever state it is in, its connection goes back

    def end(self) -> None:
        """What is read next is read anew; who still reads closes the session when leaving."""
        session, self._session = self._session, None
        if session is not None and not self._readers:
            session.close()


KEPT = "kept"
_moment: ContextVar[_Moment | None] = ContextVar("moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Inside, every `reading()` of this thread shares one session, until something is written.

    A screen asks a dozen questions about one moment: a session for each costs more than many of
    the answers, and what was loaded for one is loaded again for the next.
    """
    moment = _Moment()
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
        moment.end()


def kept_in(session: Session) -> dict[object, Any] | None:
    """Where a use case may keep what it made of a moment that many readings share; else None."""
    return session.info.get(KEPT)


def _open_reading() -> Session:
    return Session(engine().execution_options(readonly=True), expire_on_commit=False)


@contextmanager
def _explaining() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if sentence := explained(error):
            raise sentence from error
        raise


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads (a snapshot that never waits for a writer)."""
    moment = _moment.get()
    if moment is not None:
        with moment.reading() as session, _explaining():
            yield session
        return
    session = _open_reading()
    try:
        with _explaining():
            yield session
    finally:
        session.close()
