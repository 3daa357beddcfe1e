"""`manage.py rank`: the page's ranking in the terminal and as JSON."""

from __future__ import annotations

import json
import sys

import click


@click.command("rank")
@click.argument("vacancy_number")
@click.option(
    "--top",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="How many people to explain, from the first.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option(
    "--language",
    type=click.Choice(["en", "ka"]),
    default="en",
    show_default=True,
    help="Of the reasons in the table; JSON has both.",
)
def rank(vacancy_number: str, top: int, as_json: bool, language: str) -> None:
    """Rank the registered job-seekers for VACANCY_NUMBER."""
    from cli.database import open_database
    from domain.exceptions import LabourMigrationError
    from services.officers.operator import operator
    from services.rankings.report import ranking_report
    from services.texts import render

    open_database()
    try:
        report = ranking_report(vacancy_number=vacancy_number, top=top, by=operator())
    except LabourMigrationError as error:
        raise click.ClickException(render(error.sentence, language)) from error
    if as_json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
        return
    click.echo(
        f"{report['vacancy']}: {report['ranked']} of {report['pool']} ranked, "
        f"parameters {report['parameters']}"
    )
    for gate, people in report["excluded"].items():
        click.echo(f"  excluded {people:>6}  {gate}")
    for each in report["candidates"]:
        reasons = " · ".join(c[language] for c in each["criteria"][:2])
        click.echo(
            f"{each['rank']:>5}  {each['external_id']:<16} {each['score']:>5.1f} "
            f"[{each['low']:.1f}–{each['high']:.1f}]  {reasons}"
        )
