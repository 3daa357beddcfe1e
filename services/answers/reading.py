"""A package with its answers, for the employer behind the link and for the recruiter."""

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
from db.repositories import answers as repository
from db.session import reading
from domain.enums import LinkPurpose
from domain.exceptions import NotFound
from domain.records.answers import AnswerSheet, SheetPerson
from domain.records.officer import Officer
from domain.texts import N_
from services.access_links import check_link, open_link
from services.answers.checks import HAVE_A_PLACE, check_open, settled
from services.answers.records import (
    answer_record,
    confirmation_record,
    offered_work,
    slot_record,
)
from services.cvs import frozen_of
from services.permissions import Permission, check_can
from services.refusals import refusal


def open_package(*, secret: str) -> AnswerSheet:
    """The package of a link, each opening noted."""
    link = open_link(secret=secret, purpose=LinkPurpose.EMPLOYER_PACKAGE)
    with reading() as session:
        return sheet_of(session, session.get_one(PackageRow, link.subject_id))


def look_at_package(*, secret: str) -> AnswerSheet:
    """The same without noting an opening: for the page that follows a form."""
    with reading() as session:
        link = check_link(session, secret=secret, purpose=LinkPurpose.EMPLOYER_PACKAGE)
        return sheet_of(session, session.get_one(PackageRow, link.subject_id))


def list_sheets(*, vacancy_number: str, by: Officer) -> tuple[AnswerSheet, ...]:
    """Every package of a vacancy with its answers, the newest first."""
    check_can(by, Permission.PACKAGES_READ)
    with reading() as session:
        query = (
            select(PackageRow)
            .join(VacancyRow, VacancyRow.id == PackageRow.vacancy_id)
            .where(VacancyRow.number == vacancy_number)
            .order_by(PackageRow.id.desc())
        )
        return tuple(sheet_of(session, row) for row in session.scalars(query))


def get_sheet(*, package_number: str, by: Officer) -> AnswerSheet:
    """One package with its answers."""
    check_can(by, Permission.PACKAGES_READ)
    with reading() as session:
        row = repository.package_by_number(session, package_number)
        if row is None:
            raise NotFound(N_("There is no package {number}."), number=package_number)
        return sheet_of(session, row)


def sheet_of(session: Session, package: PackageRow) -> AnswerSheet:
    """The package, its people in their order, and the times for interviews."""
    people = repository.people_of(session, package.id)
    ids = [candidacy.id for _, candidacy, _ in people]
    answers = repository.answers_of(session, ids, since=package.sent_at)
    asked = repository.confirmations_of(session, ids)
    slots = [slot_record(row) for row in repository.slots_of(session, package.vacancy_id)]
    chosen = {slot.candidacy_id: slot for slot in slots}

    def person(one: PackageCandidateRow, row: CandidacyRow, who: JobseekerRow) -> SheetPerson:
        question = asked.get(row.id)
        return SheetPerson(
            candidacy_id=row.id,
            jobseeker_id=who.id,
            external_id=who.external_id,
            position=one.position,
            name_ka=_name(who.first_name_ka, who.last_name_ka),
            name_lat=_name(who.first_name_lat, who.last_name_lat),
            shown=frozen_of(session, one.frozen_cv_id).shown,
            status=row.status,
            answers=tuple(answer_record(session, answer) for answer in answers.get(row.id, ())),
            confirmation=confirmation_record(question) if question else None,
            slot=chosen.get(row.id),
            settled=settled(row, who),
        )

    return AnswerSheet(
        package_id=package.id,
        number=package.number,
        work=offered_work(session, package.vacancy_id),
        level=package.level,
        message=package.message,
        answer_until=package.answer_until,
        closed=refusal(check_open, package),
        reserve_moves_up=package.reserve_moves_up,
        selected_elsewhere=repository.count_in(session, package.vacancy_id, HAVE_A_PLACE, but=ids),
        people=tuple(person(*found) for found in people),
        slots=tuple(slots),
    )


def _name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part)
