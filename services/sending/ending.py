"""How a package ends: called back, its last day over, or somebody taken out of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    JobseekerRow,
    PackageCandidateRow,
    PackageRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import LinkPurpose, PackageStatus
from domain.exceptions import InvalidInput, Refused
from domain.records.messages import Recipient
from domain.records.officer import Officer
from domain.texts import N_, Sentence, to_json
from domain.transitions import PACKAGE, check_can_move
from services import access_links, audit, clock
from services.audit import Happening
from services.candidacies import move_candidacy
from services.due_cases import settle_each
from services.notifications.outbox import queue_message
from services.permissions import Permission, check_can
from services.sending.files import candidates_of, make_files
from services.sending.letting_go import let_go
from services.sending.next_in_line import OVER
from services.sending.packages_read import ENTITY, locked_package

OPEN = frozenset({PackageStatus.SENT, PackageStatus.ANSWERED})


def check_can_call_back(status: PackageStatus, by: Officer) -> None:
    """Raise unless a package of that status can be called back."""
    check_can(by, Permission.PACKAGES_SEND)
    if status not in OPEN:
        raise Refused(N_("This package has ended already: its link opens nothing."))


def call_package_back(*, number: str, reason: str, by: Officer) -> None:
    """Close the package's links; whoever the employer has not answered about is free again."""
    check_can(by, Permission.PACKAGES_SEND)
    if not reason.strip():
        raise InvalidInput(N_("Write why the package is called back: the reason is kept."))
    with unit_of_work() as work:
        package = locked_package(work.session, number)
        end_package(
            work.session,
            package,
            PackageStatus.REVOKED,
            action="package_called_back",
            reason=reason.strip(),
            by=by,
        )
        work.commit()


def end_package(
    session: Session,
    package: PackageRow,
    after: PackageStatus,
    *,
    action: str,
    reason: str,
    by: Officer | None,
) -> list[int]:
    """End a package in the caller's transaction; candidacies that nobody answered about go back
    to approved, their holds released. Returns these candidacies."""
    check_can_move(PACKAGE, package.status, after)
    package.status, package.end_reason = after, reason
    package.ended_at, package.ended_by = clock.now(), by.id if by else None
    if after is not PackageStatus.ANSWERED:
        access_links.revoke_links(
            session,
            purpose=LinkPurpose.EMPLOYER_PACKAGE,
            subject_id=package.id,
            reason=reason,
            by=by,
        )
    back = waiting_in(session, package.id)
    for row in back:
        move_candidacy(session, row, C.APPROVED, reason=reason, by=by)
    session.flush()
    if session.get_one(VacancyRow, package.vacancy_id).status in OVER:
        let_go(session, back, by=by)
    audit.record(
        session,
        action=action,
        entity=ENTITY,
        entity_id=package.number,
        details={"reason": reason, "back_to_approved": [row.id for row in back]},
        by=by,
    )
    people = [session.get_one(JobseekerRow, row.jobseeker_id).external_id for row in back]
    about_people = [
        Happening(action, ENTITY, package.number, subject=person, details={"reason": reason})
        for person in people
    ]
    audit.record_all(session, about_people, by=by)
    return [row.id for row in back]


def waiting_in(session: Session, package_id: int) -> list[CandidacyRow]:
    """Candidacies of a package that the employer has not answered about, locked."""
    query = (
        select(CandidacyRow)
        .join(PackageCandidateRow, PackageCandidateRow.candidacy_id == CandidacyRow.id)
        .where(
            PackageCandidateRow.package_id == package_id,
            PackageCandidateRow.removed_at.is_(None),
            CandidacyRow.status == C.SENT,
        )
        .order_by(CandidacyRow.jobseeker_id)
        .with_for_update(of=CandidacyRow)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def take_out(
    session: Session,
    package: PackageRow,
    candidacy_id: int,
    *,
    because: Sentence,
    by: Officer | None,
) -> None:
    """Take one person out of a package in the caller's transaction: the files are made anew
    without them, and the link shows them no more. The last one out ends the package."""
    row = session.get(PackageCandidateRow, (package.id, candidacy_id), with_for_update=True)
    if row is None or row.removed_at is not None:
        return
    row.removed_at, row.removed_by = clock.now(), by.id if by else None
    row.remove_reason = to_json(because)
    session.flush()
    candidacy = session.get_one(CandidacyRow, candidacy_id)
    person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
    if package.status in OPEN:
        if candidates_of(session, package.id):
            package.edition += 1
            make_files(session, package, by)
        else:
            end_package(
                session,
                package,
                PackageStatus.REVOKED,
                action="package_called_back",
                reason="nobody is left in it",
                by=by,
            )
    _ask_to_delete(session, package, row, by)
    audit.record(
        session,
        action="taken_out",
        entity=ENTITY,
        entity_id=package.number,
        subject=person.external_id,
        details={"edition": package.edition, "because": str(because)},
        by=by,
    )


def _ask_to_delete(
    session: Session, package: PackageRow, row: PackageCandidateRow, by: Officer | None
) -> None:
    """The link shows the CV no more; copies that the employer took it has to delete itself."""
    queue_message(
        session,
        template="sending.cv_taken_out",
        to=Recipient.employer(package.employer_id),
        values={
            "package": package.number,
            "vacancy": session.get_one(VacancyRow, package.vacancy_id).number,
            "position": row.position,
        },
        key=f"package-{package.id}-without-{row.candidacy_id}",
        by=by,
    )


def expire_packages() -> int:
    """End every package whose last day is over: whoever was not answered about is free again."""
    with reading() as session:
        query = select(PackageRow.number).where(
            PackageRow.status == PackageStatus.SENT, PackageRow.answer_until < clock.today()
        )
        due = list(session.scalars(query.order_by(PackageRow.id)))
    return settle_each("packages", due, lambda one: _expire(one))


def _expire(number: str) -> int:
    with unit_of_work() as work:
        package = locked_package(work.session, number)
        if package.status is not PackageStatus.SENT or package.answer_until >= clock.today():
            return 0
        waiting = waiting_in(work.session, package.id)
        everybody = candidates_of(work.session, package.id)
        answered = len(waiting) < len(everybody)
        end_package(
            work.session,
            package,
            PackageStatus.ANSWERED if answered else PackageStatus.EXPIRED,
            action="package_expired",
            reason=f"the last day was {package.answer_until.isoformat()}",
            by=None,
        )
        work.commit()
        return 1
