"""A vacancy with candidates, officers of four kinds of organisation, and a session of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from db.models import (
    CandidacyRow,
    CommissionSessionRow,
    EmployerRow,
    JobseekerRow,
    OfficerRow,
    OrganisationRow,
    ShortlistCandidateRow,
    ShortlistRow,
    VacancyRow,
)
from db.session import unit_of_work
from domain.enums import (
    CandidacyStatus,
    ConflictKind,
    EmployerStatus,
    JobseekerStatus,
    OrganisationKind,
    Role,
    SessionStatus,
    Sex,
    VacancyStatus,
    VoteValue,
)
from domain.records.commission import ChairRuling, SessionRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term, to_json
from services import clock
from services.commission import (
    cast_vote,
    close_item,
    count_votes,
    declare_conflict,
    mark_attendance,
    open_session,
    plan_session,
    start_voting,
)
from tests.factories.commissions import commission_of

ORGANISATIONS = {
    OrganisationKind.MINISTRY: "ministry-labour",
    OrganisationKind.AGENCY: "agency-social-service",
    OrganisationKind.INTERNATIONAL: "example-international",
    OrganisationKind.NGO: "example-ngo",
}


def officer(
    username: str,
    role: Role = Role.COMMISSION_MEMBER,
    kind: OrganisationKind = OrganisationKind.AGENCY,
) -> Officer:
    """An officer of the example organisation of that kind."""
    with unit_of_work() as work:
        code = ORGANISATIONS[kind]
        if work.session.get(OrganisationRow, code) is None:
            work.session.add(OrganisationRow(code=code, kind=kind, name_ka=code, name_en=code))
        row = OfficerRow(
            username=username,
            name_ka=f"ოფიცერი {username}",
            name_en=f"Officer {username}",
            role=role,
            organisation_code=code,
            password_hash="!",
            must_change_password=False,
            created_at=clock.now(),
        )
        work.session.add(row)
        work.commit()
        return Officer(row.id, username, row.name_ka, row.name_en, role, code, kind)


def vacancy(number: str = "V-1", positions: int = 1) -> int:
    """A vacancy in commission."""
    now = clock.now()
    with unit_of_work() as work:
        employer = EmployerRow(
            name=f"Farm of {number}", status=EmployerStatus.VERIFIED, created_at=now, updated_at=now
        )
        work.session.add(employer)
        work.session.flush()
        row = VacancyRow(
            number=number,
            title="Harvest helper",
            title_ka="მოსავლის ამღები",
            employer_id=employer.id,
            country="DE",
            town="Offenburg",
            positions=positions,
            start_on=date(2027, 4, 15),
            end_on=date(2027, 7, 14),
            status=VacancyStatus.IN_COMMISSION,
            created_at=now,
            updated_at=now,
        )
        work.session.add(row)
        work.commit()
        return row.id


SEEN: dict[str, Any] = {
    "rows": [
        {
            "criterion": "languages",
            "kind": "gate",
            "asked": to_json(
                Sentence(
                    N_("{language} {level}"),
                    {"language": Term("language", "de"), "level": Term("level", "A2")},
                )
            ),
            "has": to_json(
                Sentence(
                    N_("{language} {level}"),
                    {"language": Term("language", "de"), "level": Term("level", "B1")},
                )
            ),
            "status": "met",
            "known": "tested",
            "points": 200_000,
            "points_max": 200_000,
        },
        {
            "criterion": "scheme_age",
            "kind": "gate",
            "asked": to_json(Sentence(N_("Age within the limits of the agreement"))),
            "has": to_json(Sentence(N_("Yes"))),
            "status": "met",
            "known": "computed",
            "points": 0,
            "points_max": 0,
        },
    ],
    "flags": ["passport_unknown"],
    "parameters": "2026-01",
}


def person(number: int) -> JobseekerRow:
    """A job-seeker whose every identifying field is filled with something to be found."""
    now = clock.now()
    return JobseekerRow(
        external_id=f"SECRET-EXT-{number}",
        personal_number=f"9990000{number:04d}",
        first_name_ka="თამარიკო",
        last_name_ka=f"საიდუმლოძე{number}",
        first_name_lat="Tamariko",
        last_name_lat=f"Saidumlodze{number}",
        name_key=f"tamariko saidumlodze {number}",
        birth_date=date(1989, 3, 7),
        sex=Sex.FEMALE,
        citizenship="GE",
        region="GE-KA",
        municipality="telavi",
        address="საიდუმლო ქუჩა 7",
        phone=f"+99555500{number:04d}",
        email=f"tamariko{number}@example.org",
        status=JobseekerStatus.ACTIVE,
        registered_on=date(2026, 1, 1),
        created_at=now,
        updated_at=now,
    )


def send_shortlist(
    session_number: str,
    candidates: int = 3,
    *,
    number: str = "V-1",
    positions: int = 1,
    per: int = 1,
) -> int:
    """A shortlist of so many candidates, ranked 1, 2, 3 …, on that session's agenda."""
    vacancy_id = vacancy(number, positions)
    with unit_of_work() as work:
        session = work.session
        row = session.query(CommissionSessionRow).filter_by(number=session_number).one()
        taken = session.query(ShortlistRow).filter_by(session_id=row.id).count()
        shortlist = ShortlistRow(
            vacancy_id=vacancy_id,
            session_id=row.id,
            agenda_order=taken + 1,
            positions=positions,
            candidates_per_position=per,
            message="Saidumlodze1 is the best; თამარიკოსთვის ბინაც არის.",
            sent_at=clock.now(),
        )
        session.add(shortlist)
        session.flush()
        known = session.query(JobseekerRow).count()
        for place in range(1, candidates + 1):
            jobseeker = person(known + place)
            session.add(jobseeker)
            session.flush()
            candidacy = CandidacyRow(
                vacancy_id=vacancy_id,
                jobseeker_id=jobseeker.id,
                rank=place,
                points=900_000 - place * 10_000,
                low=800_000,
                high=950_000,
                against_rank_reason=f"საიდუმლოძე{known + place}ს იცნობს ეს დამსაქმებელი"
                if place == 3
                else None,
                status=CandidacyStatus.COMMISSION_REVIEW,
                created_at=clock.now(),
            )
            session.add(candidacy)
            session.flush()
            session.add(
                ShortlistCandidateRow(
                    shortlist_id=shortlist.id,
                    candidacy_id=candidacy.id,
                    position=place,
                    rank=place,
                    points=candidacy.points,
                    low=candidacy.low,
                    high=candidacy.high,
                    seen=SEEN,
                )
            )
        work.commit()
        return shortlist.id


