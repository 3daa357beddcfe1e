"""Somebody takes themselves off a vacancy after the commission: packages, hold and line follow."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, PackageCandidateRow, PackageRow, VacancyRow
from db.repositories.answers import lock_confirmation
from db.repositories.holding import find_held
from db.repositories.jobseekers import note_change
from db.session import unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import ConfirmationStatus, DecisionReason
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.transitions import CANDIDACY
from services import audit
from services.answers.asking import settle_question
from services.answers.following import fill_place
from services.candidacies import move_candidacy
from services.permissions import Permission, check_can
from services.sending.ending import OPEN, take_out

EARLIER = frozenset({C.PRESELECTED, C.COMMISSION_REVIEW})
"""Before the decision, whoever leaves is taken off the shortlist instead."""
WENT = N_("the person does not want this work any more")


def check_can_leave(status: C, by: Officer) -> None:
    """Raise unless somebody of that status can still take themselves off the vacancy."""
    check_can(by, Permission.PACKAGES_SEND)
    if status in EARLIER or C.WITHDRAWN not in CANDIDACY[status]:
        raise Refused(N_("This person can't leave the vacancy here: look at the person's file."))


def withdraw_candidacy(*, candidacy_id: int, reason: str, by: Officer) -> int | None:
    """Record that a person does not want this work any more; who follows them, or None.

    The CV leaves every open package, the hold and a planned departure end, the next in line moves
    up. The reason is what the person says.
    """
    check_can(by, Permission.PACKAGES_SEND)
    if not reason.strip():
        raise InvalidInput(N_("Write what the person says: the reason is kept."))
    with unit_of_work() as work:
        session = work.session
        row = _locked(session, candidacy_id)
        check_can_leave(row.status, by)
        before = row.status
        for package in _open_packages(session, candidacy_id):
            take_out(session, package, candidacy_id, because=Sentence(WENT), by=by)
        asked = lock_confirmation(session, candidacy_id)
        if asked is not None and asked.status is ConfirmationStatus.ASKED:
            settle_question(asked, ConfirmationStatus.TAKEN_BACK, by=by)
        move_candidacy(
            session,
            row,
            C.WITHDRAWN,
            reason=reason.strip(),
            reason_code=DecisionReason.PERSON,
            by=by,
        )
        following = None if before in (C.RESERVE, C.EMPLOYER_RESERVE) else _follow(session, row, by)
        person = session.get_one(JobseekerRow, row.jobseeker_id)
        seq = audit.record(
            session,
            action="withdrawn",
            entity="candidacy",
            entity_id=candidacy_id,
            subject=person.external_id,
            details={"status": [before.value, row.status.value], "reason": [None, reason.strip()]},
            by=by,
        )
        note_change(session, {person.id: seq})
        work.commit()
        return following


def _follow(session: Session, row: CandidacyRow, by: Officer) -> int | None:
    return fill_place(session, row, Sentence(WENT), by=by)


def _locked(session: Session, candidacy_id: int) -> CandidacyRow:
    """The candidacy, its vacancy held first as everywhere else."""
    query = select(VacancyRow).join(CandidacyRow, CandidacyRow.vacancy_id == VacancyRow.id)
    session.scalars(query.where(CandidacyRow.id == candidacy_id).with_for_update(of=VacancyRow))
    row = find_held(session, CandidacyRow, candidacy_id)
    if row is None:
        raise NotFound(N_("There is no such candidacy."))
    return row


def _open_packages(session: Session, candidacy_id: int) -> list[PackageRow]:
    query = (
        select(PackageRow)
        .join(PackageCandidateRow, PackageCandidateRow.package_id == PackageRow.id)
        .where(
            PackageCandidateRow.candidacy_id == candidacy_id,
            PackageCandidateRow.removed_at.is_(None),
            PackageRow.status.in_(OPEN),
        )
        .order_by(PackageRow.id)
        .with_for_update(of=PackageRow)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))
