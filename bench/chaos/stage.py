"""What the officers work on: files to edit, rounds to vote in, posts to fill, a file to import."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    CommissionRow,
    CommissionSeatRow,
    CommissionSessionRow,
    ConsentRow,
    CvRow,
    CvSignoffRow,
    EmployerRow,
    FrozenCvRow,
    JobseekerRow,
    OfficerRow,
    OrganisationRow,
    PackageCandidateRow,
    PackageRow,
    ShortlistCandidateRow,
    ShortlistRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    CandidacyStatus,
    ConflictKind,
    ConsentMethod,
    ConsentPurpose,
    CvLevel,
    CvSigner,
    CvSignoffChannel,
    CvStatus,
    EmployerStatus,
    JobseekerStatus,
    OrganisationKind,
    PackageStatus,
    Role,
    SeatRole,
    TransferBasis,
    VacancyStatus,
)
from domain.records.jobseeker import JobseekerForm
from domain.records.officer import Officer
from services import clock
from services.commission import (
    declare_conflict,
    mark_attendance,
    open_session,
    plan_session,
    start_voting,
)
from services.jobseekers.files import name_key

KINDS = (
    OrganisationKind.MINISTRY,
    OrganisationKind.AGENCY,
    OrganisationKind.INTERNATIONAL,
    OrganisationKind.NGO,
    OrganisationKind.AGENCY,
    OrganisationKind.NGO,
    OrganisationKind.INTERNATIONAL,
)
FOUNDED = date(2026, 1, 5)
NAME_KEY = name_key(
    JobseekerForm(
        first_name_ka="ნინო",
        last_name_ka="კაცაძე",
        first_name_lat="Nino",
        last_name_lat="Katsadze",
    )
)
LETTERS = "აბგდევზთიკლმნოპჟრსტუ"
IMPORTED = "IMP"


@dataclass(frozen=True)
class Size:
    """How much there is to do; a small one for the tests."""

    files: int = 300
    rounds: int = 40
    candidates: int = 12
    pairs: int = 15
    in_pair: int = 12
    seats: int = 3
    rows: int = 5_200

    @staticmethod
    def small() -> Size:
        return Size(files=60, rounds=4, candidates=4, pairs=3, in_pair=8, rows=600)


@dataclass
class Round:
    """One item of a session on which its members vote."""

    shortlist: int
    candidacies: list[int]


@dataclass
class Post:
    """A vacancy with its package; the people of a pair of posts are the same."""

    package: str
    vacancy: int
    seats: int
    candidacies: dict[int, int]
    """Person → candidacy."""


@dataclass
class Stage:
    """Everything that the officers are told; plain values, as it goes from process to process."""

    recruiters: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    """The first one is the chair."""
    files: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def build(size: Size) -> Stage:
    """Fill the process's migrated database; rows where a use case would only take time."""
    stage = Stage()
    with unit_of_work() as work:
        members = [_officer(work.session, f"member{n}", kind) for n, kind in enumerate(KINDS)]
        recruiters = [
            _officer(work.session, f"recruiter{n}", OrganisationKind.AGENCY, Role.RECRUITER)
            for n in range(8)
        ]
        stage.members = [one.username for one in members]
        stage.recruiters = [one.username for one in recruiters]
        commission = _commission(work.session, members)
        stage.files = _files(work.session, size.files)
        stage.posts = [
            post for pair in range(size.pairs) for post in _pair(work.session, pair, size)
        ]
        work.commit()
    for number in range(size.rounds):
        stage.rounds.append(_round(number, size, commission, members))
    return stage


def officers(stage: Stage) -> dict[str, Officer]:
    """The acting officers by user name, as a process reads them."""
    with reading() as session:
        rows = session.query(OfficerRow).filter(
            OfficerRow.username.in_([*stage.recruiters, *stage.members])
        )
        return {row.username: _record(session, row) for row in rows}


def _record(session: Session, row: OfficerRow) -> Officer:
    kind = session.get_one(OrganisationRow, row.organisation_code).kind
    return Officer(
        row.id, row.username, row.name_ka, row.name_en, row.role, row.organisation_code, kind
    )


