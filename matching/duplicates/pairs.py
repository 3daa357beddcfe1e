"""Which pairs of a whole register are worth comparing, found with a few sorts instead of n² looks.

People share a *key* when something about them agrees: the birth date with day and month in either
order, the number but for one digit, the phone, the sounds of the name in either order. Sorting the
keys brings a block together. Pairs that even equal names could not make likely are dropped at
once, by arithmetic on whole columns; what is left is for `duplicate_score`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.duplicates.columns import ROUNDING, PeopleColumns, columns_of
from matching.duplicates.likeness import DuplicateScore, NamedPerson, duplicate_score
from matching.duplicates.rules import DuplicateRules

Keys = npt.NDArray[np.uint64]
Ids = npt.NDArray[np.int64]
Progress = Callable[[float], None]

LARGEST_BLOCK = 300
"""Above it a block is parted by the sounds of the name: many are born on the first of January."""
WINDOW = 600
"""In a block that is still larger, each is compared with so many neighbours by name."""
SCORED_AT_ONCE = 5_000
_PRIMES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Places of two people in the list that was searched, and how alike they are."""

    first: int
    second: int
    score: DuplicateScore


@dataclass(frozen=True, slots=True)
class Search:
    """What a search of the register found, and what it cost."""

    pairs: tuple[LikelyPair, ...]
    """Most certain first."""
    compared: int
    """Pairs that shared a key and were scored in full."""
    cut_blocks: int
    """Blocks so large that only neighbours by name were compared in them."""


def find_likely_pairs(
    people: Sequence[NamedPerson],
    rules: DuplicateRules,
    *,
    changed: Collection[int] | None = None,
    progress: Progress = lambda share: None,
) -> Search:
    """Every likely pair of a register; `changed`: only pairs with one of these places in the list.

    `progress` is told the share that is done, from 0 to 1.
    """
    columns = columns_of(people)
    progress(0.2)
    is_changed = None
    if changed is not None:
        is_changed = np.zeros(len(people), dtype=bool)
        is_changed[list(changed)] = True
    blocks = _Blocks(columns, rules, is_changed)
    first, second = blocks.worth_scoring(lambda share: progress(0.2 + 0.6 * share))
    found = []
    for start in range(0, len(first), SCORED_AT_ONCE):
        part = slice(start, start + SCORED_AT_ONCE)
        for a, b in zip(first[part].tolist(), second[part].tolist(), strict=True):
            score = duplicate_score(people[a], people[b], rules)
            if score.is_likely:
                found.append(LikelyPair(a, b, score))
        progress(0.8 + 0.2 * min(1.0, (start + SCORED_AT_ONCE) / len(first)))
    found.sort(key=lambda pair: (-pair.score.score, pair.first, pair.second))
    progress(1.0)
    return Search(tuple(found), len(first), blocks.cut)


