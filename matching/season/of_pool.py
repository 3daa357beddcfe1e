"""A season's plan from the people who can be ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine import plan_layout as at
from matching.engine.columns import Int64s
from matching.outside import Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.season.lists import Listed, Room
from matching.season.planning import Plan, Told, make_plan
from matching.top import scan_shards
from matching.types import Requirement, Vocabulary

AT_ONCE = 2_500_000
"""People on all lists of one scan: some 80 bytes each."""


@dataclass(frozen=True)
class Season:
    """What is to be planned. Vacancies stand in the order of their numbers."""

    requirements: Sequence[Requirement]
    rooms: Sequence[Room]
    outside: Sequence[Outside]

    def turns(self) -> list[int]:
        """The order in which picking goes on: the earliest start first, then by number."""
        never = float("inf")
        starts = [never if asked.start is None else asked.start for asked in self.requirements]
        return sorted(range(len(starts)), key=lambda v: (starts[v], v))


@dataclass(frozen=True)
class Planned:
    """A plan, and how many people pass for each vacancy."""

    plan: Plan
    eligible: Int64s


def in_order(
    requirements: Sequence[Requirement], rooms: Sequence[Room], outside: Sequence[Outside]
) -> Season:
    """The season whatever order the vacancies come in."""
    order = sorted(range(len(requirements)), key=lambda v: requirements[v].vacancy)
    return Season(
        [requirements[v] for v in order], [rooms[v] for v in order], [outside[v] for v in order]
    )


def plan_season(
    pool: Pool,
    season: Season,
    vocabulary: Vocabulary,
    parameters: Parameters,
    *,
    threads: int = 1,
    told: Told = lambda doing, count: None,
) -> Planned:
    """The plan that fills the most positions at the most points, everybody at most once."""
    eligible = np.zeros(len(season.requirements), np.int64)

    def find(vacancies: Sequence[int], k: int) -> list[Listed]:
        lists: list[Listed] = []
        some = max(1, AT_ONCE // k)
        for start in range(0, len(vacancies), some):
            part = list(vacancies[start : start + some])
            found = scan_shards(
                pool,
                [season.requirements[v] for v in part],
                vocabulary,
                parameters,
                k=min(k, max(len(pool), 1)),
                threads=threads,
                outside=[season.outside[v] for v in part],
            )
            eligible[part] = found.people - found.excluded.sum(axis=1)
            for place, vacancy in enumerate(part):
                size = int(np.count_nonzero(found.key[place] >= 0))
                points = found.key[place, :size] >> (at.LOW_BITS + at.DAY_BITS)
                person = found.person[place, :size]
                lists.append(Listed(person, points, int(eligible[vacancy])))
        return lists

    pool = pool.copy()
    plan = make_plan(find, season.rooms, season.turns(), told=told)
    return Planned(plan, eligible)
