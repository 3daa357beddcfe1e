"""`manage.py import …`: brings files from outside into the database."""

from __future__ import annotations

from pathlib import Path

import click

from cli.file_imports import jobseekers, vacancies


@click.group("import")
def import_() -> None:
    """Bring in files: people, vacancies, job titles of the ESCO classification."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path))
def esco(file: Path) -> None:
    """Bring in FILE with the ESCO job titles of many languages (CSV or CSV.GZ)."""
    from cli.database import prepare_database, read_settings
    from services.esco_labels import ATTRIBUTION, import_esco_labels

    prepare_database(read_settings())
    done = import_esco_labels(path=file, by=None)
    if done.unchanged:
        click.echo("This file was imported before: nothing has changed.")
    else:
        click.echo(f"{sum(done.labels.values()):,} job titles in {len(done.labels)} languages")
        if done.skipped:
            click.echo(f"{done.skipped:,} rows without a four-digit ISCO-08 code were left out")
    click.echo(ATTRIBUTION)


import_.add_command(jobseekers)
import_.add_command(vacancies)
