"""Gates as rows of bits: who in a shard a gate lets through, one bit per person.

An unknown fact lets through. Rows are made when a vacancy first asks for them and kept with the
shard; a gate decided outside the engine becomes a row for one ranking.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.criteria import readiness
from matching.engine.jit import Array, compiled
from matching.engine.kinship import near_codes
from matching.engine.numbering import Names
from matching.engine.shards import Shard
from matching.outside import Outside, OutsideGate
from matching.parameters import Parameters
from matching.ranking_rules import GATES
from matching.types import Requirement

MOST_KEPT = 256
"""Bit rows kept with a shard: 32 bytes a person."""

_DATES = ("from", "to")
"""Made anew each time: there are many, and comparing is as quick as finding."""

Key = tuple[str, int | str] | OutsideGate
"""What a row says: a kind and its threshold, or whom a gate from outside excludes."""

_PLACE = {gate.name: place for place, gate in enumerate(GATES)}


def gate_keys(
    requirement: Requirement, parameters: Parameters, names: Names, outside: Outside
) -> list[tuple[int, Key]]:
    """The rows that a vacancy ANDs, each with the place of its gate in the order of the rules."""
    keys: list[tuple[int, Key]] = []
    spoken, licences = names.of["languages"], names.of["licences"]
    for asked in requirement.languages:
        if asked.must:
            least = spoken.number(asked.language) << 3 | asked.level
            keys.append((_PLACE["language_below_must"], ("languages", least)))
    for code in dict.fromkeys(requirement.licences_required):
        keys.append((_PLACE["licence_missing"], ("licences", licences.number(code) << 3)))
    if requirement.education_min is not None:
        keys.append((_PLACE["education_below_min"], ("education", requirement.education_min)))
    if readiness.is_asked(requirement):
        season, tolerance = (
            readiness.season(requirement, parameters),
            parameters.availability_tolerance_days,
        )
        keys.append((_PLACE["not_available"], ("from", season.start + tolerance)))
        keys.append((_PLACE["not_available"], ("to", season.end - tolerance)))
    if requirement.country:
        country = names.of["desired_countries"].number(requirement.country)
        keys.append((_PLACE["country_not_wished"], ("desired_countries", country << 3)))
    for place, gate in enumerate(requirement.outside_gates, start=len(GATES)):
        if gate in outside and len(outside[gate].failed):
            keys.append((place, outside[gate]))
    return keys


def gate_matrix(shard: Shard, live: Array, keys: Sequence[Key]) -> Array:
    """Row 0 who is there, then one row for each key."""
    rows = [_outside(shard, k) if isinstance(k, OutsideGate) else _kept(shard, k) for k in keys]
    return np.array([live, *rows])


def everybody(shard: Shard) -> Array:
    """The bit row of a shard of which nobody has left."""
    return bit_row(np.ones(len(shard), np.bool_))


def bit_row(passes: Array) -> Array:
    """Booleans as bits, the first person lowest; nobody beyond the last."""
    row = np.zeros((len(passes) + 63) // 64, np.uint64)
    packed = np.packbits(passes, bitorder="little")
    row.view(np.uint8)[: len(packed)] = packed
    return row


def without(row: Array, places: Array) -> Array:
    """A copy of a bit row in which some people are no more."""
    changed = row.copy()
    np.bitwise_and.at(
        changed, places >> 6, ~np.left_shift(np.uint64(1), (places & 63).astype(np.uint64))
    )
    return changed


def _outside(shard: Shard, gate: OutsideGate) -> Array:
    persons, failed = shard.person, gate.sorted_failed
    low, high = np.searchsorted(failed, [persons[0], persons[-1] + 1])
    some = failed[low:high]
    places = np.searchsorted(persons, some)
    return without(everybody(shard), places[persons[places] == some])


def _kept(shard: Shard, key: tuple[str, int | str]) -> Array:
    row = shard.rows_kept.get(key)
    if row is None:
        row = _made(shard, *key)
        if key[0] in _DATES:
            return row
        with shard.guard:
            while len(shard.rows_kept) >= MOST_KEPT:
                shard.rows_kept.pop(next(iter(shard.rows_kept)))
            shard.rows_kept[key] = row
    return row


def _made(shard: Shard, kind: str, least: int | str) -> Array:
    if isinstance(least, str):
        return _near(shard, least)
    if kind == "education":
        return bit_row((shard.education >= least) | (shard.education < 0))
    if kind == "from":
        return bit_row(shard.begins <= least)
    if kind == "to":
        return bit_row(shard.ends >= least)
    return bit_row(_holders(*shard.held(kind), least, least | 7))


def _near(shard: Shard, prefix: str) -> Array:
    """Who has an occupation of a two-digit group, or none stated."""
    begins, ends, work = shard.held("occupations")
    near = near_codes(prefix, shard.names).astype(np.uint16)[work >> 16]
    return bit_row(_holders(begins, ends, near, 1, 1))


def _holders(
    begins: Array, ends: Array, held: Array, least: int, most: int
) -> npt.NDArray[np.bool_]:
    """Who has a fact in a range, or none at all: an empty list is unknown."""
    passes: npt.NDArray[np.bool_] = begins == ends
    note_holders(begins, ends, held, least, most, passes)
    return passes


@compiled
def note_holders(
    begins: Array, ends: Array, held: Array, least: int, most: int, passes: Array
) -> None:
    """Walk along all facts, and along the people only where one is in the range."""
    row, last = 0, len(begins) - 1
    for i in range(len(held)):
        code = np.int64(held[i])
        if least <= code and code <= most:
            while row < last and begins[row + 1] <= i:
                row += 1
            if begins[row] <= i and i < ends[row]:
                passes[row] = True
