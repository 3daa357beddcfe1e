"""How alike two job titles are, also across languages: by the occupations both may mean.

Each title is placed among ESCO's occupations by the labels of its own language, and in the ISCO-08
unit groups of those occupations. Where a coder was trained, it says more of the groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from matching.texts.coder import Coder
from matching.texts.coding import CodingIndex
from matching.texts.ngrams import Floats, counts_of, rarity_of, weighted
from matching.texts.titles import normalise_title

LIKELIEST = 60  # occupations that a title may mean
SHARPNESS = 3  # the likelier an occupation beside the others, the more it counts
GROUPS_WEIGHT = 0.5
LETTERS_WEIGHT = 0.25
CODER_SHARPNESS = 3.0
CODER_WEIGHT = 3  # times the weight of groups, where a coder tells them


@dataclass(frozen=True)
class Placed:
    """Titles as rows over occupations and over unit groups; learnt groups are longer."""

    titles: tuple[str, ...]
    occupations: sparse.csr_array
    groups: sparse.csr_array
    letters: sparse.csr_array

    @cached_property
    def rarity(self) -> Floats:
        """Of the letters of these titles, for those compared with them."""
        return rarity_of(self.letters)

    @cached_property
    def turned(self) -> tuple[sparse.csr_array, sparse.csr_array, sparse.csr_array]:
        """Occupations, groups and weighed letters with the titles as columns."""
        letters = weighted(self.letters, self.rarity)
        columns = [rows.T.tocsr() for rows in (self.occupations, self.groups, letters)]
        return columns[0], columns[1], columns[2]


class TitleSpace:
    """Places titles of any language that has labels among the same occupations."""

    def __init__(self, index: CodingIndex, group_of: Mapping[str, str]) -> None:
        """`group_of` gives the ISCO-08 code of every concept of the index."""
        self.index = index
        self.group_of = group_of
        self._place = {concept: i for i, concept in enumerate(sorted(group_of))}
        units = sorted({code for code in group_of.values() if len(code) == 4})
        self._units = {code: i for i, code in enumerate(units)}
        pairs = [
            (place, self._units[group_of[concept]])
            for concept, place in self._place.items()
            if group_of[concept] in self._units
        ]
        rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
        ones = np.ones(len(rows), np.float32)
        shape = (len(self._place), len(units))
        self._membership = sparse.csr_array((ones, (rows, columns)), shape)

    def place(self, titles: Sequence[str], language: str, coder: Coder | None = None) -> Placed:
        """Where titles of one language stand; the coder must be one for that language."""
        found = sparse.csr_array(sparse.vstack([self._occupations(t, language) for t in titles]))
        groups = _unit_length(sparse.csr_array(found @ self._membership))
        if coder is not None:
            both = sparse.csr_array(groups + self._learnt(coder, titles))
            groups = sparse.csr_array(_unit_length(both) * CODER_WEIGHT)
        letters = counts_of([normalise_title(title) for title in titles])
        return Placed(tuple(titles), _unit_length(found), groups, letters)

    def _occupations(self, title: str, language: str) -> sparse.csr_array:
        # Every occupation that is a little alike has some score: the last one's stands for nothing.
        matches = self.index.rank(title, languages=(language,), top=LIKELIEST + 1)
        least = matches[-1].score if len(matches) > LIKELIEST else 0.0
        kept = [(self._place[m.concept], m.score - least) for m in matches[:LIKELIEST]]
        most = max((score for _, score in kept), default=0.0) or 1.0
        row = np.zeros((1, len(self._place)), np.float32)
        for place, score in kept:
            row[0, place] = (score / most) ** SHARPNESS
        return sparse.csr_array(row)

    def _learnt(self, coder: Coder, titles: Sequence[str]) -> sparse.csr_array:
        known = [i for i, code in enumerate(coder.codes) if code in self._units]
        columns = [self._units[coder.codes[i]] for i in known]
        margins = coder.scores(titles)[:, known]
        shares = np.exp(CODER_SHARPNESS * (margins - margins.max(axis=1, keepdims=True)))
        full = np.zeros((len(titles), len(self._units)), np.float32)
        full[:, columns] = np.where(shares > 1e-3, shares, 0)
        return _unit_length(sparse.csr_array(full))


def likeness(some: Placed, others: Placed) -> Floats:
    """Of each of some titles (rows) to each of the others (columns)."""
    occupations, groups, letters = others.turned
    by_occupation = (some.occupations @ occupations).toarray()
    by_group = (some.groups @ groups).toarray()
    by_letters = (weighted(some.letters, others.rarity) @ letters).toarray()
    total = by_occupation + GROUPS_WEIGHT * by_group + LETTERS_WEIGHT * by_letters
    full = 1 + GROUPS_WEIGHT + LETTERS_WEIGHT
    return np.asarray(total / full, np.float32)


def _unit_length(rows: sparse.csr_array) -> sparse.csr_array:
    of_row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    lengths = np.sqrt(np.bincount(of_row, rows.data**2, minlength=rows.shape[0]))
    rows = rows.copy()
    rows.data = np.asarray(rows.data / np.maximum(lengths, 1e-12)[of_row], np.float32)
    return rows
