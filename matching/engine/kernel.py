"""The scan of a shard for compiled vacancies: gates, points, the best k. All in one file: see jit.

Every rule here has its twin in `matching.criteria` and `matching.gates` that defines it.
"""

from __future__ import annotations

import numpy as np

from matching.engine import plan_layout as at
from matching.engine.jit import Array, Whole, compiled, inlined
from matching.engine.plan_layout import Facts, Heaps, Inverted, Plan

_ONE = np.uint64(1)
ALL, NONE = ~np.uint64(0), np.uint64(0)
GONE = 1 << 30
"""Bit of a row whose person has left or was replaced."""
_PAIRS = np.uint64(0x5555555555555555)
_FOURS = np.uint64(0x3333333333333333)
_EIGHTS = np.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES = np.uint64(0x0101010101010101)
_TWO, _FOUR, _TOP = np.uint64(2), np.uint64(4), np.uint64(56)


@inlined
def popcount(word: Whole) -> Whole:
    """How many bits are set; the compiler knows this pattern as one instruction."""
    word = word - ((word >> _ONE) & _PAIRS)
    word = (word & _FOURS) + ((word >> _TWO) & _FOURS)
    word = (word + (word >> _FOUR)) & _EIGHTS
    return np.int64((word * _BYTES) >> _TOP)


@compiled
def add_skills(inverted: Inverted, plan: Plan, v: Whole, size: Whole, acc: Array) -> None:
    """Points of the named skills of everybody, term at a time."""
    head, ints = plan.head[v], plan.ints
    if head[at.IMPLIED]:
        base = plan.base[v]
        for row in range(size):
            acc[row] = base[inverted.primary[row]]
    else:
        acc[:size] = 0
    begin, end = head[at.FEATURES], head[at.FEATURES_END]
    last = len(inverted.ptr) - 1
    for i in range(begin, end):
        feature, points = ints[i], ints[i + end - begin]
        if feature < last:
            for j in range(inverted.ptr[feature], inverted.ptr[feature + 1]):
                acc[inverted.rows[j]] += points
    for row in inverted.blank:
        acc[row] = head[at.SKILLS_UNKNOWN]


