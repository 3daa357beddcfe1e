"""Free-text titles to ISCO-08 suggestions, for a person to confirm.

Character n-grams find words in any inflection and with typing errors; that measured better than
word-based and edit-distance rankings, so rapidfuzz only orders codes that tie.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

_GENDER_MARK = re.compile(r"[(\[]?\b[mwfdxhkvižn](?:\s*[/|*,]\s*(?:[mwfdxhkvižn]|gn|div)\b)+[)\]]?")
_GENDER_ENDING = re.compile(
    r"(?<=\w{3})(?:[/*:_]\s*-?|\(-?)(?:in|innen|frau|e|euse|rice|a|ka)\b\)?"
)
_PAIR = re.compile(r"(\w[\w-]*)\s*/\s*(\w[\w-]*)")
_INVERTED = re.compile(r"([^,]+),\s*([^,]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code for a title, how alike 0–1, and the label in whose words it was found."""

    code: str
    score: float
    matched_label: str
    language: str


def normalise_title(text: str) -> str:
    """One form for titles: letter case, "(m/w/d)", pairs "x/y" of genders, "Technician, dental"."""
    plain = unicodedata.normalize("NFC", text).casefold()
    plain = _GENDER_MARK.sub(" ", plain)
    plain = _GENDER_ENDING.sub("", plain)
    plain = _PAIR.sub(_first_of_pair, plain)
    inverted = _INVERTED.fullmatch(plain.strip())
    if inverted and len(inverted[2].split()) <= 2:
        plain = f"{inverted[2]} {inverted[1]}"
    return " ".join(_WORD.findall(plain))


def _first_of_pair(pair: re.Match[str]) -> str:
    # "koch/köchin", "serveur/serveuse": the same word for a man and a woman.
    first, second = (_without_marks(word)[:4] for word in pair.groups())
    is_same_word = len(first) >= 3 and first[:3] == second[:3] and len(first) == len(second)
    return pair[1] if is_same_word else f"{pair[1]} {pair[2]}"


def _without_marks(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


class _LanguageIndex:
    """Labels of one language, sorted so that those of a code stand together."""

    def __init__(self, language: str, labels: Iterable[tuple[str, str]]) -> None:
        self.language = language
        self.labels = sorted(set(labels))
        codes = [code for code, _ in self.labels]
        self.codes = sorted(set(codes))
        self.starts = np.searchsorted(np.array(codes), np.array(self.codes))
        self._vectoriser = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32
        )
        texts = [normalise_title(label) for _, label in self.labels]
        self._matrix = sparse.csr_array(self._vectoriser.fit_transform(texts))

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Likeness of every label to a normalised text."""
        query = self._vectoriser.transform([text])
        return np.asarray((self._matrix @ query.T).toarray(), np.float32).ravel()

    def best(self, text: str, top: int) -> list[Suggestion]:
        """The best codes, each by its best label."""
        scores = self.scores(text)
        by_code = np.maximum.reduceat(scores, self.starts)
        count = min(top, len(by_code))
        chosen = np.argpartition(-by_code, count - 1)[:count]
        return [self._suggestion(scores, int(i)) for i in chosen if by_code[i] > 0]

    def _suggestion(self, scores: npt.NDArray[np.float32], i: int) -> Suggestion:
        ends = [*self.starts[1:], len(self.labels)]
        row = int(self.starts[i]) + int(np.argmax(scores[self.starts[i] : ends[i]]))
        code, label = self.labels[row]
        return Suggestion(code, min(float(scores[row]), 1.0), label, self.language)


class TitleIndex:
    """Labels of occupations in several languages; each language is indexed when first needed."""

    def __init__(self, labels: Iterable[tuple[str, str, str]]) -> None:
        """Take (code, language, label); labels without a letter are left out."""
        by_language: dict[str, list[tuple[str, str]]] = {}
        for code, language, label in labels:
            if normalise_title(label):
                by_language.setdefault(language, []).append((code, label))
        self._labels: Mapping[str, list[tuple[str, str]]] = by_language
        self._indexes: dict[str, _LanguageIndex] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have labels."""
        return tuple(sorted(self._labels))

    def suggest(
        self, text: str, *, top: int = 3, language: str | None = None, least: float = 0.2
    ) -> tuple[Suggestion, ...]:
        """The likeliest codes, best first; none for a text without words.

        With the text's own language only its labels are compared, if there are any; otherwise all.
        Where even the best is less alike than `least` (0–1), nothing is suggested.
        """
        wanted = normalise_title(text)
        if not any(letter.isalpha() for letter in wanted) or top < 1:
            return ()
        languages = [language] if language in self._labels else self.languages
        best: dict[str, Suggestion] = {}
        for name in languages:
            for found in self._index(str(name)).best(wanted, top + 5):
                if found.code not in best or _order(found, wanted) < _order(
                    best[found.code], wanted
                ):
                    best[found.code] = found
        ranked = sorted(best.values(), key=lambda found: _order(found, wanted))[:top]
        return tuple(ranked) if ranked and ranked[0].score >= least else ()

    def _index(self, language: str) -> _LanguageIndex:
        if language not in self._indexes:
            self._indexes[language] = _LanguageIndex(language, self._labels[language])
        return self._indexes[language]


def _order(found: Suggestion, wanted: str) -> tuple[float, float, str, str]:
    # Ties to three decimals go to the label that differs by fewest letters.
    alike = fuzz.ratio(wanted, normalise_title(found.matched_label))
    return -round(found.score, 3), -alike, found.code, found.language
