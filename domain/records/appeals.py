"""Appeals: what a candidate may do against a decision, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import AppealChannel, AppealStatus, DecisionOutcome, OrganisationKind
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class AppealForm:
    """What is written down when an appeal comes in."""

    received_on: date
    channel: AppealChannel
    text: str


@dataclass(frozen=True, slots=True)
class Hearer:
    """A member who may hear an appeal: not one of those of the first vote."""

    name_ka: str
    name_en: str
    organisation_kind: OrganisationKind

    def name(self, language: str) -> str:
        """The member's name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class AppealRecord:
    """An appeal with its decision, its hearing and what may be done with it now."""

    number: str
    status: AppealStatus
    external_id: str | None
    """The person's file, for those who may read it; the commission stays blind."""
    vacancy_number: str
    title: str
    title_ka: str | None
    session_number: str
    """Of the decision appealed against."""
    decided_on: date
    received_on: date
    last_day: date
    is_late: bool
    late_reason: str | None
    hear_by: date
    """The day by which it has to be heard, by the dated limit."""
    days_left: int | None
    """Until that day, negative when it has passed; None once it is settled."""
    channel: AppealChannel
    text: str
    hearing_id: int | None
    hearing_session: str | None
    hearing_at: datetime | None
    hearers: tuple[Hearer, ...]
    """Who may hear it in that session."""
    outcome: DecisionOutcome | None
    """What the other panel decided."""
    withdrawn_reason: str | None
    admit_refusal: Sentence | None
    schedule_refusal: Sentence | None
    withdraw_refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class HearingOption:
    """A planned session that could hear an appeal, or why it can't."""

    session_number: str
    planned_at: datetime
    hearers: tuple[Hearer, ...]
    refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class PersonDecision:
    """A decision as the person concerned is told of it."""

    shortlist_id: int
    candidacy_id: int
    vacancy_number: str
    title: str
    title_ka: str | None
    session_number: str
    decided_on: date
    outcome: DecisionOutcome
    reserve_order: int | None
    is_hearing: bool
    """Whether it was decided on an appeal."""
    candidate_texts: Mapping[str, str] | None
    """By language; None in decisions older than the list of reasons."""
    last_day: date | None
    """The last day for an appeal; None where there is nothing to appeal against."""
    days_left: int | None
    appeal: AppealRecord | None
    appeal_refusal: Sentence | None
    """Why no appeal can be registered; None when it can."""


@dataclass(frozen=True, slots=True)
class HeardAppeal:
    """What the other panel reads of an appeal: its words and the first decision, blind."""

    number: str
    candidate: int
    """The number under which the candidate stands on the item."""
    received_on: date
    late_reason: str | None
    text: str
    session_number: str
    decided_on: date
    report_texts: Mapping[str, str] | None
    """Why the first panel did not approve, by language."""
