"""`manage.py backup` and `manage.py restore`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database into FILE while the app runs."""
    from cli.database import open_database
    from db.backup import back_up
    from db.session import engine

    open_database()
    if file.exists():
        raise click.ClickException(f"{file} exists already: name a new file.")
    try:
        manifest = back_up(engine(), file)
    except OSError as error:
        raise click.ClickException(f"{file} can't be written: {error.strerror}") from error
    click.echo(
        f"{sum(manifest.rows.values()):,} rows of {len(manifest.rows)} tables in {file}, "
        f"audit chain up to event {manifest.audit_seq:,}"
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Also over a database that holds people.")
def restore(file: Path, force: bool) -> None:
    """Replace the whole database by the backup FILE; stop the app first."""
    from cli.database import read_settings
    from db.backup import read_manifest
    from db.backup import restore as put_back
    from db.session import configure
    from services.audit import verify_chain

    read_manifest(file)
    engine = configure(read_settings())
    if not force and holds_people(engine):
        raise click.ClickException(
            "The database holds people: back it up, then repeat with --force to replace it."
        )
    manifest = put_back(engine, file)
    report = verify_chain()
    if report.problem:
        raise click.ClickException(
            f"Restored, but the audit chain breaks at event {report.broken_seq}: {report.problem}"
        )
    click.echo(
        f"{sum(manifest.rows.values()):,} rows of {len(manifest.rows)} tables restored as of "
        f"{manifest.made_at}; audit chain of {report.events:,} events whole"
    )


def holds_people(engine: object) -> bool:
    from sqlalchemy import Engine, inspect, text

    assert isinstance(engine, Engine)
    if not inspect(engine).has_table("jobseekers"):
        return False
    with engine.connect() as connection:
        return connection.execute(text("SELECT 1 FROM jobseekers LIMIT 1")).first() is not None
