"""Why positions stay empty: too few pass, or those who pass are needed by others as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.kernel import GONE
from matching.outside import Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.ranking_rules import gate_names
from matching.season.lists import Room
from matching.season.planning import Plan
from matching.standing import stand
from matching.types import Requirement, Vocabulary


@dataclass(frozen=True)
class Shortage:
    """Vacancies that together ask for more people than pass for any of them.

    So no plan whatever could fill them all.
    """

    vacancies: tuple[int, ...]
    """Places of the vacancies, the one in question among them."""
    positions: int
    people: int


def shortage(plan: Plan, rooms: Sequence[Room], vacancy: int) -> Shortage | None:
    """The proof that a vacancy can't be filled; None where its positions are filled.

    None as well where a bounded plan has not looked at everybody who passes.

    Everybody who passes for it has a position somewhere; whoever passes for those vacancies has
    one too, or could be moved up: so the vacancies reached in this way are short together.
    """
    table, own = plan.table, plan.layer == 1
    holds = np.full(len(table.people), -1, np.int64)
    holds[table.person[own]] = table.vacancy[own]
    filled = np.bincount(table.vacancy[own], minlength=len(table))
    if filled[vacancy] >= rooms[vacancy].positions:
        return None
    reached, waiting = {vacancy}, [vacancy]
    people: set[int] = set()
    while waiting:
        one = waiting.pop()
        if not table.is_whole[one]:
            return None
        listed = table.person[table.rows(one)]
        people.update(listed.tolist())
        for other in np.unique(holds[listed]).tolist():
            if other >= 0 and other not in reached:
                reached.add(other)
                waiting.append(other)
    return Shortage(
        tuple(sorted(reached)), sum(rooms[one].positions for one in reached), len(people)
    )


@dataclass(frozen=True)
class Behind:
    """People behind the gates of a vacancy, by gate."""

    failing: Mapping[str, int]
    """Who fails it, whatever else they fail."""
    alone: Mapping[str, int]
    """Who fails nothing else: they would pass without it."""


def behind_gates(
    pool: Pool,
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
    outside: Outside,
) -> Behind:
    """How many people each gate of a vacancy keeps out, and keeps out by itself."""
    failed = stand(pool, requirement, vocabulary, parameters, outside).failed
    failed = failed[failed < GONE]
    bits = {gate: 1 << place for place, gate in enumerate(gate_names(requirement))}
    failing = {gate: int(((failed & bit) != 0).sum()) for gate, bit in bits.items()}
    alone = {gate: int((failed == bit).sum()) for gate, bit in bits.items()}
    return Behind(
        {gate: count for gate, count in failing.items() if count},
        {gate: count for gate, count in alone.items() if count},
    )
