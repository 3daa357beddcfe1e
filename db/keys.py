"""The key ring of encrypted fields: a file outside the database, never part of a backup.

Whoever gets hold of the database, or of a backup, reads no encrypted field without this file; who
loses the file has lost those fields for good.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import stat
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import db.session
from db.settings import Settings
from domain.exceptions import LabourMigrationError
from domain.texts import N_

FORMAT = 1
KEY_BYTES = 32
KEY_ID_LENGTH = 9
DEFAULT_NAME = "field-keys.json"


class KeysUnavailable(LabourMigrationError):
    """The key ring is missing, damaged, open to others, or not the one that closed a field."""


@dataclass(frozen=True)
class KeyRing:
    """Keys by id; `current` closes what is written from now on, the others still open."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    """Of blind indexes: it stays when keys are changed, or nothing would be found any more."""

    @cached_property
    def ciphers(self) -> Mapping[str, AESGCM]:
        return {key_id: AESGCM(key) for key_id, key in self.keys.items()}


_read: dict[Path, tuple[tuple[int, int, int], KeyRing]] = {}
_guard = threading.Lock()


def settings() -> Settings:
    """Asked when needed: the session knows the tables, and their columns know this module."""
    return db.session.settings()


def keys_file() -> Path:
    """Where the key ring lies."""
    told = settings()
    return Path(told.field_keys_file) if told.field_keys_file else told.data_dir / DEFAULT_NAME


def is_default_file() -> bool:
    """Whether the keys lie in the data directory: good for a demonstration, not for production."""
    return not settings().field_keys_file


def key_ring() -> KeyRing:
    """The ring as its file is now; a ring changed by another process counts at once."""
    path = keys_file()
    try:
        found = path.stat()
    except FileNotFoundError:
        raise KeysUnavailable(
            N_(
                "The key file of encrypted fields is missing ({file}). Put it back from its safe "
                "place: without it these fields can't be read."
            ),
            file=path.name,
        ) from None
    mark = (found.st_ino, found.st_ctime_ns, found.st_size)
    known = _read.get(path)
    if known and known[0] == mark:
        return known[1]
    if found.st_mode & stat.S_IRWXO:
        raise KeysUnavailable(
            N_("Everybody on this machine may read the key file {file}: set its mode to 600."),
            file=path.name,
        )
    ring = _parsed(path)
    _read[path] = (mark, ring)
    return ring


def _parsed(path: Path) -> KeyRing:
    ring: KeyRing | None = None
    try:
        told = json.loads(path.read_text("ascii"))
        ring = KeyRing(
            current=told["current"],
            keys={name: _decoded(key) for name, key in told["keys"].items()},
            index=_decoded(told["index"]),
        )
        whole = told["format"] == FORMAT and ring.current in ring.keys
    except (OSError, ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        whole = False
    if ring is None or not whole:
        raise KeysUnavailable(
            N_("The key file {file} is damaged: put it back from its safe place."), file=path.name
        )
    return ring


def _decoded(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("not the length of a key")
    return key


def new_ring() -> KeyRing:
    """A ring with one fresh key."""
    name = _fresh_name()
    return KeyRing(name, {name: _fresh_key()}, index=_fresh_key())


def with_new_key(ring: KeyRing) -> KeyRing:
    """The ring with a fresh key that closes from now on; the former ones still open."""
    name = _fresh_name()
    return KeyRing(name, {**ring.keys, name: _fresh_key()}, ring.index)


def without(ring: KeyRing, names: frozenset[str]) -> KeyRing:
    """The ring without keys that nothing needs any more; the current one stays."""
    kept = {name: key for name, key in ring.keys.items() if name not in names - {ring.current}}
    return KeyRing(ring.current, kept, ring.index)


def _fresh_name() -> str:
    return f"k{secrets.token_hex(4)}"


def _fresh_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def write_ring(ring: KeyRing, path: Path, *, replace: bool) -> None:
    """Write the file whole or not at all, for its owner only; another's new one wins a race."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(_told(ring), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        with _guard:
            if replace:
                os.replace(draft, path)
            else:
                os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its ring is the one
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _told(ring: KeyRing) -> dict[str, object]:
    return {
        "format": FORMAT,
        "about": "Keys of encrypted fields. Keep a copy in a safe place, never with the backups.",
        "current": ring.current,
        "keys": {name: base64.b64encode(key).decode() for name, key in ring.keys.items()},
        "index": base64.b64encode(ring.index).decode(),
    }


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
