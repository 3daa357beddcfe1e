"""A vacancy as plain tables, and what every peer computes from them besides the skills.

Written from the table of the ranking rules and not from the engine, so that it can tell whether
the engine is right. `Wide` is everybody in plain columns, as a careful user of NumPy, pandas or a
database would lay them out; `Query` holds what one vacancy asks; `finish` adds what is not skills.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from bench.people import (
    COUNTRIES,
    FEATURES,
    GROUPS,
    LANGUAGES,
    LICENCES,
    SKILLS,
    UNITS,
    UNKNOWN,
    Facts,
    People,
    Taxonomy,
)
from matching.parameters import Parameters
from matching.points import in_months, split_points
from matching.types import Requirement, Vocabulary

PLACES = 4
ALWAYS = 10**7


@dataclass(frozen=True)
class Wide:
    """One entry per person."""

    person: np.ndarray
    registered: np.ndarray
    education: np.ndarray
    begins: np.ndarray
    ends: np.ndarray
    passport: np.ndarray
    isco: np.ndarray
    """People × 4, number of the unit group; 436 stands for none."""
    months: np.ndarray
    """People × 4; -1 is unknown."""
    level: np.ndarray
    """People × 30."""
    licences: np.ndarray
    """One bit each."""
    countries: np.ndarray
    """One bit each."""
    no_skills: np.ndarray
    """Names neither skills nor occupations."""
    posted: sparse.csr_array
    """Features × people, ones: skills and likely skills closed upward."""

    def __len__(self) -> int:
        return len(self.person)


def widen(people: People, words: Taxonomy) -> Wide:
    """The columns of a register."""
    size = len(people)
    held = people.occupations
    place = _place_within(held.row)
    isco = np.full((size, PLACES), UNITS, np.int16)
    months = np.zeros((size, PLACES), np.int16)
    isco[held.row, place], months[held.row, place] = held.name, held.value
    level = np.zeros((size, len(LANGUAGES)), np.uint8)
    level[people.languages.row, people.languages.name] = people.languages.value
    undated = people.available_from == UNKNOWN
    named = np.zeros(size, bool)
    named[people.skills.row] = True
    return Wide(
        people.person,
        people.registered,
        people.education,
        np.where(undated, UNKNOWN, people.available_from),
        np.where(people.available_to == UNKNOWN, ALWAYS, people.available_to),
        people.passport_valid_until,
        isco,
        months,
        level,
        _bits(people.licences, size),
        _bits(people.desired_countries, size),
        ~named & (isco == UNITS).all(axis=1),
        _posted(people, words, size),
    )


def _place_within(rows: np.ndarray) -> np.ndarray:
    first = np.searchsorted(rows, rows)
    return np.arange(len(rows)) - first


def _bits(facts: Facts, size: int) -> np.ndarray:
    bits = np.zeros(size, np.uint64)
    np.bitwise_or.at(bits, facts.row, np.uint64(1) << facts.name.astype(np.uint64))
    return bits


def _posted(people: People, words: Taxonomy, size: int) -> sparse.csr_array:
    upward = words.features_of_skills()
    held, worked = people.skills, people.occupations
    closed = _links(held, SKILLS, size) @ _table(list(upward))
    closed += _links(worked, UNITS, size) @ _table(likely(words))
    closed.data[:] = 1  # several skills of one group count once
    posted = closed.T.tocsr()
    posted.sort_indices()
    return posted


def _links(facts: Facts, names: int, size: int) -> sparse.csr_array:
    ones = np.ones(len(facts.row), np.int32)
    ends = np.searchsorted(facts.row, np.arange(size + 1)).astype(np.int32)
    return sparse.csr_array((ones, facts.name, ends), (size, names))


def likely(words: Taxonomy) -> list[np.ndarray]:
    """Groups and broader groups that each unit group makes likely, each once."""
    upward = words.features_of_skills()[:, 1:]
    return [np.unique(upward[skills]) for skills in words.essential]


def _table(features: list[np.ndarray]) -> sparse.csr_array:
    """Rows of features as a matrix of ones."""
    ends = np.cumsum([0, *(len(row) for row in features)]).astype(np.int32)
    flat = np.concatenate(features).astype(np.int32)
    return sparse.csr_array((np.ones(len(flat), np.int32), flat, ends), (len(features), FEATURES))


def without_likely(wide: Wide, words: Taxonomy) -> sparse.csr_array:
    """The postings but for the groups that each person's most telling occupation implies."""
    table = _table(likely(words))
    implied = np.append(np.diff(table.indptr), 0)
    place = implied[wide.isco].argmax(axis=1)
    code = wide.isco[np.arange(len(wide)), place]
    at = np.flatnonzero(code < UNITS)
    ones = np.ones(len(at), np.int32)
    main = sparse.csr_array((ones, (at, code[at])), (len(wide), UNITS)) @ table
    main.data[:] = 1
    rest = (wide.posted - main.T.tocsr()).tocsr()
    rest.eliminate_zeros()
    rest.sort_indices()
    return rest


