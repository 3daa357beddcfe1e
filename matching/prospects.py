"""One person and many vacancies: the ranking the other way round, without ranking the lists.

Points and gates are those of the reference; the place among the others is counted by one scan for
each vacancy. What comes out is to the point what the vacancy's own ranking says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from domain.texts import Sentence
from matching.engine.columns import Int64s
from matching.engine.compiling import compile_vacancies
from matching.engine.gate_rows import gate_matrix
from matching.engine.kernel import count_ahead
from matching.engine.lexicon import inverted_by, lexicon_of
from matching.improvement import OUTSIDE_OPENINGS, TOGETHER, Change, proposed_changes
from matching.outside import NO_GATES, Outside, with_verdicts
from matching.parameters import Parameters
from matching.pool import Pool
from matching.reference import failed_gates
from matching.standing import order_keys
from matching.top import room
from matching.trials import Trials
from matching.types import Improvement, Profile, Requirement, Verdict, Vocabulary

MOST_CHANGES = 6
"""Changes that are tried out on every vacancy: those that most vacancies propose."""
NONE = -1
Tried = tuple[int, int, int]
"""Points, low, order key; the key is NONE for somebody excluded."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """How a person stands in the ranking of one vacancy today; points per million."""

    points: int
    low: int
    high: int
    failed: tuple[str, ...]
    """Gates that exclude, in the order of the rules."""
    rank: int | None
    """None for somebody excluded."""
    ranked: int
    """How many no gate excludes."""
    raises: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class Everywhere:
    """One change, and the rank it would bring for each of the vacancies (None: excluded)."""

    change: Sentence
    ranks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Prospects:
    """A person's place for each vacancy, in the order of the vacancies."""

    vacancies: tuple[Prospect, ...]
    changes: tuple[Everywhere, ...]
    """What several vacancies propose, tried out on all of them."""


def prospects(
    pool: Pool,
    person: int,
    requirements: Sequence[Requirement],
    vocabulary: Vocabulary,
    parameters: Parameters,
    *,
    outside: Sequence[Outside] | None = None,
) -> Prospects:
    """Rank one person for each vacancy, and what would raise them there and everywhere."""
    gates = outside if outside is not None else [NO_GATES] * len(requirements)
    known = pool.profile(person)
    rules = (vocabulary, parameters)
    trials = [
        Trials(with_verdicts(known, each), requirement, *rules)
        for each, requirement in zip(gates, requirements, strict=True)
    ]
    own = [
        proposed_changes(each.profile, requirement, *rules, each)
        for each, requirement in zip(trials, requirements, strict=True)
    ]
    shared = _most_proposed(own, known)
    tried = [
        [_tried(changed, each, requirement, parameters) for changed in _changed(each, some, shared)]
        for each, requirement, some in zip(trials, requirements, own, strict=True)
    ]
    ahead, ranked = _counted(pool, known, requirements, tried, *rules, gates)
    ranks = [
        [int(n) + 1 if key != NONE else None for (*_, key), n in zip(some, row, strict=False)]
        for some, row in zip(tried, ahead, strict=True)
    ]
    return Prospects(
        tuple(
            Prospect(
                points=each.sums[0],
                low=each.sums[1],
                high=each.sums[2],
                failed=failed_gates(each.profile, requirement, parameters),
                rank=places[0],
                ranked=int(count),
                raises=tuple(_raises(changes, results, places)),
            )
            for each, requirement, changes, results, places, count in zip(
                trials, requirements, own, tried, ranks, ranked, strict=True
            )
        ),
        tuple(
            Everywhere(change.sentence, tuple(places[place - len(shared)] for places in ranks))
            for place, change in enumerate(shared)
        ),
    )


def _changed(trials: Trials, own: Sequence[Change], shared: Sequence[Change]) -> Iterator[Profile]:
    """The person as they are, then with each change of the vacancy, then with the shared ones."""
    yield trials.profile
    yield from (change.profile for change in own)
    yield from (_elsewhere(change, trials.profile) for change in shared)


def _raises(
    changes: Sequence[Change], tried: Sequence[Tried], ranks: Sequence[int | None]
) -> Iterator[Improvement]:
    for change, (points, *_), rank in zip(changes, tried[1:], ranks[1:], strict=False):
        yield Improvement(change.sentence, points, rank, change.opens_gate)


def _most_proposed(own: Sequence[Sequence[Change]], known: Profile) -> list[Change]:
    """What most vacancies propose to the person; "all of this" differs from one to another."""
    count: dict[str, int] = {}
    change_of: dict[str, Change] = {}
    for changes in own:
        for change in changes:
            if change.sentence is TOGETHER:
                continue
            name = repr((change.sentence, _elsewhere(change, known)))
            change_of.setdefault(name, change)
            count[name] = count.get(name, 0) + 1
    often = sorted(change_of, key=lambda name: -count[name])
    return [change_of[name] for name in often[:MOST_CHANGES]]


def _elsewhere(change: Change, profile: Profile) -> Profile:
    """The changed person before the gates of another vacancy."""
    outside = profile.outside
    if change.opens_gate in OUTSIDE_OPENINGS:
        outside = {**outside, change.opens_gate: Verdict.MET}
    return replace(change.profile, outside=outside)


def _tried(
    changed: Profile, trials: Trials, requirement: Requirement, parameters: Parameters
) -> Tried:
    points, low = trials.points_and_low(changed)
    if failed_gates(changed, requirement, parameters):
        return points, low, NONE
    return points, low, int(order_keys(points, low, np.array(changed.registered, np.int32)))


def _counted(
    pool: Pool,
    known: Profile,
    requirements: Sequence[Requirement],
    tried: Sequence[Sequence[Tried]],
    vocabulary: Vocabulary,
    parameters: Parameters,
    outside: Sequence[Outside],
) -> tuple[Int64s, Int64s]:
    """How many stand ahead with each key, and how many are ranked at all."""
    keys = np.full((len(tried), max(map(len, tried), default=0)), NONE, np.int64)
    for v, some in enumerate(tried):
        keys[v, : len(some)] = [key for *_, key in some]
    ahead, ranked = np.zeros_like(keys), np.zeros(len(tried), np.int64)
    if not tried:
        return ahead, ranked
    state = pool.state
    lexicon = lexicon_of(state.names, vocabulary)
    compiled = compile_vacancies(requirements, outside, lexicon, vocabulary, parameters)
    for shard, live in zip(state.shards, state.live, strict=True):
        matrix, postings = gate_matrix(shard, live, compiled.keys), inverted_by(shard, lexicon)
        plan, person = compiled.plan, known.person
        count_ahead(shard.facts, postings, matrix, plan, person, keys, ahead, ranked, *room())
    return ahead, ranked
