"""What is measured: one class a method, all with the same few attributes.

A method of the task *full* returns the list that the product shows: gates, all criteria, ties by
low, registration and id. One of the task *skills* only finds whose skills fit best, without gates
(the job that a similarity library does).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from bench.floor import Floor
from bench.people import People, Taxonomy
from bench.scoring import Query, Wide, best, finish, passes, without_likely
from matching.parameters import Parameters
from matching.types import Vocabulary

K = 100
Answer = list[tuple[int, int, int]]
"""(person, points, low), best first."""


@dataclass(frozen=True)
class World:
    """What all methods are given."""

    people: People
    wide: Wide
    words: Taxonomy
    vocabulary: Vocabulary
    parameters: Parameters


class Skip(Exception):
    """Why a method is not measured here, in words for the table."""


class Method:
    """One way of doing a task; made once for each size of the register."""

    name: ClassVar[str]
    task: ClassVar[str] = "full"
    most_people: ClassVar[int] = 1_000_000
    because: ClassVar[str] = ""
    """Why not beyond `most_people`."""
    k: ClassVar[int] = K
    nbytes: int | None = None

    def __init__(self, world: World) -> None:
        self.world = world

    def top(self, query: Query) -> Answer | np.ndarray:
        """The answer for one vacancy; rows of people, best first, where the task is not full."""
        raise NotImplementedError

    def batch(self, queries: list[Query]) -> None:
        """The same for many; a loop unless the method knows better."""
        for query in queries:
            self.top(query)

    has_batch: ClassVar[bool] = False
    """Whether the batch is worth measuring on all vacancies (else it is told from a few)."""

    def close(self) -> None:
        """Let go of what would outlive the object."""


class AddingUp(Method):
    name, task, has_batch = "floor", "add up the postings", True

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.floor = Floor(world.wide.posted)
        self.nbytes = self.floor.nbytes

    def top(self, query: Query) -> Answer:
        self.floor.add_up(query)
        return []

    def batch(self, queries: list[Query]) -> None:
        self.floor.add_up_all(queries)


class AddingUpLess(AddingUp):
    """The same where the groups that a person's main occupation makes likely are not posted.

    An engine can give those points by the occupation's code, once for each vacancy.
    """

    name = "floor without likely groups"
    most_people, because = 300_000, "taking them out of the postings takes a minute"

    def __init__(self, world: World) -> None:
        Method.__init__(self, world)
        self.floor = Floor(without_likely(world.wide, world.words))
        self.nbytes = self.floor.nbytes


class Scipy(Method):
    """The ten lines that serve as the oracle."""

    name, has_batch = "scipy: postings[f].T @ w", True

    def __init__(self, world: World) -> None:
        super().__init__(world)
        posted = world.wide.posted
        self.nbytes = posted.data.nbytes + posted.indices.nbytes + posted.indptr.nbytes

    def top(self, query: Query) -> Answer:
        wide = self.world.wide
        skills = wide.posted[query.features].T @ query.weights
        rows = passes(wide, query)
        points, low = finish(wide, query, rows, skills[rows])
        return best(wide, rows, points, low, self.k)


class Numpy(Method):
    name, has_batch = "numpy: sums[posting] += w", True

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.nbytes = world.wide.posted.indices.nbytes + world.wide.posted.indptr.nbytes

    def top(self, query: Query) -> Answer:
        wide = self.world.wide
        begins, posted = wide.posted.indptr, wide.posted.indices
        sums = np.zeros(len(wide), np.int32)
        for feature, points in zip(query.features.tolist(), query.weights.tolist(), strict=True):
            sums[posted[begins[feature] : begins[feature + 1]]] += points
        rows = passes(wide, query)
        points, low = finish(wide, query, rows, sums[rows])
        return best(wide, rows, points, low, self.k)


class Pandas(Method):
    name = "pandas: isin, map, groupby"
    most_people, because = 300_000, "about a second for each vacancy"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        posted = world.wide.posted
        feature = np.repeat(np.arange(posted.shape[0], dtype=np.int16), np.diff(posted.indptr))
        self.posted = pd.DataFrame({"feature": feature, "row": posted.indices})
        self.nbytes = int(self.posted.memory_usage().sum())

    def top(self, query: Query) -> Answer:
        wide = self.world.wide
        points_of = pd.Series(query.weights, index=query.features)
        hits = self.posted[self.posted["feature"].isin(query.features)]
        points = hits["feature"].map(points_of)
        sums = points.groupby(hits["row"]).sum()
        rows = passes(wide, query)
        skills = sums.reindex(rows, fill_value=0).to_numpy()
        points, low = finish(wide, query, rows, skills)
        return best(wide, rows, points, low, self.k)
