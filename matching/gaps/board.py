"""The gap board: over all open vacancies, what each single change would open, and to whom.

A vacancy is opened to a person when, after this one change and nothing else, no gate excludes them
and they would stand within its places, where they do not today. Each person and vacancy counts at
the lowest level of a language that is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.enums import GapKind
from matching.engine.columns import Int64s
from matching.engine.lexicon import lexicon_of
from matching.gaps.changes import Change, Nearness, Opening, asked_changes, is_asked
from matching.gaps.measure import Measured, measure, opened_by
from matching.gaps.people import Bools, Columns
from matching.outside import Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.types import Vocabulary


@dataclass(frozen=True, eq=False)
class Opened:
    """Whom a change opens what: one entry for each person and vacancy, by vacancy, then person."""

    change: Change
    person: Int64s
    vacancy: Int64s
    """Places in the list of vacancies."""
    excluded: Bools
    """A gate excludes the person today; otherwise they stand below the line of places."""


@dataclass(frozen=True, eq=False)
class Gaps:
    """What training would open today."""

    opened: tuple[Opened, ...]
    """The changes that open anything, in the order of `asked_changes`."""
    eligible: tuple[int, ...]
    """By vacancy, how many people no gate excludes today."""
    people: int


def find_gaps(
    pool: Pool,
    openings: Sequence[Opening],
    vocabulary: Vocabulary,
    parameters: Parameters,
    near: Nearness,
    outside: Sequence[Outside],
) -> Gaps:
    """Try every change that some vacancy asks for on everybody who is near enough."""
    state = pool.state
    columns = Columns(state, lexicon_of(state.names, vocabulary))
    changes = asked_changes([opening.requirement for opening in openings], near)
    found: dict[Change, list[tuple[int, Int64s, Bools]]] = {}
    eligible: list[int] = []
    for place, (opening, gates) in enumerate(zip(openings, outside, strict=True)):
        measured = measure(columns, opening, parameters, gates)
        eligible.append(measured.eligible)
        for change, some in _opened(changes, columns, measured, near):
            part = (place, measured.person[some], measured.short[some] > 0)
            found.setdefault(change, []).append(part)
    opened = tuple(_joined(change, found[change]) for change in changes if change in found)
    return Gaps(opened, tuple(eligible), len(state))


def _opened(
    changes: Sequence[Change], columns: Columns, measured: Measured, near: Nearness
) -> list[tuple[Change, Int64s]]:
    """For one vacancy the changes that open it, and the places in `measured`, in order of ids."""
    found: list[tuple[Change, Int64s]] = []
    reached: dict[str, Bools] = {}
    for change in changes:
        if not is_asked(measured.asked, change):
            continue
        some = opened_by(change, columns, measured, near)
        if change.kind is GapKind.LANGUAGE:
            done = reached.setdefault(change.code, np.zeros(len(measured.row), np.bool_))
            some = some[~done[some]]
            done[some] = True
        if len(some):
            found.append((change, some[np.argsort(measured.person[some], kind="stable")]))
    return found


def _joined(change: Change, parts: Sequence[tuple[int, Int64s, Bools]]) -> Opened:
    return Opened(
        change,
        np.concatenate([person for _, person, _ in parts]),
        np.concatenate([np.full(len(person), place, np.int64) for place, person, _ in parts]),
        np.concatenate([excluded for _, _, excluded in parts]),
    )
