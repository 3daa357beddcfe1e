"""What is to be filled: places that are left, and whom each vacancy may not have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.enums import CandidacyStatus
from domain.records.vacancy import VacancyRecord
from domain.transitions import HOLDING
from matching.outside import Outside, OutsideGate
from matching.season.lists import Room
from matching.types import Requirement
from services.rankings.outside_gates import outside_gates
from services.rankings.pool import Registered
from services.shortlists.plan import places_of
from services.vacancies.requirements import requirement

IN_PROCESS = "in_process"
"""The gate of a plan that a ranking has not: a shortlist in the making has this person."""
SPOKEN_FOR = HOLDING | {CandidacyStatus.PRESELECTED}

Candidacies = Sequence[tuple[int, int, CandidacyStatus]]


@dataclass(frozen=True)
class Process:
    """Who is or was in the process, as a plan finds it."""

    preselected: frozenset[int]
    """People on any shortlist in the making: they stay where they are."""
    known: Mapping[int, frozenset[int]]
    """By vacancy: whoever is or was in its process is not put forward for it again."""
    taken: Mapping[int, int]
    """By vacancy: how many are in its process now."""

    @classmethod
    def of(cls, candidacies: Candidacies) -> Process:
        """Made of everybody's candidacies."""
        known: dict[int, set[int]] = defaultdict(set)
        for person, vacancy, _ in candidacies:
            known[vacancy].add(person)
        waiting = CandidacyStatus.PRESELECTED
        return cls(
            frozenset(person for person, _, status in candidacies if status is waiting),
            {vacancy: frozenset(people) for vacancy, people in known.items()},
            Counter(vacancy for _, vacancy, status in candidacies if status in SPOKEN_FOR),
        )


@dataclass(frozen=True)
class Opening:
    """A vacancy as a plan takes it."""

    vacancy: VacancyRecord
    requirement: Requirement
    outside: Outside
    room: Room
    taken: int


def opening(vacancy: VacancyRecord, people: Registered, process: Process) -> Opening:
    """The places left after those in the process, and the gates with what the process says."""
    asked = requirement(vacancy)
    asked = replace(asked, outside_gates=(*asked.outside_gates, IN_PROCESS))
    gates = outside_gates(vacancy, asked, people)
    known = OutsideGate.of(failed=process.preselected | process.known.get(vacancy.id, frozenset()))
    taken = process.taken.get(vacancy.id, 0)
    return Opening(vacancy, asked, {**gates, IN_PROCESS: known}, room(vacancy, taken), taken)


def room(vacancy: VacancyRecord, taken: int) -> Room:
    """What is left: those in the process fill positions first, then candidates, then reserves."""
    places, reserves = places_of(vacancy)
    left = []
    for most in (vacancy.positions, places - vacancy.positions, reserves):
        left.append(max(most - taken, 0))
        taken = max(taken - most, 0)
    return Room(*left)
