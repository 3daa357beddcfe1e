"""`manage.py serve`: from whatever is there to the running app."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click

from cli.accounts import show_table
from cli.database import check_writable, prepare_database, read_settings
from cli.sample import load_at_first_start

ROOT = Path(__file__).parent.parent
ADDRESS = "127.0.0.1"
STREAMLIT = """
import sys, click
from streamlit.web.cli import main
try:
    main(sys.argv[1:], prog_name="streamlit", standalone_mode=False)
except (click.Abort, KeyboardInterrupt):
    print("Stopped.")
"""


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="PORT",
    default=8501,
    show_default=True,
    help="Where the app listens.",
)
@click.option(
    "--address",
    envvar="ADDRESS",
    default=ADDRESS,
    show_default=True,
    help="The network address of this machine to listen at; another only within a container.",
)
def serve(port: int, address: str) -> None:
    """Migrate, load sample data at the first start, and start the app."""
    from services.operations.environment import check_can_start

    os.chdir(ROOT)
    settings = read_settings()
    check_port_free(port, address)
    check_writable(settings.data_dir)
    prepare_database(settings)
    check_can_start()
    if settings.environment == "demo":
        load_at_first_start(settings)
        show_demo_accounts()
    start(port, address, settings.data_dir)


def show_demo_accounts() -> None:
    """Print the accounts to try the system with, while their passwords are the known ones."""
    from services.officers.accounts import create_demo_accounts
    from services.officers.demo_accounts import accounts_as_printed

    create_demo_accounts()
    rows = [
        (account.username, account.password, account.role.value.replace("_", " "))
        for account in accounts_as_printed()
    ]
    if rows:
        click.echo("Accounts    for trying it out, never in production:")
        show_table([("username", "password", "role"), *rows], indent=" " * 12)


def check_port_free(port: int, address: str = ADDRESS) -> None:
    """Say early, in one sentence, that another program has the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError as error:
            raise click.ClickException(
                f"Port {port} needs an administrator's rights; choose another: make run PORT=8502"
            ) from error
        except OSError as error:
            another = 8502 if port == 8501 else 8501
            raise click.ClickException(
                f"Port {port} is taken by another program (perhaps this app is already running); "
                f"stop it or choose another port: make run PORT={another}"
            ) from error


def start(port: int, address: str, data: Path) -> None:
    """Become Streamlit, so that Ctrl-C reaches it directly."""
    click.echo(f"Starting    http://localhost:{port}  (Ctrl-C stops it)")
    command = [sys.executable, "-c", STREAMLIT, "run", "app.py"]
    command += ["--server.address", address, "--server.port", str(port)]
    sys.stdout.flush()
    more = {
        # Several processes with one data directory add up what they count.
        "PROMETHEUS_MULTIPROC_DIR": str((data / "metrics").resolve()),
        # Whose word on a browser's address counts is for MIGRATION_TRUSTED_PROXIES to say, and for
        # nobody else: the server below would believe every program on this machine.
        "FORWARDED_ALLOW_IPS": "",
    }
    os.execve(sys.executable, command, {**os.environ, **more})
