"""One vacancy: who stands within its places, and what everybody else would have after a change.

Points are computed also for people whom only a trainable gate excludes; so a change is a few
additions, and nobody has to be ranked again: a person stands within the places if they beat the
last who does today.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.enums import GapKind
from matching.engine import plan_layout as at
from matching.engine.columns import Int64s
from matching.engine.compiling import compile_vacancies
from matching.engine.gate_rows import gate_matrix
from matching.engine.jit import Array
from matching.engine.kernel import stand as stand_in_shard
from matching.engine.lexicon import inverted_by
from matching.engine.state import is_there
from matching.gaps.changes import Change, Nearness, Opening
from matching.gaps.people import Bools, Columns
from matching.outside import Outside
from matching.parameters import Parameters
from matching.ranking_rules import GATES
from matching.standing import order_keys
from matching.top import room
from matching.types import Requirement

TRAINABLE = tuple(
    [gate.name for gate in GATES].index(name) for name in ("language_below_must", "licence_missing")
)
"""Places of the gates that a course can open."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Everybody whom no other gate excludes; one entry each."""

    asked: Requirement
    head: Array
    """The vacancy as `plan_layout` has it."""
    ints: Array
    row: Int64s
    person: Int64s
    registered: Array
    points: Int64s
    low: Int64s
    short: Array
    """How many trainable gates exclude."""
    fails: dict[tuple[GapKind, str], Array]
    """How many of those belong to one language or one licence."""
    inside: Bools
    """Who stands within the places today."""
    line: tuple[int, int] | None
    """Order key and id of the last within the places; None while places are left."""
    eligible: int

    def within(self, points: Int64s, low: Int64s, some: Int64s) -> Bools:
        """Whether people with these points would stand within the places, each one alone."""
        if self.line is None:
            return np.ones(len(some), np.bool_)
        key, person = self.line
        theirs = order_keys(points, low, self.registered[some])
        found: Bools = (theirs > key) | ((theirs == key) & (self.person[some] < person))
        return found

    def items(self, begin: int, width: int) -> Array:
        """A list of the compiled vacancy; see `plan_layout`."""
        listed: Array = self.ints[self.head[begin] : self.head[begin + 1]]
        return listed.reshape(-1, width)


def measure(
    columns: Columns, opening: Opening, parameters: Parameters, outside: Outside
) -> Measured:
    """The numbers of everybody for one vacancy."""
    asked = opening.requirement
    state, lexicon = columns.state, columns.lexicon
    compiled = compile_vacancies([asked], [outside], lexicon, lexicon.vocabulary, parameters)
    plan = compiled.plan
    head, ints = plan.head[0], plan.ints
    pairs = ints[head[at.GATES] : head[at.GATES_END]].reshape(-1, 2)
    trainable = pairs[np.isin(pairs[:, 1], TRAINABLE), 0]
    # They stand first in the order of the rules: the kernel looks at the rest only.
    head[at.GATES] += 2 * len(trainable)
    totals, masks = np.zeros((columns.size, 3), np.int32), np.zeros((columns.size, 2), np.int32)
    passes = np.ones((len(trainable), columns.size), np.bool_)
    for shard, live, begin in zip(state.shards, state.live, columns.begins, strict=False):
        rows = slice(begin, begin + len(shard))
        gates = gate_matrix(shard, live, compiled.keys)
        postings = inverted_by(shard, lexicon)
        stand_in_shard(shard.facts, postings, gates, plan, totals[rows], masks[rows], *room())
        for place, gate in enumerate(trainable.tolist()):
            passes[place, rows] = is_there(gates[gate], len(shard))
    row = np.flatnonzero(masks[:, 0] == 0)
    passes = passes[:, row]
    short = (~passes).sum(axis=0)
    person, registered = columns.person[row], columns.registered[row]
    points, low = totals[row, 0].astype(np.int64), totals[row, 1].astype(np.int64)
    eligible = np.flatnonzero(short == 0)
    keys = order_keys(points[eligible], low[eligible], registered[eligible])
    line = _line(keys, person[eligible], opening.places)
    inside = np.zeros(len(row), np.bool_)
    inside[eligible] = True
    if line is not None:
        is_ahead = (keys > line[0]) | ((keys == line[0]) & (person[eligible] <= line[1]))
        inside[eligible] = is_ahead
    fails: dict[tuple[GapKind, str], Array] = {}
    for thing, one in zip(_things(opening.requirement), passes, strict=True):
        fails[thing] = fails.get(thing, 0) + (~one).astype(np.int8)
    return Measured(
        asked,
        head,
        ints,
        row,
        person,
        registered,
        points,
        low,
        short,
        fails,
        inside,
        line,
        len(eligible),
    )


