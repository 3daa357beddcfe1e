"""A database in which one person stands in every table, generated from the tables themselves."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Enum,
    Float,
    LargeBinary,
    Numeric,
    Table,
    insert,
    select,
    text,
)

from db.base import Base
from db.types import UtcDateTime
from services.privacy.table_map import Mapped, table_map

FIRST_KA, LAST_KA, FIRST, LAST = "ქრისტეფორე", "კანარელაშვილი", "Kristepore", "Kanarelashvili"
NUMBER, PHONE, EMAIL, PASSPORT = "77788899901", "+995599112233", "kanari@example.ge", "77KK12345"
TRACES = (FIRST_KA, LAST_KA, FIRST, LAST, NUMBER, PHONE, "599 11 22 33", EMAIL, PASSPORT)
WORDS = (
    f"{FIRST_KA} {LAST_KA} ({FIRST} {LAST}), {NUMBER}, {PHONE}, 599 11 22 33, {EMAIL}, {PASSPORT}"
)
EXTERNAL_ID = "TRACED-1"
MOMENT = datetime(2015, 5, 5, 12, 0, tzinfo=UTC)
ID = 7001


def fill(engine: Engine) -> None:
    """One row of the person in every table that leads to people, each text full of traces."""
    with engine.begin() as connection:
        for name in ("votes_on_insert", "secret_voters_on_insert"):
            connection.execute(text(f"DROP TRIGGER {name}"))
    raw = engine.raw_connection()
    try:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA ignore_check_constraints=ON")
        for table in Base.metadata.sorted_tables:
            mapped = table_map().get(table.name)
            if mapped is not None and (mapped.is_about_a_person or mapped.free):
                _add(raw, engine, table, mapped)
        _files(raw, engine)
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA ignore_check_constraints=OFF")
        raw.commit()
    finally:
        raw.close()


def _add(raw: Any, engine: Engine, table: Table, mapped: Mapped) -> None:
    values = {column.name: _value(column, mapped) for column in table.columns}
    if table.name == "jobseekers":
        values |= {"external_id": EXTERNAL_ID, "personal_number": NUMBER, "phone": PHONE}
        values |= {"first_name_ka": FIRST_KA, "last_name_ka": LAST_KA, "email": EMAIL}
        values |= {"first_name_lat": FIRST, "last_name_lat": LAST, "status": "withdrawn"}
        values |= {"depersonalised_at": None, "birth_date": date(1990, 5, 17)}
    if table.name == "jobseeker_documents":
        values["number"] = PASSPORT
    if table.name == "messages":
        values |= {"recipient_kind": "jobseeker", "status": "sent"}
    if table.name in ENDED:
        values |= ENDED[table.name]
    statement = insert(table).values(values).compile(engine)
    bound = statement.construct_params()
    ready = [
        statement._bind_processors.get(key, lambda x: x)(bound[key])
        for key in statement.positiontup or ()
    ]
    raw.execute(str(statement), ready)


ENDED: dict[str, dict[str, Any]] = {
    "candidacies": {"status": "not_approved"},
    "deployments": {"status": "returned", "returned_on": date(2015, 9, 1)},
    "monitoring_cases": {"status": "closed"},
    "legal_holds": {"ended_at": MOMENT},
    "privacy_requests": {"status": "answered"},
    "jobseeker_merges": {"undone_at": MOMENT},
}


def _value(column: Column[Any], mapped: Mapped) -> Any:
    if column.primary_key and not column.foreign_keys and _is_number(column):
        return ID
    if column.foreign_keys:
        (key, *_) = column.foreign_keys
        target = key.column
        if target.table.name == "stored_files":
            return f"file-{mapped.name}-{column.name}" if column.name in mapped.erase else None
        return ID if _is_number(target) else column.name
    if column.name in {via[0] for via in mapped.via}:
        return ID
    if column.name in mapped.erase or column.name in mapped.free:
        if isinstance(column.type, JSON):
            return {"told": [WORDS]}
        if isinstance(column.type, LargeBinary):
            return WORDS.encode()
        if not isinstance(column.type, Date):
            return WORDS
    return _plain(column)


def _is_number(column: Column[Any]) -> bool:
    return column.type.python_type is int


def _plain(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, LargeBinary):
        return b"\0"
    if isinstance(kind, UtcDateTime | DateTime):
        return MOMENT if not column.nullable else None
    if isinstance(kind, Date):
        return date(2015, 5, 5)
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Numeric | Float):
        return Decimal(1)
    if _is_number(column):
        return 1
    return column.name


def _files(raw: Any, engine: Engine) -> None:
    """Their contents: a zip whose parts name the person."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<p>{WORDS}</p>")
    for mapped in table_map().values():
        for column, action in mapped.erase.items():
            if action == "file":
                raw.execute(
                    "INSERT INTO stored_files (sha256, format, size, content, created_at) "
                    "VALUES (?, 'zip', 1, ?, '2015-05-05 12:00:00')",
                    (f"file-{mapped.name}-{column}", packed.getvalue()),
                )


def found(connection: Connection, traces: tuple[str, ...] = TRACES) -> Iterator[str]:
    """Every table.column in which a trace stands, also inside files and as JSON writes it.

    Reference tables are left out: nothing of a person was ever written there.
    """
    sought = {trace: _forms(trace) for trace in traces}
    for table in Base.metadata.sorted_tables:
        if table.name in table_map() and table_map()[table.name].purpose == "reference":
            continue
        for row in connection.execute(select(table)).mappings():
            for name, value in row.items():
                written = _written(value)
                for trace, forms in sought.items():
                    if any(form in written for form in forms):
                        yield f"{table.name}.{name}: {trace}"


def _forms(trace: str) -> set[bytes]:
    escaped = json.dumps(trace)[1:-1]
    return {trace.encode(), escaped.encode(), trace.encode("utf-16-le")}


def _written(value: object) -> bytes:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).encode()
    if not isinstance(value, bytes | memoryview):
        return str(value).encode()
    return _opened(bytes(value))


def _opened(content: bytes) -> bytes:
    """A file's bytes with those of everything packed inside it, and a PDF's text."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return content + b"\n".join(_opened(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        import pypdf

        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return content + "\n".join(page.extract_text() for page in pages).encode()
    return content
