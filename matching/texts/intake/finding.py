"""Finds where a text asks for age, sex, looks, family status or origin.

A clause that says the opposite ("regardless of age"), names both sexes, or speaks of children,
machines or experience is none. The tables are dated; what they find is shown to an officer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain.enums import ProtectedTopic
from matching.texts.extraction.clauses import clauses

HERE = Path(__file__).parent
_MACROS = {
    "{n}": r"(\d{2})",
    "{to}": r"\s*(?:-|–|—|\b(?:to|and|bis|und|do|a|i)\b|до|и|-?დან|და)\s*-?\s*",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that ask for something protected, and the clause they stand in."""

    topic: ProtectedTopic
    words: str
    sentence: str
    """The clause, its spaces made single."""
    begin: int
    """Where the words begin in the sentence."""
    youngest: int | None = None
    oldest: int | None = None


@dataclass(frozen=True)
class Words:
    """One dated version of the tables, ready to be compared."""

    version: str
    valid_from: date
    reference: str
    lowest_age_allowed: int
    ages: tuple[int, int]
    numbered: tuple[tuple[str, re.Pattern[str]], ...]
    """Kind (between, at_most, at_least) and words with one or two ages."""
    topics: Mapping[ProtectedTopic, re.Pattern[str]]
    unless: Mapping[ProtectedTopic, re.Pattern[str]]
    sexes: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


def words_on(day: date) -> Words:
    """The tables in force on a day; before the first ones, the first."""
    versions = _versions()
    return [versions[0], *(one for one in versions if one.valid_from <= day)][-1]


@cache
def _versions() -> tuple[Words, ...]:
    """All tables, oldest first."""
    read = [
        yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(HERE.glob("words-*.yaml"))
    ]
    return tuple(_made(one) for one in sorted(read, key=lambda one: one["valid_from"]))


def _made(found: Mapping[str, Any]) -> Words:
    numbered = tuple(
        (kind, _pattern(forms))
        for kind in ("between", "at_most", "at_least")
        for forms in found[kind].values()
    )
    topics = {
        ProtectedTopic(topic): _pattern([form for forms in of.values() for form in forms])
        for topic, of in found["topics"].items()
    }
    unless = {
        topic: _pattern(
            form
            for kind in ("any", topic.value)
            for forms in found["unless"][kind].values()
            for form in forms
        )
        for topic in ProtectedTopic
    }
    sexes = tuple(
        (_pattern(one.split("|")), _pattern(other.split("|")))
        for one, other in found["sexes"].values()
    )
    lowest, highest = found["ages"]
    return Words(
        found["version"],
        found["valid_from"],
        found["reference"],
        found["lowest_age_allowed"],
        (lowest, highest),
        numbered,
        topics,
        unless,
        sexes,
    )


def _pattern(forms: Any) -> re.Pattern[str]:
    made = sorted((_form(str(form)) for form in forms), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w)", re.IGNORECASE)


def _form(form: str) -> str:
    # A star that follows a letter stands for letters; elsewhere it is the expression's own.
    form = re.sub(r"(?<=[^\W_])(?<!\\w)\*", r"\\w*", form)
    form = re.sub(r" (?!\?)", r"\\s+", form).replace(" ?", r"\s*")
    for name, expression in _MACROS.items():
        form = form.replace(name, expression)
    return form


def asked_in(text: str, words: Words) -> tuple[Asked, ...]:
    """Every place that asks for something protected, in the order of the text."""
    # Single spaces: the expressions would go over long runs of them again and again.
    sentences = (" ".join(clause.text.split()) for clause in clauses(text, "en"))
    return tuple(one for sentence in sentences for one in _in(sentence, words))


def _in(clause: str, words: Words) -> Iterator[Asked]:
    for topic, pattern in words.topics.items():
        match = pattern.search(clause)
        if match and not words.unless[topic].search(clause):
            if topic is ProtectedTopic.SEX and _names_both(clause, words):
                continue
            yield _asked(topic, match, clause)
    if words.unless[ProtectedTopic.AGE].search(clause):
        return
    for kind, pattern in words.numbered:
        for match in pattern.finditer(clause):
            youngest, oldest = _ages(kind, [int(n) for n in match.groups() if n])
            if _stops(youngest, oldest, words):
                yield _asked(ProtectedTopic.AGE, match, clause, youngest, oldest)
                return


def _names_both(clause: str, words: Words) -> bool:
    return any(one.search(clause) and other.search(clause) for one, other in words.sexes)


def _ages(kind: str, numbers: list[int]) -> tuple[int | None, int | None]:
    if kind == "between":
        return min(numbers), max(numbers)
    return (None, numbers[0]) if kind == "at_most" else (numbers[0], None)


def _stops(youngest: int | None, oldest: int | None, words: Words) -> bool:
    lowest, highest = words.ages
    stated = [age for age in (youngest, oldest) if age is not None]
    if any(not lowest <= age <= highest for age in stated):
        return False
    return (
        oldest is not None
        and oldest > words.lowest_age_allowed
        or (youngest is not None and youngest > words.lowest_age_allowed)
    )


def _asked(
    topic: ProtectedTopic,
    match: re.Match[str],
    sentence: str,
    youngest: int | None = None,
    oldest: int | None = None,
) -> Asked:
    return Asked(topic, match.group(), sentence, match.start(), youngest, oldest)