def _things(asked: Requirement) -> list[tuple[GapKind, str]]:
    """What each trainable gate asks for, in the order in which gates are compiled."""
    spoken = [(GapKind.LANGUAGE, one.language) for one in asked.languages if one.must]
    return [*spoken, *((GapKind.LICENCE, x) for x in dict.fromkeys(asked.licences_required))]


def _line(keys: Int64s, person: Int64s, places: int) -> tuple[int, int] | None:
    """Key and id of the last within the places; the lower id goes first among equal keys."""
    if len(keys) < places:
        return None
    last = int(-np.partition(-keys, places - 1)[places - 1])
    ahead = int((keys > last).sum())
    tied = np.sort(person[keys == last])
    return last, int(tied[places - 1 - ahead])


def opened_by(
    change: Change,
    columns: Columns,
    measured: Measured,
    near: Nearness,
) -> Int64s:
    """Places in `measured` of those who stand outside today and within after the change."""
    if change.kind is GapKind.LANGUAGE:
        return _by_language(change, columns, measured, near)
    if change.kind is GapKind.LICENCE:
        return _by_licence(change, columns, measured)
    return _by_skill(change, columns, measured)


def _opened(measured: Measured, some: Int64s, gain: Array | int) -> Int64s:
    points, low = measured.points[some] + gain, measured.low[some] + gain
    found: Int64s = some[measured.within(points, low, some)]
    return found


def _short_of_nothing_else(measured: Measured, thing: tuple[GapKind, str]) -> Bools:
    """Who is outside today and behind no other gate than those of one thing."""
    found: Bools = ~measured.inside & (measured.short == measured.fails.get(thing, 0))
    return found


def _by_language(change: Change, columns: Columns, measured: Measured, near: Nearness) -> Int64s:
    musts = [x.level for x in measured.asked.languages if x.must and x.language == change.code]
    if change.level < max(musts, default=0):
        return np.zeros(0, np.int64)
    number = columns.state.names.of["languages"].number(change.code)
    items = measured.ints[measured.head[at.LANGUAGES] : measured.head[at.LANGUAGES_END]].reshape(
        -1, 9
    )
    points = items[items[:, 0] == number, 1:].sum(axis=0).astype(np.int64)
    held = columns.level(change.code)[measured.row]
    fits = _short_of_nothing_else(measured, (GapKind.LANGUAGE, change.code))
    fits &= columns.has_languages[measured.row]
    fits &= (held < change.level) & (held + near.language_levels >= change.level)
    some = np.flatnonzero(fits)
    return _opened(measured, some, points[change.level] - points[held[some]])


def _by_licence(change: Change, columns: Columns, measured: Measured) -> Int64s:
    number = columns.state.names.of["licences"].number(change.code)
    items = measured.ints[measured.head[at.LICENCES] : measured.head[at.LICENCES_END]].reshape(
        -1, 2
    )
    fits = _short_of_nothing_else(measured, (GapKind.LICENCE, change.code))
    fits &= columns.has_licences[measured.row] & ~columns.holds(change.code)[measured.row]
    gain = int(items[items[:, 0] == number, 1].sum())
    return _opened(measured, np.flatnonzero(fits), gain)


def _by_skill(change: Change, columns: Columns, measured: Measured) -> Int64s:
    begin, end = int(measured.head[at.FEATURES]), int(measured.head[at.FEATURES_END])
    ints = measured.ints
    worth = dict(zip(ints[begin:end].tolist(), ints[end : 2 * end - begin].tolist(), strict=True))
    skill = columns.state.names.of["skills"].number(change.code)
    closed = columns.lexicon.grow()[skill].tolist()
    holds = columns.has_feature(closed[0])[measured.row]
    fits = ~measured.inside & (measured.short == 0) & ~holds & columns.has_history[measured.row]
    some = np.flatnonzero(fits)
    gain = np.zeros(len(some), np.int64)
    for feature in dict.fromkeys(closed):
        if feature in worth:
            lacks = ~columns.has_feature(feature)[measured.row[some]]
            gain += worth[feature] * lacks
    return _opened(measured, some, gain)
