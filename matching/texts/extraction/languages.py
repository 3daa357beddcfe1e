"""Languages and their levels, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.enums import CefrLevel, RequirementKind
from matching.texts.extraction.clauses import Clause, clauses, kind_near
from matching.texts.extraction.findings import Certainty, LanguageFound, Span
from matching.texts.extraction.word_tables import language_names, level_words, words

_LOOKALIKE = str.maketrans("АВС", "ABC")  # Cyrillic letters in "В2"
_LEVEL = re.compile(
    r"(?<![\w-])([ABCАВСabc])[ ]?([12])(?:[.,]\d)?\+?"
    r"(?:\s?(?:/|-|–|—|bis|to|do|или|oder|or|lub)\s?([ABCАВСabc])?[ ]?([12])\+?)?(?!\w)"
)
# Categories of driving licences look like levels: "Führerschein B1".
_LICENCE_BEFORE = re.compile(
    r"(?:schein\w*|klasse\w*|licen[cs]e|categor\w+|kat\.?|kategori\w*|jazdy|категори\w*|права"
    r"|მოწმობ\w*|კატეგორი\w*)\W{0,4}(?:[A-ZАВСЕТМ][1E]?\W{1,3}){0,4}$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:[-,/&()+ ]|\b(?:and|or|und|oder|i|lub|oraz|albo|и|или|და|ან|language|languages|język\w*"
    r"|jęz\.|язык\w*|ენ\w+)\b)*",
    re.IGNORECASE,
)
FARTHEST = 70
"""Letters between a language and what says that it is meant as one."""
NEXT_TO = 12
"""As above, for words such as "required"."""
FARTHEST_WORD = 45
"""As above, for words such as "good", which may be said of anything."""


@dataclass(slots=True)
class _Named:
    language: str
    start: int
    end: int
    group: int = 0
    level: tuple[str, Certainty] | None = None
    level_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    level: str
    start: int
    end: int
    certainty: Certainty


def find_languages(text: str, lang: str) -> tuple[LanguageFound, ...]:
    """Languages named in a text, the first mention that says most; none that is not needed."""
    best: dict[str, LanguageFound] = {}
    for clause in clauses(text, lang):
        for found in _in_clause(clause, lang):
            known = best.get(found.language)
            if known is None or _tells(found) > _tells(known):
                best[found.language] = found
    return tuple(sorted(best.values(), key=lambda found: found.span))


def _tells(found: LanguageFound) -> int:
    if found.level is None:
        return 0
    return 2 if found.certainty is Certainty.NAMED else 1


def _in_clause(clause: Clause, lang: str) -> Iterator[LanguageFound]:
    named = _names(clause.text, lang)
    if not named:
        return
    levels = _levels(clause.text, lang, named)
    _assign(clause.text, named, levels)
    if not _is_meant(clause.text, named, lang):
        return
    for name in named:
        if _is_other(clause.text, name, lang):
            continue
        others = [(x.start, x.end) for x in named if x.group != name.group]
        kind = kind_near(clause, name.start, name.end, lang, others)
        if _is_not_needed(clause.text, name, lang) and kind is not RequirementKind.PREFERRED:
            continue
        level, certainty = name.level or (None, Certainty.NAMED)
        start, end = name.start, name.end
        if name.level_span:
            start, end = min(start, name.level_span[0]), max(end, name.level_span[1])
        span = Span(clause.start + start, clause.start + end)
        yield LanguageFound(
            name.language, span, CefrLevel(level) if level else None, certainty, kind
        )


def _names(text: str, lang: str) -> list[_Named]:
    found = [
        _Named(code, match.start(), match.end())
        for code, names in language_names(lang)
        for match in names.finditer(text)
    ]
    found.sort(key=lambda name: name.start)
    for before, name in zip(found, found[1:], strict=False):
        is_joined = _JOINED.fullmatch(text[before.end : name.start])
        name.group = before.group if is_joined else before.group + 1
    return found


def _levels(text: str, lang: str, named: list[_Named]) -> list[_Level]:
    found = []
    for match in _LEVEL.finditer(text):
        if _LICENCE_BEFORE.search(text[: match.start()]):
            continue
        level = match[1].upper().translate(_LOOKALIKE) + match[2]
        found.append(_Level(level, match.start(), match.end(), Certainty.NAMED))
    taken = [(name.start, name.end) for name in named] + [(x.start, x.end) for x in found]
    for level, forms in level_words(lang):
        certainty = Certainty.NAMED if level == "native" else Certainty.LIKELY
        for match in forms.finditer(text):
            is_free = all(match.end() <= start or end <= match.start() for start, end in taken)
            if is_free and not _lies_in_longer(match, found):
                found = [x for x in found if not _within(x, match)]
                found.append(_Level(level, match.start(), match.end(), certainty))
    return found


def _lies_in_longer(match: re.Match[str], found: list[_Level]) -> bool:
    return any(x.start <= match.start() and match.end() <= x.end for x in found)


def _within(x: _Level, match: re.Match[str]) -> bool:
    return x.certainty is Certainty.LIKELY and match.start() <= x.start and x.end <= match.end()


def _assign(text: str, named: list[_Named], levels: list[_Level]) -> None:
    """Each level to the nearest language, what is outright first; then shared within a list."""
    pairs = [
        (level.certainty is not Certainty.NAMED, _distance(text, name, level), i, k)
        for i, level in enumerate(levels)
        for k, name in enumerate(named)
    ]
    given: set[int] = set()
    for is_likely, distance, i, k in sorted(pairs):
        is_near = distance <= (FARTHEST_WORD if is_likely else FARTHEST)
        if is_near and i not in given and named[k].level is None:
            given.add(i)
            named[k].level = (levels[i].level, levels[i].certainty)
            named[k].level_span = (levels[i].start, levels[i].end)
    for name in named:
        if name.level is None:
            shared = [x for x in named if x.group == name.group and x.level]
            if shared:
                name.level = shared[0].level
                name.level_span = shared[0].level_span


def _distance(text: str, name: _Named, level: _Level) -> int:
    between = (
        text[name.end : level.start] if level.start >= name.end else text[level.end : name.start]
    )
    joins = len(re.findall(r"\b(?:and|und|i|oraz|и|და)\b", between))
    return len(between) + 30 * between.count(",") + 8 * joins


def _is_meant(text: str, named: list[_Named], lang: str) -> bool:
    """Whether the names of a clause stand for languages and not for a country's something."""
    if any(x.level_span and _gap(x, x.level_span) <= FARTHEST for x in named):
        return True
    said = [match.span() for match in words("knowledge", lang).finditer(text)]
    said += [
        match.span()
        for kind in ("preferred", "must")
        for match in words(kind, lang).finditer(text)
        if any(_gap(x, match.span()) <= NEXT_TO for x in named)
    ]
    return any(_gap(x, span) <= FARTHEST for x in named for span in said)


def _gap(name: _Named, span: tuple[int, int]) -> int:
    return max(span[0] - name.end, name.start - span[1], 0)


def _is_other(text: str, name: _Named, lang: str) -> bool:
    before = text[max(0, name.start - 35) : name.start]
    if words("application", lang).search(before):
        return True
    after = re.match(r"\W{0,2}(?:\w+\s)?", text[name.end :])
    near = text[name.end : name.end + (after.end() if after else 0) + 25]
    found = words("not_language", lang).search(near)
    return (
        found is not None
        and not re.search(r"[,:(–]", near[: found.start()])
        and (len(near[: found.start()].split()) <= 1)
    )


def _is_not_needed(text: str, name: _Named, lang: str) -> bool:
    before = text[max(0, name.start - 30) : name.start]
    for found in words("no_before", lang).finditer(before):
        if "," not in before[found.end() :] and len(before[found.end() :].split()) <= 2:
            return True
    before = text[max(0, name.start - 60) : name.start]
    if any("," not in before[x.end() :] for x in words("not_needed", lang).finditer(before)):
        return True
    after = text[name.end : name.end + 60]
    found_after = words("not_needed", lang).search(after)
    return found_after is not None and "," not in after[: found_after.start()]
