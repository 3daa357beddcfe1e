"""Consents as a screen shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import ConsentMethod, ConsentPurpose
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The very words that a person is asked to agree to, in both languages, names filled in."""

    purpose: ConsentPurpose
    version: str
    ka: str
    en: str

    def of(self, language: str) -> str:
        """The words in that language."""
        return self.ka if language == "ka" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecord:
    """A consent as kept; `is_valid` on the day it was looked at."""

    id: int
    purpose: ConsentPurpose
    employer_id: int | None
    employer: str | None
    country: str | None
    text_version: str
    text_language: str
    method: ConsentMethod
    given_at: datetime
    valid_until: date | None
    has_paper: bool
    withdrawn_at: datetime | None
    withdrawn_how: ConsentMethod | None
    effect: tuple[Sentence, ...]
    is_valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentNeeded:
    """A consent that a candidacy of the person waits for."""

    purpose: ConsentPurpose
    employer_id: int | None
    employer: str | None
    country: str | None
    vacancy: str
