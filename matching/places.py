"""A whole ranking as columns of numbers, for whoever filters, looks up or stores it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Places:
    """What the lists of a ranking say, without an object for each of hundreds of thousands."""

    person: Ints
    """Ids of the ranked, best first; the columns below go with it."""
    points: Ints
    low: Ints
    high: Ints
    has_questions: npt.NDArray[np.bool_]
    """Whether anything about the candidate is flagged."""
    excluded: Ints
    """Ids of the excluded, in the order of the list."""
    first_gate: Ints
    """Which gate excludes each of them first: a place in `gates`."""
    gates: tuple[str, ...]

    def place_of(self, person: int) -> int | None:
        """Place of a ranked person, 0 for the best; None for anybody else."""
        found = np.flatnonzero(self.person == person)
        return int(found[0]) if len(found) else None
