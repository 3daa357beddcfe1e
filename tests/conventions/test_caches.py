"""Whatever a process keeps beyond one request is on a list that says when it is fresh."""

import ast
import re
from pathlib import Path

from tests.conventions.tree import ROOT, parsed, shown, sources

PAGE = (ROOT / "docs" / "explanation" / "caches.md").read_text(encoding="utf-8")
LAYERS = ("db", "domain", "documents", "matching", "services", "ui", "pages")
DECORATORS = {"cache", "lru_cache", "cache_data", "cache_resource"}
KEEPING = {"WeakKeyDictionary", "WeakValueDictionary", "OrderedDict", "defaultdict", "deque"}

WORTH_READING = re.compile(r"^_?[a-z]\w*(?:: [^=\n]+)? = |\bglobal |cache", re.M)
"""Constants are written in capitals: a module without these has nothing that changes."""


def kept_in(path: Path) -> set[str]:
    """Functions that remember answers, and containers of a module that functions fill."""
    if not WORTH_READING.search(path.read_text(encoding="utf-8")):
        return set()
    tree = parsed(path)
    found = set()
    changed = names_changed_in_functions(tree)
    # A function that remembers and can't reach the database knows files of the program only.
    asks = any(
        str(node.module).startswith("db.session")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    )
    asks = asks or shown(path).startswith(("ui/", "pages/"))
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name, decorator_list=marks):
                if asks and any(mark_name(mark) in DECORATORS for mark in marks):
                    found.add(name)
            case (
                ast.AnnAssign(target=ast.Name(id=name), value=value)
                | ast.Assign(targets=[ast.Name(id=name)], value=value)
            ) if value is not None:
                if name in changed or call_name(value) in KEEPING | {"KeptBoards"}:
                    found.add(name)
    return found


def mark_name(mark: ast.expr) -> str:
    return call_name(mark) or last_name(mark)


def call_name(value: ast.expr) -> str:
    return last_name(value.func) if isinstance(value, ast.Call) else ""


def last_name(value: ast.expr) -> str:
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=inner):
            return last_name(inner)
    return ""


def names_changed_in_functions(tree: ast.Module) -> set[str]:
    """Declared global, or a container that a function puts something into."""
    containers = set()
    for top in tree.body:
        match top:
            case (
                ast.AnnAssign(target=ast.Name(id=name), value=value)
                | ast.Assign(targets=[ast.Name(id=name)], value=value)
            ) if isinstance(value, ast.Dict | ast.List | ast.Set | ast.Call):
                containers.add(name)
    found: set[str] = set()
    functions = [node for node in tree.body if not isinstance(node, ast.Assign | ast.AnnAssign)]
    for function in functions:
        for node in ast.walk(function):
            match node:
                case ast.Global(names=names):
                    found |= set(names)
                case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))]):
                    found |= {name} & containers
                case ast.Call(
                    func=ast.Attribute(
                        value=ast.Name(id=name),
                        attr="setdefault" | "append" | "add" | "update" | "pop" | "insert",
                    )
                ):
                    found |= {name} & containers
    local = {
        name.id
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for name in ast.walk(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    }
    declared = {
        name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
    }
    return (found - local) | declared


def test_everything_that_is_kept_is_on_the_list() -> None:
    kept = {f"{shown(path)}: {name}" for path in sources(*LAYERS) for name in kept_in(path)}
    listed = set(re.findall(r"^\| `([\w/.]+: \w+)` \|", PAGE, re.M))
    assert len(kept) > 30
    assert sorted(kept - listed) == [], "say in docs/explanation/caches.md when it is fresh"
    assert sorted(listed - kept) == [], "no longer kept"


def test_no_screen_keeps_rows_for_everybody() -> None:
    """`st.cache_data` is for all sessions alike; what a role may see would leak through it."""
    users = {
        shown(path)
        for path in sources("ui", "pages")
        if re.search(r"st\.cache_(data|resource)", path.read_text(encoding="utf-8"))
    }
    assert users == {"ui/dashboard/frame.py", "ui/layout.py"}
