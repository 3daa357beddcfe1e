"""Writes the pages of docs/reference/ that are made from the code, or checks that they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from cli.reference_pages import rules, usage

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
NOTICE = "<!-- Made from the code by `make fix`; edit the code, not this page. -->\n\n"


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail if a page is out of date.")
def docs(check: bool) -> None:
    """Make the reference pages from the code."""
    stale = [name for name, make in PAGES.items() if not is_current(name, make())]
    if check and stale:
        raise click.ClickException(
            f"docs/reference is out of date ({', '.join(stale)}): run `make fix` and commit it."
        )
    for name in stale:
        path = REFERENCE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NOTICE + PAGES[name](), encoding="utf-8")
        click.echo(f"Made {path.relative_to(REFERENCE.parent.parent)}")


def is_current(name: str, text: str) -> bool:
    path = REFERENCE / name
    return path.exists() and path.read_text(encoding="utf-8") == NOTICE + text


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": usage.commands,
    "import-formats.md": usage.import_formats,
    "life-cycles.md": rules.life_cycles,
    "parameters.md": rules.parameters,
    "permissions.md": rules.permissions,
    "ranking.md": rules.ranking,
    "screens.md": usage.screens,
    "settings.md": usage.settings,
}