def candidacies(shortlist_id: int) -> list[int]:
    """Candidacies of a shortlist in its order."""
    with unit_of_work() as work:
        rows = work.session.query(ShortlistCandidateRow).filter_by(shortlist_id=shortlist_id)
        return [row.candidacy_id for row in rows.order_by(ShortlistCandidateRow.position)]


class Room:
    """A chair of the ministry and members of the other three kinds, on one planned session."""

    def __init__(self, people: Sequence[Officer] = ()) -> None:
        """Of these officers (recruiter, chair, agency, international, ngo), or of new ones."""
        self.recruiter, self.chair, self.agency, self.international, self.ngo = people or (
            officer("recruiter", Role.RECRUITER),
            officer("chair", Role.CHAIR, OrganisationKind.MINISTRY),
            officer("member.agency", kind=OrganisationKind.AGENCY),
            officer("member.io", kind=OrganisationKind.INTERNATIONAL),
            officer("member.ngo", kind=OrganisationKind.NGO),
        )
        self.members = (self.chair, self.agency, self.international, self.ngo)
        self.commission = commission_of(*self.members)
        self.number = self.plan(self.members).number

    def plan(self, members: tuple[Officer, ...]) -> SessionRecord:
        """Another session of these members of the commission, a day from now."""
        wanted = {member.id for member in members}
        return plan_session(
            commission=self.commission,
            planned_at=datetime.now(UTC) + timedelta(days=1),
            place="Tbilisi",
            left_out=[member.id for member in self.members if member.id not in wanted],
            by=self.chair,
        )

    def attend(self, *members: Officer) -> None:
        """These members, or all, say that they are there."""
        for member in members or self.members:
            mark_attendance(number=self.number, officer_id=member.id, is_present=True, by=member)

    def open(self) -> None:
        """Everybody attends, the chair opens the session and starts the voting."""
        self.attend()
        assert open_session(number=self.number, by=self.chair).status is SessionStatus.OPEN
        record = start_voting(number=self.number, by=self.chair)
        assert record.status is SessionStatus.VOTING

    def declare(self, shortlist_id: int, *members: Officer) -> None:
        """These members, or all, declare that they have no conflict."""
        for member in members or self.members:
            declare_conflict(
                shortlist_id=shortlist_id, kind=ConflictKind.NONE, explanation=None, by=member
            )

    def vote(self, shortlist_id: int, candidacy_id: int, votes: str) -> None:
        """One letter per member in order: + for, - against, 0 abstains, . does not vote."""
        values = {"+": VoteValue.FOR, "-": VoteValue.AGAINST, "0": VoteValue.ABSTAIN}
        for member, letter in zip(self.members, votes, strict=True):
            if letter in values:
                cast_vote(
                    shortlist_id=shortlist_id,
                    candidacy_id=candidacy_id,
                    value=values[letter],
                    reason="გამოცდილება არ ყოფნის" if letter == "-" else None,
                    by=member,
                )

    def close(self, shortlist_id: int, rulings: dict[int, ChairRuling] | None = None) -> None:
        """The chair counts the votes and closes the item."""
        count = count_votes(shortlist_id=shortlist_id, by=self.chair)
        close_item(
            shortlist_id=shortlist_id,
            votes_seen=count.votes,
            rulings=rulings or {},
            by=self.chair,
        )
