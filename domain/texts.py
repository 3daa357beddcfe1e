"""Sentences that can be said in either language.

Layers below the screen never format text: they return a `Sentence` (an English message and its
values), and `services.texts.render` says it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 - gettext's name for "translate later"
    """Mark an English message for the catalogues and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Term:
    """A code that has a name in each language, such as the language "de" or the occupation "9211".

    `kind` is one of: language, country, region, municipality, occupation, skill, licence,
    level (CEFR), education (ISCED), currency, document, and the name of any domain enum's label.
    """

    kind: str
    code: str


@dataclass(frozen=True)
class Sentence:
    """An English message with `{name}` placeholders, and their values."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English message with raw codes: for logs and tests, not for people."""
        shown = {
            name: value.code if isinstance(value, Term) else value
            for name, value in self.values.items()
        }
        return self.text.format(**shown)

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))
