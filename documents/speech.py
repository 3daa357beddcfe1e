"""How a paper says things in its language: given by whoever asks for the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Speech:
    """A language with its catalogue."""

    language: str
    shown: Callable[[object, str], str]
    """Says one value: a sentence, a term, a date or a number."""

    def __call__(self, text: str, /, **values: object) -> str:
        """A message of the catalogue with its values."""
        return self.shown(Sentence(text, values), self.language)

    def show(self, value: object) -> str:
        """One value; a dash where there is none."""
        return "–" if value is None else self.shown(value, self.language)

    def time(self, moment: datetime) -> str:
        """Hours and minutes in Georgia."""
        return self.show(moment).partition(" ")[2]

    def day(self, moment: datetime | date) -> str:
        """The day in Georgia."""
        return self.show(moment).partition(" ")[0]
