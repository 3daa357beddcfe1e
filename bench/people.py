"""Made-up people in numbers: the register that `make bench` measures on.

The shape is the one measured in a published taxonomy's size: 13,939 skills in 640 groups in 95
broader groups, 436 unit groups of occupations, popularity by Zipf's law, 13 or 14 skills a person.
Only numbers and codes; nobody is described. Fixed seeds: the same size gives the same people, and
a smaller register is not the beginning of a larger one.

What the product's rules need beside it, and how it is made here: a person wishes for countries
(35 % for all of the twelve usual ones, 5 % state none, the others two draws, 18 % two of 52
others); years of work are split over the occupations, each unknown with 0.1; a passport is stated
by 60 %, valid for up to ten years; 6 % state no date of availability, 12 % one on which it ends;
6 % state no education. 1 % name no skills, 0.5 % of all neither skills nor occupations. Every
second skill of an occupation's list is essential to its unit group, so a unit group makes 103
skills in 35 groups likely (in ESCO 1.1.1: 77 in 39), and a person has 140 features, 33 of them by
named skills.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

SKILLS, GROUPS, BROADER = 13_939, 640, 95
FEATURES = SKILLS + GROUPS + BROADER
MAJORS, SUB_MAJORS, MINORS, UNITS = 10, 43, 130, 436
OCCUPATIONS, LISTED, FAVOURED = 3_039, 40, 10
DAY_ZERO = date(2026, 1, 1).toordinal()
UNKNOWN = -1

LANGUAGES = (
    *("ka", "en", "ru", "de", "fr", "it", "es", "tr", "pl", "cs", "he", "el", "pt", "uk", "bg"),
    *("ro", "hu", "nl", "sv", "da", "fi", "nb", "sk", "sl", "hr", "sr", "lt", "lv", "et", "ar"),
)
SPOKEN = np.array([0.93, 0.55, 0.42, 0.06, 0.05, 0.05, 0.04, 0.03, *[0.004] * 22])
LICENCES = (
    *("B", "C", "D", "A", "C1", "CE", "BE", "D1", "T", "AM", "F", "G"),
    *("welding", "forklift", "crane", "electrical"),
)
LICENSED = np.array([0.35, 0.08, 0.04, 0.03, *[0.02] * 12])
USUAL = ("DE", "PL", "BG", "IL", "FR", "IT", "ES", "GR", "CZ", "AT", "NL", "SE")
OTHERS = tuple(f"{a}{b}" for a in "XYZW" for b in "ABCDEFGHIJKLM")
COUNTRIES = USUAL + OTHERS

EVIDENCE = 3  # stated, tested, certificate: numbers of domain.enums.Evidence in its order


def zipf(size: int, a: float, b: float = 2.7) -> np.ndarray:
    """Probabilities proportional to 1 / (rank + b)^a."""
    weights = 1.0 / (np.arange(1, size + 1) + b) ** a
    return weights / weights.sum()


@dataclass(frozen=True)
class Draw:
    """Draws from a fixed distribution, fast for millions."""

    cumulative: np.ndarray

    @classmethod
    def of(cls, probabilities: np.ndarray) -> Draw:
        return cls(np.cumsum(probabilities / probabilities.sum()))

    def __call__(self, rng: np.random.Generator, size: int | tuple[int, ...]) -> np.ndarray:
        found = np.searchsorted(self.cumulative, rng.random(size), side="right")
        return np.minimum(found, len(self.cumulative) - 1)


@dataclass(frozen=True)
class Taxonomy:
    """Skills, their groups, occupations with their lists of skills."""

    group: np.ndarray
    """Level-3 group of each skill."""
    broader: np.ndarray
    """Level-2 group of each level-3 group."""
    popularity: np.ndarray
    """Probability of each skill."""
    codes: tuple[str, ...]
    """The four digits of each unit group, ascending."""
    unit: np.ndarray
    """Unit group of each occupation, ascending: occupations stand in the order of the codes."""
    demand: np.ndarray
    """Probability of each occupation."""
    listed: np.ndarray
    """Occupations × 40 skills."""

    @cached_property
    def essential(self) -> tuple[np.ndarray, ...]:
        """Essential skills of each unit group: every second one of each of its occupations."""
        first = np.searchsorted(self.unit, np.arange(UNITS + 1))
        return tuple(
            np.unique(self.listed[begin:end, ::2])
            for begin, end in zip(first[:-1], first[1:], strict=True)
        )

    @cached_property
    def skill_names(self) -> tuple[str, ...]:
        return tuple(f"s{i:05d}" for i in range(SKILLS))

    def features_of_skills(self) -> np.ndarray:
        """Skills × 3: the skill, its group and broader group as numbers of features."""
        skill = np.arange(SKILLS)
        group = self.group[skill]
        return np.stack([skill, SKILLS + group, SKILLS + GROUPS + self.broader[group]], axis=1)


def taxonomy(seed: int = 1) -> Taxonomy:
    """The skills and occupations; about a second."""
    rng = np.random.default_rng(seed)
    group = Draw.of(zipf(GROUPS, 0.5))(rng, SKILLS)
    group[rng.permutation(SKILLS)[:GROUPS]] = np.arange(GROUPS)
    popularity = np.empty(SKILLS)
    popularity[rng.permutation(SKILLS)] = zipf(SKILLS, 1.0)
    codes, minor_of = _tree()
    more = rng.permutation(UNITS)[Draw.of(zipf(UNITS, 0.6))(rng, OCCUPATIONS - UNITS)]
    unit = np.sort(np.concatenate([np.arange(UNITS), more]))
    demand = np.empty(OCCUPATIONS)
    demand[rng.permutation(OCCUPATIONS)] = zipf(OCCUPATIONS, 0.9, 5)
    listed = _lists(rng, group, popularity, minor_of[unit])
    broader = rng.integers(0, BROADER, GROUPS)
    return Taxonomy(group, broader, popularity, codes, unit, demand, listed)


def _tree() -> tuple[tuple[str, ...], np.ndarray]:
    """Codes of the unit groups, and the number of the minor group of each."""
    majors = [str(i) for i in range(MAJORS)]
    subs = _children(majors, SUB_MAJORS)
    minors = _children(subs, MINORS)
    units = sorted(_children(minors, UNITS))
    place = {code: i for i, code in enumerate(sorted(minors))}
    return tuple(units), np.array([place[code[:3]] for code in units])


def _children(parents: list[str], total: int) -> list[str]:
    counts = [total // len(parents) + (i < total % len(parents)) for i in range(len(parents))]
    return [f"{p}{j + 1}" for p, count in zip(parents, counts, strict=True) for j in range(count)]


def _lists(
    rng: np.random.Generator, group: np.ndarray, popularity: np.ndarray, minor: np.ndarray
) -> np.ndarray:
    near = [
        np.flatnonzero(np.isin(group, rng.permutation(GROUPS)[:FAVOURED])) for _ in range(MINORS)
    ]
    own, everywhere = np.log(popularity**0.4), Draw.of(popularity)
    listed = np.empty((len(minor), LISTED), np.int64)
    for row, of in zip(listed, minor, strict=True):
        keys = own[near[of]] + rng.gumbel(size=len(near[of]))  # draws without putting back
        chosen = near[of][np.argsort(-keys)[: LISTED - 8]].tolist()
        while len(chosen) < LISTED:
            skill = int(everywhere(rng, 1)[0])
            if skill not in chosen:
                chosen.append(skill)
        row[:] = chosen
    return listed


@dataclass(frozen=True)
class Facts:
    """Some facts of everybody: whose, which, how much, how well known; sorted by person."""

    row: np.ndarray
    name: np.ndarray
    names: tuple[str, ...]
    value: np.ndarray
    evidence: np.ndarray


@dataclass(frozen=True)
class People:
    """Everybody, in columns; UNKNOWN stands for what was not stated."""

    person: np.ndarray
    registered: np.ndarray
    education: np.ndarray
    available_from: np.ndarray
    available_to: np.ndarray
    passport_valid_until: np.ndarray
    occupations: Facts
    """The value is months of work."""
    skills: Facts
    languages: Facts
    """The value is the level, 1–6."""
    licences: Facts
    desired_countries: Facts

    def __len__(self) -> int:
        return len(self.person)


def people(size: int, words: Taxonomy, seed: int = 2) -> People:
    """A register of `size` people; 300,000 take about five seconds."""
    rng = np.random.default_rng([seed, size])
    held, occupation = _occupations(rng, size, words)
    silent = rng.random(size) < 0.01  # names no skills
    idle = silent & (rng.random(size) < 0.5)  # nor occupations
    occupations = _worked(rng, held & ~idle[:, None], occupation, words)
    number = {
        # Ids follow the registration but for a few whose paper file came in later.
        "person": np.arange(1, size + 1, dtype=np.int64),
        "registered": _registered(rng, size),
        "education": _or_unknown(rng, 0.06, Draw.of(_EDUCATION)(rng, size)).astype(np.int8),
    }
    begins, ends = _availability(rng, size)
    until = DAY_ZERO + rng.integers(0, 3_650, size)
    return People(
        **number,
        available_from=begins,
        available_to=ends,
        passport_valid_until=_or_unknown(rng, 0.4, until).astype(np.int32),
        occupations=occupations,
        skills=_skills(rng, ~silent, held, occupation, words),
        languages=_languages(rng, size),
        licences=_facts(rng, rng.random((size, len(LICENCES))) < LICENSED, LICENCES),
        desired_countries=_wishes(rng, size),
    )


_EDUCATION = np.array([0.01, 0.02, 0.06, 0.30, 0.12, 0.14, 0.22, 0.11, 0.02])


def _occupations(
    rng: np.random.Generator, size: int, words: Taxonomy
) -> tuple[np.ndarray, np.ndarray]:
    """Which of four places are taken, and the occupations in them."""
    count = rng.choice(4, size, p=[0.5, 0.3, 0.15, 0.05]) + 1
    draw = Draw.of(words.demand)
    occupation = draw(rng, (size, 4))
    near = np.clip(occupation[:, :1] + rng.integers(-30, 31, (size, 3)), 0, OCCUPATIONS - 1)
    occupation[:, 1:] = np.where(rng.random((size, 3)) < 0.6, near, occupation[:, 1:])
    return np.arange(4) < count[:, None], occupation


def _worked(
    rng: np.random.Generator, held: np.ndarray, occupation: np.ndarray, words: Taxonomy
) -> Facts:
    """Each unit group once; the first place has most of the years."""
    code = np.where(held, words.unit[occupation], UNKNOWN)
    for place in range(1, 4):
        again = (code[:, :place] == code[:, place : place + 1]).any(axis=1)
        code[again, place] = UNKNOWN
    held = code != UNKNOWN
    years = np.minimum(rng.gamma(1.3, 5.0, len(held)), 45.0)
    share = np.where(held, [4.0, 2.0, 1.0, 1.0], 0.0)
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1.0)
    months = np.floor(years[:, None] * share * 12 + 0.5).astype(np.int32)
    months = np.where(rng.random(months.shape) < 0.1, UNKNOWN, months)
    return _facts(rng, held, words.codes, name=code, value=months)


def _skills(
    rng: np.random.Generator,
    named: np.ndarray,
    held: np.ndarray,
    occupation: np.ndarray,
    words: Taxonomy,
) -> Facts:
    size = len(named)
    count = np.clip(5 + rng.gamma(2.2, 5.2, size), 5, 40).astype(np.int64)
    row = np.repeat(np.arange(size), np.where(named, count, 0))
    place = (LISTED * rng.random(len(row)) ** 1.6).astype(np.int64)
    source = rng.random(len(row))
    second = np.where(held[:, 1], occupation[:, 1], occupation[:, 0])[row]
    skill = words.listed[np.where(source < 0.70, occupation[row, 0], second), place]
    anywhere = np.flatnonzero(source >= 0.84)
    skill[anywhere] = Draw.of(words.popularity)(rng, len(anywhere))
    key = np.unique(row * SKILLS + skill)
    row, skill = np.divmod(key, SKILLS)
    return _columns(rng, row, skill, words.skill_names, np.zeros(len(row)))


def _languages(rng: np.random.Generator, size: int) -> Facts:
    spoken = rng.random((size, len(LANGUAGES))) < SPOKEN
    level = rng.integers(1, 7, spoken.shape)
    level[:, 0] = rng.choice([6, 5, 4], size, p=[0.85, 0.10, 0.05])
    return _facts(rng, spoken, LANGUAGES, value=level)


def _wishes(rng: np.random.Generator, size: int) -> Facts:
    wished = np.zeros((size, len(COUNTRIES)), bool)
    everybody = np.arange(size)
    usual = Draw.of(np.concatenate([[0.42], 0.58 * zipf(len(USUAL) - 1, 0.6)]))
    for _ in range(2):
        wished[everybody, usual(rng, size)] = True
    kind = rng.random(size)
    wished[kind < 0.35, : len(USUAL)] = True
    far = np.flatnonzero(rng.random(size) < 0.18)
    others = Draw.of(zipf(len(OTHERS), 1.0))
    for _ in range(2):
        wished[far, len(USUAL) + others(rng, len(far))] = True
    wished[kind > 0.95] = False
    return _facts(rng, wished, COUNTRIES)


def _availability(rng: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    late = rng.integers(1, 366, size)
    begins = DAY_ZERO + np.where(rng.random(size) < 0.7, 0, late)
    ends = _or_unknown(rng, 0.88, begins + rng.integers(120, 720, size))
    undated = rng.random(size) < 0.06
    begins[undated] = UNKNOWN
    ends[undated] = UNKNOWN
    return begins.astype(np.int32), ends.astype(np.int32)


def _registered(rng: np.random.Generator, size: int) -> np.ndarray:
    days = np.sort(DAY_ZERO - rng.integers(0, 1_500, size))
    late = np.flatnonzero(rng.random(size) < 0.02)
    days[late] = DAY_ZERO - rng.integers(0, 1_500, len(late))
    return days.astype(np.int32)


def _or_unknown(rng: np.random.Generator, share: float, values: np.ndarray) -> np.ndarray:
    return np.where(rng.random(len(values)) < share, UNKNOWN, values)


def _facts(
    rng: np.random.Generator,
    held: np.ndarray,
    names: tuple[str, ...],
    *,
    name: np.ndarray | None = None,
    value: np.ndarray | None = None,
) -> Facts:
    row, place = np.nonzero(held)
    which = place if name is None else name[row, place]
    return _columns(rng, row, which, names, np.zeros(len(row)) if value is None else value[held])


def _columns(
    rng: np.random.Generator,
    row: np.ndarray,
    name: np.ndarray,
    names: tuple[str, ...],
    value: np.ndarray,
) -> Facts:
    evidence = np.searchsorted([0.85, 0.95], rng.random(len(row))).astype(np.uint8)
    return Facts(
        row.astype(np.int32), name.astype(np.int32), names, value.astype(np.int32), evidence
    )
