"""Skills closed upward, which makes "the best related skill counts once" a plain sum.

A skill implies its level-3 group, and that its level-2 group; a likely skill enters at its group.
With credits 1 >= related >= broader for one asked skill,
    max(1 [skill], related [group], broader [level 2])
        = (1 - related) [skill] + (related - broader) [group] + broader [level 2],
each bracket 0 or 1. So the points of all asked skills are one sum over the features of a person.

An occupation implies many groups. Those of a person's primary occupation (the one that implies
most) are not among the person's features: a vacancy gives each occupation code its sum once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matching.engine import plan_layout as at
from matching.engine.jit import Array, Whole, compiled, inlined
from matching.engine.numbering import Names
from matching.engine.plan_layout import Inverted
from matching.engine.shards import Shard
from matching.types import Vocabulary
from matching.vocabulary import broader_of, group_of


class Lexicon:
    """Numbers of the features of one vocabulary, for the names of one pool."""

    def __init__(self, names: Names, vocabulary: Vocabulary) -> None:
        self.names = names
        self.vocabulary = vocabulary
        self.feature: dict[tuple[int, str], int] = {}
        self.closed = np.zeros((0, 3), np.int32)
        """Features of each skill: itself, its group, its broader group."""
        codes = names.of["occupations"]
        implied: dict[int, list[int]] = {}
        for code in sorted(vocabulary.essential):
            groups = {g for s in vocabulary.essential[code] for g in self._upward(s)}
            implied[codes.number(code)] = sorted(groups)
        self.implied_ptr, self.implied = _ragged([implied.get(i, []) for i in range(len(codes))])
        inverse: list[list[int]] = [[] for _ in self.feature]
        for number, features in implied.items():
            for feature in features:
                inverse[feature].append(number)
        self.codes_ptr, self.codes = _ragged(inverse)

    def grow(self) -> Array:
        """Features of every skill that has a number, held or only asked for."""
        skills = self.names.of["skills"]
        if len(self.closed) < len(skills):
            with self.names.guard:
                more = [
                    (self._number(1, skills[i]), *self._upward(skills[i]))
                    for i in range(len(self.closed), len(skills))
                ]
                added = np.array(more, np.int32).reshape(-1, 3)
                self.closed = np.concatenate([self.closed, added])
        return self.closed

    def _upward(self, skill: str) -> tuple[int, int]:
        group = group_of(skill, self.vocabulary)
        broader = broader_of(group, self.vocabulary)
        return self._number(2, group), self._number(3, broader)

    def _number(self, level: int, name: str) -> int:
        return self.feature.setdefault((level, name), len(self.feature))


def _ragged(lists: list[list[int]]) -> tuple[Array, Array]:
    ptr = np.cumsum([0, *(len(some) for some in lists)]).astype(np.int32)
    return ptr, np.array([item for some in lists for item in some], np.int32)


def lexicon_of(names: Names, vocabulary: Vocabulary) -> Lexicon:
    """The lexicon by this vocabulary; kept until another one is asked for."""
    kept: Any = names.kept.get("lexicon")
    if kept is not None and _says_the_same(kept.vocabulary, vocabulary):
        known: Lexicon = kept
        return known
    with names.guard:
        built = Lexicon(names, vocabulary)
        names.kept["lexicon"] = built
        return built


def _says_the_same(a: Vocabulary, b: Vocabulary) -> bool:
    # The rarity is no part of it: it belongs to the points.
    return a is b or (a.group is b.group and a.broader is b.broader and a.essential is b.essential)


def inverted_by(shard: Shard, lexicon: Lexicon) -> Inverted:
    """Who in a shard has each feature; kept until another lexicon is asked for."""
    kept = shard.inverted
    if kept is not None and kept[0] is lexicon:
        return kept[1]
    with shard.guard:
        kept = shard.inverted
        if kept is None or kept[0] is not lexicon:
            kept = (lexicon, _invert(shard, lexicon))
            shard.inverted = kept
        return kept[1]


class Held(NamedTuple):
    """What people of a shard hold, and what it implies."""

    skill_ptr: Array
    skills: Array
    work_ptr: Array
    work: Array
    closed: Array
    implied_ptr: Array
    implied: Array


def _invert(shard: Shard, lexicon: Lexicon) -> Inverted:
    facts = shard.facts
    held = Held(
        shard.skill_ptr,
        shard.skill,
        facts.work_ptr,
        facts.work,
        lexicon.grow(),
        lexicon.implied_ptr,
        lexicon.implied,
    )
    ptr = np.zeros(len(lexicon.feature) + 1, np.int32)
    primary = np.zeros(len(shard), np.uint16)
    found = np.empty(len(lexicon.feature), np.int32)
    walk_features(held, primary, ptr[1:], np.zeros(0, np.uint16), np.full_like(found, -1), found)
    np.cumsum(ptr, out=ptr)
    rows = np.zeros(int(ptr[-1]), np.uint16)
    walk_features(held, primary, ptr[:-1].copy(), rows, np.full_like(found, -1), found)
    without = (np.diff(shard.skill_ptr) == 0) & (np.diff(facts.work_ptr) == 0)
    return Inverted(ptr, rows, primary, np.flatnonzero(without).astype(np.uint16))


@inlined
def add_features(
    features: Array, begin: Whole, end: Whole, row: Whole, seen: Array, found: Array, count: Whole
) -> Whole:
    """Collect those features that a person has not got yet."""
    for i in range(begin, end):
        feature = features[i]
        if seen[feature] != row:
            seen[feature] = row
            found[count] = feature
            count += 1
    return count


@inlined
def primary_of(held: Held, row: Whole) -> Whole:
    """The occupation that implies most; -1 if none implies anything."""
    best: Whole = -1
    most: Whole = 0
    for i in range(held.work_ptr[row], held.work_ptr[row + 1]):
        code = np.int64(held.work[i]) >> 16
        if code < len(held.implied_ptr) - 1:
            size = held.implied_ptr[code + 1] - held.implied_ptr[code]
            if size > most:
                best, most = code, size
    return best


@compiled
def walk_features(
    held: Held, primary: Array, places: Array, rows: Array, seen: Array, found: Array
) -> None:
    """Write the rows of each feature, ascending, from its place on; without room only count them.

    Fills in the primary occupations, whose features are left out.
    """
    for row in range(len(primary)):
        best = primary_of(held, row)
        primary[row] = best + 1
        if best >= 0:
            for i in range(held.implied_ptr[best], held.implied_ptr[best + 1]):
                seen[held.implied[i]] = row
        count: Whole = 0
        for i in range(held.skill_ptr[row], held.skill_ptr[row + 1]):
            closed = held.closed[held.skills[i]]
            count = add_features(closed, 0, 3, row, seen, found, count)
        for i in range(held.work_ptr[row], held.work_ptr[row + 1]):
            code = np.int64(held.work[i]) >> 16
            if code < len(held.implied_ptr) - 1 and code != best:
                begin, end = held.implied_ptr[code], held.implied_ptr[code + 1]
                count = add_features(held.implied, begin, end, row, seen, found, count)
        for i in range(count):
            if len(rows):
                rows[places[found[i]]] = row
            places[found[i]] += 1


@compiled
def implied_points(head: Array, ints: Array, codes_ptr: Array, codes: Array, base: Array) -> None:
    """For each vacancy the points of what each occupation code implies, at code + 1."""
    for v in range(len(head)):
        begin, end = head[v, at.FEATURES], head[v, at.FEATURES_END]
        for i in range(begin, end):
            feature = ints[i]
            if feature < len(codes_ptr) - 1:
                for j in range(codes_ptr[feature], codes_ptr[feature + 1]):
                    base[v, codes[j] + 1] += ints[i + end - begin]
                    head[v, at.IMPLIED] = 1
