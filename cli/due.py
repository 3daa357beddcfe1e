"""`manage.py run-due` and `manage.py move-clock`: what happens because time passes."""

from __future__ import annotations

import click


@click.command("run-due")
def run_due() -> None:
    """Do once what the running app does every minute: reminders, deadlines, next in line."""
    from cli.database import open_database
    from services import due_work

    open_database()
    done = due_work.run_due()
    for name, count in done.items():
        click.echo(f"{name}: {'failed, see the log' if count < 0 else count}")
    if any(count < 0 for count in done.values()):
        raise SystemExit(1)


@click.command("move-clock")
@click.argument("days", type=click.IntRange(min=0))
def move_clock(days: int) -> None:
    """Move the clock of a demonstration on by DAYS, to see what happens later; never back."""
    from cli.database import open_database
    from services import clock

    open_database()
    try:
        clock.move(days)
    except ValueError as problem:
        raise click.ClickException(f"Nothing was moved: {problem}.") from problem
    click.echo(f"It is {clock.today():%d.%m.%Y} now for everybody who uses this demonstration.")
