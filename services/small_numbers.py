"""Keeps small counts back, so that no table tells about one person of a small place."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from domain.records.statistics import Figure, Hidden

K = TypeVar("K", bound=Hashable)


def hide_few(
    counts: Mapping[K, int],
    least: int,
    *,
    keep: K | None = None,
    no_people: Collection[K] = (),
) -> dict[K, Figure]:
    """The counts of one line whose sum is shown, those from 1 to `least` - 1 hidden.

    Where the sum gives a hidden one away, the smallest other one is hidden too. `keep` is the last
    to be hidden for that; counts of `no_people` are hidden only for that.
    """
    shown: dict[K, Figure] = {
        key: Hidden.FEW if 0 < count < least and key not in no_people else count
        for key, count in counts.items()
    }
    hidden = {key: (1, least - 1) for key, figure in shown.items() if figure is Hidden.FEW}
    others = [key for key, count in counts.items() if count and key not in hidden]
    if others and gives_away(hidden, sum(counts[key] for key in hidden)):
        first = min(others, key=lambda key: (key == keep, counts[key], str(key)))
        shown[first] = Hidden.PROTECTING
    return shown


def gives_away(hidden: Mapping[K, tuple[int, int]], total: int) -> bool:
    """Whether counts, each between two bounds, follow one by one from what they add up to."""
    lowest, highest = (sum(bounds[side] for bounds in hidden.values()) for side in (0, 1))
    return any(
        max(low, total - (highest - high)) == min(high, total - (lowest - low))
        for low, high in hidden.values()
    )


def hide_few_in_table(table: Mapping[tuple[K, K], int], least: int) -> dict[tuple[K, K], Figure]:
    """The counts of a table by (row, column) whose sums are shown in both directions."""
    shown: dict[tuple[K, K], Figure] = {
        cell: Hidden.FEW if 0 < count < least else count for cell, count in table.items()
    }
    is_changing = True
    while is_changing:
        is_changing = False
        for side in (0, 1):
            for line in {cell[side] for cell in table}:
                cells = [cell for cell in table if cell[side] == line]
                hidden = [cell for cell in cells if isinstance(shown[cell], Hidden)]
                others = [c for c in cells if c not in hidden and table[c] >= least]
                if len(hidden) == 1 and others:
                    smallest = min(others, key=lambda cell: (table[cell], str(cell)))
                    shown[smallest] = Hidden.PROTECTING
                    is_changing = True
    return shown


def hide_parts(parts: Mapping[K, int], least: int) -> dict[K, Figure]:
    """The parts of a shown total for readers who know this rule and have time to compute.

    All are shown or none: as soon as one is smaller than `least` (0 is not), each is hidden, the
    empty ones too. Hiding only some was tried against every set of numbers: which ones were hidden,
    and which were smaller than the others, gave single numbers away.
    """
    is_safe = all(count == 0 or count >= least for count in parts.values())
    return {key: count if is_safe else Hidden.PROTECTING for key, count in parts.items()}
