"""Commands for the accounts of officers."""

from __future__ import annotations

import click


@click.command("create-user")
def create_user() -> None:
    """Create an officer's account; the password is read from a prompt or standard input."""


@click.command("list-users")
def list_users() -> None:
    """List the officers' accounts and roles."""
