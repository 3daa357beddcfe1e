"""Whatever changes data names the officer, leaves an audit event and commits in services only."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conventions.tree import calls, calls_within, functions, parsed, shown, sources

WITHOUT_OFFICER: dict[str, str] = {}
"""Use case → why nobody is signed in when it runs."""


@cache
def writers() -> dict[str, tuple[ast.FunctionDef, frozenset[str]]]:
    """`module.function` of every public function of services that commits, and what it calls."""
    return dict(find_writers())


def find_writers() -> Iterator[tuple[str, tuple[ast.FunctionDef, frozenset[str]]]]:
    for path in sources("services"):
        defined = functions(parsed(path))
        for name, function in defined.items():
            called = calls_within(name, defined)
            if not name.startswith("_") and "commit" in called:
                yield f"{path.stem}.{name}", (function, frozenset(called))


def test_every_writing_use_case_names_the_officer_last() -> None:
    unnamed = {name for name, (function, _) in writers().items() if last(function) != "by"}
    assert unnamed == set(WITHOUT_OFFICER)


def last(function: ast.FunctionDef) -> str | None:
    return function.args.kwonlyargs[-1].arg if function.args.kwonlyargs else None


def test_every_writing_use_case_leaves_an_audit_event() -> None:
    silent = {name for name, (_, called) in writers().items() if "record" not in called}
    assert silent == set()


def test_only_services_commit() -> None:
    others = [*sources("domain", "matching", "pages", "ui", "db/repositories", "db/queries")]
    assert [shown(path) for path in others if "commit" in calls(parsed(path))] == []


@pytest.mark.parametrize("exclusion", WITHOUT_OFFICER)
def test_an_exclusion_still_exists(exclusion: str) -> None:
    assert exclusion in writers()
