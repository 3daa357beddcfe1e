"""Where everybody stands on the road, and what the register and the process say of one person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models import (
    AuditEventRow,
    CandidacyEventRow,
    CandidacyRow,
    JobseekerRow,
    VacancyRow,
)

STORY_ACTIONS = ("registered", "withdrawn", "reactivated", "merged", "merge_undone")


def story_of_file(session: Session, jobseeker_id: int) -> Sequence[Row[AuditEventRow, str]]:
    """What happened to a person's file that belongs into their story, with the file's code."""
    query = (
        select(AuditEventRow, JobseekerRow.external_id)
        .join(JobseekerRow, JobseekerRow.external_id == AuditEventRow.subject)
        .where(
            JobseekerRow.id == jobseeker_id,
            AuditEventRow.entity == "jobseeker",
            AuditEventRow.action.in_(STORY_ACTIONS),
        )
    )
    return session.execute(query).all()


def story_of_candidacies(
    session: Session, jobseeker_id: int
) -> Sequence[Row[CandidacyEventRow, CandidacyRow, str, str]]:
    """Every step of a person's candidacies, with the vacancy's number and country."""
    query = (
        select(CandidacyEventRow, CandidacyRow, VacancyRow.number, VacancyRow.country)
        .join(CandidacyRow, CandidacyRow.id == CandidacyEventRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(CandidacyEventRow.id)
    )
    return session.execute(query).all()
