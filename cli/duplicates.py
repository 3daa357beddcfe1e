"""`manage.py find-duplicates`: search the register for people registered twice."""

from __future__ import annotations

import click

_STEPS = 100


@click.command("find-duplicates")
@click.option("--whole", is_flag=True, help="Compare everybody again, not only what changed.")
@click.option(
    "--show",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    help="How many of the most certain open pairs to print, by file number.",
)
def find_duplicates(whole: bool, show: int) -> None:
    """Search the register for people registered twice; the pairs wait on the screen "Duplicates".

    The first search compares everybody, later ones only files that are new or changed.
    """
    from cli.database import open_database
    from domain.records.duplicates import DuplicateQuery
    from services.duplicates import duplicate_search
    from services.officers.operator import operator

    open_database()
    by = operator()
    with click.progressbar(length=_STEPS, label="Comparing", show_pos=False) as bar:

        def tell(share: float) -> None:
            bar.update(round(share * _STEPS) - bar.pos)

        done = duplicate_search.find_duplicates(whole=whole, tell=tell, by=by)
    page = duplicate_search.list_pairs(query=DuplicateQuery(limit=show), by=by)
    click.echo(
        f"Compared    {done.looked_at:,} new or changed files with {done.people:,}: "
        f"{done.found:,} new pairs, {page.total:,} to look at"
    )
    for pair in page.rows:
        reasons = " · ".join(str(reason) for reason in pair.reasons)
        files = f"{pair.first.external_id:<16} {pair.second.external_id:<16}"
        click.echo(f"{pair.score:>5.1f}  {files} {reasons}")
