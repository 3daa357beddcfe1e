"""`manage.py rank-all`: the best of everybody for every open vacancy, as a file."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matching.growth.runs import Run
    from services.rankings.batch import RankedVacancies

HEADINGS = ("vacancy", "rank", "external_id", "score", "low", "high")


@click.command("rank-all")
@click.option("--top", type=click.IntRange(1, 10_000), default=100, show_default=True)
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="More than one: each reads its part of the people itself.",
)
@click.option(
    "--threads", type=click.IntRange(1), default=1, show_default=True, help="Of one process."
)
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster that sees the folder.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("rankings.csv"),
    show_default=True,
    help="CSV with numbers of files, without names.",
)
@click.option(
    "--resume",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep finished parts here, and go on with those that are there already.",
)
def rank_all(
    top: int, processes: int, threads: int, dask: str | None, out: Path, resume: Path | None
) -> None:
    """Rank the registered job-seekers for all open vacancies.

    A batch that was stopped goes on with --resume. With the same folder on another day only people
    and vacancies that have changed are ranked anew.
    """
    from cli.database import open_database, read_settings
    from services.officers.operator import operator
    from services.rankings.batch import rank_open_vacancies

    open_database()
    folder = resume or read_settings().data_dir / "rank-all"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # facts about people
    run, is_finished = _run(processes, threads, dask), False
    try:
        with click.progressbar(length=1, label="Ranking", file=sys.stderr) as bar:

            def told(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            ranked = rank_open_vacancies(top=top, run=run, folder=folder, told=told, by=operator())
        rows = _write(ranked, out)
        is_finished = True
    finally:
        if not is_finished and any(folder.glob("parts/*.npy")):
            click.echo(f"Not finished. Go on with: --resume {folder}", err=True)
    if resume is None:
        shutil.rmtree(folder, ignore_errors=True)
    click.echo(
        f"{len(ranked.vacancies)} vacancies, {ranked.pool} people, "
        f"parameters {ranked.parameters}: {rows} rows in {out}"
    )


def _run(processes: int, threads: int, dask: str | None) -> Run:
    from matching.growth.runs import in_processes, in_this_process, on_dask

    if dask:
        return on_dask(dask)
    return in_processes(processes) if processes > 1 else in_this_process(threads)


def _write(ranked: RankedVacancies, out: Path) -> int:
    """Rows written; the file appears whole or not at all."""
    from services.exports import inert

    draft = out.with_name(f"{out.name}.draft")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        rows = [
            writer.writerow(
                (inert(row.vacancy), row.rank, inert(row.external_id), row.score, row.low, row.high)
            )
            for row in ranked.rows
        ]
    draft.replace(out)
    return len(rows)
