"""The end of the story: employers choose, permits come, people depart, work and return.

These stages have no services yet. `take_step` writes what they will write: a step of the life
cycle that is checked, its event, the audit, and whether the person counts as placed.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, VacancyRow
from db.repositories.jobseekers import note_change
from db.session import unit_of_work
from domain.enums import CandidacyStatus, DecisionOutcome, DecisionReason, JobseekerStatus
from domain.enums import VacancyStatus as V
from domain.records.officer import Officer
from domain.transitions import JOBSEEKER, check_can_move
from sample_data.forms import Days
from sample_data.timeline import Timeline
from services import audit
from services.candidacies import move_candidacy
from services.commission import list_decisions
from services.vacancies.vacancies import close_vacancy, move_vacancy

C = CandidacyStatus
ROAD = (
    C.SENT,
    C.EMPLOYER_SELECTED,
    C.ORIENTATION,
    C.PERMIT_PENDING,
    C.DEPARTED,
    C.WORKING,
    C.RETURNED,
)
"""The way of somebody for whom all goes well, from the commission's approval on."""

LEAVES_FROM = {C.EMPLOYER_REJECTED: C.SENT, C.PERMIT_REFUSED: C.PERMIT_PENDING}
PLACED_IN = {C.DEPARTED: JobseekerStatus.PLACED, C.RETURNED: JobseekerStatus.ACTIVE}
TOGETHER = frozenset({C.DEPARTED, C.WORKING, C.RETURNED})
LATEST = 3
"""Days by which a person's step may follow the day that the story names."""


def road_to(status: CandidacyStatus, after: CandidacyStatus | None) -> tuple[CandidacyStatus, ...]:
    """The steps from approval to that status; `after`: where somebody leaves the road."""
    leaves = LEAVES_FROM.get(status, after)
    if leaves is C.APPROVED:
        return (status,)
    end = ROAD.index(leaves or status) + 1
    return (*ROAD[:end], status) if leaves else ROAD[:end]


def take_step(
    session: Session,
    candidacy_id: int,
    after: CandidacyStatus,
    *,
    reason: tuple[DecisionReason, str] | None,
    by: Officer,
) -> None:
    """One step of a candidacy after the commission, in the caller's transaction."""
    candidacy = session.get_one(CandidacyRow, candidacy_id)
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    before = candidacy.status
    code, text = reason or (None, None)
    move_candidacy(session, candidacy, after, reason=text, reason_code=code, by=by)
    placed = PLACED_IN.get(after)
    if placed is not None:
        check_can_move(JOBSEEKER, person.status, placed)
        person.status = placed
    session.flush()
    seq = audit.record(
        session,
        action=after.value,
        entity="candidacy",
        entity_id=candidacy_id,
        subject=person.external_id,
        details={"status": [before.value, after.value], "reason": [None, text]},
        by=by,
    )
    note_change(session, {person.id: seq})


class Afterwards:
    """What becomes of those whom the commission approved."""

    def __init__(
        self, *, days: Days, story: dict[str, Any], cast: dict[str, Officer], random: Random
    ) -> None:
        self.days, self.random = days, random
        self.recruiter, self.chair = cast["recruiter"], cast["chair"]
        self.told = {entry["vacancy"]: entry for entry in story["afterwards"]}
        self.reasons = {
            C(status): (DecisionReason(why["code"]), why["text"])
            for status, why in story["reasons"].items()
        }

    def decided(self, vacancy: str, shortlist_id: int, timeline: Timeline) -> None:
        """Put on the timeline what follows the decisions on a shortlist."""
        told = self.told.get(vacancy)
        if told is None:
            return
        approved = [
            decision.candidacy_id
            for decision in list_decisions(shortlist_id=shortlist_id, by=self.chair)
            if decision.outcome is DecisionOutcome.APPROVED
        ]
        for end in told["ends"]:
            count = len(approved) if end["people"] == "rest" else end["people"]
            for candidacy_id in approved[:count]:
                self.tell_one(candidacy_id, told["days"], end, timeline)
            approved = approved[count:]
        if "filled_on" in told:
            day = self.days.moved(told["filled_on"])
            timeline.add(day, 17, partial(self.fill, vacancy))
        if "closed_on" in told:
            day = self.days.moved(told["closed_on"])
            timeline.add(day, 17, partial(self.close, vacancy))

    def tell_one(
        self, candidacy_id: int, days: dict[str, date], end: dict[str, Any], timeline: Timeline
    ) -> None:
        status = C(end["status"])
        after = C(end["after"]) if "after" in end else None
        # The chosen ones travel together; everything else takes each person's own time.
        late = self.random.randint(0, LATEST)
        for step in road_to(status, after):
            is_end = step is status
            day = end["day"] if is_end and "day" in end else days[step.value]
            hour = self.random.uniform(9, 17) + (0 if step in TOGETHER else 24 * late)
            is_told = is_end and (step is not C.RETURNED or end.get("early", False))
            reason = self.reasons.get(step) if is_told else None
            happening = partial(self.step, candidacy_id, step, reason)
            timeline.add(self.days.moved(day), hour, happening)

    def step(
        self,
        candidacy_id: int,
        status: CandidacyStatus,
        reason: tuple[DecisionReason, str] | None,
    ) -> None:
        with unit_of_work() as work:
            take_step(work.session, candidacy_id, status, reason=reason, by=self.recruiter)
            work.commit()

    def fill(self, number: str) -> None:
        with unit_of_work() as work:
            row = work.session.scalars(select(VacancyRow).where(VacancyRow.number == number)).one()
            move_vacancy(work.session, row, V.FILLED, action="filled", by=self.recruiter)
            work.commit()

    def close(self, number: str) -> None:
        close_vacancy(number=number, by=self.recruiter)
