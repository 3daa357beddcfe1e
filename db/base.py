"""The declarative base: constraint names, enums by value, dates and JSON alike everywhere."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Date, Enum, MetaData, Numeric, Text
from sqlalchemy.orm import DeclarativeBase

from db.types import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def stored_by_value(kind: type[StrEnum], name: str | None = None) -> Enum:
    """A text column holding the enum's values, checked; `name` where a table has two of a kind."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


def who_needs_when(verb: str) -> CheckConstraint:
    """Refuse a row that says who did something but not when."""
    return CheckConstraint(
        f"{verb}_by IS NULL OR {verb}_at IS NOT NULL", name=f"{verb}_by_needs_{verb}_at"
    )


class Base(DeclarativeBase):
    """Root of all tables. Relationships are never loaded by surprise: use explicit options."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        date: Date,
        datetime: UtcDateTime,
        Decimal: Numeric(12, 2),
        dict[str, Any]: JSON,
        list[Any]: JSON,
        StrEnum: stored_by_value(StrEnum),
    }
