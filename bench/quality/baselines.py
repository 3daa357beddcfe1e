"""What any engine must beat: chance, popularity, BM25, character TF-IDF."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from bench.quality.metrics import SEED
from bench.quality.task import Floats, Ints, Scorer, Task

BM25_K1, BM25_B = 1.2, 0.75


def random(task: Task) -> Scorer:
    rng = np.random.default_rng(SEED)

    def score(texts: Sequence[str]) -> Floats:
        return 1 + rng.random((len(texts), task.documents), dtype=np.float32)

    return score


def popularity(task: Task) -> Scorer:
    """The same order for every text: what occurs most in training, else what has most forms."""
    counts = np.bincount(task.document_of, minlength=task.documents).astype(np.float32)
    prior = task.popularity if task.popularity is not None else counts

    def score(texts: Sequence[str]) -> Floats:
        return np.repeat(1 + prior[None, :], len(texts), axis=0)

    return score


def character_tfidf(task: Task) -> Scorer:
    vectoriser = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32
    )
    return _scorer(task, vectoriser, vectoriser.fit_transform(task.forms))


def bm25(task: Task) -> Scorer:
    counter = CountVectorizer(token_pattern=r"\w+", dtype=np.float32)
    counts = counter.fit_transform(task.forms).tocsr()
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (counts.shape[0] - having + 0.5) / (having + 0.5))
    of_row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    dampened = counts.data + BM25_K1 * (1 - BM25_B + BM25_B * lengths / lengths.mean())[of_row]
    counts.data = (rarity[counts.indices] * counts.data * (BM25_K1 + 1) / dampened).astype("f4")
    return _scorer(task, counter, counts)


def _scorer(task: Task, vectoriser: TfidfVectorizer, forms: sparse.csr_matrix) -> Scorer:
    turned = forms.T.tocsr()

    def score(texts: Sequence[str]) -> Floats:
        alike = (vectoriser.transform(texts) @ turned).toarray()
        return pooled(alike, task.document_of, task.documents)

    return score


def pooled(alike: Floats, document_of: Ints, documents: int) -> Floats:
    """Of the forms of a document the best."""
    if documents == len(document_of) and np.array_equal(document_of, np.arange(documents)):
        return alike
    order = np.argsort(document_of, kind="stable")
    have, starts = np.unique(document_of[order], return_index=True)
    found = np.zeros((len(alike), documents), np.float32)
    found[:, have] = np.maximum.reduceat(alike[:, order], starts, axis=1)
    return found


BASELINES = {
    "random": random,
    "popularity": popularity,
    "BM25": bm25,
    "char TF-IDF": character_tfidf,
}


def pivot(
    texts_of_concepts: Sequence[tuple[str, str]],
    task: Task,
    column_of_form: Ints,
    place: dict[str, int],
) -> Scorer:
    """As first measured: own-language character TF-IDF to concepts, 0.05 of the direct likeness.

    `texts_of_concepts` = (concept, label in the text's language).
    """
    vectoriser = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32
    )
    own = vectoriser.fit_transform([text for _, text in texts_of_concepts]).T.tocsr()
    concept_of = np.array([place[concept] for concept, _ in texts_of_concepts])
    direct = character_tfidf(task)

    def score(texts: Sequence[str]) -> Floats:
        alike = (vectoriser.transform(texts) @ own).toarray()
        by_concept = pooled(alike, concept_of, len(place))[:, column_of_form]
        return by_concept + 0.05 * direct(texts)

    return score
