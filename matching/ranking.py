"""Ranks everybody for one vacancy on columns: gates, integer points, one order.

Returns exactly what `matching.reference` defines; people are explained for the first ranks only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

import numpy as np

from matching import column_rules as rules
from matching.outside import NO_GATES, Outside
from matching.parameters import Parameters
from matching.pool import Columns, Pool, with_outside
from matching.ragged import Bools, Ints
from matching.ranking_rules import gate_names
from matching.reference import assess
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


@dataclass(frozen=True)
class Standing:
    """The numbers behind a ranking, one entry per person of the pool."""

    person: Ints
    registered: Ints
    points: Ints
    low: Ints
    high: Ints
    failed: Bools
    """Gates × people."""
    flags: tuple[str, ...]
    flagged: Bools
    """Flags × people."""
    order: Ints
    """Rows of the candidates, best first."""

    def rank_of(self, points: int, low: int, row: int) -> int:
        """The rank that a person of the pool would have with other points."""
        rest = self.order[self.order != row]
        ahead = np.sign(self.points[rest] - points)
        for column, own in (
            (self.low[rest], low),
            (-self.registered[rest], -self.registered[row]),
            (-self.person[rest], -self.person[row]),
        ):
            ahead = np.where(ahead == 0, np.sign(column - own), ahead)
        return int((ahead > 0).sum()) + 1


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
    columns = with_outside(pool.columns, outside)
    standing = stand(columns, requirement, vocabulary, parameters)
    return _ranking(
        pool.copy(), columns, standing, requirement, vocabulary, parameters, explain_top
    )


def stand(
    columns: Columns, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> Standing:
    """Gates, points and order of everybody."""
    verdicts = rules.gate_verdicts(columns, requirement, parameters)
    failed = verdicts == Verdict.FAILED
    low, points, high = rules.points(columns, requirement, vocabulary, parameters)
    flags = rules.flags(columns, requirement, parameters)
    person, registered = columns.numbers["person"], columns.numbers["registered"]
    ranked = np.flatnonzero(~failed.any(axis=0))
    by = (person[ranked], registered[ranked], -low[ranked], -points[ranked])
    return Standing(
        person,
        registered,
        points,
        low,
        high,
        failed,
        tuple(flags),
        np.array(list(flags.values()), bool).reshape(len(flags), columns.size),
        ranked[np.lexsort(by)],
    )


def _ranking(
    pool: Pool,
    columns: Columns,
    standing: Standing,
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
    explain_top: int,
) -> Ranking:
    names = gate_names(requirement)
    behind = np.flatnonzero(standing.failed.any(axis=0))
    counts = np.bincount(standing.failed[:, behind].argmax(axis=0), minlength=len(names))
    explained = [
        assess(pool.profile(int(standing.person[row])), requirement, vocabulary, parameters)
        for row in standing.order[: max(explain_top, 0)]
    ]

    def candidate(i: int) -> RankedCandidate:
        row = int(standing.order[i])
        return RankedCandidate(
            person=int(standing.person[row]),
            rank=i + 1,
            points=int(standing.points[row]),
            low=int(standing.low[row]),
            high=int(standing.high[row]),
            flags=tuple(
                name
                for name, on in zip(standing.flags, standing.flagged[:, row], strict=True)
                if on
            ),
            criteria=explained[i] if i < len(explained) else (),
        )

    def exclusion(i: int) -> Exclusion:
        row = int(behind[i])
        failed = standing.failed[:, row]
        gates = tuple(name for name, on in zip(names, failed, strict=True) if on)
        return Exclusion(int(standing.person[row]), gates)

    return Ranking(
        parameters=parameters.version,
        pool=columns.size,
        candidates=Lazily(len(standing.order), candidate),
        excluded=Lazily(len(behind), exclusion),
        excluded_by_gate={n: int(c) for n, c in zip(names, counts, strict=True) if c},
    )
