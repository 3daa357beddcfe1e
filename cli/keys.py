"""Commands for the keys of encrypted fields."""

from __future__ import annotations

import click


@click.command("make-keys")
def make_keys() -> None:
    """Make the key file that MIGRATION_FIELD_KEYS_FILE names; keep a copy in a safe place."""
    from cli.database import open_database
    from db.encryption import make_keys

    open_database()
    path = make_keys()
    click.echo(f"Keys in {path}. Keep a copy in a safe place, never with the backups.")


@click.command("check-keys")
def check_keys() -> None:
    """Say which keys close how many fields, and whether all of them open."""
    from cli.database import open_database
    from services.special.keys import key_report

    open_database()
    report = key_report()
    for key, fields in sorted(report.fields.items()):
        is_current = " (closes what is written now)" if key == report.current else ""
        click.echo(f"{key}  {fields:,} fields{is_current}")
    if not report.fields:
        click.echo(f"{report.current}  no field is encrypted yet")
    if report.unused:
        click.echo(f"Needed by no field, perhaps by backups: {', '.join(report.unused)}")
    if report.is_default_file:
        click.echo(
            "The key file lies in the data directory: good for a demonstration. In production name "
            "a file elsewhere in MIGRATION_FIELD_KEYS_FILE, and keep a copy apart from the backups."
        )
    if report.problem:
        raise click.ClickException(str(report.problem))


@click.command("rotate-keys")
@click.option("--forget-unused", is_flag=True, help="Take keys out that no field needs any more.")
def rotate_keys(forget_unused: bool) -> None:
    """Close every encrypted field with a new key; the app may go on running.

    Backups made before need the former keys: they stay in the file until --forget-unused.
    """
    from cli.database import open_database
    from services.officers.operator import trainer
    from services.special import keys

    open_database()
    if forget_unused:
        gone = keys.forget_unused_keys(by=trainer())
        click.echo(f"Forgotten: {', '.join(gone)}" if gone else "Every key is needed.")
        return
    done = keys.rotate_keys(by=trainer())
    click.echo(f"{done:,} fields are closed with the new key. Copy the key file to its safe place.")