@inlined
def work_points(facts: Facts, plan: Plan, v: Whole, row: Whole) -> tuple[Whole, ...]:
    """Occupation and experience: low and high of each."""
    head, ints = plan.head[v], plan.ints
    begin, end = facts.work_ptr[row], facts.work_ptr[row + 1]
    if begin == end:
        return 0, head[at.WORK_BUDGET], 0, head[at.EXPERIENCE_BUDGET]
    required, table = head[at.WORK_MONTHS], head[at.WORK]
    known: Whole = 0
    unstated: Whole = 0
    total: Whole = 0
    is_open = False
    for i in range(begin, end):
        held = np.int64(facts.work[i])
        entry = np.int64(ints[table + (held >> 16)])
        months = (held & 0xFFFF) - 1
        if months < 0:
            unstated = max(unstated, entry >> 1)
            is_open = is_open or (entry & 1) == 1
        else:
            worked = min(months, required) if required > 0 else 1
            known = max(known, (entry >> 1) * worked)
            total += months * (entry & 1)
    budget = head[at.WORK_BUDGET]
    if required == 0:
        low = budget * max(known, unstated) // 1000
        return low, low, 0, 0
    low = budget * known // (1000 * required)
    earned = head[at.EXPERIENCE_BUDGET] * min(total, required) // required
    return (
        low,
        max(low, budget * unstated // 1000),
        earned,
        head[at.EXPERIENCE_BUDGET] if is_open else earned,
    )


@inlined
def language_points(facts: Facts, plan: Plan, v: Whole, row: Whole) -> Whole:
    """Points of the asked languages; -1 when no language is stated."""
    head, ints, begin = plan.head[v], plan.ints, np.int64(facts.row[row, at.SPOKEN])
    end = begin + (np.int64(facts.row[row, at.COUNTS]) & 0xFF)
    points = 0 if begin < end else -1
    for item in range(head[at.LANGUAGES], head[at.LANGUAGES_END], 9):
        for i in range(begin, end):
            spoken = np.int64(facts.spoken[i])
            if (spoken >> 3) == ints[item]:
                points += ints[item + 1 + (spoken & 7)]
    return points


@inlined
def licence_points(facts: Facts, plan: Plan, v: Whole, row: Whole) -> Whole:
    """Points of the preferred licences; -1 when no licence is stated."""
    head, ints, counts = plan.head[v], plan.ints, np.int64(facts.row[row, at.COUNTS])
    begin = np.int64(facts.row[row, at.SPOKEN]) + (counts & 0xFF)
    end = begin + ((counts >> 8) & 0xFF)
    points = 0 if begin < end else -1
    for item in range(head[at.LICENCES], head[at.LICENCES_END], 2):
        for i in range(begin, end):
            if (np.int64(facts.spoken[i]) >> 3) == ints[item]:
                points += ints[item + 1]
    return points


@inlined
def passport_points(facts: Facts, plan: Plan, v: Whole, row: Whole) -> Whole:
    """Points of the passport; -1 when it is not stated."""
    head, valid = plan.head[v], np.int64(facts.row[row, at.PASSPORT])
    if valid < 0:
        return -1
    days = head[at.PASSPORT_DAYS]
    covered = min(max(valid - head[at.START] + 1, 0), days)
    return head[at.PASSPORT_BUDGET] * covered // days


@inlined
def season_points(facts: Facts, plan: Plan, v: Whole, row: Whole) -> Whole:
    """Points of the availability; -1 when neither end is stated."""
    head = plan.head[v]
    begins = np.int64(facts.row[row, at.AVAILABLE_FROM])
    ends = np.int64(facts.row[row, at.AVAILABLE_TO])
    if begins < 0 and ends < 0:
        return -1
    last = head[at.END] if ends < 0 else min(ends, head[at.END])
    covered = max(last - max(begins, head[at.START]) + 1, 0)
    return head[at.SEASON_BUDGET] * covered // head[at.SEASON_DAYS]


@inlined
def either(points: Whole, unknown: Whole) -> Whole:
    """Points of what is stated, or those of what is not (-1)."""
    return points if points >= 0 else unknown


@inlined
def between(low: Whole, high: Whole, credit: Whole) -> Whole:
    """The part of what is unknown that counts, in thousandths; see `points.Gain`."""
    return low + (high - low) * credit // 1000


@inlined
def is_blank(facts: Facts, row: Whole) -> Whole:
    """Whether somebody has stated neither skills nor occupations."""
    nothing = at.NO_WORK | at.NO_SKILLS
    return np.int64(facts.row[row, at.COUNTS]) & nothing == nothing


@inlined
def measure(
    facts: Facts,
    plan: Plan,
    v: Whole,
    row: Whole,
    skill: Whole,
    work: Whole,
    language: Whole,
    part: Array,
) -> None:
    """Points, low and high of each criterion; `skill` is what `add_skills` found."""
    head = plan.head[v]
    credit = head[at.UNKNOWN_CREDIT]
    low, high, earned, most = work
    licence = licence_points(facts, plan, v, row)
    passport, season = passport_points(facts, plan, v, row), season_points(facts, plan, v, row)
    blank = is_blank(facts, row)
    part[at.OCCUPATION, 0] = between(low, high, credit)
    part[at.OCCUPATION, 1] = low
    part[at.OCCUPATION, 2] = high
    part[at.SKILLS, 0] = skill + either(licence, head[at.LICENCES_UNKNOWN])
    part[at.SKILLS, 1] = (0 if blank else skill) + either(licence, 0)
    named = head[at.SKILLS_BUDGET] if blank else skill
    part[at.SKILLS, 2] = named + either(licence, head[at.LICENCES_BUDGET])
    part[at.LANGUAGE, 0] = either(language, head[at.LANGUAGES_UNKNOWN])
    part[at.LANGUAGE, 1] = either(language, 0)
    part[at.LANGUAGE, 2] = either(language, head[at.LANGUAGES_BUDGET])
    part[at.EXPERIENCE, 0] = between(earned, most, credit)
    part[at.EXPERIENCE, 1] = earned
    part[at.EXPERIENCE, 2] = most
    ready = either(passport, head[at.PASSPORT_UNKNOWN])
    part[at.READINESS, 0] = ready + either(season, head[at.SEASON_UNKNOWN])
    part[at.READINESS, 1] = either(passport, 0) + either(season, 0)
    ready = either(passport, head[at.PASSPORT_BUDGET])
    part[at.READINESS, 2] = ready + either(season, head[at.SEASON_BUDGET])


@inlined
def total(part: Array, measured: Whole) -> Whole:
    """Points, low or high over all criteria."""
    summed = 0
    for criterion in range(at.CRITERIA):
        summed += part[criterion, measured]
    return summed


@inlined
def sift(keys: Array, persons: Array, slots: Array, key: Whole, person: Whole, slot: Whole) -> None:
    """Put an entry in the place of the worst one."""
    size, hole = len(keys), 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        other = child + 1
        if other < size and (
            keys[other] < keys[child]
            or (keys[other] == keys[child] and persons[other] > persons[child])
        ):
            child = other
        if keys[child] > key or (keys[child] == key and persons[child] < person):
            break
        keys[hole], persons[hole], slots[hole] = keys[child], persons[child], slots[child]
        hole = child
    keys[hole], persons[hole], slots[hole] = key, person, slot


@compiled
def empty_heaps(heaps: Heaps, keys: Array, persons: Array, parts: Array) -> None:
    """Take the worst out one by one: what is left behind stands best first."""
    for v in range(len(keys)):
        for last in range(keys.shape[1] - 1, -1, -1):
            slot = heaps.slot[v, 0]
            keys[v, last], persons[v, last] = heaps.key[v, 0], heaps.person[v, 0]
            for criterion in range(at.CRITERIA):
                for measured in range(3):
                    parts[v, last, criterion, measured] = heaps.parts[v, slot, criterion, measured]
            sift(
                heaps.key[v, : last + 1],
                heaps.person[v, : last + 1],
                heaps.slot[v, : last + 1],
                heaps.key[v, last],
                heaps.person[v, last],
                heaps.slot[v, last],
            )


@inlined
def order_key(facts: Facts, row: Whole, part: Array) -> Whole:
    """By points, then low, then earlier registration: larger is better."""
    day = at.LATEST - np.int64(facts.row[row, at.REGISTERED])
    return (((total(part, 0) << at.LOW_BITS) | total(part, 1)) << at.DAY_BITS) | day


@inlined
def person_at(facts: Facts, row: Whole) -> Whole:
    """The id of whoever stands in a row."""
    low = np.int64(facts.row[row, at.PERSON]) & 0xFFFFFFFF
    return (np.int64(facts.row[row, at.PERSON_HIGH]) << 32) | low


@inlined
def offer(facts: Facts, heaps: Heaps, v: Whole, row: Whole, part: Array) -> None:
    """Let a person into the best k if there is a place."""
    key, person = order_key(facts, row, part), person_at(facts, row)
    worst = heaps.key[v, 0]
    if key > worst or (key == worst and person < heaps.person[v, 0]):
        slot = heaps.slot[v, 0]
        for criterion in range(at.CRITERIA):
            for measured in range(3):
                heaps.parts[v, slot, criterion, measured] = part[criterion, measured]
        sift(heaps.key[v], heaps.person[v], heaps.slot[v], key, person, slot)


@compiled
def scan(
    facts: Facts,
    inverted: Inverted,
    gates: Array,
    plan: Plan,
    heaps: Heaps,
    counts: Array,
    acc: Array,
    part: Array,
    first: Whole,
    step: Whole,
) -> None:
    """Offer everybody behind no gate of a shard to the heaps of vacancies first, first + step, …

    `gates` is uint64, gate rows × words; row 0 has who is there. `counts` gets how many each gate
    excludes, by the first that failed; `acc` and `part` are room for the points of a shard and of
    one person.
    """
    ints = plan.ints
    for v in range(first, len(plan.head), step):
        head = plan.head[v]
        add_skills(inverted, plan, v, len(facts.row), acc)
        credit = head[at.UNKNOWN_CREDIT]
        for word in range(gates.shape[1]):
            alive = gates[0, word]
            left = popcount(alive)
            for gate in range(head[at.GATES], head[at.GATES_END], 2):
                alive &= gates[ints[gate], word]
                stay = popcount(alive)
                counts[v, ints[gate + 1]] += left - stay
                left = stay
            near = ALL if head[at.NEAR] == head[at.NEAR_END] else NONE
            for group in range(head[at.NEAR], head[at.NEAR_END]):
                near |= gates[ints[group], word]
            while alive:
                lowest = alive & (~alive + _ONE)
                alive ^= lowest
                row = word * 64 + popcount(lowest - _ONE)
                least = heaps.key[v, 0] >> (at.LOW_BITS + at.DAY_BITS)
                skill = np.int64(acc[row])
                if skill + (head[at.REST] if near & lowest else head[at.REST_FAR]) < least:
                    continue
                work = work_points(facts, plan, v, row)
                sure = skill + between(work[0], work[1], credit) + between(work[2], work[3], credit)
                if sure + head[at.REST_AFTER_WORK] < least:
                    continue
                language = language_points(facts, plan, v, row)
                sure += either(language, head[at.LANGUAGES_UNKNOWN])
                if sure + head[at.REST_AFTER_LANGUAGES] >= least:
                    measure(facts, plan, v, row, skill, work, language, part)
                    offer(facts, heaps, v, row, part)


@compiled
def count_ahead(
    facts: Facts,
    inverted: Inverted,
    gates: Array,
    plan: Plan,
    person: Whole,
    keys: Array,
    ahead: Array,
    ranked: Array,
    acc: Array,
    part: Array,
) -> None:
    """Count who of a shard stands ahead of a person that had these order keys.

    `keys` and `ahead` are int64, vacancies × keys, -1 for none; `ranked` gets how many no gate of
    a vacancy excludes. The scan is that of `scan`, with a least key that is known beforehand.
    """
    ints = plan.ints
    for v in range(len(plan.head)):
        head = plan.head[v]
        floor = np.int64(-1)
        for k in range(keys.shape[1]):
            if keys[v, k] >= 0 and (floor < 0 or keys[v, k] < floor):
                floor = keys[v, k]
        least = floor >> (at.LOW_BITS + at.DAY_BITS)
        if floor >= 0:
            add_skills(inverted, plan, v, len(facts.row), acc)
        credit = head[at.UNKNOWN_CREDIT]
        for word in range(gates.shape[1]):
            alive = gates[0, word]
            for gate in range(head[at.GATES], head[at.GATES_END], 2):
                alive &= gates[ints[gate], word]
            ranked[v] += popcount(alive)
            if floor < 0:
                continue
            near = ALL if head[at.NEAR] == head[at.NEAR_END] else NONE
            for group in range(head[at.NEAR], head[at.NEAR_END]):
                near |= gates[ints[group], word]
            while alive:
                lowest = alive & (~alive + _ONE)
                alive ^= lowest
                row = word * 64 + popcount(lowest - _ONE)
                skill = np.int64(acc[row])
                if skill + (head[at.REST] if near & lowest else head[at.REST_FAR]) < least:
                    continue
                work = work_points(facts, plan, v, row)
                sure = skill + between(work[0], work[1], credit) + between(work[2], work[3], credit)
                if sure + head[at.REST_AFTER_WORK] < least:
                    continue
                language = language_points(facts, plan, v, row)
                sure += either(language, head[at.LANGUAGES_UNKNOWN])
                who = person_at(facts, row)
                if sure + head[at.REST_AFTER_LANGUAGES] < least or who == person:
                    continue
                measure(facts, plan, v, row, skill, work, language, part)
                key = order_key(facts, row, part)
                for k in range(keys.shape[1]):
                    own = keys[v, k]
                    if own >= 0 and (key > own or (key == own and who < person)):
                        ahead[v, k] += 1


@inlined
def unknown_facts(facts: Facts, plan: Plan, row: Whole) -> Whole:
    """Bits of what nobody has stated of a person, in the order of FLAG_NAMES."""
    table, years = plan.head[0, at.WORK], False
    begin, end = facts.work_ptr[row], facts.work_ptr[row + 1]
    for i in range(begin, end):
        held = np.int64(facts.work[i])
        years = years or ((held & 0xFFFF) == 0 and plan.ints[table + (held >> 16)] > 0)
    counts = np.int64(facts.row[row, at.COUNTS])
    begins, ends = facts.row[row, at.AVAILABLE_FROM], facts.row[row, at.AVAILABLE_TO]
    return (
        (counts & at.NO_WORK != 0) * 1
        | years * 2
        | is_blank(facts, row) * 4
        | (counts & 0xFF == 0) * 8
        | (counts & 0xFF00 == 0) * 16
        | (counts & at.NO_EDUCATION != 0) * 32
        | (begins < 0 and ends < 0) * 64
        | (counts & at.NO_COUNTRY != 0) * 128
        | (facts.row[row, at.PASSPORT] < 0) * 256
    )


@compiled
def stand(
    facts: Facts,
    inverted: Inverted,
    gates: Array,
    plan: Plan,
    totals: Array,
    masks: Array,
    acc: Array,
    part: Array,
) -> None:
    """Points, low, high of everybody in a shard, and bits of failed gates and unknown facts."""
    head, ints, size = plan.head[0], plan.ints, len(facts.row)
    add_skills(inverted, plan, 0, size, acc)
    for row in range(size):
        word, bit = row >> 6, np.uint64(row & 63)
        if not (gates[0, word] >> bit) & _ONE:
            masks[row, 0] = GONE
            continue
        failed = 0
        for gate in range(head[at.GATES], head[at.GATES_END], 2):
            if not (gates[ints[gate], word] >> bit) & _ONE:
                failed |= 1 << ints[gate + 1]
        masks[row, 0] = failed
        if failed == 0:
            work = work_points(facts, plan, 0, row)
            language = language_points(facts, plan, 0, row)
            measure(facts, plan, 0, row, np.int64(acc[row]), work, language, part)
            for measured in range(3):
                totals[row, measured] = total(part, measured)
            masks[row, 1] = unknown_facts(facts, plan, row) & head[at.FLAGS]
