"""Packages that were sent to an employer, written as rows: people, CVs, consents, link."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    ConsentRow,
    CvRow,
    CvSignoffRow,
    EmployerRow,
    FrozenCvRow,
    HoldRow,
    JobseekerRow,
    PackageCandidateRow,
    PackageRow,
    VacancyRow,
)
from db.session import unit_of_work
from domain.enums import (
    CandidacyStatus,
    ConsentMethod,
    ConsentPurpose,
    CvLevel,
    CvSigner,
    CvSignoffChannel,
    CvStatus,
    EmployerStatus,
    JobseekerStatus,
    LinkPurpose,
    PackageStatus,
    TransferBasis,
    VacancyStatus,
)
from domain.records.cvs import Coded, ShownCv
from services import clock
from services.access_links import issue_link
from services.candidacies import move_candidacy
from services.official_documents.canonical import canonical

NUMBERS = count(1)


@dataclass(frozen=True)
class Sent:
    """A package in an employer's hands, and its link's secret."""

    number: str
    package_id: int
    vacancy_id: int
    secret: str
    candidacies: tuple[int, ...]


def people(how_many: int) -> list[int]:
    """Active people with names in both scripts and a phone."""
    with unit_of_work() as work:
        rows = [_person() for _ in range(how_many)]
        work.session.add_all(rows)
        work.session.commit()
        return [row.id for row in rows]


def sent_package(
    who: list[int], *, positions: int = 1, days: int = 10, in_reserve: list[int] | None = None
) -> Sent:
    """These people sent to a new employer; `in_reserve` wait in the commission's reserve."""
    number = next(NUMBERS)
    with unit_of_work() as work:
        session, now = work.session, clock.now()
        employer = EmployerRow(
            name=f"Farm {number}", status=EmployerStatus.VERIFIED, created_at=now, updated_at=now
        )
        session.add(employer)
        session.flush()
        vacancy = VacancyRow(
            number=f"V-{number}",
            title="Harvest helper",
            title_ka="მოსავლის ამღები",
            employer_id=employer.id,
            country="DE",
            town="Nordfeld",
            positions=positions,
            start_on=date(2027, 4, 15),
            end_on=date(2027, 7, 14),
            status=VacancyStatus.DECIDED,
            created_at=now,
            updated_at=now,
        )
        session.add(vacancy)
        session.flush()
        package = PackageRow(
            number=f"P-{number}",
            vacancy_id=vacancy.id,
            employer_id=employer.id,
            country="DE",
            status=PackageStatus.SENT,
            level=CvLevel.NO_CONTACTS,
            basis=TransferBasis.ADEQUATE,
            answer_until=clock.today() + timedelta(days),
            zip_sha256="0" * 64,
            sent_at=now,
        )
        session.add(package)
        session.flush()
        steps = (CandidacyStatus.APPROVED, CandidacyStatus.SENT)
        found = [candidacy(session, vacancy.id, one, steps) for one in who]
        for one in in_reserve or []:
            candidacy(session, vacancy.id, one, (CandidacyStatus.RESERVE,))
        for position, row in enumerate(found, start=1):
            session.add(HoldRow(jobseeker_id=row.jobseeker_id, candidacy_id=row.id, taken_at=now))
            session.add(_in_package(session, package, row, position, employer.id))
        secret, _ = issue_link(
            session,
            purpose=LinkPurpose.EMPLOYER_PACKAGE,
            subject_id=package.id,
            expires_at=clock.beginning(package.answer_until + timedelta(1)),
            by=None,
        )
        ids = tuple(row.id for row in found)
        work.commit()
        return Sent(package.number, package.id, vacancy.id, secret, ids)


def sent_again(sent: Sent, days: int = 10) -> Sent:
    """The approved people of a package sent to its employer in another one."""
    with unit_of_work() as work:
        session, now = work.session, clock.now()
        first = session.get_one(PackageRow, sent.package_id)
        package = PackageRow(
            number=f"P-{next(NUMBERS)}",
            vacancy_id=first.vacancy_id,
            employer_id=first.employer_id,
            country=first.country,
            status=PackageStatus.SENT,
            level=first.level,
            basis=first.basis,
            answer_until=clock.today() + timedelta(days),
            zip_sha256="0" * 64,
            sent_at=now,
        )
        session.add(package)
        session.flush()
        rows = [session.get_one(CandidacyRow, one) for one in sent.candidacies]
        for position, row in enumerate(rows, start=1):
            move_candidacy(session, row, CandidacyStatus.SENT, by=None)
            session.add(_in_package(session, package, row, position, first.employer_id))
        secret, _ = issue_link(
            session,
            purpose=LinkPurpose.EMPLOYER_PACKAGE,
            subject_id=package.id,
            expires_at=clock.beginning(package.answer_until + timedelta(1)),
            by=None,
        )
        work.commit()
        return Sent(package.number, package.id, sent.vacancy_id, secret, sent.candidacies)