class _Blocks:
    """The keys of one register, and the pairs that share one."""

    def __init__(
        self,
        columns: PeopleColumns,
        rules: DuplicateRules,
        is_changed: npt.NDArray[np.bool_] | None,
    ) -> None:
        self.columns, self.rules, self.is_changed = columns, rules, is_changed
        self.cut = 0

    def worth_scoring(self, progress: Progress) -> tuple[Ids, Ids]:
        """Distinct pairs (smaller place first) that could reach the likely points."""
        size = max(len(self.columns), 1)
        codes: list[Ids] = [np.empty(0, dtype=np.int64)]
        kinds = list(self._kinds())
        for done, (who, keys) in enumerate(kinds, 1):
            for a, b in self._pairs(who, keys):
                first, second = np.minimum(a, b), np.maximum(a, b)
                may = self._may_be_likely(first, second)
                codes.append(first[may] * size + second[may])
            codes = [np.unique(np.concatenate(codes))]
            progress(done / len(kinds))
        pairs = codes[0]
        return pairs // size, pairs % size

    def _kinds(self) -> Iterator[tuple[Ids, Keys]]:
        """(places in the list, keys) for each thing in which two files may agree."""
        c = self.columns
        yield _known(c.phone != 0, c.phone)
        yield _known(c.number >= 0, c.number)
        for masked in c.masked_numbers():
            yield _known(c.number >= 0, masked)
        yield _known(c.born != 0, c.born_either_way)
        sounds = [c.sounds[c.parts[:, column]] for column in (0, 1)]
        for masked in c.masked_birth_dates():
            for sound in sounds:
                yield _known((c.born != 0) & (sound != 0), _mixed(masked, sound))
        low, high = np.minimum(*sounds), np.maximum(*sounds)
        yield _known(high != 0, _mixed(low, high))

    def _pairs(self, who: Ids, keys: Keys) -> Iterator[tuple[Ids, Ids]]:
        if self.is_changed is not None:
            touched = np.isin(keys, np.unique(keys[self.is_changed[who]]))
            who, keys = who[touched], keys[touched]
        order = np.argsort(keys, kind="stable")
        who, keys = who[order], keys[order]
        too_large = _block_sizes(keys) > LARGEST_BLOCK
        yield from self._neighbours(who[~too_large], keys[~too_large])
        large, large_keys = who[too_large], keys[too_large]
        for column in (0, 1):
            sound = self.columns.sounds[self.columns.parts[large, column]]
            parted = _mixed(large_keys, sound)
            order = np.lexsort((self.columns.parts[large, 1 - column], parted))
            sizes = _block_sizes(parted[order])
            self.cut += int(np.count_nonzero(np.unique(parted[order][sizes > WINDOW])))
            yield from self._neighbours(large[order], parted[order])

    def _neighbours(self, who: Ids, keys: Keys) -> Iterator[tuple[Ids, Ids]]:
        """Each with the next ones of the same sorted key, a distance at a time."""
        at = np.arange(len(keys))
        for distance in range(1, WINDOW + 1):
            at = at[at + distance < len(keys)]
            at = at[keys[at] == keys[at + distance]]
            if not at.size:
                return
            a, b = who[at], who[at + distance]
            other = a != b
            if self.is_changed is not None:
                other &= self.is_changed[a] | self.is_changed[b]
            yield a[other], b[other]

    def _may_be_likely(self, a: Ids, b: Ids) -> npt.NDArray[np.bool_]:
        """Whether the points of everything but the name leave enough for the name to decide."""
        c, r = self.columns, self.rules
        others = (
            r.weight_birth_date * c.birth_likeness(a, b, r)
            + r.weight_personal_number * c.number_likeness(a, b, r)
            + r.same_phone * ((c.phone[a] == c.phone[b]) & (c.phone[a] != 0))
        )
        same_number = (c.number[a] == c.number[b]) & (c.number[a] >= 0)
        needed = (r.likely - 0.05 - others) / r.weight_name
        may: npt.NDArray[np.bool_] = same_number | (needed <= 1.0)
        looked = np.flatnonzero(may & ~same_number)
        if looked.size:
            best = c.name_likeness_at_most(a[looked], b[looked], r)
            may[looked] = best + ROUNDING >= needed[looked]
        return may


def _known(is_known: npt.NDArray[np.bool_], keys: npt.NDArray[np.integer]) -> tuple[Ids, Keys]:
    who = np.flatnonzero(is_known)
    return who, keys[who].astype(np.uint64)


def _mixed(one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> Keys:
    # Two keys that fall together by chance cost one comparison, no more.
    mixed = one.astype(np.uint64) * _PRIMES[0] + other.astype(np.uint64) * _PRIMES[1]
    keys: Keys = mixed ^ (mixed >> np.uint64(29))
    return keys


def _block_sizes(keys: Keys) -> Ids:
    """For each place of sorted keys, how many share its key."""
    if not keys.size:
        return np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    return np.repeat(sizes, sizes)
