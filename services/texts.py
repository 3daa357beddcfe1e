"""Says a sentence in the reader's language: catalogues, names of codes, dates and numbers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from babel import Locale, dates, numbers
from babel.messages.pofile import read_po

from domain.texts import N_, Sentence, Term, filled
from domain.values import PER_POINT
from services import clock
from services.labels import BY_NAME, PARAMETERS
from services.notifications.templates import title
from services.preparation.packs import paper_name
from services.reference import reference

LANGUAGES = {"ka": "ქართული", "en": "English"}
CATALOGUES = Path(__file__).parent.parent / "locale"


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    """All messages of a language, from its area files; English needs none."""
    messages: dict[str, str] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and not message.fuzzy:
                    messages[_single(message.id)] = _single(message.string)
    return messages


def _single(text: object) -> str:
    # Georgian has one plural form and takes the singular noun after a number.
    return str(text[0]) if isinstance(text, list | tuple) else str(text)


def translate(text: str, language: str) -> str:
    """The message in that language; the English text where the catalogue has none."""
    return catalogue(language).get(text, text) if language != "en" else text


def render(sentence: Sentence, language: str) -> str:
    """The whole sentence, with every value named or formatted in that language."""
    shown = {name: show(value, language) for name, value in sentence.values.items()}
    return filled(translate(sentence.text, language), shown)


def show(value: object, language: str) -> str:
    """One value for a reader: a term's name, a date as 22.11.2026, a number with separators."""
    match value:
        case Term():
            return term(value, language)
        case Sentence():
            return render(value, language)
        case datetime():
            return value.astimezone(clock.TBILISI).strftime("%d.%m.%Y %H:%M")
        case date():
            return value.strftime("%d.%m.%Y")
        case bool() | None:
            return str(value)
        case int() | float() | Decimal():
            return numbers.format_decimal(value, locale=language)
        case tuple() | list():
            return ", ".join(show(part, language) for part in value)
        case _:
            return str(value)


def exact_points(points: int, language: str) -> str:
    """Points per million as points of a hundred, nothing rounded."""
    # Four decimals hold every point of a million; Babel alone would round them to three.
    whole, _, rest = f"{points / PER_POINT:.4f}".partition(".")
    rest = rest.rstrip("0")
    return show(int(whole), language) + (show(0.5, language)[1] + rest if rest else "")


def term(value: Term, language: str) -> str:
    """The name of a code; the code itself where the language has no name for it."""
    locale = Locale(language)
    if value.kind == "country":
        return str(locale.territories.get(value.code, value.code))
    if value.kind == "language":
        return str(locale.languages.get(value.code, value.code))
    if value.kind == "currency":
        return numbers.get_currency_name(value.code, locale=language)
    if value.kind == "money":
        amount, _, currency = value.code.partition(" ")
        return numbers.format_currency(Decimal(amount), currency, locale=language)
    if value.kind == "level":
        return translate(BY_NAME["CefrLevel"].get(value.code, value.code), language)
    if value.kind == "document":
        return translate(BY_NAME["DocumentKind"].get(value.code, value.code), language)
    if value.kind == "parameter":
        return translate(PARAMETERS.get(value.code, value.code), language)
    if value.kind == "message_template":
        return title(value.code, language)
    if value.kind == "permit_paper":
        return paper_name(value.code, language)
    if value.kind in BY_NAME:
        return translate(BY_NAME[value.kind].get(value.code, value.code), language)
    names = reference().names.get(value.kind, {}).get(value.code)
    return _reference_name(names, value, language) if names else value.code


def _reference_name(names: Mapping[str, str], value: Term, language: str) -> str:
    """A name of another language says so: "harvest hops (en)"."""
    shown = names.get(language)
    if shown is None:
        told = "en" if "en" in names else next(iter(names))
        shown = f"{names[told]} ({told})"
    if value.kind == "skill" and value.code in reference().vanished:
        return translate(N_("{name}, no longer in ESCO"), language).format(name=shown)
    return shown


def month(value: date, language: str) -> str:
    """Month and year in words, for headings and axes."""
    return dates.format_date(value, format="LLLL y", locale=language)
