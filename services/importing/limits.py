"""The limits of imported files, from `services/parameters/imports.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent.parent / "parameters" / "imports.yaml"


@dataclass(frozen=True)
class Limits:
    """What a file may be at most; sizes in bytes."""

    file_bytes: int
    unzipped_bytes: int
    unzipped_ratio: int
    unzipped_ratio_from_bytes: int
    parts: int
    rows: int
    columns: int
    cell_characters: int
    header_characters: int
    title_rows: int
    one_transaction_rows: int
    chunk_rows: int
    mapping_similarity: int
    preview_rows: int


@cache
def limits() -> Limits:
    """The limits in force, read once."""
    stored = yaml.safe_load(FILE.read_text("utf-8"))
    return Limits(**{item.name: int(stored[item.name]) for item in fields(Limits)})
