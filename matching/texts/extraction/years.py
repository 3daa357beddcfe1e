"""Years of experience: the lower end of what is asked or stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from matching.texts.extraction.clauses import Clause, clauses, kind_near
from matching.texts.extraction.findings import Certainty, Span, YearsFound
from matching.texts.extraction.word_tables import (
    long_experience,
    named_languages,
    number_words,
    parameters,
    words,
)

_UNIT = {
    "en": (r"years?['’]?|yrs?\.?", r"months?['’]?"),
    "de": (r"jahr(?:e[ns]?|es)?|jährig\w*", r"monat(?:e[n]?|s)?"),
    "pl": (r"lat(?:a|ami|ach)?|rok(?:u|iem)?|-?\s?letni\w*|roczn\w+", r"miesi[ąę]c\w*"),
    "ka": (r"-?\s?წლიან\w*|-?\s?წლის|-?\s?წელ\w*", r"-?\s?თვიან\w*|-?\s?თვის|-?\s?თვე\w*"),
    "ru": (
        r"-?(?:х|ти|и)?[ -]?(?:лет(?:н\w+)?|года?|годичн\w+|году)",
        r"-?(?:х|ти|и)?[ -]?месяц\w*",
    ),
}
_RANGE = r"(?:\s?(?:-|–|—|to|bis|do|до|or|oder|lub|или)\s?\d{1,2})?"
_NEAR = 45
_FAR = 70


def find_years(text: str, lang: str) -> tuple[YearsFound, ...]:
    """Years of experience named in a text, in order; ages and the employer's own are left out."""
    return tuple(found for clause in clauses(text, lang) for found in _in_clause(clause, lang))


def _in_clause(clause: Clause, lang: str) -> Iterator[YearsFound]:
    text = clause.text
    said = [(m.start(), m.end()) for m in words("experience", lang).finditer(text)]
    if not said or _is_the_employers(text, lang):
        return
    found = sorted({*_numbers(text, lang), *_words(text, lang)})
    for start, end, years, certainty in found:
        near = _nearest(text, (start, end), said, lang)
        if near is None or not 0 < years <= float(parameters()["most_years"]):
            continue
        first, last = min(start, near[0]), max(end, near[1])
        kind = kind_near(clause, first, last, lang, named_languages(text, lang))
        span = Span(clause.start + first, clause.start + last)
        yield YearsFound(years, span, certainty, kind)
        return


def _numbers(text: str, lang: str) -> Iterator[tuple[int, int, float, Certainty]]:
    for match in _counted(lang).finditer(text):
        number = float(match["number"].replace(",", "."))
        years = number if match["years"] else round(number / 6) / 2
        yield match.start(), match.end(), years, Certainty.NAMED
    unit = rf"\s?(?:(?P<years>{_UNIT[lang][0]})|(?P<months>{_UNIT[lang][1]}))(?!\w)"
    for form, value in number_words(lang).items():
        for match in form.finditer(text):
            after = re.match(unit, text[match.end() :], re.IGNORECASE)
            is_whole = match[0].casefold().endswith(_WHOLE[lang]) and len(match[0]) > 5
            if after is None and not is_whole:
                continue
            end = match.end() + (after.end() if after else 0)
            years = round(value / 6) / 2 if after and after["months"] else value
            yield match.start(), end, years, Certainty.NAMED


_WHOLE = {
    "en": ("\0",),
    "de": ("jährig", "jährige", "jährigen", "jähriger", "jähriges"),
    "pl": ("roczne", "rocznego", "roczny", "letnie", "letni", "letniego", "letnim"),
    "ka": ("წლიანი", "წლიან", "წლიანმა"),
    "ru": ("полгода", "годовой", "летний", "летнего", "летним"),
}
"""Endings of words that hold the number and the unit at once: "dreijährige"."""


def _words(text: str, lang: str) -> Iterator[tuple[int, int, float, Certainty]]:
    for years, form in long_experience(lang):
        for match in form.finditer(text):
            yield match.start(), match.end(), years, Certainty.LIKELY


@cache
def _counted(lang: str) -> re.Pattern[str]:
    years, months = _UNIT[lang]
    return re.compile(
        rf"(?<![\d.,/])(?P<number>\d{{1,2}}(?:[.,]5)?)\+?{_RANGE}\+?\s?"
        rf"(?:(?P<years>{years})|(?P<months>{months}))(?!\w)",
        re.IGNORECASE,
    )


def _nearest(
    text: str, span: tuple[int, int], said: list[tuple[int, int]], lang: str
) -> tuple[int, int] | None:
    """The word for experience that the number belongs to; none behind a comma or too far."""
    for place in sorted(said, key=lambda at: max(at[0] - span[1], span[0] - at[1])):
        if place[0] >= span[1]:
            between, far = text[span[1] : place[0]], _NEAR
        else:
            between, far = text[place[1] : span[0]], _FAR
        is_other = words("apprenticeship", lang).search(between)
        if len(between) <= far and "," not in between and not is_other:
            return place
    return None


def _is_the_employers(text: str, lang: str) -> bool:
    # "We have 15 years of experience" is about the employer, "we require 3 years" is not.
    return bool(words("own", lang).search(text)) and not (
        words("must", lang).search(text) or words("preferred", lang).search(text)
    )
