"""What is read of appeals: the list of all, and the decisions about one person."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.models import AppealRow, CandidacyRow, DecisionRow, JobseekerRow, VacancyRow
from db.repositories import appeals as repository
from db.repositories.ranking import jobseekers_by_external_id
from db.session import reading
from domain.enums import AppealStatus, DecisionOutcome
from domain.exceptions import Refused
from domain.records.appeals import AppealRecord, HeardAppeal, Hearer, PersonDecision
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.commission.appeals.limits import hear_by, last_day_of_appeal
from services.commission.appeals.panels import free_seats
from services.commission.decisions.decisions import (
    check_can_read_decisions,
    told_in_report,
    told_to_candidate,
)
from services.commission.dossiers.checks import check_can_read
from services.commission.dossiers.hiding import hide_people
from services.commission.rules import Rules
from services.commission.sessions.sitting import Sitting, get_sitting_of, load
from services.permissions import Permission, can, check_can
from services.refusals import refusal

OPEN = (AppealStatus.RECEIVED, AppealStatus.ADMITTED, AppealStatus.SCHEDULED)


def list_appeals(*, by: Officer) -> tuple[AppealRecord, ...]:
    """All appeals: those that wait first, the most urgent on top, then the settled ones."""
    check_can(by, Permission.APPEALS_READ)
    with reading() as session:
        records = appeal_records(session, by)
    return tuple(
        sorted(
            records,
            key=lambda one: (
                one.days_left is None,
                one.status is AppealStatus.SCHEDULED,
                one.hear_by if one.days_left is not None else clock.today(),
            ),
        )
    )


def appeal_records(session: Session, by: Officer, number: str | None = None) -> list[AppealRecord]:
    """Appeals as this reader may see them, the newest first."""
    rows = repository.list_appeals(session, number)
    shortlists = [
        id_ for row, *_ in rows for id_ in (row.shortlist_id, row.hearing_id) if id_ is not None
    ]
    by_shortlist = {
        item.shortlist.id: sitting
        for sitting in load(session, repository.sessions_of(session, shortlists))
        for item in sitting.items
    }
    outcomes = repository.outcomes_of(
        session, [row.hearing_id for row, *_ in rows if row.hearing_id is not None]
    )
    return [_record(*row, by_shortlist, outcomes, by) for row in rows]


def _record(
    row: AppealRow,
    candidacy: CandidacyRow,
    person: JobseekerRow,
    vacancy: VacancyRow,
    decision: DecisionRow,
    sittings: Mapping[int, Sitting],
    outcomes: Mapping[tuple[int, int], DecisionRow],
    by: Officer,
) -> AppealRecord:
    last = hear_by(row.received_on)
    hearing = sittings.get(row.hearing_id) if row.hearing_id else None
    heard = outcomes.get((row.hearing_id, row.candidacy_id)) if row.hearing_id else None
    knows_people = can(by, Permission.JOBSEEKERS_READ)
    return AppealRecord(
        number=row.number,
        status=row.status,
        external_id=person.external_id if knows_people else None,
        vacancy_number=vacancy.number,
        title=vacancy.title,
        title_ka=vacancy.title_ka,
        session_number=sittings[row.shortlist_id].row.number,
        decided_on=clock.day_of(decision.decided_at),
        received_on=row.received_on,
        last_day=row.last_day,
        is_late=row.received_on > row.last_day,
        late_reason=row.late_reason if knows_people else hide_people(row.late_reason, [person]),
        hear_by=last,
        days_left=(last - clock.today()).days if row.status in OPEN else None,
        channel=row.channel,
        text=row.text if knows_people else hide_people(row.text, [person]) or "",
        hearing_id=row.hearing_id,
        hearing_session=hearing.row.number if hearing else None,
        hearing_at=hearing.row.planned_at if hearing else None,
        hearers=hearers_of(hearing, hearing.item(row.hearing_id).excluded)
        if hearing and row.hearing_id
        else (),
        outcome=heard.outcome if heard else None,
        withdrawn_reason=row.withdrawn_reason
        if knows_people
        else hide_people(row.withdrawn_reason, [person]),
        admit_refusal=refusal(check_can_admit, row, by),
        schedule_refusal=refusal(check_can_schedule, row, by),
        withdraw_refusal=refusal(check_can_withdraw, row, is_voted_on(hearing, row), by),
    )


def read_hearing(*, shortlist_id: int, by: Officer) -> tuple[HeardAppeal, ...]:
    """The appeals on an agenda item for a member who may open its file; none on ordinary items."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sitting, item = get_sitting_of(session, shortlist_id)
        if not item.appeals:
            return ()
        if item.shortlist.decided_at:
            check_can_read_decisions(sitting, item, by)
        else:
            check_can_read(sitting, item, by)
        numbers = {one.candidacy_id: one.number for one in item.candidates}
        found = []
        for appeal in item.appeals:
            row, _, person, _, decision = repository.list_appeals(session, appeal.number)[0]
            first = repository.sessions_of(session, [row.shortlist_id])[0]
            found.append(
                HeardAppeal(
                    number=row.number,
                    candidate=numbers[row.candidacy_id],
                    received_on=row.received_on,
                    late_reason=hide_people(row.late_reason, [person]),
                    text=hide_people(row.text, [person]) or "",
                    session_number=first.number,
                    decided_on=clock.day_of(decision.decided_at),
                    report_texts={
                        language: hide_people(text, [person]) or ""
                        for language, text in (told_in_report(decision) or {}).items()
                    },
                )
            )
        return tuple(found)


