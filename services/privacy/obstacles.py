"""Why a person's data can't go yet: each reason with the day or the step that ends it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    DeploymentRow,
    JobseekerMergeRow,
    JobseekerRow,
    LegalHoldRow,
    MonitoringCaseRow,
    PrivacyRequestRow,
    VacancyRow,
)
from domain.enums import CandidacyStatus as C
from domain.enums import (
    CaseStatus,
    DeploymentStatus,
    JobseekerStatus,
    PrivacyRequestStatus,
    VacancyStatus,
)
from domain.texts import N_, Sentence, Term
from domain.transitions import HOLDING
from domain.values import months_after
from services import clock
from services.privacy.rules import rules_on

Files = tuple[int, ...]

ENDED_STAYS = (DeploymentStatus.RETURNED, DeploymentStatus.ENDED, DeploymentStatus.CANCELLED)
OPEN_CANDIDACIES = HOLDING | {C.PRESELECTED, C.RESERVE, C.EMPLOYER_RESERVE}
OVER = (VacancyStatus.CLOSED, VacancyStatus.CANCELLED)
ENDED_FILES = (JobseekerStatus.WITHDRAWN, JobseekerStatus.DRAFT)


def obstacles_of(
    session: Session, row: JobseekerRow, *, but_request: int | None = None
) -> tuple[Sentence, ...]:
    """Everything that stands against depersonalising this person today; empty when nothing does."""
    if row.depersonalised_at is not None:
        return (Sentence(N_("This file is depersonalised already.")),)
    if row.status is JobseekerStatus.MERGED:
        return (Sentence(N_("This file was merged: it goes together with the file it leads to.")),)
    files = united_files(session, row.id)
    found = [
        *_status(row),
        *_hold(session, files),
        *_open_work(session, files),
        *_stays(session, files),
        *_requests(session, files, but_request),
    ]
    return tuple(found)


def united_files(session: Session, jobseeker_id: int) -> tuple[int, ...]:
    """The file and all that were united with it, one step or more."""
    found, new = {jobseeker_id}, {jobseeker_id}
    while new:
        query = select(JobseekerMergeRow.merged_id).where(
            JobseekerMergeRow.kept_id.in_(new), JobseekerMergeRow.undone_at.is_(None)
        )
        new = set(session.scalars(query)) - found
        found |= new
    return tuple(sorted(found))


def _status(row: JobseekerRow) -> list[Sentence]:
    if row.status in ENDED_FILES:
        return []
    status = Term("JobseekerStatus", row.status.value)
    text = N_("The registration is “{status}”: end it first, with its reason.")
    return [Sentence(text, {"status": status})]


def _hold(session: Session, files: Files) -> list[Sentence]:
    query = select(func.min(LegalHoldRow.held_at)).where(
        LegalHoldRow.jobseeker_id.in_(files), LegalHoldRow.ended_at.is_(None)
    )
    held = session.scalar(query)
    if held is None:
        return []
    text = N_("A legal hold since {day}: the data stay as they are until it is lifted.")
    return [Sentence(text, {"day": clock.day_of(held)})]


def _open_work(session: Session, files: Files) -> list[Sentence]:
    found = []
    candidacies = (
        select(func.count())
        .select_from(CandidacyRow)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(
            CandidacyRow.jobseeker_id.in_(files),
            CandidacyRow.status.in_(OPEN_CANDIDACIES),
            VacancyRow.status.not_in(OVER),
        )
    )
    if many := session.scalar(candidacies):
        text = N_("Candidacies that are not over: {many}. Withdraw or finish them first.")
        found.append(Sentence(text, {"many": many}))
    stays = select(DeploymentRow.id).where(DeploymentRow.jobseeker_id.in_(files))
    cases = select(func.count()).where(
        MonitoringCaseRow.deployment_id.in_(stays), MonitoringCaseRow.status != CaseStatus.CLOSED
    )
    if many := session.scalar(cases):
        found.append(Sentence(N_("Cases abroad that are open: {many}."), {"many": many}))
    return found


def _stays(session: Session, files: Files) -> list[Sentence]:
    d = DeploymentRow
    open_ones = select(func.count()).where(d.jobseeker_id.in_(files), d.status.not_in(ENDED_STAYS))
    if session.scalar(open_ones):
        return [Sentence(N_("A stay abroad is not over."))]
    last = last_stay(session, *files)
    if last is None:
        return []
    until = months_after(last, rules_on(clock.today()).after_stay_months)
    if until <= clock.today():
        return []
    text = N_(
        "The person worked abroad until {last}: contract, pay and complaints are kept until "
        "{until} for claims."
    )
    return [Sentence(text, {"last": last, "until": until})]


def last_stay(session: Session, *files: int) -> date | None:
    """The day the last stay that really began ended; None for somebody who never left."""
    d = DeploymentRow
    ended = func.max(func.coalesce(d.returned_on, d.ended_on, d.departed_on))
    query = select(ended).where(
        d.jobseeker_id.in_(files),
        or_(d.departed_on.is_not(None), and_(d.ended_on.is_not(None), d.arrived_on.is_not(None))),
    )
    return session.scalar(query)


def _requests(session: Session, files: Files, but: int | None) -> list[Sentence]:
    r = PrivacyRequestRow
    waiting = (PrivacyRequestStatus.RECEIVED, PrivacyRequestStatus.IN_WORK)
    query = select(r.number).where(r.jobseeker_id.in_(files), r.status.in_(waiting))
    if but is not None:
        query = query.where(r.id != but)
    numbers = tuple(session.scalars(query.order_by(r.id)))
    if not numbers:
        return []
    text = N_("Requests about these data are not answered yet: {numbers}.")
    return [Sentence(text, {"numbers": numbers})]
