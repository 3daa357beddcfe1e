"""Vacancies for a person: where somebody stands today, with what odds, and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.enums import CandidacyStatus, Odds
from domain.records.ranking import Named, WhatWouldRaise
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class VacancyForPerson:
    """How a person stands in the ranking of one open vacancy today; scores are 0–100."""

    number: str
    title: str
    title_ka: str | None
    country: str
    town: str | None
    start_on: date | None
    closes_on: date | None
    positions: int
    candidates: int
    """Positions × candidates per position: how many go to the employer."""
    score: float
    low: float
    high: float
    rank: int | None
    """None for somebody whom a gate excludes."""
    ranked: int
    odds: Odds
    excluded_by: tuple[Sentence, ...]
    missing: tuple[Sentence, ...]
    """What is asked and loses most points: asked, and what the person has."""
    raises: tuple[WhatWouldRaise, ...]
    status: CandidacyStatus | None
    """Where the person is in the process of this vacancy already."""

    @property
    def ahead(self) -> int | None:
        """How many people stand ahead."""
        return None if self.rank is None else self.rank - 1

    def title_in(self, language: str) -> str:
        """The title in the reader's language, the other where it is missing."""
        return (self.title_ka or self.title) if language == "ka" else self.title


@dataclass(frozen=True, slots=True)
class HelpfulChange:
    """One change and what it would do over all open vacancies."""

    change: Sentence
    reached: tuple[str, ...]
    """Vacancies that would come within the positions or onto the edge, and now are not."""
    positions: int
    """Positions of those vacancies."""
    opened: int
    """Vacancies that no longer exclude the person."""


@dataclass(frozen=True, slots=True)
class VacanciesForPerson(Named):
    """All open vacancies for one person, the nearest first."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    vacancies: tuple[VacancyForPerson, ...]
    helpful: tuple[HelpfulChange, ...]
    """What would help most, over all vacancies; empty where no single change does."""
    parameters: str
    not_ranked: Sentence | None = None
    """Why the person is in no ranking at all."""

    def count(self, odds: Odds) -> int:
        """How many vacancies stand so."""
        return sum(vacancy.odds is odds for vacancy in self.vacancies)
