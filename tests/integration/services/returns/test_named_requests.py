"""Asked for by name: preselected at once, with what is skipped and why; nothing else changes."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.models import CandidacyRow, DeploymentRow, EmployerRow, JobseekerRow, VacancyRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, FastTrackStep, JobseekerStatus
from domain.enums import DeploymentStatus as D
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from services import clock
from services.returns import requests
from tests.factories import stays
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import EMPLOYER, published_vacancy


def worked_for(vacancy_number: str, external_id: str, end_reason: str = "completed") -> str:
    """Somebody of the register who is back from a stay with the vacancy's employer."""
    number = stays.stay(D.DEPARTED, D.ARRIVED, on=clock.today())
    with unit_of_work() as work:
        row = work.session.get_one(DeploymentRow, stays.read(number).id)
        person = work.session.scalars(
            select(JobseekerRow).where(JobseekerRow.external_id == external_id)
        ).one()
        vacancy = work.session.scalars(
            select(VacancyRow).where(VacancyRow.number == vacancy_number)
        ).one()
        row.jobseeker_id, row.employer_id = person.id, vacancy.employer_id
        row.status, row.end_reason = D.RETURNED, end_reason
        row.ended_on = row.returned_on = clock.today()
        person.status = JobseekerStatus.ACTIVE
        work.commit()
    return number


def ask(stay: str, vacancy: str, by: Officer, **changed: object) -> None:
    told = {"asked_by_name": "Frau Beispiel", "asked_on": clock.today(), **changed}
    requests.request_by_name(
        deployment_number=stay,
        vacancy_number=vacancy,
        by=by,
        **told,  # type: ignore[arg-type]
    )


def offer_of(stay: str, by: Officer):
    return requests.list_fast_track_offers(deployment_number=stay, by=by)[0]


def test_the_person_is_preselected_with_the_reason_and_waits_for_the_commission(
    sqlite_database: Engine,
) -> None:
    by = officer()
    people = register_pickers(40, by)
    vacancy = published_vacancy(by).number
    offers = {person: worked_for(vacancy, person) for person in people[:12]}
    told = {person: offer_of(stay, by) for person, stay in offers.items()}
    person = max((p for p in told if told[p].rank), key=lambda p: told[p].rank or 0)
    offer, stay = told[person], offers[person]
    assert offer.passes_over
    assert [step for step, _ in offer.skipped] == [
        FastTrackStep.EMPLOYER_INTERVIEW,
        FastTrackStep.FULL_ORIENTATION,
    ]
    assert FastTrackStep.COMMISSION in offer.never_skipped
    ask(stay, vacancy, by)
    with reading() as session:
        row = session.scalars(select(CandidacyRow).where(CandidacyRow.rank == offer.rank)).one()
        assert row.status is CandidacyStatus.PRESELECTED
        assert "Frau Beispiel" in (row.against_rank_reason or "")
        kept = requests.requests_of(session, stays.read(stay).id)
        flagged = requests.fast_tracked(session, row.vacancy_id)
    assert (kept[0].rank, kept[0].asked_by_name) == (offer.rank, "Frau Beispiel")
    assert flagged == {row.id: tuple(step for step, _ in offer.skipped)}
    with pytest.raises(Refused, match="already"):
        ask(stay, vacancy, by)


def test_only_the_same_employer_in_time_and_after_a_good_stay(sqlite_database: Engine) -> None:
    by = officer()
    people = register_pickers(12, by)
    vacancy = published_vacancy(by).number
    stay = worked_for(vacancy, people[3])
    with pytest.raises(InvalidInput):
        ask(stay, vacancy, by, asked_by_name=" ")
    with pytest.raises(InvalidInput):
        ask(stay, vacancy, by, asked_on=clock.today() + timedelta(1))
    dismissed = worked_for(vacancy, people[6], end_reason="dismissed")
    with pytest.raises(Refused, match="no fast track"):
        ask(dismissed, vacancy, by)
    elsewhere = worked_for(vacancy, people[9])
    with unit_of_work() as work:
        other = EmployerRow(
            name="Anderer Hof", status="verified", created_at=clock.now(), updated_at=clock.now()
        )
        work.session.add(other)
        work.session.flush()
        work.session.get_one(DeploymentRow, stays.read(elsewhere).id).employer_id = other.id
        long_ago = work.session.get_one(DeploymentRow, stays.read(stay).id)
        long_ago.ended_on = clock.today() - timedelta(800)
        work.commit()
    assert EMPLOYER != "Anderer Hof"
    with pytest.raises(Refused, match="for whom the person worked"):
        ask(elsewhere, vacancy, by)
    with pytest.raises(Refused, match="within 24 months"):
        ask(stay, vacancy, by)
