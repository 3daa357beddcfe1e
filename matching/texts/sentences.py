"""Sentences to skills: which skills a sentence speaks of, ranked, for a person to confirm.

A title is a name; a sentence holds names among other words. So beside likeness as a whole it counts
how much of a label's words stand in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from matching.texts.coding import POOLING, Kind, Label, Match
from matching.texts.ngrams import (
    Floats,
    Postings,
    counts_of,
    rarity_of,
    stem_counts_of,
    weighted,
    word_counts_of,
)
from matching.texts.titles import normalise_title

WORDS_WEIGHT = 0.8
COVERED_WEIGHT = 0.7
PREFERRED_WEIGHT = 0.5
FULL = WORDS_WEIGHT + COVERED_WEIGHT + PREFERRED_WEIGHT


class SentenceIndex:
    """Labels of skills in one language."""

    def __init__(self, language: str, labels: Iterable[Label]) -> None:
        self.language = language
        kept = sorted(set(labels), key=lambda label: (label.concept, label.kind, label.text))
        self.labels = tuple(label.text for label in kept)
        self.concepts = tuple(dict.fromkeys(label.concept for label in kept))
        place = {concept: i for i, concept in enumerate(self.concepts)}
        concept_of = np.array([place[label.concept] for label in kept], np.int64)
        self._starts = np.searchsorted(concept_of, np.arange(len(self.concepts)))
        self._ends = np.append(self._starts[1:], len(kept))
        preferred = [i for i, label in enumerate(kept) if label.kind is Kind.PREFERRED]
        self._concept_of_preferred = concept_of[preferred]
        self._weigh([normalise_title(text) for text in self.labels], preferred)

    def _weigh(self, plain: list[str], preferred: list[int]) -> None:
        words = word_counts_of(plain, longest=1)
        self._word_rarity = rarity_of(words)
        self._words = Postings(weighted(words, self._word_rarity))
        self._covered = Postings(_shares(stem_counts_of(plain)))
        letters = counts_of([plain[i] for i in preferred])
        self._letter_rarity = rarity_of(letters)
        self._letters = Postings(weighted(letters, self._letter_rarity))

    def scores(self, plain: str) -> tuple[Floats, Floats]:
        """Rank score 0–1 of each skill and of each label to a normalised sentence."""
        words = weighted(word_counts_of([plain], longest=1), self._word_rarity)
        alike = self._words.likeness(words)
        stems = stem_counts_of([plain])
        stems.data[:] = 1
        covered = self._covered.likeness(stems)
        letters = np.zeros(len(self.concepts), np.float32)
        query = weighted(counts_of([plain]), self._letter_rarity)
        np.maximum.at(letters, self._concept_of_preferred, self._letters.likeness(query))
        total = (
            WORDS_WEIGHT * np.add.reduceat(alike**POOLING, self._starts) ** (1 / POOLING)
            + COVERED_WEIGHT * np.maximum.reduceat(covered, self._starts)
            + PREFERRED_WEIGHT * letters
        )
        return np.asarray(total / FULL, np.float32), np.asarray((alike + covered) / 2, np.float32)

    def matches(self, plain: str, top: int) -> list[Match]:
        """The best skills, each with the label that says most of it, and how alike that one is."""
        scores, of_labels = self.scores(plain)
        count = min(top, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        return [self._match(scores, of_labels, int(i)) for i in best if scores[i] > 0]

    def _match(self, scores: Floats, of_labels: Floats, i: int) -> Match:
        start, end = int(self._starts[i]), int(self._ends[i])
        row = start + int(np.argmax(of_labels[start:end]))
        likeness = min(float(of_labels[row]), 1.0)
        score = min(float(scores[i]), 1.0)
        return Match(self.concepts[i], score, self.labels[row], self.language, likeness)


def _shares(counted: sparse.csr_array) -> sparse.csr_array:
    """What each word's beginning carries of a label: rare ones most, together 1."""
    rows = counted.copy()
    rows.data[:] = rarity_of(counted)[rows.indices]
    of_row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    totals = np.bincount(of_row, rows.data, minlength=rows.shape[0])
    rows.data /= np.asarray(np.maximum(totals, 1e-12)[of_row], np.float32)
    return rows
