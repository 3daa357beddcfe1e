"""Free text to concepts (occupations, skills, ISCO-08 groups): ranked, a person confirms.

The pivot: a text is compared with the labels of its own language, and what comes out is the
concept, which has labels in every language. The weights below were measured together over all
sets of docs/reference/quality.md, none for one set alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from matching.texts.meaning import Background, Space
from matching.texts.ngrams import (
    FEATURES,
    Floats,
    Postings,
    bm25,
    counts_of,
    rarity_of,
    stem_counts_of,
    weighted,
)
from matching.texts.stored import Array, Arrays, from_texts, part, to_texts, under
from matching.texts.titles import normalise_title

POOLING = 8  # the best label counts most, further ones that are alike a little
PREFERRED_WEIGHT = 0.25
WORDS_WEIGHT = 0.4  # beginnings of words over all names of a concept, 1 for the best concept
OCCUPATION_WEIGHT = 0.4  # a group's title must fit far better than an occupation's
FULL = 1 + PREFERRED_WEIGHT + WORDS_WEIGHT + OCCUPATION_WEIGHT
MEANING_WEIGHT = 0.4  # nearness of the text's words in the space of meaning
SPREAD_WEIGHT = 0.3  # nearness to what was found by letters, and to what was found by words
LETTERS_SHARPNESS, WORDS_SHARPNESS = 6, 3  # only what was found best is spread


Spaces = tuple[()] | tuple[Space, Space]


class Kind(IntEnum):
    """What a label is to its concept."""

    PREFERRED = 0
    ALTERNATIVE = 1


@dataclass(frozen=True, slots=True)
class Label:
    """One of the names that a concept has in a language."""

    concept: str
    language: str
    text: str
    kind: Kind = Kind.ALTERNATIVE
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A concept for a text: rank score, likeness 0–1, and the label in whose words it was found."""

    concept: str
    score: float
    label: str
    language: str
    likeness: float


