"""People as they would be with other answers, thousands at once, ready for the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from domain.enums import AskedFact
from matching.engine.columns import (
    NUMBERS,
    FactColumn,
    Int64s,
    PeopleColumns,
    concatenate,
    numbered,
)
from matching.engine.jit import Array
from matching.engine.numbering import LISTS, Names
from matching.engine.profiles import columns_of
from matching.engine.state import State
from matching.outside import NO_GATES
from matching.parameters import Parameters
from matching.points import in_months
from matching.pool import Pool
from matching.questions.answers import FIELDS
from matching.standing import order_keys, stand
from matching.types import Profile, Requirement, Vocabulary

FIRST, LAST = "available_from", "available_to"


@dataclass(frozen=True, eq=False)
class Tried:
    """What comes of some trials in one vacancy, in the order they were given."""

    key: Int64s
    """Order keys (`matching.standing`)."""
    is_out: Array
    """Whether a gate excludes."""

    def part(self, rows: slice) -> Tried:
        """Some of them."""
        return Tried(self.key[rows], self.is_out[rows])


@dataclass(frozen=True, eq=False)
class Group:
    """Everybody of `rows` with each of the answers to one fact: person after person."""

    fact: AskedFact
    rows: Int64s
    """Places in the people the trials are made of."""
    answers: Sequence[Any]


class Someone:
    """A few people of a pool, to be tried with other answers."""

    def __init__(self, pool: Pool, persons: Int64s) -> None:
        state = pool.state
        parts = []
        for place, shard in enumerate(state.shards):
            rows = state.rows(place)
            rows = rows[np.isin(shard.person[rows], persons)]
            if len(rows):
                parts.append(shard.people(rows))
        self.names = state.names
        self.people = concatenate(parts)

    def rows_of(self, persons: Int64s) -> Int64s:
        """Where these people stand."""
        return np.searchsorted(self.people.person, persons)

    def trials(self, groups: Sequence[Group]) -> Trials:
        """All of these trials, one group after the other."""
        made = [_columns(self.people, group, self.names) for group in groups]
        return Trials(self.names, _one_after_the_other(made))


class Trials:
    """People as they would be."""

    def __init__(self, names: Names, people: PeopleColumns) -> None:
        self.pool = Pool()
        self.pool.state = State(names).having(people)

    def in_vacancy(
        self, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
    ) -> Tried:
        """What comes of each; gates that are decided outside the engine are passed."""
        standing = stand(self.pool, requirement, vocabulary, parameters, NO_GATES)
        order = np.argsort(standing.person)
        keys = order_keys(standing.points, standing.low, standing.registered)
        return Tried(keys[order], standing.failed[order] != 0)


def _columns(people: PeopleColumns, group: Group, names: Names) -> PeopleColumns:
    each = np.repeat(group.rows, len(group.answers))
    which = np.tile(np.arange(len(group.answers)), len(group.rows))
    values: dict[str, Any] = {name: getattr(people, name)[each] for name in NUMBERS}
    values |= {name: _repeated(getattr(people, name), each) for name in LISTS}
    if group.fact is AskedFact.YEARS:
        months = np.array([in_months(years) for years in group.answers], np.int32)[which]
        held: FactColumn = values["occupations"]
        stated = np.where(held.value < 0, months[held.row], held.value)
        values["occupations"] = replace(held, value=stated)
        return PeopleColumns(**values)
    said = numbered(
        columns_of([_only(group.fact, i, a) for i, a in enumerate(group.answers)]), names
    )
    for name in fields_of(group.fact):
        column = getattr(said, name)
        values[name] = _repeated(column, which) if name in LISTS else column[which]
    return PeopleColumns(**values)


def fields_of(fact: AskedFact) -> tuple[str, ...]:
    """Fields of a profile that an answer fills."""
    return (FIRST, LAST) if fact is AskedFact.AVAILABILITY else (FIELDS[fact],)


def _only(fact: AskedFact, person: int, answer: Any) -> Profile:
    """Somebody of whom nothing but this is known."""
    values = answer if fact is AskedFact.AVAILABILITY else (answer,)
    facts = dict(zip(fields_of(fact), values, strict=True))
    return Profile(person=person, registered=0, **facts)


def _repeated(column: FactColumn, rows: Int64s) -> FactColumn:
    """The facts of these people in turn, also of one who comes again."""
    begin = np.searchsorted(column.row, rows)
    counts = np.searchsorted(column.row, rows, side="right") - begin
    at = np.arange(counts.sum()) + np.repeat(begin - (np.cumsum(counts) - counts), counts)
    row = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
    return FactColumn(row, column.name[at], column.names, column.value[at], column.evidence[at])


def _one_after_the_other(parts: Sequence[PeopleColumns]) -> PeopleColumns:
    """The parts in one, everybody with a new number: their order stays."""
    begin, renumbered = 0, []
    for part in parts:
        person = np.arange(begin, begin + len(part), dtype=np.int64)
        renumbered.append(replace(part, person=person))
        begin += len(part)
    return concatenate(renumbered)
