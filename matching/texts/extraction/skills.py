"""Skills of a vocabulary, found in a text by their labels: inflected, compound, mistyped.

Words are alike when they share their letter trigrams; a label is found in a clause when enough of
its words, the rare ones weighing more, stand close together there.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.texts.extraction.clauses import Clause, clauses, kind_near
from matching.texts.extraction.findings import SkillFound, Span
from matching.texts.extraction.word_tables import LANGUAGES, function_words, named_languages
from matching.texts.stored import (
    Array,
    Arrays,
    from_matrix,
    from_texts,
    part,
    to_matrix,
    to_texts,
    under,
)

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BUCKETS = 1 << 18
LEAST_ALIKE = 0.77
"""Two words less alike than this (0–1) are different words."""
LIKE_PART = 0.8
"""How alike a long word and a compound that holds it are."""
_LONG_WORD = 5
LEAST_SCORE = 0.72
"""A label less found than this (0–1) is not offered."""
LEAST_ALONE = 0.93
"""As above, for a label of one word: nothing else confirms it."""
GAP, COMMA = 0.05, 0.3
"""What a label loses for each other word, and each comma, between its words."""
_SPREAD = 3
"""Words that may stand between those of a label."""
_SHORTEST = 3
_VOWELS = frozenset("aeiouyąęóаеиоуыэюяაეიოუ")


@dataclass(frozen=True, slots=True)
class _Hit:
    score: float
    first: int
    last: int


class SkillFinder:
    """Labels of skills in one language, ready to be looked for."""

    def __init__(self, labels: Iterable[tuple[str, str]], lang: str) -> None:
        """Take (skill, label) in that language."""
        skip = function_words(lang)
        by_words: dict[tuple[str, str], tuple[str, list[str]]] = {}
        for skill, label in labels:
            words = [word for word in _words(label) if not skip.fullmatch(word)]
            # Of "load OS" one word would be left, and be found wherever something is loaded.
            is_whole = len(words) > 1 or len(label.split()) == 1
            if words and is_whole:
                by_words.setdefault((skill, " ".join(words)), (label, words))
        self._labels = [(key[0], label, words) for key, (label, words) in by_words.items()]
        self._number()

    def arrays(self) -> Arrays:
        """All it is made of, to be kept in a file."""
        return {
            "skills": from_texts([skill for skill, _, _ in self._labels]),
            "labels": from_texts([label for _, label, _ in self._labels]),
            "words": from_texts([" ".join(words) for _, _, words in self._labels]),
            **under("trigrams", from_matrix(self._trigrams)),
            **under("weights", from_matrix(self._weights)),
        }

    @classmethod
    def of(cls, arrays: Mapping[str, Array]) -> SkillFinder:
        """What `arrays` gave; KeyError where something is missing."""
        made = cls.__new__(cls)
        words = [text.split() for text in to_texts(arrays["words"])]
        named = zip(to_texts(arrays["skills"]), to_texts(arrays["labels"]), words, strict=True)
        made._labels = list(named)
        made._number()
        made.__dict__["_trigrams"] = to_matrix(part("trigrams", arrays))
        made.__dict__["_weights"] = to_matrix(part("weights", arrays))
        return made

    def _number(self) -> None:
        self.vocabulary = sorted({word for _, _, words in self._labels for word in words})
        self._place = {word: i for i, word in enumerate(self.vocabulary)}

    def __len__(self) -> int:
        return len(self._labels)

    @cached_property
    def _trigrams(self) -> sparse.csr_array:
        return _trigram_matrix(self.vocabulary)

    @cached_property
    def _sizes(self) -> npt.NDArray[np.float32]:
        return np.asarray(self._trigrams.sum(axis=1), np.float32).ravel()

    @cached_property
    def _weights(self) -> sparse.csr_array:
        """Labels × vocabulary: the share of each word, rare words more; rows sum to 1."""
        rows = [i for i, (_, _, words) in enumerate(self._labels) for _ in set(words)]
        columns = [self._place[word] for _, _, words in self._labels for word in set(words)]
        shape = (len(self._labels), len(self.vocabulary))
        counts = np.bincount(columns, minlength=shape[1])
        rarity = np.log((1 + shape[0]) / (1 + counts)) + 0.3
        data = rarity[columns].astype(np.float32)
        sums = np.bincount(rows, weights=data, minlength=shape[0])
        return sparse.csr_array((data / sums[rows], (rows, columns)), shape=shape, dtype=np.float32)

    def find(self, text: str, lang: str, *, top: int = 40) -> tuple[SkillFound, ...]:
        """Skills named in a text, each by its best place; in the order of the text."""
        if not self._labels:
            return ()
        best: dict[str, SkillFound] = {}
        skip = function_words(lang)
        parts = [
            (clause, [m for m in _WORD.finditer(clause.text) if not skip.fullmatch(m[0])])
            for clause in clauses(text, lang)
        ]
        words = sorted({_fold(m[0]) for _, found in parts for m in found})
        if not words:
            return ()
        alike = self._alike(words)
        place = {word: i for i, word in enumerate(words)}
        for clause, matches in parts:
            rows = [place[_fold(m[0])] for m in matches]
            if rows:
                for found in self._in_clause(clause, matches, alike[rows], lang):
                    known = best.get(found.skill)
                    if known is None or found.score > known.score:
                        best[found.skill] = found
        # Where skills share most of their words, the better one stands, and more words are more
        # evidence: "harvest crops" before "harvest".
        chosen = sorted(best.values(), key=lambda f: (-round(_evidence(f), 2), f.span, f.skill))
        kept: list[SkillFound] = []
        for found in chosen:
            if not any(_mostly_within(found.span, other.span) for other in kept):
                kept.append(found)
        kept = sorted(kept, key=lambda f: (-f.score, f.span, f.skill))[:top]
        return tuple(sorted(kept, key=lambda f: (f.span, f.skill)))

    def _alike(self, words: Sequence[str]) -> sparse.csr_array:
        """Words of the text × vocabulary: how alike, only what is alike enough."""
        own = _trigram_matrix(words)
        shared = sparse.coo_array(own @ self._trigrams.T)
        sizes = np.asarray(own.sum(axis=1), np.float32).ravel()
        there = self._sizes[shared.col]
        here = sizes[shared.row]
        likeness = np.sqrt(2 * shared.data / (here + there))
        # "Gabelstaplerfahrer" holds "Stapler": long words inside longer ones count as alike.
        is_part = (np.minimum(here, there) >= _LONG_WORD) & (
            shared.data >= 0.8 * np.minimum(here, there)
        )
        likeness = np.where(is_part, np.maximum(likeness, LIKE_PART), likeness)
        keep = likeness >= LEAST_ALIKE
        return sparse.csr_array(
            (np.minimum(likeness[keep], 1.0), (shared.row[keep], shared.col[keep])),
            shape=shared.shape,
        )

    def _in_clause(
        self, clause: Clause, matches: Sequence[re.Match[str]], alike: sparse.csr_array, lang: str
    ) -> Iterable[SkillFound]:
        best_of_word = alike.max(axis=0).toarray().ravel()
        scores = self._weights @ best_of_word
        others = named_languages(clause.text, lang) if lang in LANGUAGES else []
        for row in np.flatnonzero(scores >= LEAST_SCORE):
            skill, label, words = self._labels[int(row)]
            hit = self._window(int(row), words, alike)
            if hit is None:
                continue
            start, end = matches[hit.first].start(), matches[hit.last].end()
            score = hit.score - COMMA * clause.text[start:end].count(",")
            if score < LEAST_SCORE:
                continue
            kind = kind_near(clause, start, end, lang, others) if lang in LANGUAGES else None
            span = Span(clause.start + start, clause.start + end)
            yield SkillFound(skill, span, round(score, 3), label, kind)

    def _window(self, row: int, words: Sequence[str], alike: sparse.csr_array) -> _Hit | None:
        """The densest place in a clause that holds the label's words."""
        columns = [self._place[word] for word in dict.fromkeys(words)]
        weights = np.array([self._weights[row, column] for column in columns], np.float32)
        near = alike[:, columns].toarray()
        least = LEAST_ALONE if len(columns) == 1 else LEAST_SCORE
        width = len(columns) + _SPREAD
        best: _Hit | None = None
        for first in np.flatnonzero(near.any(axis=1)):
            window = near[first : first + width]
            filled = np.flatnonzero(window.any(axis=1))
            between = int(filled[-1]) + 1 - len(filled)
            score = min(float(weights @ window.max(axis=0)), 1.0) - GAP * between
            if score >= least and (best is None or score > best.score + 1e-6):
                best = _Hit(score, int(first), int(first + filled[-1]))
        return best


