"""Habits that opened other systems of this kind are not in ours."""

import re

import pytest

from tests.conventions.tree import LAYERS, shown, sources

DANGERS = {
    "trusts the browser session for who it is": r"session_state(\[[\"']|\.)(user|officer|role)\b",
    "translates what the catalogue can't know": r"\b_\(\s*f[\"']|\bN_\(\s*f[\"']",
    "shouts, which Georgian cannot": r"text-transform:\s*uppercase",
}


@pytest.mark.parametrize("danger", DANGERS)
def test_no_source_file(danger: str) -> None:
    files = list(sources(*LAYERS))
    assert len(files) > 30
    pattern = re.compile(DANGERS[danger])
    assert [shown(path) for path in files if pattern.search(path.read_text("utf-8"))] == []
