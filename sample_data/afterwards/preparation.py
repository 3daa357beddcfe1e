"""Orientation, papers, permits and departures of the sample's people, through the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OrientationSessionRow, PermitFileRow, PermitPaperRow
from db.repositories import preparation as repository
from db.repositories.preparation import Traveller
from db.session import reading
from domain.enums import CandidacyStatus as C
from domain.enums import OrientationStatus, PermitPaperState, PermitRefusal
from domain.records.officer import Officer
from domain.records.preparation import DeparturePlan, OrientationForm, PackPaper, PaperForm
from domain.values import months_after
from sample_data.afterwards.steps import TAKEN_BY, Step
from services import clock
from services.preparation.certificates import issue_certificate
from services.preparation.departures import confirm_departure, plan_departure, record_no_show
from services.preparation.obstacles import BEFORE_DEPARTURE, get_traveller
from services.preparation.orientations import (
    invite_to_orientation,
    mark_attendance,
    plan_orientation,
)
from services.preparation.packs import pack_on
from services.preparation.permit_papers import record_papers
from services.preparation.permits import (
    Grant,
    grant_permit,
    open_permit_file,
    refuse_permit,
    submit_application,
)
from services.preparation.quizzes import record_quiz
from services.preparation.rules import quiz_on

DAYS_TO_SESSION = 4
SESSION_BEGINS = time(10)
FRIDAY = 4
STAY_IF_OPEN = timedelta(80)
PLACE = "თბილისი, სააგენტოს სასწავლო ოთახი"
TRAINER = "ელენე ნიმუშაძე"
EMERGENCY = ("ნიმუში, ოჯახის წევრი", "+995555000199")
SECOND_GO = 5
"""Every fifth person passes only in the second go."""
WRONG_AT_FIRST = 4
OPEN_FOR = 3
"""Every third person's ticket is still missing: it is desirable only."""


def take_orientation(step: Step) -> None:
    """Invited to the vacancy's session, which is planned with the first of them."""
    by = step.cast["recruiter"]
    number = _session_to_come(step.vacancy) or _plan_session(by)
    invite_to_orientation(number=number, candidacy_ids=step.candidacy_ids, by=by)


def _session_to_come(vacancy: str) -> str | None:
    with reading() as session:
        for row in repository.list_sessions(session):
            if row.status is not OrientationStatus.PLANNED or row.starts_at <= clock.now():
                continue
            people = [place.candidacy_id for place in repository.places_of(session, row.id)]
            of_vacancy = repository.list_travellers(session, candidacy_ids=people)
            if any(one.vacancy.number == vacancy for one in of_vacancy):
                return row.number
    return None


def _plan_session(by: Officer) -> str:
    on = clock.today() + timedelta(DAYS_TO_SESSION)
    if on.weekday() > FRIDAY:
        on += timedelta(7 - on.weekday())
    form = OrientationForm(
        starts_at=datetime.combine(on, SESSION_BEGINS, clock.TBILISI), place=PLACE, trainer=TRAINER
    )
    return plan_orientation(form=form, by=by)


def take_application(step: Step) -> None:
    """What the application needs is in order, and it is submitted."""
    by = step.cast["recruiter"]
    for candidacy_id in step.candidacy_ids:
        _plan(candidacy_id, by)
        open_permit_file(candidacy_id=candidacy_id, by=by)
        _settle(candidacy_id, by, for_application=True)
        submit_application(candidacy_id=candidacy_id, on=clock.today(), by=by)


def take_grant(step: Step) -> None:
    """The permit comes, and the other papers with it."""
    by = step.cast["recruiter"]
    hold_sessions(by)
    for candidacy_id in step.candidacy_ids:
        _settle(candidacy_id, by, for_application=False)
        departs, returns = _days(_traveller(candidacy_id))
        grant = Grant(
            decided_on=clock.today(),
            permit_number=f"SAMPLE-{candidacy_id:05d}",
            valid_from=min(departs, clock.today()),
            valid_until=returns + timedelta(7),
        )
        grant_permit(candidacy_id=candidacy_id, grant=grant, by=by)


def take_refusal(step: Step) -> None:
    """The authority refuses, for the conditions of work."""
    text = step.reason[1] if step.reason else ""
    for candidacy_id in step.candidacy_ids:
        refuse_permit(
            candidacy_id=candidacy_id,
            decided_on=clock.today(),
            refusal=PermitRefusal.CONDITIONS,
            text=text,
            by=step.cast["recruiter"],
        )


