"""The one way to write a record down, so that the same record always has the same hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from domain.texts import Sentence, to_json


def canonical(record: object) -> bytes:
    """The record as JSON: fields in order of their names, no blanks, every moment in UTC."""
    return json.dumps(
        _plain(record), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def record_sha256(record: object) -> str:
    """Hash of the record as `canonical` writes it."""
    return hashlib.sha256(canonical(record)).hexdigest()


def _plain(value: object) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case Sentence():
            return to_json(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal() | Fraction():
            return str(value)
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items()}
        case tuple() | list():
            return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"a {type(value).__name__} has no canonical form")
