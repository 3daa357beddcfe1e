"""Encrypted fields: AES-256-GCM, bound to table, column and row.

A closed value says by which key it was closed (format, key id, nonce, cipher text with its tag).
Table, column and row are its associated data: moved to another row or column, it no longer opens.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast, overload

from cryptography.exceptions import InvalidTag
from sqlalchemy import Column, Connection, Engine, LargeBinary, Table, func, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

import db.session
from db.base import Base
from db.keys import (
    KEY_ID_LENGTH,
    KeyRing,
    KeysUnavailable,
    is_default_file,
    key_ring,
    keys_file,
    new_ring,
    write_ring,
)
from domain.texts import N_

VERSION = 1
NONCE_BYTES = 12
SEALED = {"sealed": True}


def encrypt(table: str, column: str, row_id: object, plaintext: str) -> bytes:
    """Close a text for one field of one row; KeysUnavailable says what is wrong with the keys."""
    ring = ready_ring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    closed = ring.ciphers[ring.current].encrypt(
        nonce, plaintext.encode(), _place(table, column, row_id)
    )
    return beginning_of(ring.current) + nonce + closed


def decrypt(table: str, column: str, row_id: object, token: bytes) -> str:
    """Open what `encrypt` closed for this very field; KeysUnavailable where that can't be."""
    ring = key_ring()
    name = key_id(token)
    if name not in ring.keys:
        raise KeysUnavailable(
            N_(
                "This field was encrypted with the key {key}, which is not in the key file. Put "
                "the key file back that belongs to this database."
            ),
            key=name,
        )
    start = 2 + len(name)
    nonce, closed = token[start : start + NONCE_BYTES], token[start + NONCE_BYTES :]
    try:
        opened = ring.ciphers[name].decrypt(nonce, closed, _place(table, column, row_id))
    except (InvalidTag, ValueError):
        raise KeysUnavailable(
            N_(
                "An encrypted field does not open: it was changed, moved from another row, or "
                "its key was. Restore it from a backup."
            )
        ) from None
    return opened.decode()


def key_id(token: bytes) -> str:
    """The id of the key that closed a value."""
    if len(token) < 2 or token[0] != VERSION:
        raise KeysUnavailable(N_("This is not an encrypted field: its form is unknown."))
    return token[2 : 2 + token[1]].decode("ascii", "replace")


def beginning_of(name: str) -> bytes:
    """With what every value begins that this key closed."""
    return bytes((VERSION, len(name))) + name.encode("ascii")


def blind_index(table: str, column: str, value: str) -> bytes:
    """A keyed hash to find an encrypted value by, exactly; without the key it tells nothing."""
    message = json.dumps([table, column, value]).encode()
    return hmac.digest(ready_ring().index, message, hashlib.sha256)


def _place(table: str, column: str, row_id: object) -> bytes:
    key = list(row_id) if isinstance(row_id, tuple) else [row_id]
    return json.dumps([table, column, *map(str, key)]).encode()


def engine() -> Engine:
    """Asked when needed: the session knows the tables, and their columns know this module."""
    return db.session.engine()


def ready_ring(bound: Engine | Connection | None = None) -> KeyRing:
    """The key ring; made at first use where nothing was ever encrypted and no file was named.

    A migration gives its own connection: another one would wait for it.
    """
    path = keys_file()
    if is_default_file() and not path.exists() and not keys_in_use(bound or engine()):
        write_ring(new_ring(), path, replace=False)
    return key_ring()


def make_keys() -> Path:
    """Make the key file that was named; refuses while encrypted fields need a former one."""
    path = keys_file()
    if path.exists():
        raise KeysUnavailable(N_("There is a key file already ({file})."), file=path.name)
    if keys_in_use(engine()):
        raise KeysUnavailable(
            N_("Fields of this database are encrypted with other keys: put their file back.")
        )
    write_ring(new_ring(), path, replace=False)
    return path


def sealed_column(*, nullable: bool = True) -> Mapped[Any]:
    """A column of closed values; `SealedText` beside it reads and writes the text."""
    return mapped_column(LargeBinary, nullable=nullable, info=SEALED)


def sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every encrypted column of the database."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.info.get("sealed"):
                yield table, column


def keys_in_use(bound: Engine | Connection) -> dict[str, int]:
    """Key id → how many fields it closes now."""
    if isinstance(bound, Engine):
        with bound.execution_options(readonly=True).connect() as connection:
            return keys_in_use(connection)
    found: dict[str, int] = {}
    for table, column in sealed_columns():
        if _is_there(bound, table, column):
            for name, count in _keys_of(bound, column):
                found[name] = found.get(name, 0) + count
    return found


def _is_there(connection: Connection, table: Table, column: Column[Any]) -> bool:
    """Whether the database has the column already: a migration may be about to make it."""
    known = inspect(connection)
    return known.has_table(table.name) and column.name in {
        one["name"] for one in known.get_columns(table.name)
    }


def _keys_of(connection: Connection, column: Column[Any]) -> Iterator[tuple[str, int]]:
    # All ids have one length, so that the database can count by the value's beginning.
    start = func.substr(column, 1, 2 + KEY_ID_LENGTH)
    query = select(start, func.count()).where(column.is_not(None)).group_by(start)
    for beginning, count in connection.execute(query):
        yield key_id(bytes(beginning)), count


def problem_of_keys() -> KeysUnavailable | None:
    """What would hinder reading encrypted fields now; None where all of them open."""
    try:
        in_use = keys_in_use(engine())
        if not in_use and not keys_file().exists():
            return None
        missing = sorted(set(in_use) - set(key_ring().keys))
    except KeysUnavailable as problem:
        return problem
    if missing:
        return KeysUnavailable(
            N_("Keys of encrypted fields are missing in the key file: {keys}."),
            keys=", ".join(missing),
        )
    return None


class SealedText:
    """A text of a row that is stored encrypted in the column `stored`.

    The row needs its key first: give the text after a flush, or set the key yourself.
    """

    def __init__(self, stored: str) -> None:
        self.stored = stored

    @overload
    def __get__(self, row: None, owner: type) -> SealedText: ...

    @overload
    def __get__(self, row: Base, owner: type) -> str | None: ...

    def __get__(self, row: Base | None, owner: type) -> SealedText | str | None:
        if row is None:
            return self
        token = getattr(row, self.stored)
        return None if token is None else decrypt(*self._field(row), bytes(token))

    def __set__(self, row: Base, text: str | None) -> None:
        if text == "":
            raise ValueError("an unknown text is None")
        closed = None if text is None else encrypt(*self._field(row), text)
        setattr(row, self.stored, closed)

    def _field(self, row: Base) -> tuple[str, str, tuple[object, ...]]:
        mapper = inspect(type(row))
        key = tuple(mapper.primary_key_from_instance(row))
        if None in key:
            raise ValueError(f"{row.__tablename__}.{self.stored}: the row has no key yet")
        return cast(Table, mapper.local_table).name, self.stored, key
