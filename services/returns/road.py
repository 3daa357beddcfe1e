"""What coming back leaves to do today, and what a person's story tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    DeploymentRow,
    ExitSurveyRow,
    LocalReferralEventRow,
    LocalReferralRow,
    LocalVacancyRow,
    NamedRequestRow,
    ReturnGainRow,
    ReturnReminderRow,
    ReturnRow,
    VacancyRow,
)
from db.queries import returns as queries
from db.queries.returns import StayFacts
from db.repositories import returns as repository
from domain.enums import DeploymentStatus, ReferralStatus, ReminderState, RoadArea, Urgency
from domain.records.officer import Officer
from domain.records.road import RoadTask, TimelineEvent
from domain.texts import N_, Sentence, Term
from services import clock
from services.permissions import Permission, can
from services.returns.recording import expected_on
from services.returns.rules import rules_on


def return_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """Whose stay ends soon, whom to ask how they are, which employers in Georgia owe a reply."""
    if not can(officer, Permission.RETURNS_EDIT):
        return
    for facts in queries.stays_in(session, repository.AWAY):
        yield from _ending(facts)
    for facts in queries.stays_in(session, [DeploymentStatus.RETURNED]):
        if facts.back is None:
            yield _unnoted(facts)
    for row, person, stay, _ in queries.follow_ups(session, open_only=True):
        text = N_("{months} months are over since {day}: ask how the person is")
        since = row.due_on
        yield RoadTask(
            RoadArea.RETURN,
            Urgency.DUE if since + timedelta(14) >= clock.today() else Urgency.LATE,
            since,
            Sentence(text, {"months": row.months, "day": since}),
            N_("Write it down"),
            "returnee" if stay else "returns",
            {"stay": stay} if stay else {"shown": "ask"},
            jobseeker=person.external_id,
        )
    yield from _unanswered(session)


def _ending(facts: StayFacts) -> Iterator[RoadTask]:
    """A stay that ends within the nearest but one reminder; late ones are the register's task."""
    day, today = expected_on(facts.stay), clock.today()
    near = sorted(rules_on().remind_days_before)[:2]
    if day is None or not near or not today <= day <= today + timedelta(near[-1]):
        return
    yield RoadTask(
        RoadArea.RETURN,
        Urgency.DUE,
        day,
        Sentence(N_("The stay ends on {day}: ask about the way home and work here"), {"day": day}),
        N_("Prepare the return"),
        "returnee",
        {"stay": facts.stay.number},
        candidacy_id=facts.stay.candidacy_id,
        jobseeker=facts.person.external_id,
    )


def _unnoted(facts: StayFacts) -> RoadTask:
    """Back by the register, but nobody has written down why and with which needs."""
    day = facts.stay.returned_on or clock.today()
    return RoadTask(
        RoadArea.RETURN,
        Urgency.DUE,
        day,
        Sentence(N_("Back since {day}: write down why, and what help is asked for"), {"day": day}),
        N_("Record the return"),
        "returnee",
        {"stay": facts.stay.number},
        candidacy_id=facts.stay.candidacy_id,
        jobseeker=facts.person.external_id,
    )


def _unanswered(session: Session) -> Iterator[RoadTask]:
    """Employers in Georgia who have not said anything for the time that the rules allow."""
    days = rules_on().reply_within_days
    query = (
        select(LocalReferralRow, LocalVacancyRow.number)
        .join(LocalVacancyRow, LocalVacancyRow.id == LocalReferralRow.vacancy_id)
        .where(LocalReferralRow.status == ReferralStatus.SENT)
        .order_by(LocalReferralRow.id)
    )
    for row, number in session.execute(query):
        due = clock.day_of(row.sent_at) + timedelta(days)
        if due <= clock.today():
            text = N_("No reply since {day} to a recommendation for {vacancy}: ask the employer")
            yield RoadTask(
                RoadArea.RETURN,
                Urgency.LATE if due < clock.today() else Urgency.DUE,
                due,
                Sentence(text, {"day": clock.day_of(row.sent_at), "vacancy": number}),
                N_("Write down the reply"),
                "local_vacancy",
                {"vacancy": number},
                jobseeker=repository.external_id_of(session, row.jobseeker_id),
            )


