"""`manage.py import …`: brings files from outside into the database."""

from __future__ import annotations

from pathlib import Path

import click

from cli.file_imports import jobseekers, vacancies

SHOWN_CHANGES = 20


@click.group("import")
def import_() -> None:
    """Bring in files: people, vacancies, the ESCO classification."""


@import_.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def esco(files: tuple[Path, ...]) -> None:
    """Bring in FILES of ESCO: the official CSV archives as downloaded, of any languages.

    Tables of job titles or skill names in many languages (CSV or CSV.GZ) may stand beside them.
    """
    from cli.database import prepare_database, read_settings
    from domain.texts import Sentence
    from services.esco.importing import ATTRIBUTION, files_at, import_esco

    def tell(share: float, what: Sentence) -> None:
        click.echo(f"{share:4.0%}  {what}", err=True)

    prepare_database(read_settings())
    with files_at(files) as opened:
        done = import_esco(files=opened, progress=tell, by=None)
    if done.is_unchanged:
        click.echo("These files were imported before: nothing has changed.")
    for noun, count in done.counts.items():
        click.echo(f"{count:>9,}  {noun.replace('_', ' ')}")
    for change in done.changes[:SHOWN_CHANGES]:
        moved = f": {change.before} → {change.after}" if change.after else ""
        click.echo(f"{change.what}  {change.kind} {change.called or change.concept}{moved}")
    if len(done.changes) > SHOWN_CHANGES:
        click.echo(f"… and {len(done.changes) - SHOWN_CHANGES:,} more changes: see the screen")
    click.echo(ATTRIBUTION)


import_.add_command(jobseekers)
import_.add_command(vacancies)
