"""Writes the pages of docs/reference/ that are made from the code, or checks that they are."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import click

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


def life_cycles() -> str:
    """One state diagram for each table of domain/transitions.py."""
    from domain.transitions import LIFE_CYCLES

    parts = ["# Life cycles\n\nWhich status may follow which (`domain/transitions.py`).\n"]
    for title, cycle in LIFE_CYCLES.items():
        first = next(iter(cycle))
        lines = [f"    [*] --> {first.value}"]
        for before, afters in cycle.items():
            lines += [f"    {before.value} --> {after.value}" for after in sorted(afters)]
            if not afters:
                lines.append(f"    {before.value} --> [*]")
        diagram = "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
        parts.append(f"## {title.replace('_', ' ').capitalize()}\n\n{diagram}\n")
    return "\n".join(parts)


def settings() -> str:
    """Every environment variable with its default and meaning."""
    from db.settings import PREFIX, Settings

    described = attribute_docstrings(Settings)
    rows = [
        f"| `{PREFIX}{name.upper()}` | `{getattr(Settings(), name)}` | {described[name]} |"
        for name in Settings.__dataclass_fields__
    ]
    return "\n".join(
        [
            "# Settings\n\nRead once at the start from the environment.\n",
            "| variable | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def ranking() -> str:
    """What excludes, what earns points, and every number in force with its reason."""
    import yaml

    from matching.parameters import FOLDER
    from matching.ranking_rules import CRITERIA, GATES

    newest = max(FOLDER.glob("*.yaml"))
    policy = yaml.safe_load(newest.read_text(encoding="utf-8"))
    values = [
        f"| `{name}` | {item['value']} | {item['unit']} | {item['reason']} | {item['reference']} |"
        for name, item in policy["values"].items()
    ]
    return "\n".join(
        [
            "# Ranking rules\n",
            f"Version {policy['version']}, in force from {policy['valid_from']:%d.%m.%Y}: "
            f"{policy['reason']}\n",
            "## What excludes\n",
            "A failed gate excludes with its reason; an unknown fact flags and asks.\n",
            *(f"- `{gate.name}`: {first_line(gate.check)}" for gate in GATES),
            "\n## What earns points\n",
            *(f"- `{criterion.name}`: {one_line(criterion.assess)}" for criterion in CRITERIA),
            "\nHow points are computed, with an example: "
            "[How a ranking comes about](../explanation/ranking.md).",
            "\n## The numbers\n",
            "| parameter | value | unit | reason | reference |",
            "|---|---|---|---|---|",
            *values,
            "",
        ]
    )


def first_line(function: Callable[..., object]) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")


def one_line(function: Callable[..., object]) -> str:
    return " ".join((inspect.getdoc(function) or "").split())


def attribute_docstrings(kind: type) -> dict[str, str]:
    """The sentence under each field of a dataclass; KeyError later where one is missing."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, note in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match note:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    found[field.target.id] = " ".join(text.split())
    return found


def permissions() -> str:
    """Who may do what: roles across, permissions down."""
    from domain.enums import Role
    from services.permissions import MATRIX, Permission

    roles = list(Role)
    rows = [
        f"| `{permission.value}` | "
        + " | ".join("yes" if permission in MATRIX[role] else "" for role in roles)
        + " |"
        for permission in Permission
    ]
    heads = " | ".join(role.value.replace("_", " ") for role in roles)
    return "\n".join(
        [
            "# Permissions\n\nChecked in every use case (`services/permissions.py`).\n",
            f"| permission | {heads} |",
            "|---|" + "---|" * len(roles),
            *rows,
            "",
        ]
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "life-cycles.md": life_cycles,
    "permissions.md": permissions,
    "ranking.md": ranking,
    "settings.md": settings,
}
