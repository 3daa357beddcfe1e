"""What English CVs add to the day's work and to a person's story."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, CvRow, CvSignoffRow, FrozenCvRow, JobseekerRow, VacancyRow
from db.repositories.jobseekers import WHOLE_FILE
from domain.enums import CandidacyStatus as C
from domain.enums import CvStatus, RoadArea, Urgency
from domain.records.officer import Officer
from domain.records.road import RoadTask, TimelineEvent
from domain.texts import N_, Sentence, Term
from services.cvs.freezing import why_not_sent
from services.cvs.standing import Standing, standings_of
from services.permissions import Permission, can


def cv_tasks(session: Session, officer: Officer) -> Iterator[RoadTask]:
    """CVs that stand between an approved candidate and the employer."""
    if not can(officer, Permission.CVS_EDIT):
        return
    wanted = session.execute(
        select(CandidacyRow.id, CandidacyRow.jobseeker_id, VacancyRow.number)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.status == C.APPROVED)
        .order_by(CandidacyRow.id)
    ).all()
    ids = {jobseeker_id for _, jobseeker_id, _ in wanted}
    people = session.scalars(
        select(JobseekerRow).where(JobseekerRow.id.in_(ids)).options(*WHOLE_FILE)
    ).all()
    standings = {one.person.id: one for one in standings_of(session, people)}
    for candidacy_id, jobseeker_id, vacancy in wanted:
        standing = standings[jobseeker_id]
        lacking = why_not_sent(standing)
        if lacking is not None:
            yield _task(candidacy_id, vacancy, standing, lacking)


def _task(candidacy_id: int, vacancy: str, standing: Standing, lacking: Sentence) -> RoadTask:
    is_draft = standing.status is CvStatus.DRAFT
    return RoadTask(
        RoadArea.CV,
        Urgency.DUE if is_draft else Urgency.LATER,
        None,
        Sentence(
            N_("English CV for vacancy {vacancy}: {lacking}"),
            {"vacancy": vacancy, "lacking": lacking},
        ),
        N_("Open the CV"),
        "cv",
        {"jobseeker": standing.person.external_id},
        candidacy_id=candidacy_id,
        vacancy=vacancy,
        jobseeker=standing.person.external_id,
    )


def cv_events(session: Session, jobseeker_id: int) -> Iterator[TimelineEvent]:
    """Sign-offs of the person's CV, and when it was sent."""
    person = session.get_one(JobseekerRow, jobseeker_id)
    query = {"jobseeker": person.external_id}
    signed = select(CvSignoffRow).join(CvRow, CvRow.id == CvSignoffRow.cv_id)
    for row in session.scalars(signed.where(CvRow.jobseeker_id == jobseeker_id)):
        values = {
            "signer": Term("CvSigner", row.signer.value),
            "channel": Term("CvSignoffChannel", row.channel.value),
        }
        text = (
            N_("English CV signed off: {signer}, {channel}")
            if row.is_approved
            else N_("English CV sent back for a change: {signer}, {channel}")
        )
        yield TimelineEvent(
            RoadArea.CV,
            row.signed_at,
            Sentence(text, values),
            "cv",
            query,
            note=row.note,
            by=row.signed_by,
        )
    frozen = (
        select(FrozenCvRow, VacancyRow.number)
        .join(CandidacyRow, CandidacyRow.id == FrozenCvRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
    )
    for sent, vacancy in session.execute(frozen):
        told = {"vacancy": vacancy, "level": Term("CvLevel", sent.level.value)}
        yield TimelineEvent(
            RoadArea.CV,
            sent.frozen_at,
            Sentence(N_("English CV put into the package for vacancy {vacancy}: {level}"), told),
            "cv",
            query,
            by=sent.frozen_by,
        )