def _officer(
    session: Session, name: str, kind: OrganisationKind, role: Role | None = None
) -> Officer:
    code = f"chaos-{kind.value}"
    if session.get(OrganisationRow, code) is None:
        session.add(OrganisationRow(code=code, kind=kind, name_ka=code, name_en=code))
        session.flush()
    row = OfficerRow(
        username=name,
        name_ka=name,
        name_en=name,
        role=role or (Role.CHAIR if name == "member0" else Role.COMMISSION_MEMBER),
        organisation_code=code,
        password_hash="!",
        must_change_password=False,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return _record(session, row)


def _commission(session: Session, members: list[Officer]) -> str:
    row = CommissionRow(
        code="chaos",
        name_ka="კომისია",
        name_en="Commission",
        order_number="000-CHAOS",
        ordered_on=FOUNDED,
        scope="Shortlists",
        term_from=FOUNDED,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    session.add_all(
        CommissionSeatRow(
            commission_id=row.id,
            officer_id=one.id,
            organisation_code=one.organisation_code,
            organisation_kind=one.organisation_kind,
            role=SeatRole.CHAIR if one is members[0] else SeatRole.MEMBER,
            seated_from=FOUNDED,
            seated_at=clock.now(),
        )
        for one in members
    )
    return row.code


def _person(name: str) -> JobseekerRow:
    now = clock.now()
    return JobseekerRow(
        external_id=name,
        first_name_ka="ნინო",
        last_name_ka="კაცაძე",
        first_name_lat="Nino",
        last_name_lat="Katsadze",
        birth_date=date(1990, 1, 1),
        citizenship="GE",
        phone="+995555000101",
        address="0",
        name_key=NAME_KEY,
        status=JobseekerStatus.ACTIVE,
        registered_on=date(2026, 1, 10),
        created_at=now,
        updated_at=now,
    )


def _files(session: Session, count: int) -> list[str]:
    rows = [_person(f"EDIT-{number:04d}") for number in range(count)]
    session.add_all(rows)
    session.flush()
    return [row.external_id for row in rows]


def _vacancy(session: Session, name: str, status: VacancyStatus, positions: int) -> VacancyRow:
    now = clock.now()
    employer = EmployerRow(
        name=f"Farm {name}", status=EmployerStatus.VERIFIED, created_at=now, updated_at=now
    )
    session.add(employer)
    session.flush()
    row = VacancyRow(
        number=name,
        title="Harvest helper",
        title_ka="მოსავლის ამღები",
        employer_id=employer.id,
        country="DE",
        town="Nordfeld",
        positions=positions,
        start_on=date(2027, 4, 15),
        end_on=date(2027, 7, 14),
        status=status,
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _candidacy(
    session: Session, vacancy: VacancyRow, person: JobseekerRow, status: CandidacyStatus
) -> CandidacyRow:
    now = clock.now()
    row = CandidacyRow(
        vacancy_id=vacancy.id, jobseeker_id=person.id, status=status, created_at=now, rank=1
    )
    session.add(row)
    session.flush()
    session.add(CandidacyEventRow(candidacy_id=row.id, to_status=status, happened_at=now))
    return row


def _round(number: int, size: Size, commission: str, members: list[Officer]) -> Round:
    chair = members[0]
    sitting = plan_session(
        commission=commission,
        planned_at=datetime.now(UTC) + timedelta(days=1),
        place="Tbilisi",
        by=chair,
    ).number
    with unit_of_work() as work:
        session = work.session
        vacancy = _vacancy(session, f"R-{number}", VacancyStatus.IN_COMMISSION, size.seats)
        row = session.query(CommissionSessionRow).filter_by(number=sitting).one()
        shortlist = ShortlistRow(
            vacancy_id=vacancy.id,
            session_id=row.id,
            agenda_order=1,
            positions=size.seats,
            candidates_per_position=1,
            sent_at=clock.now(),
        )
        session.add(shortlist)
        session.flush()
        found = []
        for place in range(1, size.candidates + 1):
            person = _person(f"ROUND-{number:03d}-{place:02d}")
            session.add(person)
            session.flush()
            one = _candidacy(session, vacancy, person, CandidacyStatus.COMMISSION_REVIEW)
            one.rank = place
            found.append(one.id)
            session.add(
                ShortlistCandidateRow(
                    shortlist_id=shortlist.id,
                    candidacy_id=one.id,
                    position=place,
                    rank=place,
                    points=900_000 - place,
                    low=800_000,
                    high=950_000,
                    seen={"rows": [], "flags": [], "parameters": "2026-01"},
                )
            )
        shortlist_id = shortlist.id
        work.commit()
    for one in members:
        mark_attendance(number=sitting, officer_id=one.id, is_present=True, by=one)
    open_session(number=sitting, by=chair)
    for one in members:
        declare_conflict(
            shortlist_id=shortlist_id, kind=ConflictKind.NONE, explanation=None, by=one
        )
    start_voting(number=sitting, by=chair)
    return Round(shortlist_id, found)


def _pair(session: Session, number: int, size: Size) -> list[Post]:
    """Two posts of two employers that want the same people, all of them still in reserve."""
    people = [_person(f"POST-{number:03d}-{place:02d}") for place in range(size.in_pair)]
    session.add_all(people)
    session.flush()
    cvs = [
        CvRow(jobseeker_id=one.id, status=CvStatus.FINAL, revision=1, created_at=clock.now())
        for one in people
    ]
    session.add_all(cvs)
    session.flush()
    posts = []
    for side in "AB":
        vacancy = _vacancy(session, f"S-{number}{side}", VacancyStatus.DECIDED, size.seats)
        package = PackageRow(
            number=f"P-{number}{side}",
            vacancy_id=vacancy.id,
            employer_id=vacancy.employer_id,
            country="DE",
            status=PackageStatus.SENT,
            level=CvLevel.NO_CONTACTS,
            basis=TransferBasis.ADEQUATE,
            answer_until=clock.today() + timedelta(30),
            zip_sha256="0" * 64,
            sent_at=clock.now(),
        )
        session.add(package)
        session.flush()
        candidacies = {}
        for position, (person, cv) in enumerate(zip(people, cvs, strict=True), start=1):
            one = _candidacy(session, vacancy, person, CandidacyStatus.EMPLOYER_RESERVE)
            candidacies[person.id] = one.id
            session.add(_in_package(session, package, one, position, cv))
        posts.append(Post(package.number, vacancy.id, size.seats, candidacies))
    return posts


def _in_package(
    session: Session, package: PackageRow, candidacy: CandidacyRow, position: int, cv: CvRow
) -> PackageCandidateRow:
    now = clock.now()
    consents = [
        ConsentRow(
            jobseeker_id=candidacy.jobseeker_id,
            purpose=purpose,
            employer_id=package.employer_id
            if purpose is ConsentPurpose.TRANSFER_TO_EMPLOYER
            else None,
            country="DE" if purpose is ConsentPurpose.TRANSFER_TO_COUNTRY else None,
            text_version="chaos",
            text_language="ka",
            text_sha256="0" * 64,
            method=ConsentMethod.PHONE,
            given_at=now,
        )
        for purpose in (ConsentPurpose.TRANSFER_TO_EMPLOYER, ConsentPurpose.TRANSFER_TO_COUNTRY)
    ]
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
    session.add_all([*consents, *signoffs])
    session.flush()
    frozen = FrozenCvRow(
        cv_id=cv.id,
        candidacy_id=candidacy.id,
        level=CvLevel.NO_CONTACTS,
        rules_version="chaos",
        content_sha256="0" * 64,
        record={},
        sha256=f"{candidacy.id:064d}",
        translator_signoff_id=signoffs[0].id,
        candidate_signoff_id=signoffs[1].id,
        frozen_at=now,
    )
    session.add(frozen)
    session.flush()
    return PackageCandidateRow(
        package_id=package.id,
        candidacy_id=candidacy.id,
        position=position,
        frozen_cv_id=frozen.id,
        employer_consent_id=consents[0].id,
        country_consent_id=consents[1].id,
    )


def file_to_import(rows: int) -> bytes:
    """So many new people as a CSV file; every hundredth row can't be accepted."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["external_id", "first_name_ka", "last_name_ka", "birth_date", "citizenship", "phone"]
    )
    for number in range(rows):
        birth = "31.02.1990" if number % 100 == 99 else f"{1 + number % 28:02d}.03.1985"
        first, last = _name(number), _name(number * 7 + 3) + "ძე"
        writer.writerow([f"{IMPORTED}-{number:05d}", first, last, birth, "GE", ""])
    return text.getvalue().encode()


def _name(number: int) -> str:
    """A made-up name that few others have."""
    return "".join(LETTERS[number // 20**place % 20] + "ა" for place in range(4))


def accepted_of(rows: int) -> int:
    """How many rows of that file are good."""
    return rows - rows // 100