@dataclass(frozen=True)
class Query:
    """One vacancy in numbers; points are per million."""

    requirement: Requirement
    features: np.ndarray
    weights: np.ndarray
    skills_open: int
    """Points for the asked skills of somebody whose skills are unknown."""
    occupation: int
    credits: tuple[int, ...]
    """Thousandths for the same code, for three, two and one shared leading digits."""
    kinship: np.ndarray
    """Thousandths by unit group; 0 for none."""
    exact: np.ndarray
    """Whether a unit group is asked for itself."""
    experience: int
    required: int
    """Months."""
    languages: tuple[tuple[int, np.ndarray, int, int], ...]
    """Number, points by level, points while unknown and at most, level that is a must or 0."""
    licences: int
    """Bits that are required."""
    preferred: tuple[tuple[int, int], ...]
    """Bit and points."""
    education: int
    country: int
    """A bit."""
    start: int
    end: int
    passport_until: int
    tolerance: int
    passport: int
    availability: int
    unknown: int
    """Thousandths that count while unknown."""

    def part(self, low: np.ndarray | int, high: np.ndarray | int) -> np.ndarray | int:
        """Points between what is sure and what is possible."""
        return low + (high - low) * self.unknown // 1000


def compile_query(
    asked: Requirement, words: Taxonomy, vocabulary: Vocabulary, rules: Parameters
) -> Query:
    """The tables of one vacancy by the rules' own text."""
    years = in_months(asked.experience_years or 0)
    preferred = [x for x in asked.licences_preferred if x not in asked.licences_required]
    parts = {
        "occupation": bool(asked.occupations),
        "skills": bool(asked.skills_essential or asked.skills_optional or preferred),
        "languages": bool(asked.languages),
        "experience": years > 0,
        "readiness": asked.start is not None,
    }
    names = [name for name, is_asked in parts.items() if is_asked]
    shares = split_points(1_000_000, [rules.weights[name] for name in names])
    budget = dict.fromkeys(parts, 0) | dict(zip(names, shares, strict=True))
    features, weights, open_points, licence_points = _asked_skills(
        asked, preferred, budget["skills"], words, vocabulary, rules
    )
    passport, availability = split_points(
        budget["readiness"], (rules.readiness_passport, rules.readiness_availability)
    )
    start, end = asked.start or 0, asked.end or 0
    steps = (
        1000,
        rules.occupation_same_minor_group,
        rules.occupation_same_sub_major_group,
        rules.occupation_same_major_group,
    )
    return Query(
        asked,
        features,
        weights,
        open_points,
        budget["occupation"],
        steps,
        _kinship(asked, words, steps),
        np.array([*(code in asked.occupations for code in words.codes), False]),
        budget["experience"],
        years,
        _asked_languages(asked, budget["languages"], rules),
        sum(1 << LICENCES.index(x) for x in asked.licences_required),
        tuple((1 << LICENCES.index(x), p) for x, p in zip(preferred, licence_points, strict=True)),
        asked.education_min or 0,
        1 << COUNTRIES.index(asked.country),
        start,
        end,
        end + rules.passport_margin_days,
        rules.availability_tolerance_days,
        passport,
        availability,
        rules.unknown_credit,
    )


