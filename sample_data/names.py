"""First names and surnames of names.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "names.yaml"


@dataclass(frozen=True)
class Names:
    """What people are called who speak one language at home."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def names_by_language() -> dict[str, Names]:
    content = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        language: Names(**{kind: tuple(text.split()) for kind, text in kinds.items()})
        for language, kinds in content.items()
    }
