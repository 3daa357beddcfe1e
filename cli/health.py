"""`manage.py health`: what the addresses of a running app would say, from the terminal."""

from __future__ import annotations

import click


@click.command()
def health() -> None:
    """Look at database, disk and due work; exit code 1 where something is not well."""
    from cli.database import read_settings
    from db.session import configure
    from services.operations import readiness

    configure(read_settings())
    checks = readiness.look(process_seconds=float("inf"))
    for check in checks:
        word = "well" if check.is_well else "NOT WELL"
        click.echo(f"{check.name:10} {word:9} {check.sentence}")
    if not all(check.is_well for check in checks):
        raise SystemExit(1)
