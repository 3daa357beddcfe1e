"""The sample data: loaded once at the first start, or on demand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.database import check_writable, prepare_database, read_settings

if TYPE_CHECKING:
    from db.settings import Settings


@click.command("load-sample")
@click.option("--force", is_flag=True, help="Also into a database that holds other people.")
def load_sample(force: bool) -> None:
    """Load the synthetic people, employers and vacancies of sample_data/."""
    settings = read_settings()
    check_writable(settings.data_dir)
    prepare_database(settings)
    load_with_progress(force=force)


def load_with_progress(*, force: bool = False) -> None:
    from sample_data import load

    load.check_can_load(force=force)
    with click.progressbar(length=1, label="Sample     ", item_show_func=_month) as bar:

        def progress(over: int, total: int, month: str) -> None:
            bar.length = total
            bar.update(over - bar.pos, month)

        load.load_sample(progress=progress, force=force)


def _month(reached: str | None) -> str:
    return reached or ""


def load_at_first_start(settings: Settings) -> None:
    """Fill an empty database of a demonstration; a database that holds anything is left alone."""
    from sample_data import load

    if not load.is_wanted():
        return
    with beside(settings):
        load_with_progress()


def _hurry(connection: Any, _record: object) -> None:
    # Nobody else sees this file, and after an interruption it is made again: no need to wait for
    # the disk at each of a thousand steps.
    connection.execute("PRAGMA synchronous=OFF")


def _write_through(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def beside(settings: Settings) -> Iterator[None]:
    """Work on a copy of a SQLite database and put it in place at the end.

    Who interrupts the first start finds an empty database at the next one, not half a sample.
    """
    from sqlalchemy import event

    from db.session import configure, engine

    url = engine().url
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    path = Path(url.database)
    draft = path.with_name(f"{path.name}.loading")
    for leftover in path.parent.glob(f"{draft.name}*"):
        leftover.unlink()
    engine().dispose()  # the last connection to close writes everything into the one file
    shutil.copyfile(path, draft)
    try:
        configure(replace(settings, database_url=f"sqlite:///{draft}"))
        event.listen(engine(), "connect", _hurry)
        yield
        engine().dispose()
        _write_through(draft)
        os.replace(draft, path)
    finally:
        configure(settings)
        draft.unlink(missing_ok=True)
