"""The board of a vacancy after the commission, and the list of vacancies to send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    EmployerRow,
    JobseekerRow,
    PackageRow,
    PlaceOfferRow,
    VacancyRow,
)
from db.session import reading
from domain.enums import CandidacyStatus as C
from domain.enums import PackageStatus, VacancyStatus
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.sending import BoardPerson, PackageRecord, SendingBoard, SendingLine
from domain.texts import N_, Sentence, from_json
from domain.transitions import WITH_EMPLOYER
from services.consents.asking import transfer_consents
from services.cvs import cv_refusal
from services.permissions import Permission, check_can
from services.sending.checks import vacancy_refusal
from services.sending.holds import hold_refusal
from services.sending.limits import places_of
from services.sending.next_in_line import next_in_reserve
from services.sending.packages_read import packages_of
from services.sending.transfer import country_standing

TO_SEND = frozenset({C.APPROVED, C.RESERVE})
GONE_ON = WITH_EMPLOYER - {C.SENT, C.EMPLOYER_SELECTED} | {C.RETURNED}
NOT_YET = frozenset({C.PRESELECTED, C.COMMISSION_REVIEW, C.NOT_APPROVED})
SHOWN = frozenset(C) - NOT_YET
"""Whoever the commission approved or put in reserve stays on the board, wherever they are now."""


def list_sendings(*, by: Officer) -> tuple[SendingLine, ...]:
    """Vacancies with somebody to send, sent or answered about; the most urgent first."""
    check_can(by, Permission.PACKAGES_READ)
    with reading() as session:
        counted = _counts(session)
        query = (
            select(VacancyRow, EmployerRow.name)
            .outerjoin(EmployerRow, EmployerRow.id == VacancyRow.employer_id)
            .where(VacancyRow.id.in_(counted), VacancyRow.status != VacancyStatus.CANCELLED)
        )
        until = _last_days(session)
        lines = [
            _line(vacancy, employer, counted[vacancy.id], until)
            for vacancy, employer in session.execute(query)
        ]
    return tuple(sorted(lines, key=_urgency))


def _urgency(line: SendingLine) -> tuple[bool, bool, str]:
    waits = line.to_send > 0 and line.selected + line.confirmed < line.positions
    return (not waits, line.sent == 0, line.vacancy_number)


def _counts(session: Session) -> dict[int, Mapping[C, int]]:
    query = (
        select(CandidacyRow.vacancy_id, CandidacyRow.status, func.count())
        .where(CandidacyRow.status.in_(SHOWN))
        .group_by(CandidacyRow.vacancy_id, CandidacyRow.status)
    )
    found: dict[int, dict[C, int]] = {}
    for vacancy_id, status, count in session.execute(query):
        found.setdefault(vacancy_id, {})[status] = count
    return {key: value for key, value in found.items() if set(value) - {C.WITHDRAWN}}


def _last_days(session: Session) -> dict[int, date]:
    query = (
        select(PackageRow.vacancy_id, func.min(PackageRow.answer_until))
        .where(PackageRow.status == PackageStatus.SENT)
        .group_by(PackageRow.vacancy_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _line(
    vacancy: VacancyRow, employer: str | None, count: Mapping[C, int], until: Mapping[int, date]
) -> SendingLine:
    return SendingLine(
        vacancy_number=vacancy.number,
        title=vacancy.title,
        title_ka=vacancy.title_ka,
        employer=employer,
        country=vacancy.country,
        positions=vacancy.positions,
        status=vacancy.status,
        to_send=count.get(C.APPROVED, 0),
        sent=count.get(C.SENT, 0),
        reserve=count.get(C.RESERVE, 0) + count.get(C.EMPLOYER_RESERVE, 0),
        selected=count.get(C.EMPLOYER_SELECTED, 0),
        confirmed=sum(count.get(status, 0) for status in GONE_ON),
        answer_until=until.get(vacancy.id),
    )


def get_board(*, vacancy_number: str, by: Officer) -> SendingBoard:
    """Everybody whom the commission approved or put in reserve, and what each one waits for."""
    check_can(by, Permission.PACKAGES_READ)
    with reading() as session:
        vacancy = session.scalars(
            select(VacancyRow).where(VacancyRow.number == vacancy_number)
        ).one_or_none()
        if vacancy is None:
            raise NotFound(N_("There is no such vacancy."))
        employer = session.get(EmployerRow, vacancy.employer_id) if vacancy.employer_id else None
        standing = country_standing(session, vacancy.country)
        packages = packages_of(session, vacancy.id)
        people = _people(session, vacancy, packages)
        return SendingBoard(
            vacancy_id=vacancy.id,
            vacancy_number=vacancy.number,
            title=vacancy.title,
            title_ka=vacancy.title_ka,
            employer_id=vacancy.employer_id,
            employer=employer.name if employer else None,
            employer_email=employer.contact_email if employer else None,
            country=vacancy.country,
            positions=vacancy.positions,
            places=places_of(vacancy.positions),
            with_employer=sum(one.status in WITH_EMPLOYER for one in people),
            status=vacancy.status,
            standing=standing,
            refusal=vacancy_refusal(session, vacancy, standing),
            people=people,
            packages=packages,
        )


def _people(
    session: Session, vacancy: VacancyRow, packages: tuple[PackageRecord, ...]
) -> tuple[BoardPerson, ...]:
    query = (
        select(CandidacyRow, JobseekerRow)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(CandidacyRow.vacancy_id == vacancy.id, CandidacyRow.status.in_(SHOWN))
        .order_by(
            func.coalesce(CandidacyRow.reserve_order, 1_000_000), CandidacyRow.rank, CandidacyRow.id
        )
    )
    found = session.execute(query).all()
    events = _events(session, [row.id for row, _ in found])
    because = _because(session, vacancy.id)
    first = next_in_reserve(session, vacancy.id)
    within = {
        one.candidacy_id: package.number for package in reversed(packages) for one in package.within
    }
    return tuple(
        _person(session, vacancy, row, person, events[row.id], because, first, within)
        for row, person in found
        if C.APPROVED in events[row.id] or C.RESERVE in events[row.id]
    )


def _person(
    session: Session,
    vacancy: VacancyRow,
    row: CandidacyRow,
    person: JobseekerRow,
    steps: Mapping[C, CandidacyEventRow],
    because: Mapping[int, Sentence],
    first: int | None,
    within: Mapping[int, str],
) -> BoardPerson:
    waits = row.status in TO_SEND
    employer, country = (
        transfer_consents(session, row.jobseeker_id, vacancy.employer_id, vacancy.country)
        if vacancy.employer_id
        else (None, None)
    )
    step = steps[row.status]
    return BoardPerson(
        candidacy_id=row.id,
        external_id=person.external_id,
        name_ka=_full(person.first_name_ka, person.last_name_ka),
        name_lat=_full(person.first_name_lat, person.last_name_lat),
        status=row.status,
        since=step.happened_at,
        rank=row.rank,
        reserve_order=row.reserve_order,
        is_next=row.id == first,
        package=within.get(row.id),
        cv_refusal=cv_refusal(session, row.id) if waits else None,
        employer_consent=employer is not None,
        country_consent=country is not None,
        held_elsewhere=hold_refusal(session, row) if waits else None,
        because=because.get(row.id),
        reason=step.reason,
        reason_code=step.reason_code,
    )


def _events(session: Session, ids: list[int]) -> dict[int, dict[C, CandidacyEventRow]]:
    """Of each candidacy: the last event that led to each status."""
    query = (
        select(CandidacyEventRow)
        .where(CandidacyEventRow.candidacy_id.in_(ids))
        .order_by(CandidacyEventRow.id)
    )
    found: dict[int, dict[C, CandidacyEventRow]] = {one: {} for one in ids}
    for event in session.scalars(query):
        found[event.candidacy_id][event.to_status] = event
    return found


def _because(session: Session, vacancy_id: int) -> dict[int, Sentence]:
    """Why somebody moved up."""
    query = (
        select(PlaceOfferRow)
        .where(PlaceOfferRow.vacancy_id == vacancy_id)
        .order_by(PlaceOfferRow.id)
    )
    return {row.candidacy_id: from_json(row.because) for row in session.scalars(query)}


def _full(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None