def candidacy(
    session: Session, vacancy_id: int, jobseeker_id: int, steps: tuple[CandidacyStatus, ...]
) -> CandidacyRow:
    """A candidacy that took these steps just now."""
    now = clock.now()
    row = CandidacyRow(
        vacancy_id=vacancy_id, jobseeker_id=jobseeker_id, status=steps[-1], created_at=now
    )
    session.add(row)
    session.flush()
    for step in steps:
        session.add(CandidacyEventRow(candidacy_id=row.id, to_status=step, happened_at=now))
    session.flush()
    return row


def _person() -> JobseekerRow:
    number = next(NUMBERS)
    now = clock.now()
    return JobseekerRow(
        external_id=f"P-{number:05d}",
        first_name_ka="ნინო",
        last_name_ka=f"კაცაძე{number}",
        first_name_lat="Nino",
        last_name_lat=f"Katsadze{number}",
        phone="+995555000101",
        name_key="",
        status=JobseekerStatus.ACTIVE,
        registered_on=date(2026, 1, 10),
        created_at=now,
        updated_at=now,
    )


def _in_package(
    session: Session, package: PackageRow, row: CandidacyRow, position: int, employer_id: int
) -> PackageCandidateRow:
    now = clock.now()
    consents = [
        ConsentRow(
            jobseeker_id=row.jobseeker_id,
            purpose=purpose,
            employer_id=employer_id if purpose is ConsentPurpose.TRANSFER_TO_EMPLOYER else None,
            country="DE" if purpose is ConsentPurpose.TRANSFER_TO_COUNTRY else None,
            text_version="test",
            text_language="ka",
            text_sha256="0" * 64,
            method=ConsentMethod.PHONE,
            given_at=now,
        )
        for purpose in (ConsentPurpose.TRANSFER_TO_EMPLOYER, ConsentPurpose.TRANSFER_TO_COUNTRY)
    ]
    session.add_all(consents)
    session.flush()
    return PackageCandidateRow(
        package_id=package.id,
        candidacy_id=row.id,
        position=position,
        frozen_cv_id=_frozen(session, row).id,
        employer_consent_id=consents[0].id,
        country_consent_id=consents[1].id,
    )


def _frozen(session: Session, row: CandidacyRow) -> FrozenCvRow:
    now = clock.now()
    cv = session.query(CvRow).filter_by(jobseeker_id=row.jobseeker_id).one_or_none()
    if cv is None:
        cv = CvRow(jobseeker_id=row.jobseeker_id, status=CvStatus.FINAL, revision=1, created_at=now)
        session.add(cv)
        session.flush()
    signoffs = [
        CvSignoffRow(
            cv_id=cv.id,
            revision=1,
            content_sha256="0" * 64,
            signer=signer,
            is_approved=True,
            channel=CvSignoffChannel.PHONE,
            signed_at=now,
        )
        for signer in (CvSigner.TRANSLATOR, CvSigner.CANDIDATE)
    ]
    session.add_all(signoffs)
    session.flush()
    shown = ShownCv(
        language="en",
        level=CvLevel.NO_CONTACTS,
        reference=f"V/{row.id}",
        given_names="Nino",
        surname=f"Katsadze{row.jobseeker_id}",
        about="I have picked grapes <b>for five</b> seasons.",
        headline=Coded("9211", "Crop farm labourers"),
    )
    frozen = FrozenCvRow(
        cv_id=cv.id,
        candidacy_id=row.id,
        level=shown.level,
        rules_version="test",
        content_sha256="0" * 64,
        record=_plain(shown),
        sha256=f"{row.id:064d}",
        translator_signoff_id=signoffs[0].id,
        candidate_signoff_id=signoffs[1].id,
        frozen_at=now,
    )
    session.add(frozen)
    session.flush()
    return frozen


def _plain(shown: ShownCv) -> dict[str, object]:
    return dict(json.loads(canonical(shown)))