def _asked_skills(
    asked: Requirement,
    preferred: list[str],
    budget: int,
    words: Taxonomy,
    vocabulary: Vocabulary,
    rules: Parameters,
) -> tuple[np.ndarray, np.ndarray, int, tuple[int, ...]]:
    optional = rules.skill_optional_weight
    skills = [(s, 1000) for s in asked.skills_essential]
    skills += [(s, optional) for s in asked.skills_optional if s not in asked.skills_essential]
    weights = [weight * vocabulary.rarity[skill] for skill, weight in skills]
    weights += [rules.licence_preferred_weight * 100] * len(preferred)
    points = split_points(budget, weights)
    total: dict[int, int] = {}
    for (skill, _), full in zip(skills, points, strict=False):
        number = int(skill[1:])
        group = int(words.group[number])
        related = full * rules.skill_related // 1000
        broader = full * rules.skill_same_broader_group // 1000
        for feature, step in (
            (number, full - related),
            (SKILLS + group, related - broader),
            (SKILLS + GROUPS + int(words.broader[group]), broader),
        ):
            total[feature] = total.get(feature, 0) + step
    own = points[: len(skills)]
    return (
        np.array(list(total), np.int64),
        np.array(list(total.values()), np.int32),
        sum(p * rules.unknown_credit // 1000 for p in own),
        points[len(skills) :],
    )


def _kinship(asked: Requirement, words: Taxonomy, steps: tuple[int, ...]) -> np.ndarray:
    def shared(a: str, b: str) -> int:
        return next(
            (step for n, step in zip((4, 3, 2, 1), steps, strict=True) if a[:n] == b[:n]), 0
        )

    best = [max((shared(c, o) for o in asked.occupations), default=0) for c in words.codes]
    return np.array([*best, 0], np.int64)


def _asked_languages(
    asked: Requirement, budget: int, rules: Parameters
) -> tuple[tuple[int, np.ndarray, int, int], ...]:
    shares = split_points(budget, [1] * len(asked.languages))
    tables = []
    for one, share in zip(asked.languages, shares, strict=True):
        credit = [0] + [
            max(0, 1000 - rules.language_step * max(0, one.level - level)) for level in range(1, 8)
        ]
        points = np.array([share * c // 1000 for c in credit], np.int64)
        tables.append((LANGUAGES.index(one.language), points, share, one.level * one.must))
    return tuple(tables)


def passes(wide: Wide, query: Query) -> np.ndarray:
    """Rows of the people whom no gate excludes; an unknown fact does not exclude."""
    education = wide.education
    ok = (education >= query.education) | (education == UNKNOWN)
    ok &= ((wide.countries & np.uint64(query.country)) != 0) | (wide.countries == 0)
    ok &= wide.begins <= query.start + query.tolerance
    ok &= (wide.ends >= query.end - query.tolerance) | (wide.begins == UNKNOWN)
    if query.licences:
        required = np.uint64(query.licences)
        ok &= ((wide.licences & required) == required) | (wide.licences == 0)
    musts = [(number, must) for number, _, _, must in query.languages if must]
    if musts:
        reached = np.ones(len(wide), bool)
        for number, must in musts:
            reached &= wide.level[:, number] >= must
        ok &= reached | ~wide.level.any(axis=1)
    return np.flatnonzero(ok)


def finish(
    wide: Wide, query: Query, rows: np.ndarray, skills: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Points and low of these people, from their points for skills and everything else."""
    blank = np.where(wide.no_skills[rows], query.skills_open, 0)
    low, points = skills.astype(np.int64), skills + blank
    for least, most in _other_gains(wide, query, rows):
        low = low + least
        points = points + query.part(least, most)
    return points, low


def _other_gains(wide: Wide, query: Query, rows: np.ndarray):
    isco, months = wide.isco[rows], wide.months[rows].astype(np.int64)
    none = (isco == UNITS).all(axis=1)
    full = query.occupation * query.kinship[isco] // 1000
    least = full
    if query.required:
        done = np.clip(months, 0, query.required)
        scaled = query.occupation * query.kinship[isco] * done // (1000 * query.required)
        least, full = np.where(months < 0, 0, scaled), np.where(months < 0, full, scaled)
    yield least.max(axis=1), np.where(none, query.occupation, full.max(axis=1))
    licences = wide.licences[rows]
    for bit, share in query.preferred:
        earned = np.where(licences & np.uint64(bit), share, 0)
        yield earned, np.where(licences == 0, share, earned)
    if query.languages:
        level = wide.level[rows]
        silent = ~level.any(axis=1)
        for number, points, share, _ in query.languages:
            earned = points[level[:, number]]
            yield earned, np.where(silent, share, earned)
    if query.experience:
        counts = query.exact[isco]
        total = np.where(counts & (months > 0), months, 0).sum(axis=1)
        is_open = none | (counts & (months < 0)).any(axis=1)
        earned = query.experience * np.minimum(total, query.required) // query.required
        yield earned, np.where(is_open, query.experience, earned)
    valid = wide.passport[rows].astype(np.int64)
    days = query.passport_until - query.start + 1
    earned = query.passport * np.clip(valid - query.start + 1, 0, days) // days
    unknown = valid == UNKNOWN
    yield np.where(unknown, 0, earned), np.where(unknown, query.passport, earned)
    begins = wide.begins[rows].astype(np.int64)
    days = query.end - query.start + 1
    covered = np.minimum(wide.ends[rows], query.end) - np.maximum(begins, query.start) + 1
    earned = query.availability * np.maximum(covered, 0) // days
    undated = begins == UNKNOWN
    yield np.where(undated, 0, earned), np.where(undated, query.availability, earned)


def best(
    wide: Wide, rows: np.ndarray, points: np.ndarray, low: np.ndarray, k: int
) -> list[tuple[int, int, int]]:
    """The first k as (person, points, low): points, then low, earlier registration, id."""
    if len(rows) > k:
        cut = np.partition(points, len(points) - k)[len(points) - k]
        chosen = np.flatnonzero(points >= cut)  # ties of the last one stay in
        rows, points, low = rows[chosen], points[chosen], low[chosen]
    order = np.lexsort((wide.person[rows], wide.registered[rows], -low, -points))[:k]
    rows = rows[order]
    return list(
        zip(wide.person[rows].tolist(), points[order].tolist(), low[order].tolist(), strict=True)
    )