def _evidence(found: SkillFound) -> float:
    return found.score * math.sqrt(len(_words(found.label)))


def _mostly_within(span: Span, other: Span) -> bool:
    shared = min(span.end, other.end) - max(span.start, other.start)
    return 2 * shared > span.end - span.start


def _words(text: str) -> list[str]:
    return [word for word in map(_fold, _WORD.findall(text)) if len(word) >= _SHORTEST]


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _trigram_matrix(words: Sequence[str]) -> sparse.csr_array:
    """Words × letter trigrams (hashed), the beginning marked; last vowels differ by inflection."""
    rows: list[int] = []
    columns: list[int] = []
    for i, word in enumerate(words):
        stem = word[:-1] if len(word) > _SHORTEST and word[-1] in _VOWELS else word
        marked = f"^{stem}"
        grams = {marked[k : k + 3] for k in range(max(1, len(marked) - 2))}
        rows.extend([i] * len(grams))
        columns.extend(_bucket(gram) for gram in grams)
    data = np.ones(len(rows), np.float32)
    found = sparse.csr_array((data, (rows, columns)), shape=(len(words), _BUCKETS))
    found.sum_duplicates()
    return found


def _bucket(gram: str) -> int:
    value = 0
    for letter in gram:
        value = (value * 8191 + ord(letter)) & 0x7FFFFFFF
    return value % _BUCKETS
