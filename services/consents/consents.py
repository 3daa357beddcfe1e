"""Giving and withdrawing consent, as an officer records it on the person's file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, ConsentRow, EmployerRow, JobseekerRow, VacancyRow
from db.repositories import jobseekers
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, ConsentMethod, ConsentPurpose
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.consents import ConsentNeeded, ConsentRecord, ConsentText
from domain.records.officer import Officer
from domain.texts import N_, from_json, to_json
from services import audit, clock
from services.consents.asking import (
    TRANSFERS,
    consent_text,
    find_consent,
    rules_on,
    sha256_of,
)
from services.consents.effects import stop_what_it_allowed
from services.official_documents.attachments import CheckedFile, store_file
from services.permissions import Permission, check_can

P = ConsentPurpose
GENERAL = tuple(purpose for purpose in P if purpose not in TRANSFERS)
"""Purposes that are asked for no employer and no country."""
WAITING = (CandidacyStatus.APPROVED, CandidacyStatus.RESERVE)


def list_consents(*, external_id: str, by: Officer) -> tuple[ConsentRecord, ...]:
    """Every consent of a person, the newest first; withdrawn ones with what that stopped."""
    check_can(by, Permission.JOBSEEKERS_READ)
    with reading() as session:
        person = jobseekers.get_jobseeker(session, external_id, whole=False)
        query = (
            select(ConsentRow, EmployerRow.name)
            .outerjoin(EmployerRow, EmployerRow.id == ConsentRow.employer_id)
            .where(ConsentRow.jobseeker_id == person.id)
            .order_by(ConsentRow.id.desc())
        )
        return tuple(_record(row, name) for row, name in session.execute(query))


def list_needed(*, external_id: str, by: Officer) -> tuple[ConsentNeeded, ...]:
    """Consents that this person's approved and reserve candidacies still wait for."""
    check_can(by, Permission.JOBSEEKERS_READ)
    with reading() as session:
        person = jobseekers.get_jobseeker(session, external_id, whole=False)
        query = (
            select(VacancyRow, EmployerRow.name)
            .join(CandidacyRow, CandidacyRow.vacancy_id == VacancyRow.id)
            .join(EmployerRow, EmployerRow.id == VacancyRow.employer_id)
            .where(CandidacyRow.jobseeker_id == person.id, CandidacyRow.status.in_(WAITING))
            .order_by(CandidacyRow.id)
        )
        found: dict[tuple[ConsentPurpose, int | None, str | None], ConsentNeeded] = {}
        for vacancy, name in session.execute(query):
            for one in _needed(vacancy, name):
                key = (one.purpose, one.employer_id, one.country)
                given = find_consent(
                    session,
                    person.id,
                    one.purpose,
                    employer_id=one.employer_id,
                    country=one.country,
                )
                if given is None:
                    found.setdefault(key, one)
        return tuple(found.values())


def _needed(vacancy: VacancyRow, employer: str) -> tuple[ConsentNeeded, ConsentNeeded]:
    """Both consents without which no CV goes to this vacancy's employer."""
    return (
        ConsentNeeded(
            purpose=P.TRANSFER_TO_EMPLOYER,
            employer_id=vacancy.employer_id,
            employer=employer,
            country=None,
            vacancy=vacancy.number,
        ),
        ConsentNeeded(
            purpose=P.TRANSFER_TO_COUNTRY,
            employer_id=None,
            employer=None,
            country=vacancy.country,
            vacancy=vacancy.number,
        ),
    )


def get_consent_text(
    *,
    purpose: ConsentPurpose,
    employer_id: int | None = None,
    country: str | None = None,
    by: Officer,
) -> ConsentText:
    """The words to read out or to print, in both languages."""
    check_can(by, Permission.CONSENTS_RECORD)
    with reading() as session:
        return consent_text(session, purpose, employer_id=employer_id, country=country)


