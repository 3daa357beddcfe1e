"""A set as the methods see it: texts to rank documents for, and which of them are right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.quality import metrics

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Scorer = Callable[[Sequence[str]], Floats]
"""Texts in, a row of scores of all documents per text out; 0 and less = not found."""

KEPT = 1000


@dataclass(frozen=True)
class Task:
    """Queries of one language, documents with one or more forms, grades, and how to count."""

    set: str
    group: str
    language: str
    metrics: tuple[str, ...]
    queries: tuple[str, ...]
    relevant: tuple[Mapping[int, float], ...]
    forms: tuple[str, ...]
    document_of: Ints
    documents: int
    form_language: str = "en"
    popularity: Floats | None = None
    is_whole_ranked: bool = False


MEASURES: Mapping[str, Callable[[Sequence[int], Mapping[int, float]], float]] = {
    "MRR": metrics.reciprocal_rank,
    "MAP": metrics.average_precision,
    "nDCG@10": lambda ranked, relevant: metrics.ndcg_at(ranked, relevant, 10),
    "acc@4": lambda ranked, relevant: metrics.hit_at(ranked, relevant, 1),
    "hit@3": lambda ranked, relevant: metrics.hit_at(ranked, relevant, 3),
    "hit@5": lambda ranked, relevant: metrics.hit_at(ranked, relevant, 5),
    "R@5": lambda ranked, relevant: metrics.recall_at(ranked, relevant, 5),
    "R@10": lambda ranked, relevant: metrics.recall_at(ranked, relevant, 10),
    "RP@10": lambda ranked, relevant: metrics.r_precision_at(ranked, relevant, 10),
}


def ranked(scores: Floats, kept: int) -> list[int]:
    """Documents with a score above 0, best first; equals in the order of the documents."""
    if kept < len(scores):
        least = -np.partition(-scores, kept - 1)[kept - 1]
        places = np.flatnonzero((scores >= max(least, 0)) & (scores > 0))
    else:
        places = np.flatnonzero(scores > 0)
    return [int(i) for i in places[np.argsort(-scores[places], kind="stable")][:kept]]


def values_of(task: Task, scores: Floats, first: int) -> dict[str, list[float]]:
    """Every metric for the queries from number `first` on, whose scores these are."""
    kept = task.documents if task.is_whole_ranked else KEPT
    found: dict[str, list[float]] = {name: [] for name in task.metrics}
    for row, relevant in zip(scores, task.relevant[first : first + len(scores)], strict=True):
        order = ranked(row, kept)
        for name in task.metrics:
            found[name].append(MEASURES[name](order, relevant))
    return found
