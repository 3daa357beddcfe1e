"""What stage S10 adds to the day's work and to a person's story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    ConfirmationRow,
    EmployerAnswerRow,
    InterviewSlotRow,
    JobseekerRow,
    VacancyRow,
)
from domain.enums import (
    CandidacyStatus,
    ConfirmationStatus,
    EmployerChoice,
    RoadArea,
    Urgency,
)
from domain.records.officer import Officer
from domain.records.road import RoadTask, TimelineEvent
from domain.texts import N_, Sentence, Term
from services import clock
from services.answers.limits import limits_on
from services.permissions import Permission, can


def answer_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """Chosen candidates who have not said yet whether they go."""
    if not can(officer, Permission.PACKAGES_SEND):
        return
    today = clock.today()
    query = (
        select(ConfirmationRow, VacancyRow.number, JobseekerRow.external_id)
        .join(CandidacyRow, CandidacyRow.id == ConfirmationRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(
            ConfirmationRow.status == ConfirmationStatus.ASKED,
            CandidacyRow.status == CandidacyStatus.EMPLOYER_SELECTED,
        )
        .order_by(ConfirmationRow.last_day, ConfirmationRow.id)
    )
    for asked, vacancy, person in session.execute(query):
        yield RoadTask(
            RoadArea.EMPLOYER,
            _urgency(asked.last_day, today),
            asked.last_day,
            Sentence(
                N_("A chosen candidate has not said yet whether they go, vacancy {vacancy}"),
                {"vacancy": vacancy},
            ),
            N_("See the answers"),
            "sending",
            {"vacancy": vacancy},
            candidacy_id=asked.candidacy_id,
            vacancy=vacancy,
            jobseeker=person,
        )


def _urgency(last_day: date, today: date) -> Urgency:
    if last_day < today:
        return Urgency.LATE
    near = today + timedelta(limits_on(today).remind_days_before)
    return Urgency.DUE if last_day <= near else Urgency.LATER


def answer_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """What employers said of a person, when they were asked to confirm, and interviews."""
    yield from _answers(session, jobseeker_id)
    yield from _questions(session, jobseeker_id)
    yield from _interviews(session, jobseeker_id)


def _answers(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(EmployerAnswerRow, VacancyRow.number)
        .join(CandidacyRow, CandidacyRow.id == EmployerAnswerRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
    )
    for row, vacancy in session.execute(query):
        values: dict[str, object] = {
            "vacancy": vacancy,
            "choice": Term("EmployerChoice", row.choice.value),
            "channel": Term("AnswerChannel", row.channel.value),
        }
        text = N_("Employer's answer on vacancy {vacancy}: {choice}, {channel}")
        if row.choice is EmployerChoice.REJECT and row.reason is not None:
            text = N_("Employer's answer on vacancy {vacancy}: {choice} ({reason}), {channel}")
            values["reason"] = Term("RejectionReason", row.reason.value)
        yield TimelineEvent(
            RoadArea.EMPLOYER,
            row.answered_at,
            Sentence(text, values),
            "sending",
            {"vacancy": vacancy},
            note=row.note,
            by=row.answered_by,
        )


def _questions(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(ConfirmationRow, VacancyRow.number)
        .join(CandidacyRow, CandidacyRow.id == ConfirmationRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
    )
    for row, vacancy in session.execute(query):
        yield TimelineEvent(
            RoadArea.EMPLOYER,
            row.asked_at,
            Sentence(
                N_("Asked to confirm vacancy {vacancy} by {day}"),
                {"vacancy": vacancy, "day": row.last_day},
            ),
            "sending",
            {"vacancy": vacancy},
            by=row.asked_by,
        )


def _interviews(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    query = (
        select(InterviewSlotRow, VacancyRow.number)
        .join(CandidacyRow, CandidacyRow.id == InterviewSlotRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id, InterviewSlotRow.withdrawn_at.is_(None))
    )
    for row, vacancy in session.execute(query):
        assert row.chosen_at is not None
        yield TimelineEvent(
            RoadArea.EMPLOYER,
            row.chosen_at,
            Sentence(
                N_("Chose an interview on {when}, vacancy {vacancy}"),
                {"when": row.starts_at, "vacancy": vacancy},
            ),
            "sending",
            {"vacancy": vacancy},
            by=row.chosen_by,
        )
