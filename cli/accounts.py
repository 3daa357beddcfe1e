"""Commands for the accounts of officers."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from cli.database import check_writable, prepare_database, read_settings
from domain.enums import Role


@click.command("create-user")
@click.argument("username")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="What the officer comes for.",
)
@click.option("--name-ka", prompt="Name in Georgian", help="Name in Georgian letters.")
@click.option("--name-en", prompt="Name in Latin letters", help="Name in Latin letters.")
@click.option(
    "--organisation",
    default="agency-employment",
    show_default=True,
    help="Code of the organisation.",
)
def create_user(username: str, role: str, name_ka: str, name_en: str, organisation: str) -> None:
    """Create an officer's account; the password is read from a prompt or standard input.

    The officer chooses a new one at the first sign-in.
    """
    from domain.records.account import AccountForm
    from services.officers import accounts

    _open_database()
    form = AccountForm(username, name_ka, name_en, Role(role), organisation)
    made = accounts.create_officer(form=form, password=_password(), by=None)
    click.echo(f"Created     {made.username} ({made.role.value})")


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("First-day password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@click.command("list-users")
def list_users() -> None:
    """List the officers' accounts and roles."""
    from services.officers import accounts

    _open_database()
    rows = [
        (
            one.username,
            one.role.value.replace("_", " "),
            one.organisation_code,
            "disabled" if one.disabled_at else "in use",
        )
        for one in accounts.list_officers(by=None)
    ]
    show_table([("username", "role", "organisation", "state"), *rows])


def _open_database() -> None:
    settings = read_settings()
    check_writable(settings.data_dir)
    prepare_database(settings, quietly=True)


def show_table(rows: Sequence[tuple[str, ...]], indent: str = "") -> None:
    """Columns as wide as their longest value; the first row is the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (value.ljust(width) for value, width in zip(row, widths, strict=True))
        click.echo(f"{indent}{'  '.join(cells)}".rstrip())
