"""A season's plan in layers, beside picking in turn, with a proof that nobody outside was missed.

First one person for each position, then further candidates, then reserves: each layer is filled as
well as the layers before allow. Only the best of each vacancy are looked at. If after all layers
somebody on a vacancy's list is still free, nobody below the list could have made the plan better
there: they have no more points than the free one, whom no layer wanted. Where nobody on the list is
free, the list is made longer and the plan is made again, until every list has somebody free or
everybody who passes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Int64s
from matching.engine.jit import Array
from matching.season.lists import NOBODY, Find, Listed, Room, Table
from matching.season.solving import fill

LAYERS = (1, 2, 3)
"""Positions, further candidates, reserves."""
SPARE, LONGER = 50, 8
"""A first list has twice the places and some more; one that is too short gets so much longer."""
MOST_PAIRS = 60_000_000
"""So many costs take 0.7 GB. Where longer lists would need more, the plan is bounded, not exact."""

Told = Callable[[str, int], None]
"""Hears what is done now ("lists", "plan") and for how many vacancies."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Who goes where; each entry of the table has a layer, 0 for nobody chosen."""

    table: Table
    layer: Array
    picked: Array
    """The same by picking in turn: each vacancy takes the best who are still free."""
    is_exact: bool


def make_plan(
    find: Find,
    rooms: Sequence[Room],
    turns: Sequence[int],
    *,
    told: Told = lambda doing, count: None,
    most_pairs: int = MOST_PAIRS,
) -> Plan:
    """The plan for vacancies in a fixed order; `turns` is the order in which picking goes on."""
    total = np.array([room.total for room in rooms], np.int64)
    lists: list[Listed] = [NOBODY] * len(rooms)
    sizes = 2 * total + SPARE
    waiting = np.flatnonzero(total > 0)
    while True:
        told("lists", len(waiting))
        _lengthen(lists, find, waiting, sizes)
        table = Table.of(lists)
        told("plan", int((total > 0).sum()))
        layer, picked = in_layers(table, rooms), in_turn(table, rooms, turns)
        waiting = _too_short(table, total, layer, picked)
        if not len(waiting):
            return Plan(table, layer, picked, True)
        sizes[waiting] = np.minimum(sizes[waiting] * LONGER, table.passing[waiting])
        if _pairs_after(table, rooms, sizes, waiting) > most_pairs:
            return Plan(table, layer, picked, False)


def _pairs_after(table: Table, rooms: Sequence[Room], sizes: Int64s, waiting: Int64s) -> int:
    """How large the solver's matrix for the largest layer would get at most."""
    longer = np.diff(table.ptr)
    longer[waiting] = sizes[waiting]
    return int((longer * np.minimum(_places(rooms).max(axis=1), longer)).sum())


def _places(rooms: Sequence[Room]) -> Int64s:
    """Vacancies × layers."""
    each = [(room.positions, room.candidates, room.reserves) for room in rooms]
    return np.array(each, np.int64).reshape(-1, len(LAYERS))


def _lengthen(lists: list[Listed], find: Find, waiting: Int64s, sizes: Int64s) -> None:
    """Find anew, vacancies of about the same need together."""
    powers = 2 ** np.ceil(np.log2(sizes[waiting])).astype(np.int64)
    for size in np.unique(powers).tolist():
        some = waiting[powers == size].tolist()
        for vacancy, found in zip(some, find(some, size), strict=True):
            lists[vacancy] = found


def _too_short(table: Table, total: Int64s, layer: Array, picked: Array) -> Int64s:
    """Vacancies below whose list somebody could be who makes the plan, or picking, better."""
    free = np.ones(len(table.people), bool)
    free[table.person[layer > 0]] = False
    has_free = np.zeros(len(table), bool)
    has_free[table.vacancy[free[table.person]]] = True
    taken = np.bincount(table.vacancy[picked > 0], minlength=len(table))
    return np.flatnonzero(~table.is_whole & (total > 0) & (~has_free | (taken < total)))


def in_layers(table: Table, rooms: Sequence[Room]) -> Array:
    """The layer of each entry, each layer the best that is left."""
    layer = np.zeros(len(table.person), np.int8)
    free = np.ones(len(table.people), bool)
    places = _places(rooms)
    for number in LAYERS:
        chosen = fill(table, places[:, number - 1], free)
        layer[chosen] = number
        free[table.person[chosen]] = False
    return layer


def in_turn(table: Table, rooms: Sequence[Room], turns: Sequence[int]) -> Array:
    """The layer of each entry when every vacancy in its turn takes all it may of who is free."""
    layer = np.zeros(len(table.person), np.int8)
    free = np.ones(len(table.people), bool)
    for vacancy in turns:
        room, rows = rooms[vacancy], table.rows(vacancy)
        people = table.person[rows]
        first = np.flatnonzero(free[people])[: room.total]
        ends = np.cumsum([room.positions, room.candidates])
        layer[rows][first] = 1 + np.searchsorted(ends, np.arange(len(first)), side="right")
        free[people[first]] = False
    return layer
