"""Indexes of labels on disk, so that the first suggestion after a restart is quick.

What an index was made of, and the code that made it, is part of the file's name: where anything
changed, the index is built anew. A file that is damaged is ignored, and none is ever needed.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import sklearn

from db.session import settings
from matching import texts
from matching.texts.stored import Arrays

FOLDER = "indexes"

log = logging.getLogger(__name__)
Index = TypeVar("Index")


def kept_or_built(
    name: str,
    made_of: Iterable[str],
    of: Callable[[Arrays], Index],
    arrays: Callable[[Index], Arrays],
    build: Callable[[], Index],
) -> Index:
    """The index that was kept under this name, else a new one, which is kept from now on."""
    key = hashlib.sha256(_code().encode())
    for text in made_of:
        key.update(text.encode() + b"\0")
    path = settings().data_dir / FOLDER / f"{name}.{key.hexdigest()[:32]}.npz"
    try:
        return of(_read(path))
    except FileNotFoundError:
        pass
    except (OSError, zipfile.BadZipFile, EOFError, KeyError, ValueError, IndexError) as error:
        log.log(logging.WARNING, "kept index %s is ignored: %s", path.name, type(error).__name__)
    index = build()
    _write(path, name, arrays(index))
    return index


def _read(path: Path) -> Arrays:
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _write(path: Path, name: str, arrays: Arrays) -> None:
    """Whole or not at all; without room or permission nothing is kept."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        for other in path.parent.glob(f"{name}.*.npz"):
            other.unlink(missing_ok=True)
        draft.replace(path)
    except OSError as error:
        log.log(logging.WARNING, "index %s is not kept: %s", name, type(error).__name__)
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@cache
def _code() -> str:
    """Names the code that makes indexes: another release may make other ones."""
    found = hashlib.sha256(f"{np.__version__} {sklearn.__version__}".encode())
    for folder in texts.__path__:
        for path in sorted(Path(folder).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()
