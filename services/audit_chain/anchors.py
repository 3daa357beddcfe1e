"""Anchors: the chain's last link as it was at a moment, kept where its writer has no power.

Whoever holds database and code can cut the chain's end and move its head with it: the chain alone
looks whole. Against an anchor, which says "event N had this hash", it does not.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.exceptions import Refused
from domain.texts import N_
from services.audit_chain.hashing import STREAM

FILE = "audit-anchors.jsonl"
FORM = re.compile(r"[0-9]{1,18} [0-9a-f]{64}")
LARGEST = 50_000_000
"""Bytes of one file of anchors: hourly ones of some twenty-five years."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last event and its hash at a moment."""

    seq: int
    hash: str
    made_at: str
    restored_to: int | None = None
    """Made after a backup up to this event was restored: earlier anchors beyond it are void."""

    def line(self) -> str:
        """One line of a file of anchors."""
        return json.dumps({"stream": STREAM, **asdict(self)}, sort_keys=True)


def append(folder: Path, anchor: Anchor) -> Path:
    """Add the anchor to the folder's file and wait until it lies on the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    with file.open("a", encoding="utf-8") as stream:
        stream.write(anchor.line() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return file


def read_anchors(place: Path) -> tuple[Anchor, ...]:
    """All anchors of a file, or of every *.jsonl of a folder, in the order they were made.

    Refused where there is none or a line is no anchor: an anchor lost is a proof lost.
    """
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    found = [anchor for file in files for anchor in _of_file(file)]
    if not found:
        raise Refused(N_("There is no anchor in {place}."), place=place.name)
    return tuple(sorted(found, key=lambda anchor: anchor.made_at))


def _of_file(file: Path) -> Iterable[Anchor]:
    try:
        if file.stat().st_size > LARGEST:
            raise Refused(N_("{place} is too large for a file of anchors."), place=file.name)
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(N_("{place} can't be read."), place=file.name) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _of_line(line, file.name, number)


def _of_line(line: str, place: str, number: int) -> Anchor:
    try:
        said: Any = json.loads(line)
        anchor = Anchor(said["seq"], said["hash"], said["made_at"], said.get("restored_to"))
        if said["stream"] == STREAM and FORM.fullmatch(f"{anchor.seq} {anchor.hash}"):
            datetime.fromisoformat(anchor.made_at)
            if anchor.restored_to is not None:
                int(anchor.restored_to)
            return anchor
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # said below
    raise Refused(
        N_("Line {number} of {place} is no anchor: it was changed or is damaged."),
        number=number,
        place=place,
    )


def still_valid(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """Those that a later restored backup has not made void."""
    kept: list[Anchor] = []
    for anchor in anchors:
        if anchor.restored_to is not None:
            kept = [earlier for earlier in kept if earlier.seq <= anchor.restored_to]
        kept.append(anchor)
    return tuple(kept)
