"""Reads the project's own sources for the convention tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("cli", "db", "domain", "matching", "pages", "services", "ui")


def sources(*folders: str) -> Iterator[Path]:
    """Every Python file of these folders, migrations apart."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "versions" not in path.parts:
                yield path


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    """The top-level functions of a module by name."""
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def calls(node: ast.AST) -> set[str]:
    """The last name of everything called in `node`: `work.session.commit()` gives `commit`."""
    found = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            match call.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    found.add(name)
    return found


def calls_within(name: str, defined: dict[str, ast.FunctionDef]) -> set[str]:
    """What a function calls, itself or through other functions of its module."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for called in calls(defined[waiting.pop()]) - seen:
            seen.add(called)
            if called in defined:
                waiting.append(called)
    return seen
