"""Which table holds what about whom: the map behind the register, the copy and the depersonalising.

The map is `tables.yaml`. Whose a row is follows from its foreign keys: a vote belongs to the person
of its candidacy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import JSON, ColumnElement, Enum, LargeBinary, String, Table, and_, or_, select

from db.base import Base
from domain.enums import AddresseeKind

MAP = Path(__file__).parent / "tables.yaml"
CLASSES = ("ordinary", "confidential", "personal", "special")
ACTIONS = ("empty", "mark", "none", "month", "file", "rows")


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that is one person: the file, and the files that were united with it."""

    ids: tuple[int, ...]
    external_ids: tuple[str, ...]


@dataclass(frozen=True)
class Mapped:
    """One table of the map."""

    name: str
    purpose: str
    data_class: str
    via: tuple[tuple[str, str, str], ...]
    """(column, the table it leads to, that table's column)"""
    erase: Mapping[str, str]
    free: tuple[str, ...]
    keep: tuple[str, ...]
    own: bool

    @property
    def table(self) -> Table:
        """The table itself."""
        return Base.metadata.tables[self.name]

    @property
    def is_about_a_person(self) -> bool:
        """Whether its rows lead to a job-seeker."""
        return bool(self.via)

    def searched(self) -> tuple[str, ...]:
        """Columns in which somebody else may be named."""
        if self.own:
            return ()
        worded = [column for column in self.erase if is_worded(self.table, column)]
        return (*worded, *self.free)


def is_worded(table: Table, column: str) -> bool:
    """Whether free words may stand there: text or JSON, and not a key or a closed list."""
    kind = table.c[column].type
    return isinstance(kind, String | JSON) and not isinstance(kind, Enum)


def to_assign(table: Table) -> frozenset[str]:
    """Columns that have to be assigned one by one: text, JSON, bytes."""
    return frozenset(
        column.name
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary)
        and not isinstance(column.type, Enum)
    )


@cache
def table_map() -> Mapping[str, Mapped]:
    """Every table of the map by name."""
    stored = yaml.safe_load(MAP.read_text(encoding="utf-8"))
    return {name: _mapped(name, entry) for name, entry in stored.items() if _exists(name)}


def _exists(name: str) -> bool:
    return name in Base.metadata.tables


def _mapped(name: str, entry: Mapping[str, Any]) -> Mapped:
    via = []
    for column in entry.get("via", ()):
        if isinstance(column, str):
            via.append((column, *_target(name, column)))
        else:
            ((own, target),) = column.items()
            table, _, key = target.partition(".")
            via.append((own, table, key))
    return Mapped(
        name=name,
        purpose=entry["purpose"],
        data_class=entry["class"],
        via=tuple(via),
        erase=dict(entry.get("erase", {})),
        free=tuple(entry.get("free", ())),
        keep=tuple(entry.get("keep", ())),
        own=bool(entry.get("own", False)),
    )


def _target(name: str, column: str) -> tuple[str, str]:
    if name == "jobseekers":
        return "jobseekers", "id"
    for key in Base.metadata.tables[name].c[column].foreign_keys:
        table, _, target = key.target_fullname.partition(".")
        if name not in table:
            return table, target
    raise ValueError(f"{name}.{column} leads nowhere")


def rows_of(name: str, person: Person) -> ColumnElement[bool]:
    """The condition for the rows of a table that belong to a person."""
    table = Base.metadata.tables[name]
    if name == "jobseekers":
        return table.c.id.in_(person.ids)
    if name == "audit_events":
        return table.c.subject.in_(person.external_ids)
    ways = []
    for column, target, key in table_map()[name].via:
        there = Base.metadata.tables[target]
        ways.append(table.c[column].in_(select(there.c[key]).where(rows_of(target, person))))
    found = or_(*ways)
    if name == "messages":
        return and_(table.c.recipient_kind == AddresseeKind.JOBSEEKER, found)
    return found
