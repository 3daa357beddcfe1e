"""The stored form of runs: people in blocks by content, and what came out as columns of numbers.

Two forms are read. The first kept everybody in one snapshot and the result as compressed JSON; now
a run names its blocks, of which only those that changed are new, and the result is binary.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from db.repositories import ranking as repository
from domain.exceptions import InvalidInput
from domain.texts import N_
from matching.engine.first_snapshot import people_in_snapshot
from matching.outside import Outside, OutsideGate
from matching.pool import Pool
from matching.types import Ranking, Verdict

Ints = npt.NDArray[np.int64]
BLOCKS = b"BLOCKS1\n"
RESULT = b"RESULT1\n"
DIGEST = hashlib.sha256().digest_size
QUICK = 1
"""Compression: the third decimal of a size is not worth a reader's second."""


@dataclass(frozen=True, eq=False)
class Order:
    """Everybody ranked, best first."""

    person: Ints
    points: Ints
    low: Ints
    high: Ints

    def is_same(self, other: Order) -> bool:
        """Whether everybody is at the same place with the same points."""
        return all(
            np.array_equal(own, theirs)
            for own, theirs in zip(self.columns(), other.columns(), strict=True)
        )

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Persons and their numbers."""
        return (self.person, self.points, self.low, self.high)


def order_of(ranking: Ranking) -> Order:
    """What a ranking says, as columns."""
    places = ranking.places
    return Order(places.person, places.points, places.low, places.high)


def keep_people(session: Session, pool: Pool, at: datetime) -> str:
    """Store the blocks that are not stored yet, and name the state by the list of its blocks."""
    blocks = pool.blocks()
    keep_blocks(session, pool, at, blocks)
    content = BLOCKS + b"".join(bytes.fromhex(digest) for _, digest in sorted(blocks.items()))
    return repository.keep_input(session, content, at)


def keep_blocks(session: Session, pool: Pool, at: datetime, numbers: Iterable[int]) -> None:
    """Store these blocks as far as they are not stored yet."""
    blocks = pool.blocks()
    wanted = {number: blocks[number] for number in numbers}
    known = repository.known_inputs(session, wanted.values())
    for number, digest in wanted.items():
        if digest not in known:
            repository.add_input(session, digest, pool.block_bytes(number), at)


def people_from(session: Session, sha256: str) -> Pool:
    """The people of a stored run, in either form; refuses damaged ones."""
    content = repository.get_input(session, sha256)
    if not content.startswith(BLOCKS):
        return Pool.from_columns(people_in_snapshot(content))
    return Pool.from_blocks([repository.get_input(session, name) for name in block_names(content)])


def block_names(content: bytes) -> list[str]:
    """The names of the blocks in a stored list of them."""
    digests = content[len(BLOCKS) :]
    return [digests[at : at + DIGEST].hex() for at in range(0, len(digests), DIGEST)]


def result_bytes(order: Order, outside: Outside) -> bytes:
    """Order, points, ranges and the verdicts of the gates decided outside the engine."""
    gates = sorted(outside)
    columns = [order.person, order.points, order.points - order.low, order.high - order.points]
    for name in gates:
        columns += [np.sort(outside[name].failed), np.sort(outside[name].unknown)]
    head = json.dumps({"gates": gates, "sizes": [len(column) for column in columns]})
    body = b"".join(np.ascontiguousarray(column, "<i4").tobytes() for column in columns)
    return RESULT + zlib.compress(head.encode() + b"\0" + body, QUICK)


def result_from(content: bytes) -> tuple[Order, Outside]:
    """What came out of a stored run, in either form; refuses a damaged one."""
    try:
        if not content.startswith(RESULT):
            return _first_form(json.loads(zlib.decompress(content)))
        text, _, body = zlib.decompress(content[len(RESULT) :]).partition(b"\0")
        head = json.loads(text)
        person, points, below, above, *ids = _split(body, head["sizes"])
    except (ValueError, KeyError, zlib.error) as error:
        raise InvalidInput(N_("The stored data of this ranking are damaged")) from error
    gates = {
        name: OutsideGate(failed, unknown)
        for name, failed, unknown in zip(head["gates"], ids[::2], ids[1::2], strict=True)
    }
    return Order(person, points, points - below, points + above), gates


def _split(body: bytes, sizes: Iterable[int]) -> list[Ints]:
    whole = np.frombuffer(body, "<i4").astype(np.int64)
    ends = np.cumsum(list(sizes))
    if ends[-1] != len(whole):
        raise ValueError("columns of another length")
    return np.split(whole, ends[:-1])


def _first_form(stored: Mapping[str, Any]) -> tuple[Order, Outside]:
    columns = np.array(stored["order"], np.int64).reshape(-1, 4).T
    return Order(*columns), gates_of(stored["outside"])


def gates_of(rows: Iterable[tuple[int, str, int]]) -> Outside:
    """Gates from (person, gate, verdict)."""
    found: dict[str, dict[int, list[int]]] = {}
    for person, gate, verdict in rows:
        found.setdefault(gate, {}).setdefault(verdict, []).append(person)
    return {
        gate: OutsideGate.of(
            failed=people.get(Verdict.FAILED, ()), unknown=people.get(Verdict.UNKNOWN, ())
        )
        for gate, people in found.items()
    }
