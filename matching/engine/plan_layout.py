"""How a compiled vacancy is laid out: one row of `Plan.head`, with offsets into `Plan.ints`.

Points are per million, days are ordinals. A criterion that is not asked has a budget of 0.
"""

from __future__ import annotations

from typing import NamedTuple

from matching.engine.jit import Array

(
    FEATURES,  # begin of the feature numbers; as many weights follow
    FEATURES_END,
    GATES,  # begin of pairs: row of the shard's gate matrix, place of the gate in the order
    GATES_END,
    WORK,  # begin of the table by occupation code: kinship in thousandths * 2 + years count
    WORK_BUDGET,
    WORK_MONTHS,  # required
    EXPERIENCE_BUDGET,
    SKILLS_UNKNOWN,  # points of the named skills for a person of whom nothing is known
    SKILLS_BUDGET,  # of the named skills; each budget follows its points while unknown
    LICENCES,  # begin of pairs: preferred licence, points
    LICENCES_END,
    LICENCES_UNKNOWN,
    LICENCES_BUDGET,
    LANGUAGES,  # begin of nines: language, points by level 0 to 7
    LANGUAGES_END,
    LANGUAGES_UNKNOWN,
    LANGUAGES_BUDGET,
    START,
    END,
    PASSPORT_DAYS,
    PASSPORT_UNKNOWN,
    PASSPORT_BUDGET,
    SEASON_DAYS,
    SEASON_UNKNOWN,
    SEASON_BUDGET,
    UNKNOWN_CREDIT,
    REST,  # most that everything but the named skills can add
    REST_AFTER_WORK,  # the same without occupation and experience
    REST_AFTER_LANGUAGES,  # and without languages
    REST_FAR,  # what is left for people whose occupations are all far
    NEAR,  # begin of the gate matrix's rows of people with a near occupation, or none stated
    NEAR_END,
    IMPLIED,  # 1 where an occupation implies groups of asked skills: `Plan.base` counts
    FLAGS,  # bits of the facts that this vacancy needs, in the order of FLAG_NAMES
    HEAD,  # how many there are
) = range(36)

FLAG_NAMES = (
    "occupations_unknown",
    "years_unknown",
    "skills_unknown",
    "languages_unknown",
    "licences_unknown",
    "education_unknown",
    "availability_unknown",
    "countries_unknown",
    "passport_unknown",
)
"""In the order of `gates.FLAG_SENTENCES`; bit 0 is the first."""

(OCCUPATION, SKILLS, LANGUAGE, EXPERIENCE, READINESS, CRITERIA) = range(6)
"""Places of the criteria in `parts`; points, low, high each."""

LOW_BITS, DAY_BITS = 20, 23
"""An order key is points << 43 | low << 23 | (2^23 - 1 - day of registration): larger is better.
Points and low need 20 bits, a day ordinal up to the year 9999 needs 22."""
LATEST = (1 << DAY_BITS) - 1


class Plan(NamedTuple):
    """Compiled vacancies."""

    head: Array
    """int64, vacancies × HEAD."""
    ints: Array
    """int32: everything of varying length."""
    base: Array
    """int32, vacancies × (occupation codes + 1): points of what a code implies; 0 is no code."""


(
    REGISTERED,  # day ordinals, -1 unknown
    AVAILABLE_FROM,
    AVAILABLE_TO,
    PASSPORT,
    SPOKEN,  # begin of the person's languages, then licences, in `Facts.spoken`
    COUNTS,  # languages | licences << 8 | NO_WORK … NO_COUNTRY
    PERSON,  # the id's lower and higher half
    PERSON_HIGH,
    ROW,  # how many there are
) = range(9)

NO_WORK, NO_SKILLS, NO_COUNTRY, NO_EDUCATION = 1 << 16, 1 << 17, 1 << 18, 1 << 19


class Facts(NamedTuple):
    """The facts of a shard that earn points: what is looked at together lies together."""

    row: Array
    """int32, people × ROW: half a line of the processor's cache for each person."""
    spoken: Array
    """uint16: language or licence << 3 | level."""
    work_ptr: Array
    """int32: where a person's occupations begin; one entry more than people."""
    work: Array
    """uint32: occupation code << 16 | months + 1; months 0 = not stated."""


class Inverted(NamedTuple):
    """Who has each feature (a skill, group or broader group), by one vocabulary."""

    ptr: Array
    """int32: where the rows of a feature begin."""
    rows: Array
    """uint16, ascending within a feature. Not those whose primary occupation implies it."""
    primary: Array
    """uint16: code + 1 of the occupation that implies most features; 0 none."""
    blank: Array
    """uint16: rows of people with neither skills nor occupations."""


class Heaps(NamedTuple):
    """The best k of each vacancy so far, the worst of them first."""

    key: Array
    """int64, vacancies × k; -1 is empty."""
    person: Array
    """int64: the smaller id goes first among equal keys."""
    slot: Array
    """int32: the entry of `parts`."""
    parts: Array
    """int32, vacancies × k × criteria × (points, low, high)."""
