"""The assignment that fills the most places at the most points, by SciPy's solver for sparse costs.

Every place of a vacancy is a row, every person a column; a column of its own for each row stands
for leaving the place empty, at a cost that no gain of points outweighs. All costs are whole numbers
small enough for the solver's floating point to add them without rounding, so its answer is exact.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.engine.columns import Int64s
from matching.engine.jit import Array
from matching.season.lists import Table


def fill(table: Table, places: Int64s, is_free: Array) -> Array:
    """Which entries to choose among free people: most places filled, then most points.

    `is_free` is by person; of people with equal points the better ranked one is chosen.
    """
    chosen = np.zeros(len(table.person), bool)
    open_to = is_free[table.person] & (places[table.vacancy] > 0)
    if open_to.any():
        _solve(table, places, np.flatnonzero(open_to), chosen)
        _settle(table, chosen, is_free)
    return chosen


def _solve(table: Table, places: Int64s, entries: Int64s, chosen: Array) -> None:
    entries = entries[np.lexsort((table.person[entries], table.vacancy[entries]))]
    vacancy = table.vacancy[entries]
    people, column = np.unique(table.person[entries], return_inverse=True)
    begins = np.searchsorted(vacancy, np.arange(len(table) + 1))
    rows = np.minimum(places, np.diff(begins))
    most = int(table.points[entries].max())
    cost = (1 + most - table.points[entries]).astype(np.float64)
    # Filling one more place shifts at most one person of each vacancy.
    empty = 1.0 + (most + 1) * (len(table) + 1)
    matrix = _matrix(begins, rows, column, cost, len(people), empty)
    row, taken = min_weight_full_bipartite_matching(matrix)
    filled = taken < len(people)
    owner = np.repeat(np.arange(len(table)), rows)[row[filled]]
    key = vacancy * len(people) + column
    chosen[entries[np.searchsorted(key, owner * len(people) + taken[filled])]] = True


def _matrix(
    begins: Int64s, rows: Int64s, column: Int64s, cost: Array, people: int, empty: float
) -> csr_array:
    """A vacancy's costs once for each of its places, each with its own column for staying empty."""
    sizes = np.diff(begins) + 1
    ptr = np.concatenate([[0], np.cumsum(np.repeat(sizes, rows))])
    columns, costs = np.empty(ptr[-1], np.int32), np.empty(ptr[-1])
    row = 0
    for vacancy in np.flatnonzero(rows).tolist():
        own = slice(begins[vacancy], begins[vacancy + 1])
        end = row + int(rows[vacancy])
        shape = (end - row, int(sizes[vacancy]))
        part = columns[ptr[row] : ptr[end]].reshape(shape)
        part[:, :-1], part[:, -1] = column[own], np.arange(people + row, people + end)
        part_of_costs = costs[ptr[row] : ptr[end]].reshape(shape)
        part_of_costs[:, :-1], part_of_costs[:, -1] = cost[own], empty
        row = end
    return csr_array((costs, columns, ptr.astype(np.int32)), shape=(row, people + row))


def _settle(table: Table, chosen: Array, is_free: Array) -> None:
    """Wherever a free person stands above a chosen one, they have the same points: swap them.

    Each swap moves somebody up a list and nobody down, so this ends.
    """
    free = is_free.copy()
    free[table.person[chosen]] = False
    busy = np.unique(table.vacancy[chosen]).tolist()
    while busy:
        moved = []
        for vacancy in busy:
            rows = table.rows(vacancy)
            people, own = table.person[rows], chosen[rows]
            first = np.flatnonzero(own | free[people])[: int(own.sum())]
            if not own[first].all():
                free[people[own]] = True
                free[people[first]] = False
                own[:] = False
                own[first] = True
                moved.append(vacancy)
        # Whoever was freed may stand above somebody chosen elsewhere.
        busy = busy if moved else []
