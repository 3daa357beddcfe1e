"""A person's form as JSON's own types and back, so that what a merge changed can be restored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from domain.records.jobseeker import JobseekerForm


def form_to_json(form: JobseekerForm) -> dict[str, Any]:
    """Every field, also the empty ones."""
    return {f.name: _plain(getattr(form, f.name)) for f in fields(form)}


def form_from_json(stored: Mapping[str, Any]) -> JobseekerForm:
    """The form that `form_to_json` wrote; a field that is newer than the snapshot is empty."""
    known = _hints(JobseekerForm)
    values = {name: _typed(kind, stored[name]) for name, kind in known.items() if name in stored}
    return JobseekerForm(**values)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        kind = next(each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], part) for part in value)
    if is_dataclass(kind):
        named = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _typed(named[name], part) for name, part in value.items()})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value
