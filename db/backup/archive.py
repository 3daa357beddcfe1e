"""The file of a backup: a ZIP of a manifest and the engine's own copy, sealed or not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from db.backup.sealing import BackupKey, is_sealed, seal, unseal
from db.migrate import is_known_revision
from domain.exceptions import Refused
from domain.texts import N_

FORMAT = 2
READABLE = (1, 2)
"""1 had no hashes of the tables."""
MANIFEST, CONTENT = "manifest.json", "content"
CHUNK = 1 << 20
QUICK = 1
"""Level of compression: a higher one takes three times as long for a tenth less."""
LARGEST_MANIFEST = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; restoring proves each of it."""

    format: int
    engine: str
    revision: str
    made_at: str
    sha256: str
    rows: Mapping[str, int]
    audit_seq: int
    audit_hash: str
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.rows.values())


def pack(content: Path, manifest: Manifest, file: Path, key: BackupKey | None) -> None:
    """Write the backup file beside `content` and put it in its place whole, or not at all."""
    plain = content.with_name("unfinished.zip")
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        archive.write(content, CONTENT)
    finished = plain
    if key is not None:
        finished = content.with_name("unfinished.sealed")
        with plain.open("rb") as source, finished.open("wb") as target:
            seal(source, target, key)
    finished.chmod(0o600)
    put_in_place(finished, file)


def put_in_place(finished: Path, file: Path) -> None:
    """Rename, so that the name means the whole file also after a power cut."""
    with finished.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(finished, file)
    folder = os.open(file.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def opened(file: Path, folder: Path, key: BackupKey | None) -> Path:
    """The plain ZIP: the file itself, or what the key makes of it in `folder`."""
    if not is_sealed(file):
        return file
    if key is None:
        raise Refused(N_("This backup is encrypted: name the key file or give the passphrase."))
    plain = folder / "opened.zip"
    check_space(folder, file.stat().st_size)
    with file.open("rb") as source, plain.open("wb") as target:
        unseal(source, target, key)
    return plain


def read_manifest(file: Path) -> Manifest:
    """What a plain backup says of itself; Refused for a file that is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise ValueError("too large")
            said = json.loads(archive.read(MANIFEST))
        manifest = _manifest(said)
    except (
        OSError,
        KeyError,
        ValueError,
        TypeError,
        EOFError,
        AttributeError,
        RecursionError,
        NotImplementedError,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:
        raise Refused(N_("This file is not a backup of this system, or it is damaged.")) from error
    if manifest.format not in READABLE or not is_known_revision(manifest.revision):
        raise Refused(N_("This backup was made by a newer version of the software: update first."))
    return manifest


def _manifest(said: Any) -> Manifest:
    """TypeError or ValueError where a field is missing or of another kind."""
    manifest = Manifest(**said)
    numbers = [manifest.format, manifest.audit_seq, *manifest.rows.values()]
    texts = [
        manifest.engine,
        manifest.revision,
        manifest.made_at,
        manifest.sha256,
        manifest.audit_hash,
        *manifest.hashes.values(),
    ]
    if not all(isinstance(number, int) for number in numbers):
        raise ValueError("not a number")
    if not all(isinstance(one, str) for one in texts):
        raise ValueError("not a text")
    return manifest


def unpack(file: Path, content: Path, manifest: Manifest) -> None:
    """Write the engine's copy, and prove that it is what was saved."""
    damaged = Refused(N_("The backup is damaged: its content is not what was saved."))
    try:
        with zipfile.ZipFile(file) as archive:
            check_space(content.parent, archive.getinfo(CONTENT).file_size)
            with archive.open(CONTENT) as packed, content.open("wb") as stream:
                shutil.copyfileobj(packed, stream, CHUNK)
                stream.flush()
                os.fsync(stream.fileno())
    except (
        KeyError,
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
    ) as error:
        raise damaged from error
    if sha256_of(content) != manifest.sha256:
        raise damaged


def check_space(folder: Path, size: int) -> None:
    """Refuse what would not fit, before anything is written."""
    if shutil.disk_usage(folder).free < size:
        raise Refused(
            N_("There is not enough space: {size} MB more are needed."), size=size // 1_000_000 + 1
        )


def sha256_of(file: Path) -> str:
    """The hash of a file's content."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
