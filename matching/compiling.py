"""Vacancies compiled for the kernel: features and points, gates, tables; see `plan_layout`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching import plan_layout as at
from matching.criteria import languages, readiness, skills
from matching.gate_rows import Key, gate_keys
from matching.gates import FLAG_SENTENCES
from matching.jit import Array
from matching.kinship import work_table
from matching.lexicon import Lexicon, implied_points
from matching.numbering import Names
from matching.outside import Outside
from matching.parameters import Parameters
from matching.plan_layout import Plan
from matching.points import THOUSAND, in_months
from matching.ranking_rules import points_by_criterion
from matching.types import Requirement

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
    parameters: Parameters,
) -> Compiled:
    """Compile each vacancy with its gates decided outside."""
    head = np.zeros((len(requirements), at.HEAD), np.int64)
    writer = _Writer(lexicon, parameters, [], {}, {}, [])
    fptr = [0]
    for row, requirement, gates in zip(head, requirements, outside, strict=True):
        fptr.append(fptr[-1] + writer.write(row, requirement, gates))
    base = np.zeros((len(requirements), len(lexicon.names.of["occupations"]) + 1), np.int32)
    ints = np.array(writer.ints, np.int32)
    head[:, at.WORK] += len(ints)
    _imply(head, ints, np.array(fptr), lexicon, base)
    plan = Plan(head, np.concatenate([ints, *writer.tables]), base)
    return Compiled(plan, list(writer.gate_row))


def _imply(head: Array, ints: Array, fptr: Array, lexicon: Lexicon, base: Array) -> None:
    """Points of what the occupation codes imply."""
    if not len(lexicon.codes):
        return
    begins, ends = head[:, at.FEATURES], head[:, at.FEATURES_END]
    pairs = [(ints[b:e], ints[e : e + e - b]) for b, e in zip(begins, ends, strict=True)]
    features, points = (np.concatenate(column) for column in zip(*pairs, strict=True))
    implied_points(fptr, features, points, lexicon.codes_ptr, lexicon.codes, base)
    head[:, at.IMPLIED] = base.any(axis=1)


@dataclass
class _Writer:
    lexicon: Lexicon
    parameters: Parameters
    ints: list[int]
    gate_row: dict[Key, int]
    table_of: dict[tuple[str, ...] | None, int]
    tables: list[Array]
    tables_end: int = 0

    def write(self, head: Array, requirement: Requirement, outside: Outside) -> int:
        """Fill in one row of the head; how many features it has."""
        budget = points_by_criterion(requirement, self.parameters)
        head[at.UNKNOWN_CREDIT] = self.parameters.unknown_credit
        features = self._skills(head, requirement, budget.get("skills", 0))
        self._gates(head, requirement, outside)
        self._work(head, requirement, budget)
        self._languages(head, requirement, budget.get("languages", 0))
        self._readiness(head, requirement, budget.get("readiness", 0))
        after = (at.LICENCES_BUDGET, at.LANGUAGES_BUDGET, at.PASSPORT_BUDGET, at.SEASON_BUDGET)
        head[at.REST_AFTER_WORK] = head[list(after)].sum()
        head[at.REST] = head[at.REST_AFTER_WORK] + sum(
            budget.get(name, 0) for name in ("occupation", "experience")
        )
        head[at.FLAGS] = _flags(requirement, budget)
        return features

    @property
    def names(self) -> Names:
        return self.lexicon.names

    def _unknown(self, points: int) -> int:
        return points * self.parameters.unknown_credit // THOUSAND

    def _skills(self, head: Array, requirement: Requirement, budget: int) -> int:
        weights: dict[int, int] = {}
        licences: list[int] = []
        related = self.parameters.skill_related
        broader = self.parameters.skill_same_broader_group
        for item in skills.asked_skills(
            requirement, budget, self.lexicon.vocabulary, self.parameters
        ):
            unknown = self._unknown(item.points)
            if item.is_licence:
                licences += (self.names.of["licences"].number(item.code), item.points)
                head[at.LICENCES_UNKNOWN] += unknown
                head[at.LICENCES_BUDGET] += item.points
                continue
            head[at.SKILLS_UNKNOWN] += unknown
            head[at.SKILLS_BUDGET] += item.points
            near, far = item.points_for(related), item.points_for(broader)
            steps = (item.points - near, near - far, far)
            for feature, step in zip(self.lexicon.of_skill(item.code), steps, strict=True):
                weights[feature] = weights.get(feature, 0) + step
        earning = {feature: points for feature, points in weights.items() if points}
        head[at.FEATURES] = len(self.ints)
        self.ints += earning
        head[at.FEATURES_END] = len(self.ints)
        self.ints += earning.values()
        self._list(head, at.LICENCES, licences)
        return len(earning)

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
            items += (
                share * languages.level_credit(level, asked.level, self.parameters) // THOUSAND
                for level in range(8)
            )
            head[at.LANGUAGES_UNKNOWN] += self._unknown(share)
            head[at.LANGUAGES_BUDGET] += share
        self._list(head, at.LANGUAGES, items)

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
