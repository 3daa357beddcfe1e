"""One cell at a time: text into a value, or a sentence that says what is expected there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from babel import Locale
from rapidfuzz import fuzz, process

from domain.exceptions import LabourMigrationError
from domain.texts import N_, Sentence, Term
from services.labels import BY_NAME
from services.reference import Reference
from services.texts import LANGUAGES, translate

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(7_000, 80_000)
"""Day numbers that a spreadsheet keeps for dates: 1919 to 2119."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}")
_SLASHED = re.compile(r"[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{1,4}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)


class BadCell(LabourMigrationError):
    """A cell that can't be accepted; the sentence says what is expected."""


def day(text: str) -> date:
    """A date written 2026-04-15 or 15.04.2026, or a spreadsheet's day number."""
    if found := _ISO.fullmatch(text):
        year, month, number = map(int, found.groups())
    elif found := _DOTTED.fullmatch(text):
        number, month, year = map(int, found.groups())
    elif re.fullmatch(r"[0-9]{4,5}(\.[0-9]+)?", text) and int(float(text)) in EXCEL_DAYS:
        return EXCEL_DAY_ZERO + timedelta(days=int(float(text)))
    elif _SHORT_YEAR.fullmatch(text):
        raise BadCell(
            N_("“{value}”: write the year with four digits, as in 15.04.2026."), value=text
        )
    elif _SLASHED.fullmatch(text):
        raise BadCell(
            N_("“{value}”: day and month can be mixed up here. Write 2026-04-15 or 15.04.2026."),
            value=text,
        )
    else:
        raise BadCell(N_("“{value}” is not a date. Write 2026-04-15 or 15.04.2026."), value=text)
    try:
        made = date(year, month, number)
    except ValueError as error:
        raise BadCell(N_("“{value}”: the calendar has no such day."), value=text) from error
    if not 1900 <= year <= 2200:
        raise BadCell(N_("“{value}”: the year can't be right."), value=text)
    return made


def whole(text: str) -> int:
    """A whole number."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise BadCell(N_("“{value}” is not a whole number such as 12."), value=text)
    return int(text)


def decimal(text: str) -> Decimal:
    """A number with a decimal point or comma."""
    if not _NUMBER.fullmatch(text) or len(text) > 20:
        raise BadCell(N_("“{value}” is not a number such as 14.50."), value=text)
    return Decimal(text.replace(",", "."))


def personal_number(text: str) -> str:
    """Eleven digits; the sentence names what a spreadsheet has done to the others."""
    plain = "".join(text.split())
    if re.fullmatch("[0-9]{11}", plain):
        return plain
    if _SCIENTIFIC.fullmatch(plain):
        raise BadCell(
            N_(
                "“{value}”: a spreadsheet has shortened the number and its last digits are lost. "
                "Format the column as text and enter the number again."
            ),
            value=text,
        )
    if not plain.isascii() and plain.isdecimal():
        raise BadCell(N_("“{value}” has other digits than 0–9: type it again."), value=text)
    if re.fullmatch("[0-9]{8,10}", plain):
        raise BadCell(
            N_(
                "“{value}” has {count} digits instead of 11: a spreadsheet has probably dropped "
                "the zero in front. Format the column as text and enter the number again."
            ),
            value=text,
            count=len(plain),
        )
    raise BadCell(N_("“{value}”: a personal number has 11 digits."), value=text)


def listed(text: str, parse: Callable[[str], T]) -> tuple[T, ...]:
    """The parts between semicolons, each parsed."""
    return tuple(parse(part.strip()) for part in text.split(";") if part.strip())


def member(kind: type[E], also: Mapping[str, E] | None = None) -> Callable[[str], E]:
    """A parser for a closed list: by value or by its label in any of our languages."""
    names = {value.value.casefold(): value for value in kind}
    for value, label in BY_NAME[kind.__name__].items():
        names |= {translate(label, lang).casefold(): kind(value) for lang in LANGUAGES}
    names |= also or {}

    def parse(text: str) -> E:
        if text.casefold() not in names:
            raise BadCell(
                N_("“{value}” is not possible here; possible are: {offered}."),
                value=text,
                offered=tuple(value.value for value in kind),
            )
        return names[text.casefold()]

    return parse


def parsed(
    cells: Mapping[str, str], parsers: Mapping[str, Callable[[str], object]]
) -> tuple[dict[str, Any], list[tuple[str, Sentence]]]:
    """The values of the cells that hold something, and what is wrong with the others."""
    values: dict[str, Any] = {}
    problems = []
    for target, parse in parsers.items():
        if text := cells.get(target, ""):
            try:
                values[target] = parse(text)
            except BadCell as bad:
                problems.append((target, bad.sentence))
    return values, problems


def missing(cells: Mapping[str, str], targets: Iterable[str]) -> Iterator[tuple[str, Sentence]]:
    """The required cells that hold nothing."""
    for target in targets:
        if not cells.get(target):
            yield target, Sentence(N_("This cell may not be empty."))


def leveled(part: str) -> tuple[str, str]:
    """`de:B1` into its two sides."""
    name, colon, value = part.partition(":")
    if not colon or not name.strip() or not value.strip():
        raise BadCell(N_("“{value}”: write the language and its level, as in de:B1."), value=part)
    return name.strip(), value.strip()


class Codes:
    """Finds codes by themselves or by their exact name in any of our languages."""

    def __init__(self, known: Reference) -> None:
        self.known = known
        self.names: dict[str, dict[str, str]] = {}
        self.nearest: dict[str, str | None] = {}

    def country(self, text: str) -> str:
        """ISO 3166-1 alpha-2."""
        return self._find("country", text, N_("“{value}” is not a country code such as DE."))

    def language(self, text: str) -> str:
        """ISO 639-1."""
        return self._find("language", text, N_("“{value}” is not a language code such as de."))

    def region(self, text: str) -> str:
        """ISO 3166-2 of Georgia."""
        return self._find("region", text, N_("“{value}” is not a region code such as GE-KA."))

    def municipality(self, text: str) -> str:
        """Code of our reference table."""
        return self._find("municipality", text, N_("“{value}” is not a municipality of Georgia."))

    def education(self, text: str) -> int:
        """ISCED level 0 to 8."""
        text = text[:-2] if text.endswith(".0") else text
        wrong = N_("“{value}” is not a level of education: write 0 to 8 (ISCED).")
        return int(self._find("education", text, wrong))

    def licence(self, text: str) -> str:
        """Code of our reference table."""
        return self._find(
            "licence", text, N_("“{value}” is not a licence such as B or welding-111.")
        )

    def occupation(self, text: str) -> str:
        """An ISCO-08 unit group."""
        if self.known.occupation_levels.get(text) == 4:
            return text
        if self.known.occupation_levels.get("0" + text) == 4:
            wrong = N_("“{value}”: the zero in front is missing (0{value}).")
        elif text in self.known.occupation_levels:
            wrong = N_("“{value}” is a wider group: write a code of four digits (ISCO-08).")
        else:
            wrong = N_("“{value}” is not an ISCO-08 code of four digits such as 9211.")
        raise BadCell(wrong, value=text)

    def skill(self, text: str) -> str:
        """A skill by id, URI or label; the nearest one is named when there is none."""
        names = self._names("skill")
        if text.casefold() in names:
            return names[text.casefold()]
        # The same words come again and again, and with ESCO there are 28,000 names to compare.
        if text not in self.nearest:
            alike = process.extractOne(
                text.casefold(), names.keys(), scorer=fuzz.WRatio, score_cutoff=70
            )
            self.nearest[text] = names[alike[0]] if alike else None
        nearest = self.nearest[text]
        if nearest is None:
            raise BadCell(N_("“{value}” is not in the list of skills."), value=text)
        raise BadCell(
            N_("“{value}” is not in the list of skills. Is “{nearest}” meant?"),
            value=text,
            nearest=Term("skill", nearest),
        )

    def _find(self, kind: str, text: str, wrong: str) -> str:
        code = self._names(kind).get(text.casefold())
        if code is None:
            raise BadCell(wrong, value=text)
        return code

    def _names(self, kind: str) -> dict[str, str]:
        if kind not in self.names:
            self.names[kind] = self._collect(kind)
        return self.names[kind]

    def _collect(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for code, labels in self._labels(kind):
            found |= {label.casefold(): code for label in labels}
        if kind == "skill":
            # A concept of ESCO that is one of our own skills; our own names before ESCO's.
            found |= {uri.casefold(): skill for skill, uri in self.known.concept_uri.items()}
            own = self.known.own_skills
            own_names = ((code, names) for code, names in self._labels(kind) if code in own)
            found |= {name.casefold(): code for code, names in own_names for name in names}
        # A code wins against another one's name.
        return found | {code.casefold(): code for code, _ in self._labels(kind)}

    def _labels(self, kind: str) -> Iterable[tuple[str, list[str]]]:
        if kind in ("country", "language"):
            by_language = [
                Locale(lang).territories if kind == "country" else Locale(lang).languages
                for lang in LANGUAGES
            ]
            for code in map(str, by_language[-1]):
                if len(code) == 2 and (kind == "language" or code not in NO_COUNTRY):
                    yield code, [str(names[code]) for names in by_language if code in names]
            return
        for code, labels in self.known.names[kind].items():
            yield code, list(labels.values())


NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})
"""CLDR names these too, but nobody is a citizen of them."""
