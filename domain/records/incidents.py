"""Incidents and impact assessments, as screens and papers see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.enums import (
    AssessmentGround,
    AssessmentStatus,
    BreachedData,
    BreachedPeople,
    BreachType,
    Harm,
    IncidentKind,
    IncidentStatus,
    IncidentStep,
    NotificationClock,
    RemainingRisk,
    TellPeople,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What whoever notices an incident says of it."""

    kind: IncidentKind
    title: str
    what: str
    identified_at: datetime


@dataclass(frozen=True, slots=True)
class BreachForm:
    """What law asks to be told of a breach; None: not known yet, may follow."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    circumstances: str | None = None
    breach_types: tuple[BreachType, ...] = ()
    data_categories: tuple[BreachedData, ...] = ()
    data_volume: str | None = None
    people_categories: tuple[BreachedPeople, ...] = ()
    people_count: int | None = None
    consequences: str | None = None
    measures: str | None = None
    tell_people: TellPeople = TellPeople.UNDECIDED
    tell_people_on: date | None = None
    tell_people_reason: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """A line of the register."""

    id: int
    number: str
    kind: IncidentKind
    status: IncidentStatus
    title: Sentence
    times: int
    identified_at: datetime
    last_at: datetime
    notify_until: datetime
    notified_at: datetime | None
    is_breach: bool | None
    harm: Harm | None
    clock: NotificationClock
    owner_ka: str | None
    owner_en: str | None
    version: int


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """A line of an incident's story."""

    step: IncidentStep
    happened_at: datetime
    name_ka: str | None
    name_en: str | None
    note: str | None
    sentence: Sentence | None
    trace: str | None


@dataclass(frozen=True, slots=True)
class IncidentNotification:
    """One part of what the authority was told."""

    part: int
    authority: str
    reference: str | None
    sent_at: datetime
    late_reason: str | None
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """Everything about an incident."""

    summary: IncidentSummary
    opened_at: datetime
    harm_reason: str | None
    form: BreachForm
    lesson: str | None
    notifications: tuple[IncidentNotification, ...]
    events: tuple[IncidentEvent, ...]
    people_named: int
    people_told: int


@dataclass(frozen=True, slots=True)
class NotificationRecord:
    """What the paper for the authority says; the same record gives the same bytes."""

    number: str
    part: int
    is_sent: bool
    made_at: datetime
    authority_ka: str
    authority_en: str
    agency_ka: str
    agency_en: str
    identified_at: datetime
    notify_until: datetime
    title: Sentence
    form: BreachForm
    harm: Harm | None
    harm_reason: str | None
    late_reason: str | None


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """An impact assessment as it is written."""

    processing: str
    ground: AssessmentGround
    description: str
    necessity: str
    risks: str
    measures: str
    remaining_risk: RemainingRisk
    review_on: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """An impact assessment on the register."""

    id: int
    edition: int
    status: AssessmentStatus
    form: AssessmentForm
    written_at: datetime
    writer_ka: str | None
    writer_en: str | None
    approved_at: datetime | None
    version: int
