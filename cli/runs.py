"""`manage.py prune-runs`: rankings whose period is over leave the system, with a copy kept."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("prune-runs")
@click.option("--dry-run", is_flag=True, help="Count only; change nothing.")
@click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the copy of what is removed; archive/ in the data directory unless given.",
)
def prune_runs(dry_run: bool, archive: Path | None) -> None:
    """Remove rankings that are older than their period, with a copy for auditors.

    Rankings behind an open case, or behind a decision inside its own period, stay. The periods are
    dated parameters (services/parameters/ranking_log.yaml).
    """
    from cli.database import open_database, read_settings
    from services.officers.operator import auditor
    from services.rankings import pruning

    open_database()
    folder = archive or read_settings().data_dir / "archive"
    done = pruning.prune_runs(dry_run=dry_run, folder=folder, by=auditor())
    verb = "Would remove" if dry_run else "Removed"
    click.echo(
        f"{verb} {done.runs:,} rankings made before {done.before:%d.%m.%Y} and {done.inputs:,} "
        f"frozen inputs, {done.bytes / 1e6:,.1f} MB; {done.kept_for_cases:,} older ones stay for "
        "their cases"
    )
    if done.archive_sha256:
        click.echo(f"A copy is in {folder} (SHA-256 {done.archive_sha256})")
