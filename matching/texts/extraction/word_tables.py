"""The tables of words, and how their forms are compared with a text."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "pl", "ka", "ru")
"""Languages of texts that can be read."""

# Endings of the adjective that names a language; not the feminine, so "polska firma" is none.
_ENDINGS = {
    "de": (
        r"(?:e[nrms]?|s)?(?:-?(?:sprach|sprech|kenntnis|niveau|fähigkeit|zertifikat)\w*)?"
        r"(?:-(?!\w))?"
    ),
    "pl": r"(?:i|y|iego|ego|im|ym|iemu|emu|u)",
    "ru": r"(?:ий|ого|ому|им|ом|и|ое)",
}


def pattern(forms: Iterable[str], lang: str = "") -> re.Pattern[str]:
    """One expression for several forms, longest first; it matches whole words."""
    found = sorted({form.strip() for form in forms if form.strip()}, key=len, reverse=True)
    inner = "|".join(_form(form, lang) for form in found) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


def _form(form: str, lang: str) -> str:
    made = re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return made.replace(r"\~", "~").replace("~", _ENDINGS.get(lang, ""))


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables."""
    with (HERE / "tables" / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: value or "" for key, value in row.items()}


@cache
def words(kind: str, lang: str) -> re.Pattern[str]:
    """The words of a kind in a language."""
    return pattern(
        form
        for row in rows("words.csv")
        if (row["kind"], row["lang"]) == (kind, lang)
        for form in row["form"].split("|")
    )


@cache
def language_names(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(ISO 639-1, its names) in the language of the text."""
    return tuple(
        (row["code"], pattern(row[lang].split("|"), lang)) for row in rows("languages.csv")
    )


def function_words(lang: str) -> re.Pattern[str]:
    """Words that tell nothing of a skill: "of", "und"; for other languages none."""
    return words("function", lang)


def named_languages(text: str, lang: str) -> list[tuple[int, int]]:
    """Where a text names languages."""
    return [match.span() for _, names in language_names(lang) for match in names.finditer(text)]


@cache
def licence_words(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(code of the licence, its words) in the language of the text."""
    table = rows("licences.csv")
    return tuple((row["code"], pattern(row[lang].split("|"))) for row in table if row[lang])


@cache
def number_words(lang: str) -> Mapping[re.Pattern[str], float]:
    """Numbers that are written as words."""
    return {pattern(row[lang].split("|")): float(row["value"]) for row in rows("numbers.csv")}


@cache
def parameters(on: date | None = None) -> Mapping[str, Any]:
    """What words most likely mean on a day: the version in force, by default the newest."""
    versions = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in (HERE / "parameters").glob("*.yaml")
    ]
    in_force = [v for v in versions if on is None or v["valid_from"] <= on]
    newest: Mapping[str, Any] = max(in_force or versions, key=lambda v: v["valid_from"])
    return newest


@cache
def level_words(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(level, words that most likely mean it), the mother tongue last."""
    levels = parameters()["levels"][lang]
    found = [(level, pattern(forms)) for level, forms in levels.items()]
    return (*found, ("native", pattern(parameters()["native"][lang])))


@cache
def long_experience(lang: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    """(years, words that most likely mean at least so many)."""
    by_years: dict[float, list[str]] = defaultdict(list)
    for form, years in parameters()["years"][lang].items():
        by_years[float(years)].append(form)
    return tuple((years, pattern(forms)) for years, forms in by_years.items())
