"""How the system is used: screens, commands, import formats, settings."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from cli.reference_pages.markdown import code, page, table

ROOT = Path(__file__).parents[2]
STAGE = re.compile(r"\bS(?:0[1-9]|1[0-5])\b")


def settings() -> str:
    """Every environment variable with its default and meaning."""
    from db.settings import PREFIX, Settings

    described = attribute_docstrings(Settings)
    return page(
        "# Settings",
        "Read once at the start from the environment.",
        table(
            ["variable", "default", "meaning"],
            (
                [code(f"{PREFIX}{name.upper()}"), code(getattr(Settings(), name)), described[name]]
                for name in Settings.__dataclass_fields__
            ),
        ),
    )


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


def screens() -> str:
    """Every registered screen: what it is for, its stage, and the roles that may open it."""
    from domain.enums import Role
    from services.permissions import MATRIX, Permission

    rows = []
    for name, permission in registered_screens():
        file = ROOT / "pages" / f"{name}.py"
        if not file.exists():
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        about = (ast.get_docstring(tree) or "").split("\n\n")[0].replace("\n", " ")
        about = re.sub(r"^S\d\d: | \(stage S\d\d\)", "", about)
        about = about[:1].upper() + about[1:]
        may = [
            role.value.replace("_", " ")
            for role in Role
            if permission is None or Permission[permission] in MATRIX[role]
        ]
        who = "everybody" if len(may) == len(Role) else ", ".join(may)
        rows.append([code(f"/{name}"), about, " ".join(stages_in(tree)), who])
    return page(
        "# Screens",
        "Every screen by its address (`pages/`, registered in `ui/navigation.py`), the stage of "
        "the state model that it belongs to, and who may open it. What may be done on it is in "
        "[Permissions](permissions.md).",
        table(["address", "what it is for", "stage", "who may open it"], rows),
    )


def registered_screens() -> Iterator[tuple[str, str | None]]:
    """Name and permission of each screen, read as text: the command line loads no screens."""
    tree = ast.parse((ROOT / "ui" / "navigation.py").read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        match call:
            case ast.Call(
                func=ast.Name(id="PageSpec"), args=[ast.Constant(value=str(name)), *rest]
            ):
                permission = rest[3]
                yield name, permission.attr if isinstance(permission, ast.Attribute) else None


def stages_in(tree: ast.Module) -> list[str]:
    """The stages that a screen's words name."""
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    return sorted(
        {stage for text in texts if isinstance(text, str) for stage in STAGE.findall(text)}
    )


def commands() -> str:
    """Every command of manage.py with its arguments and options."""
    from manage import main

    parts = ["# Commands", "`python manage.py COMMAND`; `--help` after any of them shows the same."]
    for path, command in leaves(main, ()):
        context = click.Context(command, info_name=" ".join(path))
        usage = command.get_usage(context).removeprefix("Usage: ")
        parts += [
            f"## {' '.join(path)}",
            " ".join((command.help or "").split()),
            f"    {' '.join(usage.split())}",
        ]
        options = [
            found
            for each in command.params
            if isinstance(each, click.Option) and (found := each.get_help_record(context))
        ]
        if options:
            parts.append(table(["option", "meaning"], ([code(o), text] for o, text in options)))
    return page(*parts)


def leaves(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The commands that do something, each with the words that call it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name, below in sorted(command.commands.items()):
        yield from leaves(below, (*path, name))


def import_formats() -> str:
    """The columns of files that can be imported, and the limits of such files."""
    from services.importing.columns import COLUMNS, KEYS
    from services.importing.limits import limits
    from services.texts import translate

    most = limits()
    parts = [
        "# Import formats",
        "CSV or XLSX with these column names in the first row; other names go through a "
        "[mapping](../how-to/import-files.md). Lists are separated by `;`, a value follows `:`.",
        f"At most {most.file_bytes // 1_000_000} MB, {most.rows:,} rows, {most.columns} columns, "
        f"{most.cell_characters:,} characters in a cell.",
    ]
    for kind, columns in COLUMNS.items():
        parts += [
            f"## {kind.value.capitalize()}",
            f"A row is the same one at every import by its {code(KEYS[kind])}.",
            table(
                ["column", "meaning", "ქართულად", "example", "required", "also understood"],
                (
                    [
                        code(column.name),
                        column.label,
                        translate(column.label, "ka"),
                        code(column.example),
                        "yes" if column.is_required else "",
                        ", ".join(column.aliases),
                    ]
                    for column in columns
                ),
            ),
        ]
    return page(*parts)