class LanguageIndex:
    """Labels of one language, sorted so that those of a concept stand together."""

    def __init__(
        self, language: str, labels: Iterable[Label], background: Background | None = None
    ) -> None:
        """`background` = what is known of the concepts beside these labels."""
        self.language = language
        kept = sorted(set(labels), key=lambda label: (label.concept, label.kind, label.text))
        self.labels = tuple(label.text for label in kept)
        self.concepts = tuple(dict.fromkeys(label.concept for label in kept))
        place = {concept: i for i, concept in enumerate(self.concepts)}
        self._concept_of = np.array([place[label.concept] for label in kept], np.int64)
        self._place()
        is_preferred = np.array([label.kind is Kind.PREFERRED for label in kept], bool)
        self._preferred = np.flatnonzero(is_preferred)
        is_group = np.zeros(len(self.concepts), bool)
        is_group[self._concept_of] = [label.is_group for label in kept]
        self._bonus = np.where(is_group, 0, OCCUPATION_WEIGHT).astype(np.float32)
        plain = [normalise_title(text) for text in self.labels]
        counted = counts_of(plain)
        self._rarity = rarity_of(counted)
        self._letters = Postings(weighted(counted, self._rarity))
        together = self._names_together(plain)
        self._words = Postings(bm25(stem_counts_of(together)))
        self._spaces = self._learn(together, background)

    def arrays(self) -> Arrays:
        """All it is made of, to be kept in a file."""
        own = {
            "language": from_texts([self.language]),
            "labels": from_texts(self.labels),
            "concepts": from_texts(self.concepts),
            "concept_of": self._concept_of,
            "preferred": self._preferred,
            "bonus": self._bonus,
            "rarity": self._rarity[self._letters.used],
        }
        parts = {"letters": self._letters.arrays(), "words": self._words.arrays()}
        parts |= {f"space{i}": space.arrays() for i, space in enumerate(_distinct(self._spaces))}
        for name, arrays in parts.items():
            own |= under(name, arrays)
        return own

    @classmethod
    def of(cls, arrays: Mapping[str, Array]) -> LanguageIndex:
        """What `arrays` gave; KeyError where something is missing."""
        made = cls.__new__(cls)
        (made.language,) = to_texts(arrays["language"])
        made.labels = tuple(to_texts(arrays["labels"]))
        made.concepts = tuple(to_texts(arrays["concepts"]))
        made._concept_of = np.asarray(arrays["concept_of"], np.int64)
        made._place()
        made._preferred = np.asarray(arrays["preferred"], np.int64)
        made._bonus = np.asarray(arrays["bonus"], np.float32)
        made._letters = Postings.of(part("letters", arrays))
        made._rarity = np.zeros(FEATURES, np.float32)
        made._rarity[made._letters.used] = np.asarray(arrays["rarity"], np.float32)
        made._words = Postings.of(part("words", arrays))
        found = [part(f"space{i}", arrays) for i in range(2)]
        spaces = [Space.made_of(each) for each in found if each]
        made._spaces = (spaces[0], spaces[-1]) if spaces else ()
        return made

    def _place(self) -> None:
        self._starts = np.searchsorted(self._concept_of, np.arange(len(self.concepts)))
        self._ends = np.append(self._starts[1:], len(self.labels))

    def _learn(
        self, names: Sequence[str], background: Background | None
    ) -> tuple[()] | tuple[Space, Space]:
        # One in which this language's words have a place, one for what was found: names in another
        # language are cleaner than translations with every gender's ending.
        if background is None or not background.is_enough(self.concepts):
            return ()
        shared = background.space(self.concepts)
        if self.language == background.language:
            return shared, shared
        known = [background.texts.get(concept, "") for concept in self.concepts]
        own = [f"{name} {text}" for name, text in zip(names, known, strict=True)]
        return Space.learn(own), shared

    def _names_together(self, plain: Sequence[str]) -> list[str]:
        spans = zip(self._starts, self._ends, strict=True)
        return [" ".join(plain[start:end]) for start, end in spans]

    def scores(self, plain: str) -> tuple[Floats, Floats]:
        """Rank score 0–1 of each concept and likeness of each label to a normalised text."""
        alike = self._letters.likeness(weighted(counts_of([plain]), self._rarity))
        pooled: Floats = np.add.reduceat(alike**POOLING, self._starts) ** np.float32(1 / POOLING)
        preferred = np.zeros_like(pooled)
        np.maximum.at(preferred, self._concept_of[self._preferred], alike[self._preferred])
        words = self._words.likeness(stem_counts_of([plain]))
        words /= max(float(words.max(initial=0)), 1e-12)
        total = pooled + PREFERRED_WEIGHT * preferred + WORDS_WEIGHT * words + self._bonus
        full = FULL
        if self._spaces:
            own, shared = self._spaces
            total += MEANING_WEIGHT * own.near(plain)
            total += SPREAD_WEIGHT * shared.spread(pooled**LETTERS_SHARPNESS)
            total += SPREAD_WEIGHT * shared.spread(words**WORDS_SHARPNESS)
            full += MEANING_WEIGHT + 2 * SPREAD_WEIGHT
        return np.asarray(np.where(pooled > 0, total / full, 0), np.float32), alike

    def matches(self, plain: str, top: int) -> list[Match]:
        """The best concepts, each with the label that is most alike."""
        scores, alike = self.scores(plain)
        count = min(top, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        return [self._match(scores, alike, int(i)) for i in best if scores[i] > 0]

    def _match(self, scores: Floats, alike: Floats, i: int) -> Match:
        start, end = int(self._ends[i - 1]) if i else 0, int(self._ends[i])
        row = start + int(np.argmax(alike[start:end]))
        return Match(
            self.concepts[i],
            min(float(scores[i]), 1.0),
            self.labels[row],
            self.language,
            min(float(alike[row]), 1.0),
        )


class CodingIndex:
    """Labels of concepts in several languages; each language is indexed when first needed."""

    def __init__(self, labels: Iterable[Label], background: Background | None = None) -> None:
        """Labels without a letter are left out."""
        self._background = background
        self._labels: dict[str, list[Label]] = {}
        for label in labels:
            if has_word(label.text):
                self._labels.setdefault(label.language, []).append(label)
        self._indexes: dict[str, LanguageIndex] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have labels."""
        return tuple(sorted(self._labels))

    def rank(
        self, text: str, *, languages: Sequence[str] = (), top: int = 10, least: float = 0.0
    ) -> tuple[Match, ...]:
        """The likeliest concepts, best first; none for a text without words.

        Compared with the labels of the `languages` in which the text may be written, those that
        have labels; with all if none has. Nothing where the best is less alike than `least` (0–1).
        """
        if not has_word(text) or top < 1:
            return ()
        plain = normalise_title(text)
        best: dict[str, Match] = {}
        for language in self._known(languages):
            for match in self.index(language).matches(plain, top + 5):
                known = best.get(match.concept)
                if known is None or _order(match) < _order(known):
                    best[match.concept] = match
        ranked = tuple(sorted(best.values(), key=_order)[:top])
        is_alike = any(match.likeness >= least for match in ranked)
        return ranked if is_alike else ()

    def _known(self, languages: Sequence[str]) -> tuple[str, ...]:
        named = tuple(dict.fromkeys(name for name in languages if name in self._labels))
        return named or self.languages

    def index(self, language: str) -> LanguageIndex:
        """The index of a language that has labels; made when first asked for."""
        if language not in self._indexes:
            self._indexes[language] = LanguageIndex(
                language, self._labels[language], self._background
            )
        return self._indexes[language]


def _distinct(spaces: Sequence[Space]) -> list[Space]:
    return [
        space for i, space in enumerate(spaces) if not any(space is other for other in spaces[:i])
    ]


def has_word(text: str) -> bool:
    """Whether anything with a letter is left when marks of gender are taken away."""
    return any(letter.isalpha() for letter in normalise_title(text))


def _order(match: Match) -> tuple[float, float, str, str]:
    return -round(match.score, 6), -match.likeness, match.concept, match.language
