"""Ranks everybody for one vacancy: gates, integer points, one order.

Returns exactly what `matching.reference` defines; people are explained for the first ranks only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

import numpy as np

from matching.outside import NO_GATES, Outside
from matching.parameters import Parameters
from matching.places import Places
from matching.pool import Pool
from matching.ranking_rules import gate_names
from matching.reference import assess
from matching.standing import Standing, stand
from matching.types import (
    Exclusion,
    RankedCandidate,
    Ranking,
    Requirement,
    Verdict,
    Vocabulary,
)

T = TypeVar("T")


class Lazily(Sequence[T], Generic[T]):
    """A long list whose members are made when they are looked at."""

    def __init__(self, size: int, make: Callable[[int], T]) -> None:
        self._size = size
        self._make = make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self._make(i) for i in range(*index.indices(self._size)))
        if not -self._size <= index < self._size:
            raise IndexError(index)
        return self._make(index % self._size)

    def __iter__(self) -> Iterator[T]:
        return (self._make(i) for i in range(self._size))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def rank(
    pool: Pool,
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
    *,
    explain_top: int = 20,
    outside: Outside = NO_GATES,
) -> Ranking:
    """Rank everybody for one vacancy; the first `explain_top` come with their criteria.

    `outside` has the people whom gates decided outside the engine exclude, by the gate's name.
    """
    people = pool.copy()
    standing = stand(people, requirement, vocabulary, parameters, outside)
    explained = [
        assess(people.profile(person), requirement, vocabulary, parameters)
        for person in standing.person[standing.order[: max(explain_top, 0)]].tolist()
    ]
    names = gate_names(requirement)

    def candidate(i: int) -> RankedCandidate:
        row = standing.order[i]
        person = int(standing.person[row])
        return RankedCandidate(
            person=person,
            rank=i + 1,
            points=int(standing.points[row]),
            low=int(standing.low[row]),
            high=int(standing.high[row]),
            flags=_flags(standing, int(row), person, requirement, outside),
            criteria=explained[i] if i < len(explained) else (),
        )

    def exclusion(i: int) -> Exclusion:
        row = standing.behind[i]
        failed = int(standing.failed[row])
        gates = tuple(name for place, name in enumerate(names) if failed >> place & 1)
        return Exclusion(int(standing.person[row]), gates)

    return Ranking(
        parameters=parameters.version,
        pool=len(people),
        candidates=Lazily(len(standing.order), candidate),
        excluded=Lazily(len(standing.behind), exclusion),
        excluded_by_gate=standing.excluded_by_gate(names),
        find_places=lambda: _places(standing, requirement, outside),
        standing=standing,
    )


def _places(standing: Standing, requirement: Requirement, outside: Outside) -> Places:
    order, behind = standing.order, standing.behind
    person = standing.person[order]
    has_questions = standing.unknown[order] != 0
    for gate in requirement.outside_gates:
        if gate in outside:
            has_questions |= np.isin(person, outside[gate].unknown)
    failed = standing.failed[behind]
    return Places(
        person=person,
        points=standing.points[order].astype(np.int64),
        low=standing.low[order].astype(np.int64),
        high=standing.high[order].astype(np.int64),
        has_questions=has_questions,
        excluded=standing.person[behind],
        first_gate=np.log2(failed & -failed).astype(np.int64),
        gates=tuple(gate_names(requirement)),
    )


def _flags(
    standing: Standing, row: int, person: int, requirement: Requirement, outside: Outside
) -> tuple[str, ...]:
    own = standing.flags_of(row)
    decided = tuple(
        f"{gate}_unknown"
        for gate in requirement.outside_gates
        if gate in outside and outside[gate].verdict(person) is Verdict.UNKNOWN
    )
    return own + decided
