"""The link to a package: handed to the employer, again when it was lost, never shown twice."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    EmployerRow,
    JobseekerRow,
    PackageCandidateRow,
    PackageRow,
    VacancyRow,
)
from db.session import unit_of_work
from domain.enums import LinkPurpose, PackageStatus
from domain.exceptions import FieldProblem, InvalidInput, Refused
from domain.records.messages import Recipient
from domain.records.officer import Officer
from domain.records.sending import SentPackage
from domain.texts import N_, Sentence
from services import access_links, audit, clock
from services.audit import Happening
from services.notifications.outbox import queue_message
from services.permissions import Permission, check_can
from services.sending.checks import employer_refusal
from services.sending.files import candidates_of
from services.sending.limits import limits_on
from services.sending.packages_read import ENTITY, locked_package, package_record
from services.sending.transfer import country_standing

PATH = "package"
"""Of the public page behind the link."""
ENDED = N_("This package has ended: send the people who are approved anew.")


def check_can_send_again(status: PackageStatus, by: Officer) -> None:
    """Raise unless a package of that status can get a new link."""
    check_can(by, Permission.PACKAGES_SEND)
    if status is not PackageStatus.SENT:
        raise Refused(ENDED)


def send_package_again(
    *, number: str, answer_until: date | None = None, by: Officer
) -> SentPackage:
    """A new link to the same package, the former ones closed; also with a later last day."""
    check_can(by, Permission.PACKAGES_SEND)
    with unit_of_work() as work:
        session = work.session
        package = locked_package(session, number)
        check_can_send_again(package.status, by)
        standing = country_standing(session, package.country)
        refusal = employer_refusal(session, package.employer_id)
        if refusal is None and standing.basis is None:
            refusal = standing.sentence
        if refusal is not None:
            raise Refused(refusal)
        if answer_until is not None and answer_until != package.answer_until:
            package.answer_until = _later(package, answer_until)
        address = hand_over(session, package, "package_sent_again", by)
        work.commit()
        return SentPackage(package_record(session, package), address)


def hand_over(session: Session, package: PackageRow, action: str, by: Officer) -> str:
    """Close the former links, issue one, queue the message and write down what was handed to whom,
    in the caller's transaction; the whole address, which is never seen again."""
    closed = access_links.revoke_links(
        session,
        purpose=LinkPurpose.EMPLOYER_PACKAGE,
        subject_id=package.id,
        reason="a newer link was sent",
        by=by,
    )
    last = package.answer_until + timedelta(days=limits_on(clock.today()).reading_days + 1)
    secret, link = access_links.issue_link(
        session,
        purpose=LinkPurpose.EMPLOYER_PACKAGE,
        subject_id=package.id,
        expires_at=clock.beginning(last),
        by=by,
    )
    address = access_links.link_address(PATH, secret)
    _tell(session, package, address, link.id, by)
    _note(session, package, action, link.expires_at.isoformat(), closed, by)
    return address


def _tell(session: Session, package: PackageRow, address: str, link_id: int, by: Officer) -> None:
    vacancy = session.get_one(VacancyRow, package.vacancy_id)
    queue_message(
        session,
        template="sending.package_for_employer",
        to=Recipient.employer(package.employer_id),
        values={
            "vacancy": vacancy.number,
            "title": vacancy.title,
            "count": len(candidates_of(session, package.id)),
            "until": package.answer_until,
            "package": package.number,
            "link": address,
        },
        key=f"package-{package.id}-link-{link_id}",
        by=by,
    )


def _note(
    session: Session, package: PackageRow, action: str, expires: str, closed: int, by: Officer
) -> None:
    """One event about the package, one about each person whose data went."""
    query = (
        select(PackageCandidateRow, JobseekerRow.external_id)
        .join(CandidacyRow, CandidacyRow.id == PackageCandidateRow.candidacy_id)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(
            PackageCandidateRow.package_id == package.id, PackageCandidateRow.removed_at.is_(None)
        )
        .order_by(PackageCandidateRow.position)
    )
    people = session.execute(query).all()
    employer = session.get_one(EmployerRow, package.employer_id)
    shared = {
        "recipient": employer.name,
        "country": package.country,
        "basis": package.basis.value,
        "permit": package.permit_id,
        "level": package.level.value,
    }
    audit.record(
        session,
        action=action,
        entity=ENTITY,
        entity_id=package.number,
        details=shared
        | {
            "people": len(people),
            "zip_sha256": package.zip_sha256,
            "edition": package.edition,
            "link_expires": expires,
            "links_closed": closed,
        },
        by=by,
    )
    about_people = [
        Happening(
            action,
            ENTITY,
            package.number,
            subject=person,
            details=shared
            | {
                "frozen_cv": row.frozen_cv_id,
                "consents": [row.employer_consent_id, row.country_consent_id],
            },
        )
        for row, person in people
    ]
    audit.record_all(session, about_people, by=by)


def _later(package: PackageRow, until: date) -> date:
    latest = clock.today() + timedelta(days=limits_on(clock.today()).answer_days_max)
    if not max(clock.today(), package.answer_until) <= until <= latest:
        text = N_("Choose a day from {first} to {latest}.")
        first = max(clock.today(), package.answer_until)
        problem = FieldProblem("answer_until", Sentence(text, {"first": first, "latest": latest}))
        raise InvalidInput(N_("The last day can't be moved there."), (problem,))
    return until
