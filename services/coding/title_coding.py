"""Texts to ranked codes: one function for screens, the terminal and measurements.

Labels of the classification are compared in the text's language; the coder in use adds what it
learnt from decisions. Indexes are kept in memory as long as labels and version are the same.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.queries import coding_labels
from db.repositories import coding as repository
from db.session import engine, reading
from matching.texts.coding import Kind, Label, LanguageIndex, Match, has_word
from matching.texts.decided import certainty, together
from matching.texts.meaning import Background
from matching.texts.sentences import SentenceIndex
from matching.texts.titles import normalise_title
from services.coding.kept_indexes import kept_or_built
from services.reference import Loaded, loaded_files

if TYPE_CHECKING:
    from matching.texts.coder import Coder


class Classification(StrEnum):
    """What a text can be coded to."""

    ISCO = "isco"
    ESCO = "esco"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class RankedCode:
    """A code for a text: rank score 0–1, and what speaks for it."""

    code: str
    score: float
    likeness: float = 0.0
    """Of the label below to the text, 0–1; 0 = only earlier decisions speak for the code."""
    label: str = ""
    language: str = ""
    decided: float | None = None
    """0–1, how much earlier decisions speak for it; None = no coder is in use."""


Key = tuple[Classification, str]
Index = LanguageIndex | SentenceIndex


@dataclass
class _Kept:
    """Of one database: what the indexes were made of, and the indexes."""

    loaded: Loaded
    indexes: dict[Key, Index | None] = field(default_factory=dict)
    backgrounds: dict[Classification, Background] = field(default_factory=dict)
    coder: tuple[tuple[int, str], Coder] | None = None


WIDER = 40
"""Labels looked at for each text: what the coder ranks first may not be first among them."""

log = logging.getLogger(__name__)

_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_guard = threading.Lock()

_NAMES: Mapping[Classification, Callable[[Session, str], list[coding_labels.Named]]] = {
    Classification.ISCO: coding_labels.isco_names,
    Classification.ESCO: coding_labels.esco_names,
    Classification.SKILL: coding_labels.skill_names,
}
_SAID: Mapping[Classification, Callable[[Session], list[tuple[str, str]]]] = {
    Classification.ISCO: coding_labels.isco_background,
    Classification.ESCO: coding_labels.esco_background,
}


def rank_codes(
    text: str, *, languages: Iterable[str], to: Classification, top: int
) -> tuple[RankedCode, ...]:
    """The likeliest codes for a text that is written in one of the languages, best first."""
    if top < 1 or not has_word(text):
        return ()
    with reading() as session:
        indexes = [index for lang in languages if (index := _index(session, to, lang))]
        coder = _coder(session) if to is Classification.ISCO else None
    return _ranked(text, indexes, coder[1] if coder else None, top)


def coder_in_use() -> tuple[int, Coder] | None:
    """Number of the version in use, and the coder itself."""
    with reading() as session:
        return _coder(session)


def labels_of(languages: Sequence[str], *, most: int) -> list[tuple[str, str]]:
    """(unit group, name) in these languages, preferred names first; at most so many in all."""
    found: list[tuple[str, str]] = []
    with reading() as session:
        for language in languages:
            names = coding_labels.isco_names(session, language)
            names.sort(key=lambda one: not one[2])
            found += [(code, name) for code, name, _ in names[: most // len(languages)]]
    return found


def has_labels(language: str, to: Classification) -> bool:
    """Whether texts in the language can be coded."""
    with reading() as session:
        return _index(session, to, language) is not None


def rank_with(
    text: str, *, languages: Iterable[str], coder: Coder | None, top: int
) -> tuple[RankedCode, ...]:
    """As `rank_codes` to ISCO-08, with a given coder instead of the one in use."""
    with reading() as session:
        indexes = [i for lang in languages if (i := _index(session, Classification.ISCO, lang))]
    return _ranked(text, indexes, coder, top) if has_word(text) else ()


def _ranked(
    text: str, indexes: Iterable[Index], coder: Coder | None, top: int
) -> tuple[RankedCode, ...]:
    plain = normalise_title(text)
    best: dict[str, Match] = {}
    for index in indexes:
        for match in index.matches(plain, top if coder is None else max(top, WIDER)):
            known = best.get(match.concept)
            if known is None or (match.score, match.likeness) > (known.score, known.likeness):
                best[match.concept] = match
    if coder is None:
        found = [
            RankedCode(m.concept, m.score, m.likeness, m.label, m.language) for m in best.values()
        ]
    else:
        found = _with_decisions(text, best, coder, max(top, WIDER))
    found.sort(key=lambda one: (-round(one.score, 6), -one.likeness, one.code))
    return tuple(found[:top])


def _with_decisions(
    text: str, best: Mapping[str, Match], coder: Coder, top: int
) -> list[RankedCode]:
    scores = certainty(coder.scores([text])[0])
    order = (-scores).argsort(kind="stable")[:top]
    kept = {coder.codes[i] for i in order} | best.keys()
    decided = {
        code: float(score)
        for code, score in zip(coder.codes, scores, strict=True)
        if code in kept and score > 0
    }
    total = together(decided, {code: match.score for code, match in best.items()})
    return [
        RankedCode(
            code,
            score,
            best[code].likeness if code in best else 0.0,
            best[code].label if code in best else "",
            best[code].language if code in best else "",
            decided.get(code, 0.0),
        )
        for code, score in total.items()
    ]


def forget_indexes() -> None:
    """Read them from disk at the next text, or build them anew."""
    _kept.pop(engine(), None)


def _index(session: Session, to: Classification, language: str) -> Index | None:
    """The index of a language; None where it has no labels."""
    kept = _state(session)
    key = (to, language)
    if key not in kept.indexes:
        with _guard:
            if key not in kept.indexes:
                kept.indexes[key] = _built(session, kept, to, language)
    return kept.indexes[key]


def _built(session: Session, kept: _Kept, to: Classification, language: str) -> Index | None:
    named = _NAMES[to](session, language)
    if not any(has_word(name) for _, name, _ in named):
        return None
    if to is Classification.SKILL:  # a skill is named among other words
        return SentenceIndex(language, _labels(named, language))
    groups = []
    if to is Classification.ESCO:
        # A title may be wider than every occupation: then its group is the answer.
        groups = list(coding_labels.group_titles(session, language, None))

    def build() -> LanguageIndex:
        labels = _labels(named, language)
        labels += [
            Label(coding_labels.GROUP_URI + code, language, title, Kind.PREFERRED, is_group=True)
            for code, title in groups
        ]
        if to not in kept.backgrounds:
            kept.backgrounds[to] = Background.told("en", _SAID[to](session))
        return LanguageIndex(language, labels, kept.backgrounds[to])

    made_of = map(repr, (kept.loaded, sorted(named), sorted(groups)))
    return kept_or_built(f"{to}-{language}", made_of, LanguageIndex.of, LanguageIndex.arrays, build)


def _labels(named: Iterable[coding_labels.Named], language: str) -> list[Label]:
    return [
        Label(code, language, name, Kind.PREFERRED if is_preferred else Kind.ALTERNATIVE)
        for code, name, is_preferred in named
        if has_word(name)
    ]


def _state(session: Session) -> _Kept:
    current = engine()
    loaded = loaded_files(session)
    with _guard:
        if current not in _kept or _kept[current].loaded != loaded:
            _kept[current] = _Kept(loaded)
        return _kept[current]


def _coder(session: Session) -> tuple[int, Coder] | None:
    wanted = repository.in_use(session)
    if wanted is None:
        return None
    kept = _state(session)
    if kept.coder is None or kept.coder[0] != wanted:
        content = repository.content(session, wanted[0])
        if content is None:
            return None
        # Imported where a version is in use: it brings half of scikit-learn with it.
        from matching.texts.coder import Coder, UnreadableCoder

        try:
            kept.coder = (wanted, Coder.from_bytes(content))
        except UnreadableCoder:
            # Another release wrote it: known titles serve until a new version is trained.
            log.log(logging.WARNING, "coder version %s can't be read", wanted[0])
            return None
    return wanted[0], kept.coder[1]