def give_consent(
    *,
    external_id: str,
    purpose: ConsentPurpose,
    method: ConsentMethod,
    text: ConsentText,
    language: str,
    employer_id: int | None = None,
    country: str | None = None,
    paper: CheckedFile | None = None,
    by: Officer,
) -> ConsentRecord:
    """Record that a person agreed to one thing in the words that were shown.

    Refused if the words have changed since they were shown, or if they agreed already.
    """
    check_can(by, Permission.CONSENTS_RECORD)
    if method is ConsentMethod.SIGNED_PAPER and paper is None:
        raise InvalidInput(N_("Attach the signed paper: it is the proof of this consent."))
    with unit_of_work() as work:
        session = work.session
        person = jobseekers.get_jobseeker(session, external_id, to_change=True, whole=False)
        now = consent_text(session, purpose, employer_id=employer_id, country=country)
        if now != text:
            raise Refused(N_("The words have changed meanwhile: let the person read them again."))
        known = find_consent(session, person.id, purpose, employer_id=employer_id, country=country)
        if known is not None:
            raise Refused(N_("This consent is recorded already."))
        valid_days = int(rules_on(clock.today())["valid_days"])
        row = ConsentRow(
            jobseeker_id=person.id,
            purpose=purpose,
            employer_id=employer_id,
            country=country,
            text_version=now.version,
            text_language=language,
            text_sha256=sha256_of(now.of(language)),
            method=method,
            given_at=clock.now(),
            given_by=by.id,
            valid_until=clock.today() + timedelta(days=valid_days),
            paper_sha256=store_file(session, paper, by) if paper else None,
        )
        session.add(row)
        session.flush()
        _audit(session, "consent_given", row, person, {"method": method.value}, by)
        work.commit()
        return _record(row, _employer_name(session, row))


def withdraw_consent(*, consent_id: int, how: ConsentMethod, by: Officer) -> ConsentRecord:
    """Record that a person takes a consent back, and stop at once what it allowed."""
    check_can(by, Permission.CONSENTS_RECORD)
    with unit_of_work() as work:
        session = work.session
        row = session.get(ConsentRow, consent_id, with_for_update=True)
        if row is None:
            raise NotFound(N_("There is no such consent."))
        if row.withdrawn_at is not None:
            raise Refused(N_("This consent was withdrawn already."))
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_how = clock.now(), by.id, how
        session.flush()
        effect = stop_what_it_allowed(session, row, by)
        row.effect = [to_json(sentence) for sentence in effect]
        person = session.get_one(JobseekerRow, row.jobseeker_id)
        stopped = {"how": how.value, "effect": [str(sentence) for sentence in effect]}
        _audit(session, "consent_withdrawn", row, person, stopped, by)
        work.commit()
        return _record(row, _employer_name(session, row))


def _employer_name(session: Session, row: ConsentRow) -> str | None:
    return session.get_one(EmployerRow, row.employer_id).name if row.employer_id else None


def _audit(
    session: Session,
    action: str,
    row: ConsentRow,
    person: JobseekerRow,
    more: Mapping[str, object],
    by: Officer,
) -> None:
    audit.record(
        session,
        action=action,
        entity="consent",
        entity_id=row.id,
        subject=person.external_id,
        details={
            "purpose": row.purpose.value,
            "employer": row.employer_id,
            "country": row.country,
            "text_version": row.text_version,
            **more,
        },
        by=by,
    )


def _record(row: ConsentRow, employer: str | None) -> ConsentRecord:
    in_time = row.valid_until is None or row.valid_until >= clock.today()
    return ConsentRecord(
        id=row.id,
        purpose=row.purpose,
        employer_id=row.employer_id,
        employer=employer,
        country=row.country,
        text_version=row.text_version,
        text_language=row.text_language,
        method=row.method,
        given_at=row.given_at,
        valid_until=row.valid_until,
        has_paper=row.paper_sha256 is not None,
        withdrawn_at=row.withdrawn_at,
        withdrawn_how=row.withdrawn_how,
        effect=tuple(from_json(one) for one in row.effect or ()),
        is_valid=in_time and row.withdrawn_at is None,
    )
