"""Approved people whose CVs can go to an employer, and packages that went."""

from dataclasses import dataclass, replace
from datetime import date

from db.models import CandidacyRow, JobseekerRow, VacancyRow
from db.session import reading, unit_of_work
from domain.enums import ConsentMethod, ConsentPurpose, CvLevel, VacancyStatus
from domain.records.officer import Officer
from domain.records.sending import SentPackage
from domain.records.vacancy import EmployerForm
from services.consents import consents
from services.sending.packages import create_package
from services.vacancies import employers
from tests.factories import cvs, histories

P = ConsentPurpose
NAMES = (
    ("ნინო", "Nino", "ყიფიანი", "Kipiani"),
    ("გიორგი", "Giorgi", "ბერიძე", "Beridze"),
    ("თამარ", "Tamar", "წულაძე", "Tsuladze"),
    ("ლევან", "Levan", "მახარაძე", "Makharadze"),
    ("ქეთევან", "Ketevan", "ჯაფარიძე", "Japaridze"),
)


@dataclass(frozen=True)
class Opening:
    """A decided vacancy with its employer."""

    vacancy_id: int
    number: str
    employer_id: int
    country: str


def opening(
    by: Officer, name: str = "Beispielhof Nordfeld", country: str = "DE", positions: int = 2
) -> Opening:
    """A vacancy that the commission has decided on, of an employer with an address."""
    form = EmployerForm(name=name, country=country, contact_email="hof@beispiel.example")
    known = employers.create_employer(form=form, by=by)
    vacancy = histories.vacancy(
        country, positions, status=VacancyStatus.DECIDED, employer_id=known.id
    )
    return Opening(vacancy, number_of(vacancy), known.id, country)


def number_of(vacancy_id: int) -> str:
    with reading() as session:
        return session.get_one(VacancyRow, vacancy_id).number


def somebody(by: Officer, place: int = 1) -> str:
    """A person with a CV signed off; each place is another person."""
    first_ka, first, last_ka, last = NAMES[place % len(NAMES)]
    form = replace(
        cvs.WHOLE,
        first_name_ka=first_ka,
        first_name_lat=first,
        last_name_ka=last_ka,
        last_name_lat=last,
        personal_number=f"{place:011d}",
        phone=f"+9955551{place:05d}",
        email=f"nino{place}@example.ge",
        birth_date=date(1980 + 3 * place, 1 + place % 12, 1 + place % 28),
    )
    return cvs.final(by, form)


def agreed(external_id: str, where: Opening, by: Officer) -> None:
    """Both consents that a CV needs to go to this employer, where they are not given yet."""
    scopes = (
        (P.TRANSFER_TO_EMPLOYER, where.employer_id, None),
        (P.TRANSFER_TO_COUNTRY, None, where.country),
    )
    known = consents.list_consents(external_id=external_id, by=by)
    given = {(one.purpose, one.employer_id, one.country) for one in known if one.is_valid}
    for purpose, employer_id, country in scopes:
        if (purpose, employer_id, country) in given:
            continue
        text = consents.get_consent_text(
            purpose=purpose, employer_id=employer_id, country=country, by=by
        )
        consents.give_consent(
            external_id=external_id,
            purpose=purpose,
            method=ConsentMethod.PHONE,
            text=text,
            language="ka",
            employer_id=employer_id,
            country=country,
            by=by,
        )


def sendable(by: Officer, where: Opening, place: int = 1) -> int:
    """The candidacy of a new person who can be sent there."""
    external_id = somebody(by, place)
    agreed(external_id, where, by)
    return cvs.approved(external_id, where.vacancy_id)


def sent(by: Officer, where: Opening, *candidacies: int) -> SentPackage:
    """A package with these people, or with two new ones."""
    ids = candidacies or tuple(sendable(by, where, place) for place in (1, 2))
    return create_package(
        vacancy_number=where.number, candidacy_ids=ids, level=CvLevel.NO_CONTACTS, by=by
    )


def person_of(candidacy_id: int) -> str:
    """The number of the person."""
    with reading() as session:
        row = session.get_one(CandidacyRow, candidacy_id)
        return session.get_one(JobseekerRow, row.jobseeker_id).external_id


def in_reserve(where: Opening, order: int) -> int:
    """The candidacy of somebody new in the commission's reserve."""
    steps = (("preselected", "2026-02-03"), ("commission_review", "2026-02-05"))
    candidacy = histories.candidacy(
        histories.person(), where.vacancy_id, *steps, ("reserve", "2026-02-09")
    )
    with unit_of_work() as work:
        work.session.get_one(CandidacyRow, candidacy).reserve_order = order
        work.commit()
    return candidacy
