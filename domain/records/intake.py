"""Words of a vacancy about age, sex, looks, family or origin, and what was decided on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.enums import ProtectedTopic, WordsSettledBy


@dataclass(frozen=True, slots=True)
class SettledWords:
    """A decision of an officer; it holds for these words in this very sentence."""

    id: str
    settled_as: WordsSettledBy
    settled_at: datetime
    reason: str | None = None
    scheme_code: str | None = None
    clause: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ProtectedWords:
    """Words that stop the vacancy as long as nothing is decided on them."""

    id: str
    """Of topic, words and sentence: another sentence is another finding."""
    field: str
    topic: ProtectedTopic
    words: str
    sentence: str
    begin: int
    """Where the words begin in the sentence."""
    youngest: int | None = None
    oldest: int | None = None
    settled: SettledWords | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the vacancy's scheme that could be cited."""

    rule: str
    text: str
    source: str
    youngest: int | None = None
    oldest: int | None = None
