"""Texts as weighted character n-grams, hashed: no vocabulary to keep, one space for all languages.

Character n-grams find words in any inflection and with typing errors; that measured better than
words and than edit distance (docs/reference/quality.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from matching.texts.stored import Array, Arrays

FEATURES = 1 << 20
SHORTEST, LONGEST = 2, 5
STEM = 5  # letters of a word that stay when its inflection goes
FULLNESS, LENGTH_SHARE = 1.2, 0.75  # BM25's k1 and b

_WORD = re.compile(r"\w+")

Floats = npt.NDArray[np.float32]

_COUNTER = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(SHORTEST, LONGEST),
    n_features=FEATURES,
    alternate_sign=False,
    norm=None,
    lowercase=False,
    dtype=np.float32,
)


_WORD_COUNTERS = {
    longest: HashingVectorizer(
        token_pattern=r"\w+",
        ngram_range=(1, longest),
        n_features=FEATURES,
        alternate_sign=False,
        norm=None,
        lowercase=False,
        dtype=np.float32,
    )
    for longest in (1, 2)
}


def _stems(text: str) -> list[str]:
    return [word[:STEM] for word in _WORD.findall(text)]


_STEM_COUNTER = HashingVectorizer(
    analyzer=_stems, n_features=FEATURES, alternate_sign=False, norm=None, dtype=np.float32
)


def counts_of(texts: Sequence[str]) -> sparse.csr_array:
    """How often each n-gram of letters stands in each text, dampened: 1 + ln(count)."""
    return _dampened(_COUNTER, texts)


def word_counts_of(texts: Sequence[str], *, longest: int = 2) -> sparse.csr_array:
    """The same of words and, with `longest` 2, of pairs of words."""
    return _dampened(_WORD_COUNTERS[longest], texts)


def _dampened(counter: HashingVectorizer, texts: Sequence[str]) -> sparse.csr_array:
    counted = sparse.csr_array(counter.transform(texts))
    np.log(counted.data, out=counted.data)
    counted.data += 1
    return counted


def rarity_of(counted: sparse.csr_array) -> Floats:
    """Weight of every n-gram: the fewer texts have it, the more it says; 0 if none has it."""
    texts = counted.shape[0]
    having = np.bincount(counted.indices, minlength=counted.shape[1])
    rarity = np.where(having > 0, np.log((1 + texts) / (1 + having)) + 1, 0)
    return np.asarray(rarity, np.float32)


def weighted(counted: sparse.csr_array, rarity: Floats) -> sparse.csr_array:
    """Rows of unit length, so that a product of two rows is their likeness 0–1."""
    rows = counted.copy()
    rows.data *= rarity[rows.indices]
    of_row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    lengths = np.sqrt(np.bincount(of_row, rows.data**2, minlength=rows.shape[0]))
    rows.data /= np.asarray(np.maximum(lengths, 1e-12)[of_row], np.float32)
    return rows


def stem_counts_of(texts: Sequence[str]) -> sparse.csr_array:
    """How often each word's beginning stands in each text."""
    return sparse.csr_array(_STEM_COUNTER.transform(texts))


def bm25(counted: sparse.csr_array) -> sparse.csr_array:
    """Rows weighted by BM25: rare words, repeated a little, in short texts."""
    rows = counted.copy()
    texts = rows.shape[0]
    having = np.bincount(rows.indices, minlength=rows.shape[1])
    rarity = np.log1p((texts - having + 0.5) / (having + 0.5))
    of_row = np.repeat(np.arange(texts), np.diff(rows.indptr))
    lengths = np.bincount(of_row, rows.data, minlength=texts)
    length = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(lengths.mean(), 1e-12)
    dampened = rows.data * (FULLNESS + 1) / (rows.data + FULLNESS * length[of_row])
    rows.data = np.asarray(rarity[rows.indices] * dampened, np.float32)
    return rows


class Postings:
    """Rows turned over: for each n-gram the rows that have it; a query reads few of them."""

    def __init__(self, rows: sparse.csr_array) -> None:
        self.rows = rows.shape[0]
        turned = rows.tocsc()
        self.used = np.flatnonzero(np.diff(turned.indptr)).astype(np.int32)
        self._starts = np.append(turned.indptr[self.used], turned.indptr[-1]).astype(np.int64)
        self._row = turned.indices.astype(np.int32)
        self._weight = turned.data

    def likeness(self, query: sparse.csr_array) -> Floats:
        """Of each row to a query of one row."""
        found: Floats = np.zeros(self.rows, np.float32)
        if not len(self.used):
            return found
        places = np.minimum(np.searchsorted(self.used, query.indices), len(self.used) - 1)
        known = self.used[places] == query.indices
        for place, weight in zip(places[known], query.data[known], strict=True):
            part = slice(self._starts[place], self._starts[place + 1])
            found[self._row[part]] += self._weight[part] * weight  # a row stands there once
        return found

    def arrays(self) -> Arrays:
        """All it is made of."""
        return {
            "rows": np.array([self.rows], np.int64),
            "used": self.used,
            "starts": self._starts,
            "row": self._row,
            "weight": self._weight,
        }

    @classmethod
    def of(cls, arrays: Mapping[str, Array]) -> Postings:
        """What `arrays` gave."""
        made = cls.__new__(cls)
        made.rows = int(arrays["rows"].tolist()[0])
        made.used = np.asarray(arrays["used"], np.int32)
        made._starts = np.asarray(arrays["starts"], np.int64)
        made._row = np.asarray(arrays["row"], np.int32)
        made._weight = np.asarray(arrays["weight"], np.float32)
        return made

    @property
    def bytes(self) -> int:
        """Memory that the lists take."""
        return sum(a.nbytes for a in (self.used, self._starts, self._row, self._weight))
