"""Commands that bring the database to where the code expects it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from db.settings import Settings


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema and reference data."""
    settings = read_settings()
    check_writable(settings.data_dir)
    prepare_database(settings)


def read_settings() -> Settings:
    """The configuration, or one sentence about the variable that is wrong."""
    from db.settings import Settings

    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def check_writable(directory: Path) -> None:
    """Refuse to start where nothing could be kept."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise click.ClickException(
            f"No permission to write into {directory.resolve()} ({error.strerror}): run this as "
            "its owner, or name another directory in MIGRATION_DATA_DIR and MIGRATION_DATABASE_URL."
        ) from error


def open_database() -> None:
    """Open a database that is already current; prints nothing, for commands others read from."""
    from db.migrate import is_current
    from db.session import configure

    if not is_current(configure(read_settings())):
        raise click.ClickException(
            "The database is not at the newest schema: run `python manage.py migrate` first."
        )


def prepare_database(settings: Settings, quietly: bool = False) -> None:
    """Open the database, migrate it and load what the reference tables lack."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    from db.migrate import alone, is_current, upgrade
    from db.reference.load import load_reference
    from db.repositories.features import fill_features
    from db.session import configure, unit_of_work

    engine = configure(settings)
    address = engine.url.render_as_string(hide_password=True)
    try:
        changed = not is_current(engine)
        upgrade(engine)
        with unit_of_work() as work:
            alone(work.session.connection())
            read = load_reference(work.session)
            packed = fill_features(work.session)
            work.commit()
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise click.ClickException(f"The database {address} can't be opened: {reason}") from error
    except CommandError as error:
        raise click.ClickException(
            f"The database {address} was made by a newer version of this software: {error}"
        ) from error
    if quietly:
        return
    click.echo(f"Database    {address}: {'brought to the newest schema' if changed else 'ready'}")
    click.echo(f"Reference   {f'{len(read)} tables brought up to date' if read else 'ready'}")
    if packed:
        click.echo(f"People      {packed:,} packed for a quick start")
