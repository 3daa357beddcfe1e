"""`manage.py backup`, `verify-backup`, `restore` and `drill`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.backup.archive import Manifest
    from db.backup.sealing import BackupKey

KEY = click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Key of encrypted backups; without it that of MIGRATION_BACKUP_KEY_FILE.",
)
PASSPHRASE = click.option("--passphrase", is_flag=True, help="Ask for a passphrase instead.")


def key_of(key_file: Path | None, passphrase: bool, confirm: bool = False) -> BackupKey | None:
    """The key that the options or the settings name; None = not encrypted."""
    from db.backup.sealing import passphrase_key, read_key
    from db.session import settings

    if passphrase:
        words = click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm)
        return passphrase_key(words)
    named = key_file or (Path(settings().backup_key_file) if settings().backup_key_file else None)
    return read_key(named) if named else None


def said(manifest: Manifest) -> str:
    """What is in a backup."""
    return (
        f"{manifest.all_rows:,} rows of {len(manifest.rows)} tables as of {manifest.made_at}, "
        f"audit chain up to event {manifest.audit_seq:,}"
    )


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@KEY
@PASSPHRASE
def backup(file: Path, key_file: Path | None, passphrase: bool) -> None:
    """Write the whole database into FILE while the app runs."""
    from cli.database import open_database
    from db.backup.making import back_up
    from db.session import engine

    open_database()
    if file.exists():
        raise click.ClickException(f"{file} exists already: name a new file.")
    key = key_of(key_file, passphrase, confirm=True)
    manifest = back_up(engine(), file, key)
    locked = "encrypted" if key else "NOT encrypted: keep it like the database"
    click.echo(f"{file}, {locked}: {said(manifest)}")


@click.command("verify-backup")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@KEY
@PASSPHRASE
def verify_backup(file: Path, key_file: Path | None, passphrase: bool) -> None:
    """Restore FILE into a fresh database and compare rows, hashes and the audit chain."""
    from cli.database import read_settings
    from db.backup.restoring import prove
    from db.session import configure
    from services.backups.proof import chain_is_whole

    engine = configure(read_settings())
    manifest, timing = prove(engine, file, key_of(key_file, passphrase), chain_is_whole)
    click.echo(f"whole: {said(manifest)}; {sum(timing.values()):.1f} s")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Also over a database that holds people.")
@KEY
@PASSPHRASE
def restore(file: Path, force: bool, key_file: Path | None, passphrase: bool) -> None:
    """Replace the whole database by the backup FILE; stop the app first."""
    from cli.database import prepare_database, read_settings
    from db.backup.restoring import restore as put_back
    from db.session import configure
    from services.backups.proof import chain_is_whole, note_restored
    from services.privacy.after_restoring import depersonalise_again, register_before

    settings = read_settings()
    engine = configure(settings)
    key = key_of(key_file, passphrase)
    gone = register_before(engine)
    if not force and (gone is None or holds_people(engine)):
        raise click.ClickException(
            "The database holds people: back it up, then repeat with --force to replace it."
        )
    manifest = put_back(engine, file, key, chain_is_whole)
    prepare_database(settings, quietly=True)
    note_restored(made_at=manifest.made_at, audit_seq=manifest.audit_seq, by=None)
    click.echo(f"restored: {said(manifest)}")
    if gone is None:
        click.echo(
            "The former database can't say who was depersonalised after the backup: "
            "look through the answered requests for erasure and grant them again."
        )
        return
    done, left = depersonalise_again(gone, by=None)
    if done:
        click.echo(f"depersonalised again, as before: {done:,}")
    for one in left:
        click.echo(f"named again, depersonalise by hand: {one.external_id}: {one.reason}")


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@KEY
@PASSPHRASE
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here too."
)
def drill(file: Path | None, key_file: Path | None, passphrase: bool, report: Path | None) -> None:
    """Rehearse restoring FILE, or the newest backup, and report how long it took."""
    from cli.database import open_database
    from services.backups.drills import rehearse
    from services.backups.reports import report_of

    open_database()
    record = rehearse(file=file, key=key_of(key_file, passphrase), by=None)
    text = report_of(record, "en")
    if report:
        report.write_text(text, encoding="utf-8")
    click.echo(text)
    if not record.is_good:
        raise SystemExit(1)


def holds_people(engine: Engine) -> bool:
    """Whether there is anybody whom a restore would replace."""
    from sqlalchemy import inspect, text

    if not inspect(engine).has_table("jobseekers"):
        return False
    with engine.connect() as connection:
        return connection.execute(text("SELECT 1 FROM jobseekers LIMIT 1")).first() is not None