def return_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Reminders, the return, what was learned, the survey, recommendations, named requests."""
    query = (
        select(DeploymentRow, ReturnRow)
        .outerjoin(ReturnRow, ReturnRow.deployment_id == DeploymentRow.id)
        .where(DeploymentRow.jobseeker_id == jobseeker_id)
        .order_by(DeploymentRow.id)
    )
    for stay, back in session.execute(query):
        yield from _reminders(session, stay)
        if back is not None:
            yield from _back(session, stay, back)
    yield from _referrals(session, jobseeker_id)
    yield from _requests(session, jobseeker_id)


def _reminders(session: Session, stay: DeploymentRow) -> Iterator[TimelineEvent]:
    query = select(ReturnReminderRow).where(
        ReturnReminderRow.deployment_id == stay.id, ReturnReminderRow.state == ReminderState.SENT
    )
    for row in session.scalars(query):
        text = Sentence(N_("Reminded of the return on {day}"), {"day": row.expected_on})
        yield TimelineEvent(
            RoadArea.RETURN, row.settled_at, text, "returnee", {"stay": stay.number}
        )


def _back(session: Session, stay: DeploymentRow, back: ReturnRow) -> Iterator[TimelineEvent]:
    here = {"stay": stay.number}
    text = Sentence(
        N_("Back home since {day}: {reason}"),
        {"day": back.returned_on, "reason": Term("ReturnReason", back.reason.value)},
    )
    yield TimelineEvent(
        RoadArea.RETURN, back.recorded_at, text, "returnee", here, by=back.recorded_by
    )
    gains = select(ReturnGainRow).where(ReturnGainRow.return_id == back.id)
    for gain in session.scalars(gains):
        learned = Sentence(
            N_("Learned abroad, written into the file: {what}"),
            {"what": Term(gain.kind.value, gain.code)},
        )
        yield TimelineEvent(
            RoadArea.RETURN, gain.recorded_at, learned, "returnee", here, by=gain.recorded_by
        )
    survey = session.scalars(
        select(ExitSurveyRow).where(ExitSurveyRow.return_id == back.id)
    ).one_or_none()
    if survey is not None:
        yield TimelineEvent(
            RoadArea.RETURN,
            survey.answered_at,
            Sentence(N_("Answered the survey after the return")),
            "returnee",
            here,
            by=survey.answered_by,
        )


def _referrals(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(LocalReferralEventRow, LocalVacancyRow.number)
        .join(LocalReferralRow, LocalReferralRow.id == LocalReferralEventRow.referral_id)
        .join(LocalVacancyRow, LocalVacancyRow.id == LocalReferralRow.vacancy_id)
        .where(LocalReferralRow.jobseeker_id == jobseeker_id)
    )
    for step, number in session.execute(query):
        text = Sentence(
            N_("Vacancy in Georgia {number}: {status}"),
            {"number": number, "status": Term("ReferralStatus", step.to_status.value)},
        )
        yield TimelineEvent(
            RoadArea.RETURN,
            step.happened_at,
            text,
            "local_vacancy",
            {"vacancy": number},
            note=step.note,
            by=step.happened_by,
        )


def _requests(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(NamedRequestRow, VacancyRow.number)
        .join(VacancyRow, VacancyRow.id == NamedRequestRow.vacancy_id)
        .where(NamedRequestRow.jobseeker_id == jobseeker_id)
    )
    for row, number in session.execute(query):
        text = Sentence(
            N_("The former employer asked for the person by name for vacancy {number}"),
            {"number": number},
        )
        yield TimelineEvent(
            RoadArea.RETURN,
            row.recorded_at,
            text,
            "vacancy",
            {"vacancy": number},
            by=row.recorded_by,
        )
