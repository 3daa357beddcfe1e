"""A text in clauses: what stands together in one belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.enums import RequirementKind
from matching.texts.extraction.word_tables import words

# A full stop ends a clause before a space and no small letter, but not after "min.", "kat.", "z."
_SHORT = (
    "min|max|mind|kat|cat|kl|jęz|ok|ca|tel|ul|nr|np|tzw|in|bzw|ggf|inkl|evtl|approx|no|dr|st|prof"
    "|кат|мин|макс|тел|ул|კატ|მინ|ტელ"
)
_END = re.compile(
    r"[\n\r;•▪●·|!?]+|(?P<stop>\.)(?=\s+[^\Wa-zа-яąćęłńóśźżäöüß])|\.(?=\s*$)", re.MULTILINE
)
_ABBREVIATION = re.compile(rf"\b(?:{_SHORT}|(?-i:[a-zа-я]))$", re.IGNORECASE)
LONGEST_HEADING = 60
FARTHEST_PAST_COMMA = 25
COMMA = 20
"""How many letters a comma counts for, when the nearest word is looked for."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a text, where it begins, and what the heading above it says of it."""

    text: str
    start: int
    heading: RequirementKind | None = None


def clauses(text: str, lang: str) -> Iterator[Clause]:
    """The clauses in order; a heading such as "Nice to have:" holds for the lines under it."""
    heading: RequirementKind | None = None
    start = 0
    for end, stop in _ends(text):
        part = text[start:end]
        if part.strip():
            plain = part.strip()
            if plain.endswith(":") and len(plain) <= LONGEST_HEADING:
                heading = _kind_of(plain, lang)
            yield Clause(part, start, heading)
        elif "\n\n" in text[start - 1 : stop]:
            heading = None
        start = stop


def _ends(text: str) -> Iterator[tuple[int, int]]:
    for found in _END.finditer(text):
        before = text[max(0, found.start() - 8) : found.start()]
        if not (found["stop"] and _ABBREVIATION.search(before)):
            yield found.start(), found.end()
    yield len(text), len(text)


def _kind_of(text: str, lang: str) -> RequirementKind | None:
    if words("preferred", lang).search(text):
        return RequirementKind.PREFERRED
    return RequirementKind.MUST if words("must", lang).search(text) else None


def kind_near(
    clause: Clause, at: int, end: int, lang: str, others: Sequence[tuple[int, int]] = ()
) -> RequirementKind | None:
    """Must or preferred: by the nearest word that says so in the clause, else by the heading.

    In "German B1, English an advantage" the last words say nothing of German: `others` are the
    other things that the clause names.
    """
    near: list[tuple[int, bool, RequirementKind]] = []
    denied = [match.span() for match in words("not_needed", lang).finditer(clause.text)]
    for kind, name in ((RequirementKind.PREFERRED, "preferred"), (RequirementKind.MUST, "must")):
        for found in words(name, lang).finditer(clause.text):
            first, last = min(end, found.end()), max(at, found.start())
            commas = clause.text[first:last].count(",")
            is_between = any(first <= start and stop <= last for start, stop in others)
            # "not required but an advantage"
            is_denied = any(a <= found.start() and found.end() <= b for a, b in denied)
            is_far = commas and (is_between or last - first > FARTHEST_PAST_COMMA)
            if not is_denied and commas < 2 and not is_far:
                near.append(
                    (max(last - first, 0) + COMMA * commas, kind is RequirementKind.MUST, kind)
                )
    return min(near)[2] if near else clause.heading
