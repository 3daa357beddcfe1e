"""What the product does with each kind of set: the same functions with the same defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bench.quality.labels import Labels
from bench.quality.sets import Melo, indexed
from bench.quality.task import Floats, Scorer, Task
from matching.texts.coding import CodingIndex, Kind, Label
from matching.texts.meaning import Background

SHOWN = 300  # concepts ranked per text; what comes later counts as not found


def concept_scores(
    index: CodingIndex, language: str, place: Mapping[str, int], width: int
) -> Scorer:
    """Rank scores of concepts in the columns that `place` gives them."""

    def score(texts: Sequence[str]) -> Floats:
        found = np.zeros((len(texts), width), np.float32)
        for row, text in enumerate(texts):
            for match in index.rank(text, languages=(language,), top=SHOWN):
                if match.concept in place:
                    found[row, place[match.concept]] = match.score
        return found

    return score


def melo_index(melo: Melo, background: Background) -> CodingIndex:
    """The labels of ESCO in the language of the titles."""
    language = melo.task.language
    found = (
        Label(
            concept,
            language,
            text,
            Kind.PREFERRED if is_preferred else Kind.ALTERNATIVE,
            is_group="/isco/" in concept,
        )
        for concept, text, is_preferred in melo.own_labels
    )
    return CodingIndex(found, background)


class LatestIndex:
    """Built when a set has other labels than the one before it."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._made_of: tuple[tuple[str, str, bool], ...] = ()
        self._index = CodingIndex(())

    def of(self, melo: Melo) -> CodingIndex:
        if melo.own_labels != self._made_of:
            self._index = melo_index(melo, self._labels.of_occupations)
            self._made_of = melo.own_labels
        return self._index


def melo_scorer(melo: Melo, index: CodingIndex) -> Scorer:
    """Concepts by their labels in the text's language; each is shown once by its first form."""
    concepts = sorted(set(melo.concept_of_form))
    place = indexed(concepts)
    by_concept = concept_scores(index, melo.task.language, place, len(concepts))
    column = np.array([place[c] for c in melo.concept_of_form])
    is_first = np.zeros(len(column), bool)
    is_first[np.unique(column, return_index=True)[1]] = True

    def score(texts: Sequence[str]) -> Floats:
        forms = by_concept(texts)[:, column]
        return np.where((forms > 0) & is_first, 1 + forms, forms)

    return score


def code_scorer(task: Task, index: CodingIndex, codes: Sequence[str]) -> Scorer:
    return concept_scores(index, task.language, indexed(codes), len(codes))


def timed(call: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Milliseconds of each call, one text at a time."""
    from time import perf_counter

    spent = []
    for text in texts:
        start = perf_counter()
        call(text)
        spent.append(1000 * (perf_counter() - start))
    return spent
