"""What concepts have in common beyond letters: a space in which like work stands close together.

Two occupations whose names share no word ("docker", "stevedore") need the same skills. Names and
skills of every concept are reduced to a few directions (latent semantic analysis): a text is
placed by its words, and what was found by letters is spread to what stands near it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from matching.texts.ngrams import Floats, rarity_of, stem_counts_of, weighted
from matching.texts.stored import Array, Arrays
from matching.texts.titles import normalise_title

DIRECTIONS = 200
LEAST_CONCEPTS = 40
"""With fewer there is nothing to learn from what stands together."""
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Space:
    """Concepts as rows of unit length, and the beginnings of words that place a text."""

    points: Floats
    columns: npt.NDArray[np.int32]
    words: Floats
    """Where each column points, its rarity included."""

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Space:
        """From one normalised text a concept; the same texts give the same space."""
        counted = stem_counts_of(texts)
        counted.data = np.asarray(1 + np.log(counted.data), np.float32)
        rarity = rarity_of(counted)
        columns = np.flatnonzero(rarity).astype(np.int32)
        rows = sparse.csr_matrix(weighted(counted, rarity)[:, columns])
        directions = max(1, min(DIRECTIONS, min(rows.shape) - 1))
        left, sizes, right = randomized_svd(rows, directions, n_iter=ROUNDS, random_state=0)
        words = np.asarray(right.T * rarity[columns, None], np.float32)
        return cls(_unit(np.asarray(left * sizes, np.float32)), columns, words)

    def arrays(self) -> Arrays:
        """All it is made of."""
        return {"points": self.points, "columns": self.columns, "words": self.words}

    @classmethod
    def made_of(cls, arrays: Mapping[str, Array]) -> Space:
        """What `arrays` gave."""
        return cls(
            np.asarray(arrays["points"], np.float32),
            np.asarray(arrays["columns"], np.int32),
            np.asarray(arrays["words"], np.float32),
        )

    def near(self, plain: str) -> Floats:
        """How near each concept stands to a normalised text, 0–1."""
        counted = stem_counts_of([plain])
        places = np.minimum(np.searchsorted(self.columns, counted.indices), len(self.columns) - 1)
        known = self.columns[places] == counted.indices
        return self._near(counted.data[known] @ self.words[places[known]])

    def spread(self, shares: Floats) -> Floats:
        """How near each concept stands to the middle of those that have shares, 0–1."""
        return self._near(shares @ self.points)

    def _near(self, point: Floats) -> Floats:
        length = float(np.linalg.norm(point))
        near = self.points @ (point / max(length, 1e-12))
        return np.asarray(np.clip(near, 0, 1), np.float32)

    def of(self, rows: npt.NDArray[np.int64]) -> Space:
        """Only these concepts, in this order; -1 = one that has no place."""
        points = np.where(rows[:, None] >= 0, self.points[rows], 0)
        return Space(np.asarray(points, np.float32), self.columns, self.words)


@dataclass(frozen=True)
class Background:
    """What is known of concepts beside their names in a language, as one normalised text each.

    For occupations: their names in `language` and the skills they need.
    """

    language: str
    texts: Mapping[str, str]
    _learnt: list[Space] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def told(cls, language: str, said: Iterable[tuple[str, str]]) -> Background:
        """From (concept, name or skill) in `language`; said more often counts more."""
        plain: dict[str, str] = {}
        parts: dict[str, list[str]] = {}
        for concept, text in said:
            if text not in plain:
                plain[text] = normalise_title(text)
            parts.setdefault(concept, []).append(plain[text])
        return cls(language, {concept: " ".join(sorted(own)) for concept, own in parts.items()})

    def space(self, concepts: Sequence[str]) -> Space:
        """The concepts in the space of all that have a background, learnt once."""
        names = sorted(self.texts)
        if not self._learnt:
            self._learnt.append(Space.learn([self.texts[name] for name in names]))
        place = {name: i for i, name in enumerate(names)}
        rows = np.array([place.get(concept, -1) for concept in concepts], np.int64)
        return self._learnt[0].of(rows)

    def is_enough(self, concepts: Iterable[str]) -> bool:
        """Whether enough of the concepts have a background."""
        return sum(concept in self.texts for concept in concepts) >= LEAST_CONCEPTS


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), np.float32)
