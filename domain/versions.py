"""Two officers changed the same form: what differs, and the version put together of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the saved version and mine differ, and what stood there before both."""

    field: str
    before: Any
    theirs: Any
    mine: Any

    @property
    def is_contested(self) -> bool:
        """Both changed it, each in another way: somebody has to choose."""
        before = _said(self.before)
        return bool(_said(self.theirs) != before and _said(self.mine) != before)

    @property
    def takes_mine(self) -> bool:
        """Of a field that only one of us changed, the change is kept."""
        return bool(_said(self.theirs) == _said(self.before))


def differences(before: F, theirs: F, mine: F) -> tuple[Difference, ...]:
    """Field by field, in the form's order; what both say alike is left out."""
    was, saved, typed = as_fields(before), as_fields(theirs), as_fields(mine)
    return tuple(
        Difference(name, was.get(name), saved.get(name), value)
        for name, value in typed.items()
        if _said(value) != _said(saved.get(name))
    )


def put_together(theirs: F, found: tuple[Difference, ...], mine: Mapping[str, bool]) -> F:
    """The saved version with my value in each field that `mine` says; others as proposed."""
    taken = {one.field: one.mine for one in found if mine.get(one.field, one.takes_mine)}
    if isinstance(theirs, dict):
        return {**theirs, **taken}  # type: ignore[return-value]
    return replace(theirs, **taken)  # type: ignore[type-var]


def _said(value: Any) -> Any:
    """What a value says: spaces around a text and an empty one say nothing."""
    return (value.strip() or None) if isinstance(value, str) else value


def as_fields(form: Any) -> dict[str, Any]:
    """A form's values by field: of a dataclass, or a plain mapping."""
    if is_dataclass(form):
        return {one.name: getattr(form, one.name) for one in fields(form)}
    return dict(form)
