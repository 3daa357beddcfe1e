"""Sentences that can be said in either language.

Layers below the screen never format text: they return a `Sentence` (an English message and its
values), and `services.texts.render` says it in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def N_(text: str) -> str:  # noqa: N802 - gettext's name for "translate later"
    """Mark an English message for the catalogues and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Term:
    """A code that has a name in each language, such as the language "de" or the occupation "9211".

    `kind` is one of: language, country, region, municipality, occupation, skill, licence,
    level (CEFR), education (ISCED), currency, money (as "14.60 EUR"), scheme, document,
    parameter (of the ranking rules), message_template, permit_paper, and the name of any domain
    enum's label.
    """

    kind: str
    code: str


@dataclass(frozen=True)
class Sentence:
    """An English message with `{name}` placeholders, and their values.

    A value is a `Term`, another `Sentence`, a date, a number, text, or a tuple of these.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English message with raw codes: for logs and tests, not for people."""
        return filled(self.text, {name: str(_raw(value)) for name, value in self.values.items()})

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its `{name}` replaced; nothing else in braces means anything.

    `str.format` would let a text that people wrote reach into the values' attributes.
    """
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def to_json(sentence: Sentence) -> dict[str, object]:
    """The sentence as JSON's own types, so that it can be stored and said later in any language."""
    values = {name: _value_to_json(value) for name, value in sentence.values.items()}
    return {"text": sentence.text, "values": values}


def from_json(stored: Mapping[str, Any]) -> Sentence:
    """The sentence that `to_json` stored; lists come back as tuples."""
    values = {name: _value_from_json(value) for name, value in stored.get("values", {}).items()}
    return Sentence(stored["text"], values)


def _value_to_json(value: object) -> object:
    # datetime is a date and bool is an int: the order of the cases matters.
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Term():
            return {"term": [value.kind, value.code]}
        case Sentence():
            return {"sentence": to_json(value)}
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
        case tuple() | list():
            return [_value_to_json(part) for part in value]
    raise TypeError(f"a {type(value).__name__} can't stand in a stored sentence")


def _value_from_json(stored: Any) -> object:
    match stored:
        case {"term": [kind, code]}:
            return Term(kind, code)
        case {"sentence": inner}:
            return from_json(inner)
        case {"datetime": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"decimal": text}:
            return Decimal(text)
        case list():
            return tuple(_value_from_json(part) for part in stored)
    return stored


def _raw(value: object) -> object:
    if isinstance(value, Term):
        return value.code
    if isinstance(value, tuple | list):
        return ", ".join(str(_raw(part)) for part in value)
    return value
