"""The gates that need what the engine must not know: process, age and citizenship."""

from __future__ import annotations

from collections.abc import Mapping

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
    with reading() as session:
        elsewhere = {
            person for person, vacancy_id in held(session, HOLDING) if vacancy_id != vacancy.id
        }
    found = {
        "already_placed": gate(people, people.status == PLACED),
        "withdrawn": gate(people, np.isin(people.status, AWAY)),
        "held_elsewhere": gate(people, np.isin(people.person, list(elsewhere))),
        **scheme_gates(vacancy, people),
    }
    return {name: found[name] for name in asked.outside_gates if name in found}
