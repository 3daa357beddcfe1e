"""Versions of the ranking rules, what one would change, and what decisions suggest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.enums import VersionStanding
from domain.records.officer import Officer
from domain.records.ranking import Named


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One number of a version: what it is, why, and where it comes from."""

    name: str
    value: Decimal
    unit: str
    reason: str
    reference: str


@dataclass(frozen=True, slots=True)
class Step:
    """Who did something with a version, and when."""

    at: datetime
    by: Officer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametersVersion:
    """One version of the ranking rules, built in or made on screen."""

    version: str
    standing: VersionStanding
    is_built_in: bool
    valid_from: date
    valid_until: date | None = None
    """The day before the next version counts, where one does."""
    reason: str
    reference: str
    values: tuple[ParameterValue, ...]
    note: str | None = None
    created: Step | None = None
    proposed: Step | None = None
    decided: Step | None = None
    preview: Mapping[str, int] | None = None
    """What the preview counted that was seen before the decision."""
    edition: int = 1

    def value(self, name: str) -> Decimal:
        """One value by its name."""
        return next(each.value for each in self.values if each.name == name)

    @property
    def weights(self) -> dict[str, Decimal]:
        """Shares of the score by criterion; they add up to 1."""
        prefix = "weight_"
        return {
            each.name.removeprefix(prefix): each.value
            for each in self.values
            if each.name.startswith(prefix)
        }


@dataclass(frozen=True, slots=True)
class Policy:
    """All versions, the newest first, and the one in force today."""

    in_force: ParametersVersion
    versions: tuple[ParametersVersion, ...]


@dataclass(frozen=True, slots=True)
class DraftForm:
    """What an officer enters for a version."""

    valid_from: date
    reason: str
    reference: str
    values: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Moved(Named):
    """A person whose rank a version would change; None is beyond what was looked at."""

    external_id: str
    name_ka: str | None
    name_lat: str | None
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyPreview:
    """What a version would change on the shortlist of one open vacancy."""

    number: str
    title: str
    title_ka: str | None
    country: str
    positions: int
    places_before: int
    places_after: int
    """Positions times candidates per position, by each version."""
    entering: tuple[Moved, ...]
    """Who would be within the places and is not now."""
    leaving: tuple[Moved, ...]
    preselected: tuple[Moved, ...]
    """Everybody preselected for this vacancy, with both ranks."""

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The preselected whose rank changes."""
        return tuple(one for one in self.preselected if one.before != one.after)

    @property
    def dropped(self) -> tuple[Moved, ...]:
        """The preselected who are within the places now and would not be."""
        return tuple(
            one
            for one in self.preselected
            if one.before is not None
            and one.before <= self.places_before
            and (one.after is None or one.after > self.places_after)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a version would change, over all open vacancies, on today's people."""

    version: str
    compared_with: str
    made_at: datetime
    people: int
    beyond: int
    """Ranks were looked at up to this one; preselected people's are always exact."""
    vacancies: tuple[VacancyPreview, ...]

    def counts(self) -> dict[str, int]:
        """The figures on top."""
        changed = [one for one in self.vacancies if one.entering or one.leaving]
        return {
            "vacancies": len(self.vacancies),
            "vacancies_changed": len(changed),
            "entering": sum(len(one.entering) for one in self.vacancies),
            "leaving": sum(len(one.leaving) for one in self.vacancies),
            "preselected": sum(len(one.preselected) for one in self.vacancies),
            "preselected_moved": sum(len(one.moved) for one in self.vacancies),
            "preselected_dropped": sum(len(one.dropped) for one in self.vacancies),
        }


class SuggestionState(StrEnum):
    """Whether past decisions say anything about the weights."""

    TOO_FEW = "too_few"
    INSEPARABLE = "inseparable"
    """Some criteria always went together, or decided alone: no numbers follow."""
    NO_RELATION = "no_relation"
    """Decisions do not follow the criteria clearly enough."""
    READY = "ready"


@dataclass(frozen=True, slots=True)
class SuggestedWeight:
    """What decisions suggest for one criterion, as a share of the score, with its 95 % interval."""

    criterion: str
    now: float
    suggested: float | None
    """None: decisions say nothing about this criterion, since hardly anybody did."""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What past decisions of the commission suggest; never applied by itself."""

    state: SuggestionState
    decisions: int
    approved: int
    needed: int
    needed_of_each: int
    """Approved and not approved ones, each."""
    used: int = 0
    """Decisions that tell people of one shortlist apart."""
    shortlists: int = 0
    weights: tuple[SuggestedWeight, ...] = ()
    unknown: tuple[float, float, float] | None = None
    """What an unknown fact counted for, as a share of a known good one, with its interval."""

    def draft_weights(self) -> dict[str, Decimal]:
        """The suggestion as weights that a draft can begin with: none below 0, in all 1."""
        shares = [max(w.now if w.suggested is None else w.suggested, 0.0) for w in self.weights]
        whole = [round(1000 * share / sum(shares)) for share in shares]
        whole[whole.index(max(whole))] += 1000 - sum(whole)
        return {
            w.criterion: Decimal(part) / 1000 for w, part in zip(self.weights, whole, strict=True)
        }
