"""A file written by hand, in YAML or JSON, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

import yaml

from domain.exceptions import UnusableFile
from domain.texts import N_
from services import clock
from services.incoming_files.apart import read_apart
from services.incoming_files.limits import FileKind, mapping_bytes
from services.incoming_files.refusals import MAPPING_TOO_LARGE, NOT_PLAIN

_DEPTH = 6
NOT_TEXT = N_("The mapping is not text in UTF-8. Save it as UTF-8.")


def read_plain(content: bytes) -> Any:
    """What the file holds, in JSON's own types; UnusableFile says what is wrong with it."""
    limit = mapping_bytes(clock.today())
    if len(content) > limit:
        size = -(-len(content) // 1000)
        raise UnusableFile(MAPPING_TOO_LARGE, size=size, limit=limit // 1000)
    return next(read_apart(FileKind.MAPPING, [content]))["plain"]


def answer(files: Sequence[BinaryIO], _arguments: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the reading process says of it."""
    try:
        stored = yaml.safe_load(files[0].read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnusableFile(NOT_TEXT) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UnusableFile(
            N_("The mapping is not valid YAML (line {line})."), line=mark.line + 1 if mark else 1
        ) from error
    yield {"plain": _plain(stored, 0)}


def _plain(value: object, depth: int) -> object:
    match value:
        case _ if depth > _DEPTH:
            raise UnusableFile(NOT_PLAIN)
        case dict():
            return {_key(key): _plain(inner, depth + 1) for key, inner in value.items()}
        case list():
            return [_plain(inner, depth + 1) for inner in value]
        case str() | int() | float() | None:
            return value
        case date():
            return value.isoformat()
    raise UnusableFile(NOT_PLAIN)


def _key(key: object) -> object:
    if not isinstance(key, str | int | float | None):
        raise UnusableFile(NOT_PLAIN)
    return key
