"""Vacancies compiled for the kernel: features and points, gates, tables; see `plan_layout`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.criteria import languages, readiness
from matching.engine import plan_layout as at
from matching.engine.gate_rows import Key, gate_keys
from matching.engine.jit import Array
from matching.engine.kinship import far_credit, near_prefixes, work_table
from matching.engine.lexicon import Lexicon, implied_points
from matching.engine.numbering import Names
from matching.engine.plan_layout import Plan
from matching.engine.skill_points import skill_points
from matching.gates import FLAG_SENTENCES
from matching.outside import Outside
from matching.parameters import Parameters
from matching.points import THOUSAND, in_months
from matching.ranking_rules import points_by_criterion
from matching.types import Requirement, Vocabulary

assert tuple(FLAG_SENTENCES)[: len(at.FLAG_NAMES)] == at.FLAG_NAMES


@dataclass(frozen=True)
class Compiled:
    """Vacancies for one pool, vocabulary and version of the parameters."""

    plan: Plan
    keys: list[Key]
    """Rows of the gate matrix after the first."""


def compile_vacancies(
    requirements: Sequence[Requirement],
    outside: Sequence[Outside],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> Compiled:
    """Compile each vacancy with its gates decided outside."""
    head = np.zeros((len(requirements), at.HEAD), np.int64)
    writer = _Writer(lexicon, vocabulary, parameters)
    for row, requirement, gates in zip(head, requirements, outside, strict=True):
        writer.write(row, requirement, gates)
    base = np.zeros((len(requirements), len(lexicon.names.of["occupations"]) + 1), np.int32)
    ints = np.array(writer.ints, np.int32)
    head[:, at.WORK] += len(ints)
    implied_points(head, ints, lexicon.codes_ptr, lexicon.codes, base)
    plan = Plan(head, np.concatenate([ints, *writer.tables]), base)
    return Compiled(plan, list(writer.gate_row))


@dataclass
class _Writer:
    lexicon: Lexicon
    vocabulary: Vocabulary
    parameters: Parameters
    ints: list[int] = field(default_factory=list)
    gate_row: dict[Key, int] = field(default_factory=dict)
    table_of: dict[tuple[str, ...], int] = field(default_factory=dict)
    tables: list[Array] = field(default_factory=list)
    tables_end: int = 0
    levels: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def write(self, head: Array, requirement: Requirement, outside: Outside) -> None:
        """Fill in one row of the head."""
        budget = points_by_criterion(requirement, self.parameters)
        head[at.UNKNOWN_CREDIT] = self.parameters.unknown_credit
        self._skills(head, requirement, budget.get("skills", 0))
        self._gates(head, requirement, outside)
        self._work(head, requirement, budget)
        self._languages(head, requirement, budget.get("languages", 0))
        self._readiness(head, requirement, budget.get("readiness", 0))
        self._rests(head, requirement)
        head[at.FLAGS] = _flags(requirement, budget)

    @property
    def names(self) -> Names:
        return self.lexicon.names

    def _unknown(self, points: int) -> int:
        return points * self.parameters.unknown_credit // THOUSAND

    def _skills(self, head: Array, requirement: Requirement, budget: int) -> None:
        if not budget:
            return
        rarity = self.vocabulary.rarity
        asked = skill_points(requirement, budget, self.lexicon, rarity, self.parameters)
        head[at.FEATURES] = len(self.ints)
        self.ints += asked.features.tolist()
        head[at.FEATURES_END] = len(self.ints)
        self.ints += asked.points.tolist()
        head[at.SKILLS_BUDGET], head[at.SKILLS_UNKNOWN], unknown = asked.sums
        numbers = [self.names.of["licences"].number(code) for code in asked.licences]
        pairs = zip(numbers, asked.licence_points, strict=True)
        self._list(head, at.LICENCES, [item for pair in pairs for item in pair])
        head[at.LICENCES_UNKNOWN], head[at.LICENCES_BUDGET] = unknown, sum(asked.licence_points)

    def _rests(self, head: Array, requirement: Requirement) -> None:
        """What is still to be had at each step of the scan: nobody who can't reach is finished."""
        ready = int(head[at.LICENCES_BUDGET] + head[at.PASSPORT_BUDGET] + head[at.SEASON_BUDGET])
        after = ready + int(head[at.LANGUAGES_BUDGET])
        head[at.REST_AFTER_LANGUAGES], head[at.REST_AFTER_WORK] = ready, after
        head[at.REST] = after + head[at.WORK_BUDGET] + head[at.EXPERIENCE_BUDGET]
        head[at.REST_FAR] = after + head[at.WORK_BUDGET] * far_credit(self.parameters) // THOUSAND
        keys: list[Key] = [("near", prefix) for prefix in near_prefixes(requirement.occupations)]
        rows = [self.gate_row.setdefault(key, len(self.gate_row) + 1) for key in keys]
        self._list(head, at.NEAR, rows)

    def _list(self, head: Array, begin: int, items: list[int]) -> None:
        head[begin] = len(self.ints)
        self.ints += items
        head[begin + 1] = len(self.ints)

    def _gates(self, head: Array, requirement: Requirement, outside: Outside) -> None:
        pairs: list[int] = []
        for place, key in gate_keys(requirement, self.parameters, self.names, outside):
            pairs += (self.gate_row.setdefault(key, len(self.gate_row) + 1), place)
        self._list(head, at.GATES, pairs)

    def _work(self, head: Array, requirement: Requirement, budget: dict[str, int]) -> None:
        head[at.WORK_BUDGET] = budget.get("occupation", 0)
        head[at.EXPERIENCE_BUDGET] = budget.get("experience", 0)
        head[at.WORK_MONTHS] = in_months(requirement.experience_years or 0)
        asked = requirement.occupations
        if asked not in self.table_of:
            self.table_of[asked] = self.tables_end
            self.tables.append(work_table(asked, self.names, self.parameters))
            self.tables_end += len(self.tables[-1])
        head[at.WORK] = self.table_of[asked]

    def _languages(self, head: Array, requirement: Requirement, budget: int) -> None:
        items: list[int] = []
        shares = languages.shares(requirement, budget) if budget else ()
        for asked, share in zip(requirement.languages, shares, strict=False):
            items.append(self.names.of["languages"].number(asked.language))
            items += self._by_level(share, asked.level)
            head[at.LANGUAGES_UNKNOWN] += self._unknown(share)
            head[at.LANGUAGES_BUDGET] += share
        self._list(head, at.LANGUAGES, items)

    def _by_level(self, share: int, asked: int) -> list[int]:
        if (share, asked) not in self.levels:
            credits = (languages.level_credit(held, asked, self.parameters) for held in range(8))
            self.levels[share, asked] = [share * credit // THOUSAND for credit in credits]
        return self.levels[share, asked]

    def _readiness(self, head: Array, requirement: Requirement, budget: int) -> None:
        head[at.PASSPORT_DAYS] = head[at.SEASON_DAYS] = 1
        if not readiness.is_asked(requirement):
            return
        passport, season = readiness.shares(budget, self.parameters)
        asked = readiness.season(requirement, self.parameters)
        head[at.START], head[at.END] = asked.start, asked.end
        head[at.PASSPORT_DAYS] = asked.passport_until - asked.start + 1
        head[at.PASSPORT_UNKNOWN], head[at.PASSPORT_BUDGET] = self._unknown(passport), passport
        head[at.SEASON_DAYS] = asked.end - asked.start + 1
        head[at.SEASON_UNKNOWN], head[at.SEASON_BUDGET] = self._unknown(season), season


def _flags(requirement: Requirement, budget: dict[str, int]) -> int:
    """Bits of the facts that a vacancy needs, as `gates.flags` defines them."""
    dates = "readiness" in budget
    needed = (
        "occupation" in budget or "experience" in budget,
        "experience" in budget,
        bool(requirement.skills_essential or requirement.skills_optional),
        bool(requirement.languages),
        bool(requirement.licences_required or requirement.licences_preferred),
        requirement.education_min is not None,
        dates,
        bool(requirement.country),
        dates,
    )
    return sum(1 << bit for bit, is_needed in enumerate(needed) if is_needed)
