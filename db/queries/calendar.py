"""Days and months of Georgia's calendar inside SQL, the same on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

# Georgia has kept UTC+4 without summer time since 2005; SQLite knows no time zones.


class local_day(FunctionElement[int]):  # noqa: N801 - named like the SQL functions it stands for
    """A running number of the calendar day in Georgia: only differences mean something."""

    type = Integer()
    inherit_cache = True


class local_month(FunctionElement[str]):  # noqa: N801
    """The month in Georgia as 2026-11."""

    type = Text()
    inherit_cache = True


@compiles(local_day, "sqlite")
def _day_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(julianday(date({moment}, '+4 hours')) AS INTEGER)"


@compiles(local_day, "postgresql")
def _day_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"(({moment} AT TIME ZONE 'Asia/Tbilisi')::date - DATE '2000-01-01')"


@compiles(local_month, "sqlite")
def _month_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"strftime('%Y-%m', {moment}, '+4 hours')"


@compiles(local_month, "postgresql")
def _month_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"to_char({moment} AT TIME ZONE 'Asia/Tbilisi', 'YYYY-MM')"
