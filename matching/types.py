"""What the engine takes and gives: profiles and a requirement in, explained candidates out.

Dates are day ordinals (`date.toordinal()`), CEFR levels 1 (A1) … 6 (C2), 7 (native), education is
ISCED 0–8, occupations are four-digit ISCO-08 unit groups as text. `None` or an empty collection
means *unknown*. There is deliberately no sex, age, name, region, nationality or family status.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from domain.enums import CriterionStatus, Evidence
from domain.texts import Sentence
from domain.values import PER_POINT
from matching.places import Places

if TYPE_CHECKING:
    from matching.standing import Standing


class Verdict(IntEnum):
    """A fact at a gate. Only FAILED excludes; UNKNOWN flags and asks."""

    FAILED = 0
    UNKNOWN = 1
    MET = 2


@dataclass(frozen=True, slots=True)
class OccupationHeld:
    """An occupation the person worked in; `years` is None when it was not stated."""

    code: str
    years: float | None
    evidence: Evidence = Evidence.STATED


@dataclass(frozen=True, slots=True)
class Profile:
    """What the engine may know of a person."""

    person: int
    """Stable id; the last tie-break."""
    registered: int
    """Day ordinal of registration; earlier goes first among equals."""
    occupations: tuple[OccupationHeld, ...] = ()
    skills: Mapping[str, Evidence] = field(default_factory=dict)
    languages: Mapping[str, tuple[int, Evidence]] = field(default_factory=dict)
    licences: Mapping[str, Evidence] = field(default_factory=dict)
    education: int | None = None
    available_from: int | None = None
    available_to: int | None = None
    desired_countries: frozenset[str] = frozenset()
    passport_valid_until: int | None = None
    outside: Mapping[str, Verdict] = field(default_factory=dict)
    """Gates decided outside the engine by name: scheme rules ("scheme_age", "scheme_citizenship"),
    and process facts ("already_placed", "held_elsewhere", "withdrawn"). A missing name is MET."""


@dataclass(frozen=True, slots=True)
class LanguageAsked:
    """A required language level; `must` makes it a gate as well."""

    language: str
    level: int
    must: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a vacancy asks. An empty list or None is "not asked" and drops the criterion."""

    vacancy: str
    country: str
    occupations: tuple[str, ...] = ()
    experience_years: float | None = None
    skills_essential: tuple[str, ...] = ()
    skills_optional: tuple[str, ...] = ()
    languages: tuple[LanguageAsked, ...] = ()
    licences_required: tuple[str, ...] = ()
    licences_preferred: tuple[str, ...] = ()
    education_min: int | None = None
    start: int | None = None
    end: int | None = None
    outside_gates: tuple[str, ...] = ()
    """Names in `Profile.outside` that apply to this vacancy, in the order they are checked."""


@dataclass(frozen=True)
class Vocabulary:
    """Relations among skills and occupations, from the reference tables.

    `group` maps a skill to its level-3 group, `broader` a level-3 group to its level-2 group,
    `essential` an ISCO-08 unit group to the skills that are essential to it. `rarity` weighs a
    skill by how few unit groups it is essential to (`matching.vocabulary.skill_rarity`, hundredths
    of a neutral skill). It is a fact of the reference tables and not of the people registered, so
    that adding a person never swaps two others. A skill that is not listed counts as neutral.
    """

    group: Mapping[str, str]
    broader: Mapping[str, str]
    essential: Mapping[str, frozenset[str]]
    rarity: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One line of the requirement table: asked · has · verdict · how known · points.

    Points are per million of the whole score and add up, over all rows, exactly to `points` of
    the candidate; `low` and `high` do so for the range.
    """

    criterion: str
    kind: str
    """One of gate, scored. A gate can carry points too: a language that is a must. A row of kind
    gate with status `short` or `not_met` excludes."""
    asked: Sentence
    has: Sentence
    status: CriterionStatus
    known: str
    """One of stated, tested, certificate, likely, unknown, computed."""
    points: int
    low: int
    high: int
    points_max: int


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion of one candidate. `credit` is None when everything it needs is unknown."""

    name: str
    weight: float
    """Weight after re-scaling over the criteria that the vacancy asks for."""
    credit: float | None
    status: CriterionStatus
    points: int
    low: int
    high: int
    sentence: Sentence
    brief: Sentence | None = None
    """The sentence in a word, to stand beside the sign of the status."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """The smallest real change that would raise the score, or open a failed gate."""

    change: Sentence
    score: int
    """Points per million after the change."""
    rank: int | None
    """The rank it would bring (None: the person stays excluded by another gate)."""
    opens_gate: str | None = None


@dataclass(frozen=True)
class RankedCandidate:
    """A person in the ranked list. Points are integers per million; score = points / 10,000."""

    person: int
    rank: int
    points: int
    low: int
    high: int
    flags: tuple[str, ...]
    """Names of gates and facts that are unknown, for example "passport_unknown"; their sentences
    are in `matching.gates.FLAG_SENTENCES`."""
    criteria: tuple[CriterionResult, ...] = ()

    @property
    def score(self) -> float:
        """0–100, one decimal is meaningful."""
        return self.points / PER_POINT


@dataclass(frozen=True)
class Exclusion:
    """A person behind failed gates, all of them, in the order of the rules."""

    person: int
    gates: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """The whole answer for one vacancy, best first; explanations only for those asked for."""

    parameters: str
    pool: int
    candidates: Sequence[RankedCandidate]
    excluded: Sequence[Exclusion]
    excluded_by_gate: Mapping[str, int]
    """How many each gate that the vacancy has excludes, by the first gate that failed."""
    find_places: Callable[[], Places] = field(compare=False, repr=False)

    standing: Standing | None = field(default=None, compare=False, repr=False)
    """Everybody's numbers, of the ranked and the excluded, as the fast path left them."""

    @cached_property
    def places(self) -> Places:
        """The same lists as columns."""
        return self.find_places()
