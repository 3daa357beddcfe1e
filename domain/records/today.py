"""What waits for a recruiter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.enums import Urgency
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Task:
    """One line of today's list, one click from its action."""

    urgency: Urgency
    due: date | None
    code: str | None
    """Number of the vacancy or of the file; None where several are meant."""
    name_ka: str | None
    name_en: str | None
    country: str | None
    what: Sentence
    action: str
    """An English message: what the click does."""
    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    topic: str | None = None
    """An English message: what it is about where several are meant."""

    def name(self, language: str) -> str | None:
        """Title or name in the reader's language, the other one where that is empty."""
        own, other = self.name_ka, self.name_en
        if language != "ka":
            own, other = other, own
        return own or other


@dataclass(frozen=True, slots=True)
class Today:
    """The list, most urgent first, and the counters above it."""

    day: date
    late: int
    due: int
    in_commission: int
    questions: int
    """People whose unknown facts could move them into or out of the places of an open ranking."""
    tasks: tuple[Task, ...]
    is_empty_system: bool
    """Whether there is neither a person nor a vacancy yet."""
