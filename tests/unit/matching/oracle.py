"""A third opinion on points: SciPy over plain feature strings, written from the rules' text.

It shares no code with the engine, but for splitting points and reading parameters.
"""

from __future__ import annotations

from math import floor

import numpy as np
from scipy import sparse

from matching.parameters import Parameters
from matching.points import split_points
from matching.types import Profile, Requirement, Vocabulary


def ranked(
    people: list[Profile], asked: Requirement, words: Vocabulary, rules: Parameters
) -> list[tuple[int, int, int, int]]:
    """(person, points, low, high) of everybody, gates aside, best first."""
    totals = np.zeros((3, len(people)), np.int64)
    for low, high in _gains(people, asked, words, rules):
        totals += [low + (high - low) * rules.unknown_credit // 1000, low, high]
    order = sorted(
        range(len(people)),
        key=lambda i: (-totals[0, i], -totals[1, i], people[i].registered, people[i].person),
    )
    points, low, high = totals.tolist()
    return [(people[i].person, points[i], low[i], high[i]) for i in order]


def _gains(people, asked, words, rules):
    years = asked.experience_years or 0
    parts = {
        "occupation": bool(asked.occupations),
        "skills": bool(asked.skills_essential or asked.skills_optional)
        or bool(set(asked.licences_preferred) - set(asked.licences_required)),
        "languages": bool(asked.languages),
        "experience": years > 0,
        "readiness": asked.start is not None or asked.end is not None,
    }
    names = [name for name, is_asked in parts.items() if is_asked]
    shares = split_points(1_000_000, [getattr(rules, f"weight_{name}") for name in names])
    for name, share in zip(names, shares, strict=True):
        yield from globals()[f"_{name}"](people, asked, words, rules, share)


def _skills(people, asked, words, rules, share):
    def up(skill):
        group = words.group.get(skill, "of " + skill)
        return f"2 {group}", f"3 {words.broader.get(group, 'of ' + group)}"

    weights = [(s, 1000 * words.rarity.get(s, 100)) for s in asked.skills_essential]
    optional = rules.skill_optional_weight
    weights += [(s, optional * words.rarity.get(s, 100)) for s in asked.skills_optional]
    preferred = [x for x in asked.licences_preferred if x not in asked.licences_required]
    weights += [("licence", rules.licence_preferred_weight * 100) for _ in preferred]
    points = split_points(share, [weight for _, weight in weights])
    features: dict[str, int] = {}
    w: dict[str, int] = {}
    for (skill, _), p in list(zip(weights, points, strict=True))[: len(weights) - len(preferred)]:
        half = p * rules.skill_related // 1000
        quarter = p * rules.skill_same_broader_group // 1000
        steps = (p - half, half - quarter, quarter)
        for feature, step in zip((f"1 {skill}", *up(skill)), steps, strict=True):
            w[feature] = w.get(feature, 0) + step
    held = []
    for one in people:
        likely = {s for o in one.occupations for s in words.essential.get(o.code, ())}
        held.append(
            {f"1 {s}" for s in one.skills} | {f for s in {*one.skills, *likely} for f in up(s)}
        )
    for feature in set().union(*held, w):
        features.setdefault(feature, len(features))
    at = [(features[f], i) for i, some in enumerate(held) for f in some]
    rows, columns = zip(*at, strict=True) if at else ((), ())
    xt = sparse.csr_array((np.ones(len(at), np.int64), (rows, columns)), (len(features), len(held)))
    acc = xt[[features[f] for f in w]].T @ np.array(list(w.values()), np.int64) if w else 0
    acc = np.zeros(len(people), np.int64) + acc
    yield acc, acc
    blank = np.array([not one.skills and not one.occupations for one in people], np.int64)
    for p in points[: len(points) - len(preferred)]:
        yield blank * 0, blank * p
    for licence, p in zip(preferred, points[len(points) - len(preferred) :], strict=True):
        low = np.array([p * (licence in one.licences) for one in people], np.int64)
        yield low, np.where([not one.licences for one in people], p, low)


def _occupation(people, asked, words, rules, share):
    ladder = {
        4: 1000,
        3: rules.occupation_same_minor_group,
        2: rules.occupation_same_sub_major_group,
        1: rules.occupation_same_major_group,
        0: 0,
    }
    need = floor((asked.experience_years or 0) * 12 + 0.5)
    low, high = np.zeros(len(people), np.int64), np.zeros(len(people), np.int64)
    for i, one in enumerate(people):
        high[i] = 0 if one.occupations else share
        for o in one.occupations:
            for code in asked.occupations:
                credit = ladder[max(n for n in range(5) if o.code[:n] == code[:n])]
                worked = need if o.years is None else min(floor(o.years * 12 + 0.5), need)
                scaled = (
                    share * credit * worked // (1000 * need) if need else share * credit // 1000
                )
                high[i] = max(high[i], scaled)
                low[i] = max(low[i], 0 if o.years is None and need else scaled)
    yield low, high


def _experience(people, asked, words, rules, share):
    need = floor(asked.experience_years * 12 + 0.5)
    low, high = [], []
    for one in people:
        own = [o for o in one.occupations if not asked.occupations or o.code in asked.occupations]
        months = sum(floor(o.years * 12 + 0.5) for o in own if o.years is not None)
        is_open = not one.occupations or any(o.years is None for o in own)
        low.append(share * min(months, need) // need)
        high.append(share if is_open else low[-1])
    yield np.array(low, np.int64), np.array(high, np.int64)


def _languages(people, asked, words, rules, share):
    parts = split_points(share, [1] * len(asked.languages))
    for want, p in zip(asked.languages, parts, strict=True):
        level = np.array([one.languages.get(want.language, (0,))[0] for one in people], np.int64)
        credit = 1000 - rules.language_step * np.maximum(want.level - level, 0)
        low = p * np.where(level > 0, np.maximum(credit, 0), 0) // 1000
        yield low, np.where([not one.languages for one in people], p, low)


def _readiness(people, asked, words, rules, share):
    length = rules.season_days_if_open
    start = asked.start if asked.start is not None else asked.end - length + 1
    end = asked.end if asked.end is not None else start + length - 1
    papers, dates = split_points(share, [rules.readiness_passport, rules.readiness_availability])
    until = end + rules.passport_margin_days
    for p, last_day, facts in (
        (papers, until, [(None, one.passport_valid_until) for one in people]),
        (dates, end, [(one.available_from, one.available_to) for one in people]),
    ):
        low, high = [], []
        for begin, finish in facts:
            is_blank = begin is None and finish is None
            first = max(start, begin or 0)
            days = max(0, min(last_day, finish or 10**9) - first + 1)
            low.append(0 if is_blank else p * days // (last_day - start + 1))
            high.append(p if is_blank else low[-1])
        yield np.array(low, np.int64), np.array(high, np.int64)
