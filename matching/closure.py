"""Skills closed upward, which makes "the best related skill counts once" a plain sum.

A skill implies its level-3 group, and that its level-2 group; a likely skill enters at its group.
With credits 1 >= related >= broader for one asked skill,
    max(1 [skill], related [group], broader [level 2])
        = (1 - related) [skill] + (related - broader) [group] + broader [level 2],
each bracket 0 or 1. So the points of all asked skills are one sparse product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.criteria.skills import Asked
from matching.parameters import Parameters
from matching.points import THOUSAND
from matching.pool import Columns
from matching.ragged import Ints
from matching.types import Vocabulary
from matching.vocabulary import broader_of, group_of


@dataclass(frozen=True)
class Closure:
    """Who has each skill, group and broader group."""

    feature: dict[tuple[int, str], int]
    """Level (1 skill, 2 group, 3 broader group) and name to a row of the matrix."""
    matrix: sparse.csr_array
    """Features × people, ones."""

    def points(
        self, asked: Sequence[Asked], vocabulary: Vocabulary, parameters: Parameters
    ) -> Ints:
        """Points of everybody for the asked skills."""
        weights: dict[int, int] = {}
        for item in asked:
            group = group_of(item.code, vocabulary)
            names = (item.code, group, broader_of(group, vocabulary))
            full = item.points_for(THOUSAND)
            related = item.points_for(parameters.skill_related)
            broader = item.points_for(parameters.skill_same_broader_group)
            steps = (full - related, related - broader, broader)
            for level, (name, step) in enumerate(zip(names, steps, strict=True), start=1):
                row = self.feature.get((level, name))
                if row is not None:
                    weights[row] = weights.get(row, 0) + step
        if not weights:
            return np.zeros(self.matrix.shape[1], np.int64)
        rows = np.fromiter(weights, np.int64)
        points = np.fromiter(weights.values(), np.int64)
        return np.asarray(self.matrix[rows].T @ points, np.int64)


def closure_of(columns: Columns, vocabulary: Vocabulary) -> Closure:
    """The closure by this vocabulary; kept until people or vocabulary change."""
    for known, closure in tuple(columns.closures):  # another session may be replacing it
        if known is vocabulary:
            kept: Closure = closure
            return kept
    closure = _close(columns, vocabulary)
    columns.closures[:] = [(vocabulary, closure)]
    return closure


def _close(columns: Columns, vocabulary: Vocabulary) -> Closure:
    feature: dict[tuple[int, str], int] = {}

    def number(level: int, name: str) -> int:
        return feature.setdefault((level, name), len(feature))

    def upward(skill: str) -> list[int]:
        group = group_of(skill, vocabulary)
        return [number(2, group), number(3, broader_of(group, vocabulary))]

    held, worked = columns.lists["skills"], columns.lists["occupations"]
    of_skill = [[number(1, skill), *upward(skill)] for skill in held.names]
    of_occupation = [
        sorted({f for s in vocabulary.essential.get(code, ()) for f in upward(s)})
        for code in worked.names
    ]
    people, features = (
        np.concatenate(parts)
        for parts in zip(
            _expand(held.rows, held.index, of_skill),
            _expand(worked.rows, worked.index, of_occupation),
            strict=True,
        )
    )
    ones = np.ones(len(people), np.int64)
    matrix = sparse.csr_array((ones, (features, people)), shape=(len(feature), columns.size))
    matrix.data[:] = 1  # several skills of one group count once
    return Closure(feature, matrix)


def _expand(
    rows: npt.NDArray[np.int32], index: npt.NDArray[np.int32], features: list[list[int]]
) -> tuple[Ints, Ints]:
    """Pairs of person and feature: each fact stands for all its features."""
    flat = np.array([f for some in features for f in some], np.int64)
    lengths = np.array([len(some) for some in features], np.int64)
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    begins = np.cumsum(lengths) - lengths
    counts = lengths[index]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(rows.astype(np.int64), counts), flat[np.repeat(begins[index], counts) + within]
