"""An appeal comes in: in time it is admitted at once, late it is recorded and refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import AppealRow, CandidacyRow, DecisionRow, JobseekerRow
from db.repositories import appeals as repository
from db.repositories.decisions import lock_vacancy_of
from db.repositories.jobseekers import note_change
from db.repositories.numbers import next_in_series
from db.session import unit_of_work
from domain.enums import AppealStatus, CandidacyStatus, DecisionOutcome
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.appeals import AppealForm, AppealRecord
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.appeals.reading import appeal_records, check_can_withdraw, is_voted_on
from services.candidacies import move_candidacy
from services.commission.appeals.limits import last_day_of_appeal
from services.commission.appeals.steps import find_appeal, get_appeal, move_appeal
from services.commission.rules import Rules
from services.commission.sessions.sitting import get_sitting_of
from services.permissions import Permission, check_can

LONGEST_TEXT = 10_000
ALREADY = N_("There is an appeal against this decision already: {number}.")
WRITE_REASON = N_("Write the reason in a sentence.")


@dataclass(frozen=True, slots=True)
class Appealed:
    """A decision as an appeal needs it."""

    decision: DecisionRow
    candidacy: CandidacyRow
    last_day: date


def register_appeal(
    *, shortlist_id: int, candidacy_id: int, form: AppealForm, by: Officer
) -> AppealRecord:
    """Register a candidate's appeal. In time it waits for a hearing at once; late it is refused,
    and only a manager can let it be heard."""
    check_can(by, Permission.APPEALS_REGISTER)
    text = form.text.strip()
    if not text:
        raise InvalidInput(N_("Write down what the person says against the decision."))
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(N_("The text is too long: at most {limit} letters."), limit=LONGEST_TEXT)
    if form.received_on > clock.today():
        raise InvalidInput(N_("The day of receipt can't be in the future."))
    with unit_of_work() as work:
        appealed = _appealed(work.session, shortlist_id, candidacy_id)
        check_can_appeal(work.session, appealed.decision, appealed.candidacy)
        if form.received_on < clock.day_of(appealed.decision.decided_at):
            raise InvalidInput(N_("The appeal can't have come before the decision."))
        series = f"APP-{clock.today().year}"
        row = AppealRow(
            number=f"{series}-{next_in_series(work.session, series):04d}",
            shortlist_id=shortlist_id,
            candidacy_id=candidacy_id,
            received_on=form.received_on,
            last_day=appealed.last_day,
            channel=form.channel,
            text=text,
            status=AppealStatus.RECEIVED,
            registered_at=clock.now(),
            registered_by=by.id,
        )
        work.session.add(row)
        try:
            work.session.flush()
        except IntegrityError:
            # Two officers at once: the other one came first.
            raise Refused(N_("There is an appeal against this decision already.")) from None
        _record_registered(work.session, row, appealed.candidacy, by)
        is_late = form.received_on > appealed.last_day
        after = AppealStatus.REFUSED_LATE if is_late else AppealStatus.ADMITTED
        move_appeal(work.session, row, after, by=by)
        record = appeal_records(work.session, by, number=row.number)[0]
        work.commit()
        return record


def _appealed(session: Session, shortlist_id: int, candidacy_id: int) -> Appealed:
    decision = session.get(DecisionRow, (shortlist_id, candidacy_id))
    if decision is None:
        raise NotFound(N_("There is no decision to appeal against."))
    sitting = repository.sessions_of(session, [shortlist_id])[0]
    last_day = last_day_of_appeal(decision.decided_at, Rules.from_json(sitting.rules))
    return Appealed(decision, session.get_one(CandidacyRow, candidacy_id), last_day)


def check_can_appeal(session: Session, decision: DecisionRow, candidacy: CandidacyRow) -> None:
    """Raise unless an appeal against this decision can be registered."""
    if decision.outcome is not DecisionOutcome.NOT_APPROVED:
        raise Refused(N_("There is nothing to appeal against: the person was not refused."))
    before = repository.standing_appeal(session, decision.shortlist_id, decision.candidacy_id)
    if before is not None:
        raise Refused(ALREADY, number=before.number)
    if repository.is_hearing(session, decision.shortlist_id):
        raise Refused(
            N_("This was decided on an appeal: the commission does not hear the case a third time.")
        )
    if candidacy.status is not CandidacyStatus.NOT_APPROVED:
        raise Refused(N_("The person is before the commission again for this vacancy already."))


def _record_registered(
    session: Session, row: AppealRow, candidacy: CandidacyRow, by: Officer
) -> None:
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    audit.record(
        session,
        action="registered",
        entity="appeal",
        entity_id=row.number,
        subject=person.external_id,
        details={"candidacy": candidacy.id, "shortlist": row.shortlist_id},
        by=by,
    )


def admit_late_appeal(*, number: str, reason: str, by: Officer) -> AppealRecord:
    """Let an appeal be heard that came too late, for a reason that everybody reads."""
    check_can(by, Permission.APPEALS_ADMIT)
    text = reason.strip()
    if not text:
        raise InvalidInput(WRITE_REASON)
    with unit_of_work() as work:
        row = get_appeal(work.session, number)
        move_appeal(work.session, row, AppealStatus.ADMITTED, details={"reason": text}, by=by)
        row.late_reason = text
        work.session.flush()
        record = appeal_records(work.session, by, number=number)[0]
        work.commit()
        return record


def withdraw_appeal(*, number: str, reason: str, by: Officer) -> AppealRecord:
    """Note that the person takes the appeal back; the first decision stands again."""
    check_can(by, Permission.APPEALS_REGISTER)
    text = reason.strip()
    if not text:
        raise InvalidInput(WRITE_REASON)
    with unit_of_work() as work:
        # The vacancy first, as whoever closes the hearing holds it.
        found = find_appeal(work.session, number)
        lock_vacancy_of(work.session, found.shortlist_id)
        hearing = None
        if found.hearing_id is not None:
            hearing, _ = get_sitting_of(work.session, found.hearing_id, lock=True)
        row = get_appeal(work.session, number)
        was_scheduled = row.status is AppealStatus.SCHEDULED
        check_can_withdraw(row, is_voted_on(hearing, row), by)
        move_appeal(work.session, row, AppealStatus.WITHDRAWN, details={"reason": text}, by=by)
        row.withdrawn_reason = text
        if was_scheduled:
            _stand_by_first_decision(work.session, row, by)
        work.session.flush()
        record = appeal_records(work.session, by, number=number)[0]
        work.commit()
        return record


def _stand_by_first_decision(session: Session, row: AppealRow, by: Officer) -> None:
    candidacy = session.get_one(CandidacyRow, row.candidacy_id, with_for_update=True)
    if candidacy.status is not CandidacyStatus.COMMISSION_REVIEW:
        return
    move_candidacy(session, candidacy, CandidacyStatus.NOT_APPROVED, by=by)
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    seq = audit.record(
        session,
        action=CandidacyStatus.NOT_APPROVED.value,
        entity="candidacy",
        entity_id=candidacy.id,
        subject=person.external_id,
        details={"appeal": row.number},
        by=by,
    )
    note_change(session, {person.id: seq})
