"""The gates that need what the engine must not know: process, age and citizenship."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from db.features import STATUSES
from db.queries.pool import held
from db.session import reading
from domain.enums import JobseekerStatus
from domain.records.vacancy import VacancyRecord
from domain.transitions import HOLDING
from matching.outside import OutsideGate
from matching.types import Requirement
from services.rankings.pool import Registered
from services.rankings.scheme_gates import gate, scheme_gates

PLACED = STATUSES.index(JobseekerStatus.PLACED)
AWAY = [STATUSES.index(s) for s in (JobseekerStatus.WITHDRAWN, JobseekerStatus.SUSPENDED)]


def outside_gates(
    vacancy: VacancyRecord, asked: Requirement, people: Registered
) -> Mapping[str, OutsideGate]:
    """Whom each gate of the vacancy that is decided outside the engine excludes, and asks.

    Age at departure and citizenship only where the vacancy's scheme has such a rule; a person held
    for this same vacancy is not held elsewhere.
    """
    return outside_gates_of([vacancy], [asked], people)[0]


def outside_gates_of(
    vacancies: Sequence[VacancyRecord], asked: Sequence[Requirement], people: Registered
) -> list[Mapping[str, OutsideGate]]:
    """The same for several vacancies; gates that exclude the same people are one object."""
    with reading() as session:
        holds = list(held(session, HOLDING))
    placed = gate(people, people.status == PLACED)
    away = gate(people, np.isin(people.status, AWAY))
    elsewhere: dict[int | None, OutsideGate] = {}
    schemes: dict[tuple[object, object], Mapping[str, OutsideGate]] = {}
    found: list[Mapping[str, OutsideGate]] = []
    for vacancy, wanted in zip(vacancies, asked, strict=True):
        own = vacancy.id if any(vacancy_id == vacancy.id for _, vacancy_id in holds) else None
        if own not in elsewhere:
            others = {person for person, vacancy_id in holds if vacancy_id != own}
            elsewhere[own] = gate(people, np.isin(people.person, list(others)))
        rules = (vacancy.scheme_code, vacancy.start_on)
        if rules not in schemes:
            schemes[rules] = scheme_gates(vacancy, people)
        known = {
            "already_placed": placed,
            "withdrawn": away,
            "held_elsewhere": elsewhere[own],
            **schemes[rules],
        }
        found.append({name: known[name] for name in wanted.outside_gates if name in known})
    return found
