"""What the fields of a form hold, as JSON and back; what nobody types is left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain import enums


def to_plain(values: Mapping[str, object]) -> dict[str, Any]:
    """The fields that hold text, numbers, days, codes, or lists of them; no ticks, no buttons."""
    found = {name: _plain(value) for name, value in values.items()}
    return {name: value for name, value in found.items() if value is not _LEFT_OUT}


_LEFT_OUT = object()


def _plain(value: object) -> object:
    match value:
        case bool() | datetime():
            return _LEFT_OUT
        case StrEnum():
            return {"enum": [type(value).__name__, value.value]}
        case date():
            return {"day": value.isoformat()}
        case None | str() | int() | float():
            return value
        case list() | tuple():
            parts = [_plain(part) for part in value]
            return _LEFT_OUT if _LEFT_OUT in parts else parts
    return _LEFT_OUT


def from_plain(stored: Mapping[str, Any]) -> dict[str, object]:
    """What `to_plain` made JSON of; codes of a list that is no more are left out."""
    found = {name: _value(value) for name, value in stored.items()}
    return {name: value for name, value in found.items() if value is not _LEFT_OUT}


def _value(stored: Any) -> object:
    match stored:
        case {"enum": [kind, code]}:
            members = getattr(enums, str(kind), None)
            known = {one.value: one for one in members} if members else {}
            return known.get(code, _LEFT_OUT)
        case {"day": day}:
            return date.fromisoformat(day)
        case list():
            parts = [_value(part) for part in stored]
            return _LEFT_OUT if _LEFT_OUT in parts else parts
    return stored