def hearers_of(sitting: Sitting, excluded: frozenset[int]) -> tuple[Hearer, ...]:
    """Members of the session with a vote who took no part in the first one."""
    officers = {officer.id: officer for _, officer in sitting.members}
    return tuple(
        Hearer(officers[id_].name_ka, officers[id_].name_en, seat.kind)
        for id_, seat in free_seats(sitting, excluded)
    )


def check_can_admit(row: AppealRow, by: Officer) -> None:
    """Raise unless this officer may let a late appeal be heard."""
    check_can(by, Permission.APPEALS_ADMIT)
    if row.status is not AppealStatus.REFUSED_LATE:
        raise Refused(N_("Only an appeal that came too late needs this."))


def check_can_schedule(row: AppealRow, by: Officer) -> None:
    """Raise unless this officer may put the appeal on an agenda now."""
    check_can(by, Permission.SESSIONS_PLAN)
    if row.status is AppealStatus.REFUSED_LATE:
        raise Refused(
            N_("The appeal came too late: it is heard only if a manager admits it, with a reason.")
        )
    if row.status is not AppealStatus.ADMITTED:
        raise Refused(N_("The appeal is on an agenda or settled already."))


def is_voted_on(hearing: Sitting | None, row: AppealRow) -> bool:
    """Whether the other panel has begun to vote on the appeal."""
    if hearing is None or row.hearing_id is None:
        return False
    return hearing.item(row.hearing_id).ballots.cast_on(row.candidacy_id) > 0


def check_can_withdraw(row: AppealRow, has_votes: bool, by: Officer) -> None:
    """Raise unless this officer may note that the appeal is taken back."""
    check_can(by, Permission.APPEALS_REGISTER)
    if row.status not in (AppealStatus.ADMITTED, AppealStatus.SCHEDULED):
        raise Refused(N_("Only an appeal that is still to be heard can be taken back."))
    # Or whoever made the first list could end an appeal that is about to be upheld.
    if has_votes:
        raise Refused(
            N_("The panel has begun to vote: the appeal can't be taken back, it is decided.")
        )


def list_decisions_of(*, external_id: str, by: Officer) -> tuple[PersonDecision, ...]:
    """What commissions decided about a person, as the person is told, the latest first."""
    from services.appeals.registration import check_can_appeal

    check_can(by, Permission.JOBSEEKERS_READ)
    with reading() as session:
        person = jobseekers_by_external_id(session, [external_id]).get(external_id)
        if person is None:
            return ()
        appeals = {
            row.number: row for row in appeal_records(session, by) if row.external_id == external_id
        }
        found = []
        for decision, candidacy, vacancy, sitting in repository.decisions_of_person(
            session, person.id
        ):
            appeal = repository.standing_appeal(session, decision.shortlist_id, candidacy.id)
            is_hearing = repository.is_hearing(session, decision.shortlist_id)
            is_refused = decision.outcome is DecisionOutcome.NOT_APPROVED and not is_hearing
            last_day = (
                last_day_of_appeal(decision.decided_at, Rules.from_json(sitting.rules))
                if is_refused
                else None
            )
            found.append(
                PersonDecision(
                    shortlist_id=decision.shortlist_id,
                    candidacy_id=candidacy.id,
                    vacancy_number=vacancy.number,
                    title=vacancy.title,
                    title_ka=vacancy.title_ka,
                    session_number=sitting.number,
                    decided_on=clock.day_of(decision.decided_at),
                    outcome=decision.outcome,
                    reserve_order=decision.reserve_order,
                    is_hearing=is_hearing,
                    candidate_texts=told_to_candidate(decision),
                    last_day=last_day,
                    days_left=(last_day - clock.today()).days if last_day else None,
                    appeal=appeals.get(appeal.number) if appeal else None,
                    appeal_refusal=refusal(check_can_appeal, session, decision, candidacy),
                )
            )
        return tuple(found)
