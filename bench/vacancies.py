"""Made-up vacancies for the made-up people, as the engine's own requirements, and its vocabulary.

Where the product differs from the register they were measured on: a vacancy is in one country; its
season begins within 60 days and lasts three to eight months; a licence is required by 25 % and one
more preferred by 10 %; years of work and rarity of skills weigh as the product's rules say.
"""

from __future__ import annotations

import numpy as np

from bench.people import (
    COUNTRIES,
    DAY_ZERO,
    LANGUAGES,
    LICENCES,
    LISTED,
    OCCUPATIONS,
    OTHERS,
    USUAL,
    Draw,
    Taxonomy,
    zipf,
)
from matching.parameters import Parameters
from matching.types import LanguageAsked, Requirement, Vocabulary
from matching.vocabulary import build_vocabulary

EDUCATION = (None, 3, 4, 5, 6, 7)
YEARS = (None, 1.0, 2.0, 3.0, 5.0)


def vocabulary(words: Taxonomy, parameters: Parameters) -> Vocabulary:
    """The relations of the made-up skills, as the engine takes them."""
    names = words.skill_names
    return build_vocabulary(
        {name: f"g{group:03d}" for name, group in zip(names, words.group.tolist(), strict=True)},
        {f"g{group:03d}": f"b{of:02d}" for group, of in enumerate(words.broader.tolist())},
        {
            code: frozenset(names[skill] for skill in some.tolist())
            for code, some in zip(words.codes, words.essential, strict=True)
        },
        parameters,
    )


def vacancies(count: int, words: Taxonomy, seed: int = 3) -> list[Requirement]:
    """So many vacancies; the first are the same whatever the count."""
    return [_vacancy(np.random.default_rng([seed, i]), i, words) for i in range(count)]


def _vacancy(rng: np.random.Generator, number: int, words: Taxonomy) -> Requirement:
    occupation = int(Draw.of(words.demand)(rng, 1)[0])
    essential, optional = _skills(rng, words, occupation)
    start = DAY_ZERO + int(rng.integers(0, 61))
    required, preferred = _licences(rng)
    return Requirement(
        vacancy=f"V{number:05d}",
        country=_country(rng),
        occupations=_codes(rng, words, occupation),
        experience_years=YEARS[rng.choice(5, p=[0.45, 0.2, 0.15, 0.12, 0.08])],
        skills_essential=essential,
        skills_optional=optional,
        languages=_languages(rng),
        licences_required=required,
        licences_preferred=preferred,
        education_min=EDUCATION[rng.choice(6, p=[0.35, 0.25, 0.1, 0.1, 0.15, 0.05])],
        start=start,
        end=start + int(rng.integers(90, 241)),
    )


def _codes(rng: np.random.Generator, words: Taxonomy, occupation: int) -> tuple[str, ...]:
    near = np.clip(occupation + rng.integers(-30, 31, 2), 0, OCCUPATIONS - 1)
    count = rng.choice(3, p=[0.6, 0.3, 0.1])
    units = [words.unit[occupation], *words.unit[near[:count]]]
    return tuple(dict.fromkeys(words.codes[unit] for unit in units))


def _skills(
    rng: np.random.Generator, words: Taxonomy, occupation: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    count = int(np.clip(8 + rng.gamma(2, 3.5), 8, 30))
    weights = 1.0 / (np.arange(LISTED) + 4)
    places = rng.choice(LISTED, count, replace=False, p=weights / weights.sum())
    chosen = words.listed[occupation, places].tolist()
    if rng.random() < 0.5:
        chosen += Draw.of(words.popularity)(rng, 2).tolist()
    chosen = list(dict.fromkeys(chosen))
    is_essential = rng.random(len(chosen)) < 0.55
    names = [words.skill_names[skill] for skill in chosen]
    return (
        tuple(name for name, on in zip(names, is_essential, strict=True) if on),
        tuple(name for name, on in zip(names, is_essential, strict=True) if not on),
    )


def _languages(rng: np.random.Generator) -> tuple[LanguageAsked, ...]:
    count = rng.choice(4, p=[0.1, 0.45, 0.35, 0.1])
    rest = len(LANGUAGES) - 3
    chances = [0.45, 0.14, 0.32, *[0.09 / rest] * rest]
    chosen = rng.choice(len(LANGUAGES), count, replace=False, p=chances)
    return tuple(
        LanguageAsked(
            LANGUAGES[language],
            int(rng.integers(4, 7) if language == 0 else rng.integers(2, 6)),
            must=bool(rng.random() < 0.6),
        )
        for language in chosen
    )


def _licences(rng: np.random.Generator) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rest = len(LICENCES) - 4
    chances = [0.5, 0.1, 0.08, 0.05, *[0.27 / rest] * rest]
    first, second = rng.choice(len(LICENCES), 2, replace=False, p=chances)
    required = (LICENCES[first],) if rng.random() < 0.25 else ()
    preferred = (LICENCES[second],) if rng.random() < 0.10 else ()
    return required, preferred


def _country(rng: np.random.Generator) -> str:
    if rng.random() < 0.07:
        return OTHERS[int(Draw.of(zipf(len(OTHERS), 1.0))(rng, 1)[0])]
    if rng.random() < 0.45:
        return USUAL[0]
    return COUNTRIES[int(rng.integers(1, len(USUAL)))]
