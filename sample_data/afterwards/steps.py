"""How each step after the commission is taken: through the services, or as they would write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow
from db.repositories.jobseekers import note_change
from db.session import unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import DecisionReason, JobseekerStatus
from domain.records.officer import Officer
from domain.transitions import JOBSEEKER, check_can_move
from services import audit
from services.candidacies import move_candidacy

PLACED_IN = {C.DEPARTED: JobseekerStatus.PLACED, C.RETURNED: JobseekerStatus.ACTIVE}


@dataclass(frozen=True, slots=True)
class Step:
    """Some people of one vacancy take one step in the same moment."""

    vacancy: str
    status: C
    candidacy_ids: tuple[int, ...]
    reason: tuple[DecisionReason, str] | None
    cast: Mapping[str, Officer]


def take(step: Step) -> None:
    """Take the step as its area tells it; plainly where no area has a service for it."""
    for prepare in BEFORE.get(step.status, ()):
        prepare(step)
    TAKEN_BY.get(step.status, take_plainly)(step)
    for follow in FOLLOWED_BY.get(step.status, ()):
        follow(step)


def take_plainly(step: Step) -> None:
    """A step of the life cycle, its event, the audit, and whether the person counts as placed."""
    with unit_of_work() as work:
        for candidacy_id in step.candidacy_ids:
            _take_one(work.session, candidacy_id, step)
        work.commit()


def _take_one(session: Session, candidacy_id: int, step: Step) -> None:
    by = step.cast["recruiter"]
    candidacy = session.get_one(CandidacyRow, candidacy_id)
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    before = candidacy.status
    code, text = step.reason or (None, None)
    move_candidacy(session, candidacy, step.status, reason=text, reason_code=code, by=by)
    placed = PLACED_IN.get(step.status)
    if placed is not None:
        check_can_move(JOBSEEKER, person.status, placed)
        person.status = placed
    session.flush()
    seq = audit.record(
        session,
        action=step.status.value,
        entity="candidacy",
        entity_id=candidacy_id,
        subject=person.external_id,
        details={"status": [before.value, step.status.value], "reason": [None, text]},
        by=by,
    )
    note_change(session, {person.id: seq})


BEFORE: dict[C, tuple[Callable[[Step], None], ...]] = {}
"""What has to be there before a step is taken."""

TAKEN_BY: dict[C, Callable[[Step], None]] = {}
"""Each area puts in its own way of taking a step, in a module of its own beside this one."""

FOLLOWED_BY: dict[C, tuple[Callable[[Step], None], ...]] = {}
"""What an area does in the same moment for those who took a step of another area."""
