"""Commands for the accounts of officers."""

from __future__ import annotations

import sys

import click

from cli.database import check_writable, prepare_database, read_settings
from domain.enums import Role
from domain.exceptions import InvalidInput


@click.command("create-user")
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
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
    from services import accounts

    _open_database()
    form = AccountForm(username, name_ka, name_en, Role(role), organisation)
    try:
        made = accounts.create_officer(form=form, password=_password(), by=None)
    except InvalidInput as refused:
        reasons = [f"{problem.field}: {problem.sentence}" for problem in refused.problems]
        raise click.ClickException("\n  ".join([str(refused), *reasons])) from refused
    click.echo(f"Created     {made.username} ({made.role.value})")


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("First-day password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@click.command("list-users")
def list_users() -> None:
    """List the officers' accounts and roles."""
    from services import accounts

    _open_database()
    for one in accounts.list_officers(by=None):
        state = "disabled" if one.disabled_at else "in use"
        click.echo(f"{one.username:24} {one.role.value:18} {one.organisation_code:26} {state}")


def _open_database() -> None:
    settings = read_settings()
    check_writable(settings.data_dir)
    prepare_database(settings)
