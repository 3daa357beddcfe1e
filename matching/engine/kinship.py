"""How near every occupation code is to those a vacancy asks for, as one table."""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.engine.jit import Array
from matching.engine.numbering import Names
from matching.parameters import Parameters
from matching.points import THOUSAND

MOST_KEPT = 4_096
_DIGITS = (1, 2, 3)


def work_table(asked: tuple[str, ...], names: Names, parameters: Parameters) -> Array:
    """For each code of a pool: kinship in thousandths * 2 + whether its years count (int32)."""
    kept: dict[Any, Array] = names.kept.setdefault("work tables", {})
    ladder = (
        parameters.occupation_same_major_group,
        parameters.occupation_same_sub_major_group,
        parameters.occupation_same_minor_group,
    )
    key = (asked, ladder, len(names.of["occupations"]))
    table = kept.get(key)
    if table is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        table = _made(asked, ladder, _prefixes(names))
        kept[key] = table
    return table


def far_credit(parameters: Parameters) -> int:
    """Most, in thousandths, that an occupation earns without two digits in common."""
    return parameters.occupation_same_major_group


def near_prefixes(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The first two digits of the asked codes."""
    return tuple(dict.fromkeys(code[:2] for code in asked))


def near_codes(prefix: str, names: Names) -> Array:
    """For each code of a pool whether it begins with these two digits."""
    numbers, place = _prefixes(names)[2]
    near: Array = numbers == place.get(prefix, -1)
    return near


def _made(
    asked: tuple[str, ...], ladder: tuple[int, ...], prefixes: dict[int, tuple[Array, Any]]
) -> Array:
    """`matching.criteria.occupation.kinship` for all codes at once, the best of those asked."""
    whole, places = prefixes[0]
    best = np.zeros(len(whole), np.int32)
    if not asked:
        return best + 1
    for code in asked:
        for digits, credit in zip(_DIGITS, ladder, strict=True):
            numbers, place = prefixes[digits]
            same = numbers == place.get(code[:digits], -1)
            best = np.maximum(best, np.where(same, credit * 2, 0))
        best = np.where(whole == places.get(code, -1), THOUSAND * 2 + 1, best)
    return best.astype(np.int32)


def _prefixes(names: Names) -> dict[int, tuple[Array, Any]]:
    """By how many digits (0: the whole code): the number of each code's prefix, and the numbers."""
    codes = names.of["occupations"]
    size = len(codes)
    kept: Any = names.kept.get("prefixes")
    if kept is None or kept[0] != size:
        kept = (size, {digits: _numbered(names, size, digits) for digits in (0, *_DIGITS)})
        names.kept["prefixes"] = kept
    found: dict[int, tuple[Array, Any]] = kept[1]
    return found


def _numbered(names: Names, size: int, digits: int) -> tuple[Array, dict[str, int]]:
    codes = names.of["occupations"]
    texts = [codes[i][:digits] if digits else codes[i] for i in range(size)]
    place: dict[str, int] = {}
    return np.array([place.setdefault(text, len(place)) for text in texts], np.int32), place
