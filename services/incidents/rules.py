"""The dated numbers of incidents: the clock, who supervises, what opens one by itself."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class IncidentClock:
    """Hours for the notification."""

    notify_within_hours: int
    urgent_within_hours: int


@dataclass(frozen=True, slots=True)
class Watching:
    """From what on the system opens an incident by itself."""

    refused_sign_ins: int
    accounts_refused: int
    within_minutes: int
    failures_in_a_row: int


@dataclass(frozen=True, slots=True)
class Authority:
    """Who supervises the protection of personal data."""

    code: str
    ka: str
    en: str

    def name(self, language: str) -> str:
        return self.ka if language == "ka" else self.en


def clock_on(day: date) -> IncidentClock:
    """The clock in force on that day."""
    entry = in_force(stored_rules("incidents"), day)
    return IncidentClock(**{field.name: entry[field.name] for field in fields(IncidentClock)})


def watching_on(day: date) -> Watching:
    """The thresholds in force on that day."""
    entry = in_force(stored_rules("incident_watching"), day)
    return Watching(**{field.name: entry[field.name] for field in fields(Watching)})


def authority_on(day: date) -> Authority:
    """Whom an incident is notified to on that day."""
    entry = in_force(stored_rules("supervision"), day)
    return Authority(entry["code"], entry["ka"], entry["en"])


def authority_of(code: str) -> Authority:
    """The authority that an earlier notification went to."""
    found = {entry["code"]: entry for entry in stored_rules("supervision")}[code]
    return Authority(code, found["ka"], found["en"])
