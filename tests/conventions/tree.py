"""Reads the project's own sources for the convention tests."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("cli", "db", "documents", "domain", "matching", "pages", "sample_data", "services", "ui")


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


def dotted(path: Path) -> str:
    """`services/commission/ballot/votes.py` → `services.commission.ballot.votes`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module) -> dict[str, str]:
    """Every name that the module's imports bind, with what it stands for."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@dataclass(frozen=True)
class Services:
    """All functions of services, and what each one calls, directly or through another one."""

    defined: dict[str, ast.FunctionDef]
    targets: dict[str, frozenset[str]]

    def reached(self, name: str) -> set[str]:
        """Dotted names of what is called where that is known, the last name otherwise."""
        seen, waiting = set[str](), [name]
        while waiting:
            new = self.targets.get(waiting.pop(), frozenset()) - seen
            seen |= new
            waiting += new
        return seen


@cache
def services() -> Services:
    defined, targets = {}, {}
    for path in sources("services"):
        tree, module = parsed(path), dotted(path)
        names = imported(tree) | {name: f"{module}.{name}" for name in functions(tree)}
        for name, function in functions(tree).items():
            defined[f"{module}.{name}"] = function
            targets[f"{module}.{name}"] = frozenset(targets_of(function, names))
    return Services(defined, targets)


def targets_of(function: ast.FunctionDef, names: dict[str, str]) -> Iterator[str]:
    for call in ast.walk(function):
        match call:
            case ast.Call(func=ast.Name(id=name)):
                yield names.get(name, name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=base), attr=name)) if base in names:
                yield f"{names[base]}.{name}"
            case ast.Call(func=ast.Attribute(attr=name)):
                yield name