def take_departure(step: Step) -> None:
    """Everybody of the group leaves on this day: nothing mandatory is open any more."""
    by = step.cast["recruiter"]
    hold_sessions(by)
    for candidacy_id in step.candidacy_ids:
        confirm_departure(candidacy_id=candidacy_id, on=clock.today(), by=by)


def take_no_show(step: Step) -> None:
    """Everything was in hand, and the person did not come."""
    assert step.reason is not None
    for candidacy_id in step.candidacy_ids:
        record_no_show(candidacy_id=candidacy_id, reason=step.reason[1], by=step.cast["recruiter"])


def hold_sessions(by: Officer) -> None:
    """Write down sessions that have taken place: who came, quiz, certificates."""
    planned = select(OrientationSessionRow).where(
        OrientationSessionRow.status == OrientationStatus.PLANNED,
        OrientationSessionRow.starts_at < clock.now(),
    )
    with reading() as session:
        due = {
            row.number: _still_going(
                session, [place.candidacy_id for place in repository.places_of(session, row.id)]
            )
            for row in session.scalars(planned)
        }
    for number, people in due.items():
        mark_attendance(number=number, attended=people, by=by)
        for candidacy_id in people:
            _pass_quiz(number, candidacy_id, by)


def _still_going(session: Session, candidacy_ids: Sequence[int]) -> list[int]:
    travellers = repository.list_travellers(session, candidacy_ids=candidacy_ids)
    return [one.candidacy.id for one in travellers if one.candidacy.status in BEFORE_DEPARTURE]


def _pass_quiz(number: str, candidacy_id: int, by: Officer) -> None:
    right = {one.code: one.right for one in quiz_on(clock.today()).questions}
    if candidacy_id % SECOND_GO == 0:
        few = dict(list(right.items())[WRONG_AT_FIRST:])
        record_quiz(number=number, candidacy_id=candidacy_id, answers=few, by=by)
    record_quiz(number=number, candidacy_id=candidacy_id, answers=right, by=by)
    issue_certificate(number=number, candidacy_id=candidacy_id, by=by)


def _plan(candidacy_id: int, by: Officer) -> None:
    departs, returns = _days(_traveller(candidacy_id))
    plan = DeparturePlan(departs, returns, *EMERGENCY)
    plan_departure(candidacy_id=candidacy_id, plan=plan, by=by)


def _traveller(candidacy_id: int) -> Traveller:
    with reading() as session:
        return get_traveller(session, candidacy_id)


def _days(traveller: Traveller) -> tuple[date, date]:
    start = traveller.vacancy.start_on
    assert start is not None
    return start - timedelta(1), traveller.vacancy.end_on or start + STAY_IF_OPEN


def _settle(candidacy_id: int, by: Officer, *, for_application: bool) -> None:
    """Bring the papers in order; a passport that ends too early is replaced by a new one."""
    traveller = _traveller(candidacy_id)
    _departs, returns = _days(traveller)
    with reading() as session:
        file = session.scalars(
            select(PermitFileRow).where(PermitFileRow.candidacy_id == candidacy_id)
        ).one()
        rows = repository.papers_of(session, [file.id])[file.id]
        pack = pack_on(file.country, traveller.vacancy.scheme_code, file.pack_from)
        forms = {}
        for row in rows:
            paper = pack.paper(row.code)
            assert paper is not None
            if _is_brought(paper, row, for_application, candidacy_id):
                forms[row.code] = (_in_order(paper, row, returns), row.version)
    record_papers(candidacy_id=candidacy_id, forms=forms, by=by)


def _is_brought(
    paper: PackPaper, row: PermitPaperRow, for_application: bool, candidacy_id: int
) -> bool:
    if row.state is PermitPaperState.CHECKED or (for_application and not paper.for_application):
        return False
    return paper.is_mandatory or candidacy_id % OPEN_FOR != 0


def _in_order(paper: PackPaper, row: PermitPaperRow, returns: date) -> PaperForm:
    needed = months_after(returns, 6) if paper.months_after_return else returns
    until = row.valid_until
    if paper.lasts_until and (until is None or until < needed):
        until = months_after(needed, 36)
    return PaperForm(PermitPaperState.CHECKED, row.number, None, until, None)


TAKEN_BY[C.ORIENTATION] = take_orientation
TAKEN_BY[C.PERMIT_PENDING] = take_application
TAKEN_BY[C.PERMIT_GRANTED] = take_grant
TAKEN_BY[C.PERMIT_REFUSED] = take_refusal
TAKEN_BY[C.DEPARTED] = take_departure
TAKEN_BY[C.NO_SHOW] = take_no_show
