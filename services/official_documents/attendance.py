"""Who is not there today, and who stands in for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models import AbsenceRow
from db.repositories import routes as repository
from services import clock


@dataclass(frozen=True)
class Attendance:
    """Absences of one day with their substitutes in order."""

    absences: dict[int, AbsenceRow]
    """By the officer who is absent."""
    substitutes: dict[int, tuple[int, ...]]
    """By the absence."""

    def absence_of(self, officer_id: int) -> AbsenceRow | None:
        """Why the officer is not there; None when they are."""
        return self.absences.get(officer_id)

    def substitutes_of(self, absence: AbsenceRow) -> tuple[int, ...]:
        """Who stands in during the absence, the first one first."""
        return self.substitutes.get(absence.id, ())

    def stands_in_for(self, officer_id: int) -> set[int]:
        """Absent officers whose substitute this is, whether or not the first one."""
        return {
            absent
            for absent, absence in self.absences.items()
            if officer_id in self.substitutes_of(absence)
        }

    def everybody(self) -> set[int]:
        """All who are absent or stand in."""
        return {*self.absences, *(one for group in self.substitutes.values() for one in group)}


def attendance_today(session: Session) -> Attendance:
    """The absences of this day in Georgia."""
    absences = repository.list_absences_on(session, clock.today())
    substitutes: dict[int, tuple[int, ...]] = {}
    for row in repository.list_substitutes(session, [absence.id for absence in absences]):
        substitutes[row.absence_id] = (*substitutes.get(row.absence_id, ()), row.officer_id)
    return Attendance({absence.officer_id: absence for absence in absences}, substitutes)
