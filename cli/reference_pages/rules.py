"""What governs the process: life cycles, permissions, ranking rules, dated parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from cli.reference_pages.markdown import code, page, table

PARAMETERS = Path(__file__).parents[2] / "services" / "parameters"
ABOUT = ("version", "valid_from", "source", "reason", "reference")
"""Entries of a parameter file that speak about its values."""


def life_cycles() -> str:
    """One state diagram for each table of domain/transitions.py."""
    from domain.transitions import LIFE_CYCLES

    parts = ["# Life cycles", "Which status may follow which (`domain/transitions.py`)."]
    for title, cycle in LIFE_CYCLES.items():
        first = next(iter(cycle))
        lines = [f"    [*] --> {first.value}"]
        for before, afters in cycle.items():
            lines += [f"    {before.value} --> {after.value}" for after in sorted(afters)]
            if not afters:
                lines.append(f"    {before.value} --> [*]")
        diagram = "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
        parts += [f"## {title.replace('_', ' ').capitalize()}", diagram]
    return page(*parts)


def permissions() -> str:
    """Who may do what: roles across, permissions down."""
    from domain.enums import Role
    from services.permissions import MATRIX, Permission

    roles = list(Role)
    return page(
        "# Permissions",
        "Checked in every use case (`services/permissions.py`).",
        table(
            ["permission", *(role.value.replace("_", " ") for role in roles)],
            (
                [code(each.value), *("yes" if each in MATRIX[role] else "" for role in roles)]
                for each in Permission
            ),
        ),
    )


def ranking() -> str:
    """What excludes, what earns points, and every number in force with its reason."""
    from matching.parameters import FOLDER
    from matching.ranking_rules import CRITERIA, GATES

    newest = max(FOLDER.glob("*.yaml"))
    policy = yaml.safe_load(newest.read_text(encoding="utf-8"))
    return page(
        "# Ranking rules",
        f"Version {policy['version']}, in force from {policy['valid_from']:%d.%m.%Y}: "
        f"{policy['reason']}",
        "## What excludes",
        "A failed gate excludes with its reason; an unknown fact flags and asks.",
        "\n".join(f"- {code(gate.name)}: {first_paragraph(gate.check)}" for gate in GATES),
        "## What earns points",
        "\n".join(f"- {code(each.name)}: {whole_docstring(each.assess)}" for each in CRITERIA),
        "How points are computed, with an example: "
        "[How a ranking comes about](../explanation/ranking.md).",
        "## The numbers",
        table(
            ["parameter", "value", "unit", "reason", "reference"],
            (
                [code(name), item["value"], item["unit"], item["reason"], item["reference"]]
                for name, item in policy["values"].items()
            ),
        ),
    )


def first_paragraph(function: Callable[..., object]) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")


def whole_docstring(function: Callable[..., object]) -> str:
    return " ".join((inspect.getdoc(function) or "").split())


def parameters() -> str:
    """Every number outside the ranking that the state may change, with its day and source."""
    parts = [
        "# Parameters",
        "Numbers that the state may change, with the day from which they hold and where they come "
        "from (`services/parameters/`). Those of the ranking: [Ranking rules](ranking.md).",
    ]
    for path in sorted(PARAMETERS.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = [
            [
                name,
                shown(value),
                about.get("valid_from", ""),
                described(about),
            ]
            for about, values in versions(content)
            for name, value in values.items()
        ]
        parts.append(f"## {path.stem.replace('_', ' ').capitalize()}")
        # A source that holds for the whole file is said once.
        sources = dict.fromkeys(row[3] for row in rows)
        if len(sources) == 1:
            parts.append(next(iter(sources)))
            headings, rows = ["parameter", "value", "from"], [row[:3] for row in rows]
        else:
            headings = ["parameter", "value", "from", "why and whence"]
        parts.append(table(headings, ([code(row[0]), *row[1:]] for row in rows)))
    return page(*parts, *duplicates())


def duplicates() -> list[str]:
    """The rules in force for finding a person registered twice."""
    from matching.duplicates.rules import documents

    rules = documents()[-1]
    return [
        "## Duplicates",
        f"Version {rules['version']}, in force from {rules['valid_from']:%d.%m.%Y} "
        f"(`matching/parameters/duplicates/`): {rules['reason']}",
        table(
            ["parameter", "value", "unit", "why and whence"],
            (
                [code(name), about["value"], about["unit"], described(about)]
                for name, about in rules["values"].items()
            ),
        ),
        f"Well-known given names: {len(rules['given_names']['well_known'].split())}. "
        f"{rules['given_names']['reason']}",
    ]


def versions(content: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What is said about the values, and the values, of each entry of a parameter file.

    A file is one entry, a list of entries, or a list of entries for each parameter.
    """
    if isinstance(content, dict) and "valid_from" not in content:
        for name, entries in content.items():
            for entry in entries:
                yield entry, {name: entry["value"]}
        return
    for entry in content if isinstance(content, list) else [content]:
        yield entry, {name: value for name, value in entry.items() if name not in ABOUT}


def shown(value: Any) -> Any:
    """A value as the table has it; of a list of codes, what each one says."""
    if value is None:
        return "no data"
    if isinstance(value, list) and value and isinstance(value[0], dict) and "report" in value[0]:
        return "<br>".join(f"{code(one['code'])}: {one['report']['en']}" for one in value)
    return value


def described(about: dict[str, Any]) -> str:
    said = (about.get(name) for name in ("reason", "source", "reference"))
    return " ".join(" ".join(str(text).split()) for text in said if text)
