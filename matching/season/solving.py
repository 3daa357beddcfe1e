"""The assignment that fills the most places at the most points, by SciPy's solver for sparse costs.

Every place of a vacancy is a row, every person a column, or the other way round. A column of its
own for each row stands for leaving it alone, at a cost that no gain of points outweighs. All costs
are whole numbers small enough for the solver's floating point to add them without rounding, so its
answer is exact.
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
    place, taken = _matched(_costs(begins, rows, column, cost, len(people)), empty)
    owner = np.repeat(np.arange(len(table)), rows)[place]
    key = vacancy * len(people) + column
    chosen[entries[np.searchsorted(key, owner * len(people) + taken)]] = True


def _costs(begins: Int64s, rows: Int64s, column: Int64s, cost: Array, people: int) -> csr_array:
    """A vacancy's costs once for each of its places: places × people."""
    sizes = np.diff(begins)
    ptr = np.concatenate([[0], np.cumsum(np.repeat(sizes, rows))])
    columns, costs = np.empty(ptr[-1], np.int32), np.empty(ptr[-1])
    row = 0
    for vacancy in np.flatnonzero(rows).tolist():
        own = slice(begins[vacancy], begins[vacancy + 1])
        end = row + int(rows[vacancy])
        shape = (end - row, int(sizes[vacancy]))
        columns[ptr[row] : ptr[end]].reshape(shape)[:] = column[own]
        costs[ptr[row] : ptr[end]].reshape(shape)[:] = cost[own]
        row = end
    return csr_array((costs, columns, ptr.astype(np.int32)), shape=(row, people))


def _matched(costs: csr_array, empty: float) -> tuple[Int64s, Int64s]:
    """Places and people who go together.

    The solver takes long for a row that stays alone: whichever side is short gives the rows.
    """
    places, people = costs.shape
    if people < places:
        other, found = _matched(costs.T.tocsr(), empty)
        return found, other
    ends = costs.indptr[1:]
    alone = np.arange(people, people + places, dtype=np.int32)
    matrix = csr_array(
        (
            np.insert(costs.data, ends, empty),
            np.insert(costs.indices, ends, alone),
            costs.indptr + np.arange(places + 1, dtype=np.int32),
        ),
        shape=(places, people + places),
    )
    row, column = min_weight_full_bipartite_matching(matrix)
    paired = column < people
    return row[paired], column[paired]


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
