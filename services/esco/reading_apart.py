"""Archives of ESCO, read in a process of their own: what they hold, and all of their content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from domain.texts import from_json, to_json
from services.esco.archives import EscoFile, Holding, Opened
from services.esco.content import Content, Progress, open_all, read_into
from services.incoming_files.apart import read_apart
from services.incoming_files.limits import FileKind

_CHUNK = 20_000
_PLAIN = ("version", "languages", "digests", "group_labels", "broader", "notes")
_PAIRS = ("occupations", "skills", "places")
_LISTS = ("occupation_labels", "skill_labels", "job_titles", "skill_names")


def open_apart(files: Sequence[EscoFile]) -> list[Opened]:
    """`open_all`: what each file holds; UnusableFile names the first that can't be used."""
    told = next(_read(files, "look"))
    return [
        Opened(file, sha256, tuple(Holding(file, *facts) for facts in holdings))
        for file, (sha256, holdings) in zip(files, told, strict=True)
    ]


def content_apart(files: Sequence[EscoFile], progress: Progress) -> Content:
    """`read_into`: everything that the files say."""
    content = Content()
    for piece in _read(files, "content"):
        if "progress" in piece:
            share, what = piece["progress"]
            progress(share, from_json(what))
        else:
            _take(content, piece["field"], piece["entries"])
    return content


def _read(files: Sequence[EscoFile], task: str) -> Iterator[Any]:
    told = {"task": task, "names": [file.name for file in files]}
    return read_apart(FileKind.CLASSIFICATION, [file.content for file in files], told)


def answer(files: Sequence[BinaryIO], arguments: Mapping[str, Any]) -> Iterator[Any]:
    """What the reading process says."""
    given = [EscoFile(name, file) for name, file in zip(arguments["names"], files, strict=True)]
    if arguments["task"] == "look":
        yield [
            (one.sha256, [(h.table, h.language, h.part) for h in one.holdings])
            for one in open_all(given)
        ]
        return
    content = Content()
    for share, what in read_into(content, given):
        yield {"progress": (share, to_json(what))}
    yield from _pieces(content)


def _pieces(content: Content) -> Iterator[dict[str, Any]]:
    for name in _PLAIN:
        yield {"field": name, "entries": getattr(content, name)}
    for name in (*_PAIRS, "relations"):
        yield from _chunks(name, getattr(content, name).items())
    for name in _LISTS:
        yield from _chunks(name, getattr(content, name))


def _chunks(name: str, entries: Iterable[object]) -> Iterator[dict[str, Any]]:
    left = iter(entries)
    while part := list(islice(left, _CHUNK)):
        yield {"field": name, "entries": part}


def _take(content: Content, name: str, entries: Any) -> None:
    if name == "notes":
        content.notes = Counter(entries)
    elif name in _PLAIN:
        setattr(content, name, entries)
    elif name == "relations":
        content.relations.update({tuple(pair): kind for pair, kind in entries})
    elif name in _PAIRS:
        getattr(content, name).update({key: _tupled(value) for key, value in entries})
    else:
        getattr(content, name).extend(map(tuple, entries))


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
