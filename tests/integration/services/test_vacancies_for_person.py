"""Vacancies for a person: the same score and rank as each vacancy's own ranking, honest odds."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.models import AuditEventRow, JobseekerRow
from db.repositories.jobseekers import note_change
from db.session import reading, unit_of_work
from domain.enums import (
    CefrLevel,
    DocumentKind,
    Evidence,
    JobseekerStatus,
    Odds,
    RequirementKind,
    Role,
)
from domain.exceptions import PermissionDenied
from domain.records.jobseeker import DocumentEntry, LanguageEntry
from domain.records.officer import Officer
from domain.records.prospects import VacancyForPerson
from domain.records.ranking import CandidateExplanation
from domain.records.vacancy import LanguageWanted
from services import audit
from services.jobseekers.register import get_jobseeker, list_history
from services.jobseekers.registration import update_jobseeker, withdraw_jobseeker
from services.rankings import ranking
from services.rankings.for_person import vacancies_for
from services.rankings.sheet import explanation_sheet
from services.texts import exact_points
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import draft_vacancy, published_vacancy

pytestmark = pytest.mark.usefixtures("sqlite_database")
PEOPLE = 40
GERMAN_B1 = (LanguageWanted("de", CefrLevel.B1, RequirementKind.MUST),)


@pytest.fixture
def by() -> Officer:
    register = officer()
    register_pickers(PEOPLE, register)
    published_vacancy(register, number="V-1", positions=2)
    published_vacancy(register, number="V-2", positions=5, occupations=("6111",))
    published_vacancy(register, number="V-3", languages=GERMAN_B1)
    draft_vacancy(register, number="V-4")
    return register


def own_ranking(who: str, number: str, by: Officer) -> CandidateExplanation:
    run = ranking.rank_vacancy(vacancy_number=number, by=by)
    return ranking.explain_candidate(run_id=run.run_id, external_id=who, by=by)


def row_of(who: str, number: str, by: Officer) -> VacancyForPerson:
    found = vacancies_for(external_id=who, by=by).vacancies
    return next(row for row in found if row.number == number)


def test_score_rank_and_promises_are_those_of_each_vacancys_own_ranking(by: Officer) -> None:
    for who in ("T-00001", "T-00004", "T-00011", "T-00023"):
        found = vacancies_for(external_id=who, by=by)
        assert {row.number for row in found.vacancies} == {"V-1", "V-2", "V-3"}
        odds = [row.odds for row in found.vacancies]
        assert odds == sorted(odds, key=list(Odds).index)  # the nearest first
        for row in found.vacancies:
            own = own_ranking(who, row.number, by)
            assert (row.rank, row.score, row.low, row.high) == (
                own.rank,
                own.score,
                own.low,
                own.high,
            )
            assert (row.excluded_by, row.raises) == (own.excluded_by, own.raises)
            run = ranking.rank_vacancy(vacancy_number=row.number, by=by)
            assert row.ranked == run.ranked
            assert row.candidates == row.positions * run.candidates_per_position


def test_the_helpful_change_reaches_the_vacancies_it_names(by: Officer) -> None:
    who = "T-00004"  # German A1: below what every vacancy asks
    before = vacancies_for(external_id=who, by=by)
    assert before.count(Odds.EXCLUDED) == 3
    best = before.helpful[0]
    assert str(best.change) == "Reach de B1"
    kept = get_jobseeker(external_id=who, by=by)
    form = replace(kept.form, languages=(LanguageEntry("de", CefrLevel.B1, Evidence.STATED),))
    update_jobseeker(external_id=who, form=form, version=kept.version, by=by)
    after = vacancies_for(external_id=who, by=by)
    within = {row.number for row in after.vacancies if row.odds in (Odds.WITHIN, Odds.EDGE)}
    assert within == set(best.reached)
    assert best.positions == sum(r.positions for r in after.vacancies if r.number in within)
    assert best.opened == 3


def test_a_promised_language_level_holds_once_it_is_in_the_file(by: Officer) -> None:
    who = "T-00004"
    promise = next(change for change in row_of(who, "V-1", by).raises if change.rank)
    assert str(promise.change) == "Reach de A2"
    kept = get_jobseeker(external_id=who, by=by)
    form = replace(kept.form, languages=(LanguageEntry("de", CefrLevel.A2, Evidence.STATED),))
    update_jobseeker(external_id=who, form=form, version=kept.version, by=by)
    after = own_ranking(who, "V-1", by)
    assert (after.score, after.rank) == (promise.score, promise.rank)


def test_a_promised_passport_holds_once_it_is_in_the_file(by: Officer) -> None:
    who = "T-00005"  # no passport stated
    promise = next(
        change
        for change in row_of(who, "V-1", by).raises
        if change.change.text.startswith("Ask for the passport")
    )
    kept = get_jobseeker(external_id=who, by=by)
    until = promise.change.values["date"]
    assert isinstance(until, date)
    paper = DocumentEntry(DocumentKind.PASSPORT, valid_until=until)
    form = replace(kept.form, documents=(*kept.form.documents, paper))
    update_jobseeker(external_id=who, form=form, version=kept.version, by=by)
    after = own_ranking(who, "V-1", by)
    assert (after.score, after.rank) == (promise.score, promise.rank)


@pytest.mark.parametrize(
    ("status", "said"),
    [(JobseekerStatus.DRAFT, "not finished"), (JobseekerStatus.MERGED, "merged")],
)
def test_a_file_outside_the_register_says_why_there_are_no_vacancies(
    status: JobseekerStatus, said: str, by: Officer
) -> None:
    with unit_of_work() as work:
        query = select(JobseekerRow).where(JobseekerRow.external_id == "T-00003")
        row = work.session.scalars(query).one()
        row.status = status
        work.session.flush()
        seq = audit.record(work.session, action="updated", entity="jobseeker", by=by)
        note_change(work.session, {row.id: seq})
        work.commit()
    found = vacancies_for(external_id="T-00003", by=by)
    assert found.vacancies == ()
    assert said in str(found.not_ranked)


def test_whoever_stands_below_the_places_learns_what_the_last_one_taken_has_more(
    by: Officer,
) -> None:
    run = ranking.rank_vacancy(vacancy_number="V-1", by=by)
    places = 2 * run.candidates_per_position
    rows = ranking.list_candidates(run_id=run.run_id, limit=100, by=by).rows
    ids = [row.external_id for row in rows]
    last, below = (
        ranking.explain_candidate(run_id=run.run_id, external_id=ids[place], by=by)
        for place in (places - 1, places + 3)
    )
    assert last.last_taken is None
    assert below.last_taken and below.last_taken.places == places
    assert below.last_taken.points == round(last.score * 10_000)
    gap = round(below.score * 10_000) - below.last_taken.points
    assert sum(line.points for line in below.last_taken.lines) == gap < 0


def test_somebody_withdrawn_sees_what_would_open_every_vacancy(by: Officer) -> None:
    kept = get_jobseeker(external_id="T-00002", by=by)
    withdraw_jobseeker(external_id="T-00002", reason="Found work", version=kept.version, by=by)
    found = vacancies_for(external_id="T-00002", by=by)
    assert found.count(Odds.EXCLUDED) == len(found.vacancies) == 3
    said = {str(change.change) for row in found.vacancies for change in row.raises}
    assert "The person applies again" in said
    assert str(found.helpful[0].change) == "The person applies again"


def test_looking_is_audited_with_the_person(by: Officer) -> None:
    vacancies_for(external_id="T-00003", by=by)
    with reading() as session:
        query = select(AuditEventRow).where(AuditEventRow.entity == "vacancies_for_person")
        (event,) = session.scalars(query).all()
    assert (event.action, event.subject, event.actor_id) == ("read", "T-00003", by.id)


def test_other_roles_see_no_vacancies_for_a_person_and_hand_out_no_sheet(by: Officer) -> None:
    run = ranking.rank_vacancy(vacancy_number="V-1", by=by)
    for role in (Role.MANAGER, Role.CHAIR, Role.ADMINISTRATOR):
        other = officer(role, f"another-{role.value}")
        with pytest.raises(PermissionDenied):
            vacancies_for(external_id="T-00003", by=other)
        with pytest.raises(PermissionDenied):
            explanation_sheet(run_id=run.run_id, external_id="T-00003", language="ka", by=other)


def test_the_sheet_for_a_person_has_their_reasons_and_nobody_else(by: Officer) -> None:
    run = ranking.rank_vacancy(vacancy_number="V-1", by=by)
    rows = ranking.list_candidates(run_id=run.run_id, by=by).rows
    who = rows[1].external_id
    shown = ranking.explain_candidate(run_id=run.run_id, external_id=who, by=by)
    for language, said in (("ka", "რანგი 2"), ("en", "Rank 2 of")):
        sheet = explanation_sheet(
            run_id=run.run_id, external_id=who, language=language, by=by
        ).content.decode()
        assert said in sheet
        assert exact_points(sum(row.points for row in shown.table), language) in sheet
        assert [row.external_id for row in rows if row.external_id in sheet] == [who]
    with reading() as session:
        query = select(AuditEventRow).where(AuditEventRow.action == "exported")
        assert {event.subject for event in session.scalars(query)} == {who}
    told = {str(entry.sentence) for entry in list_history(external_id=who, by=by)}
    assert "Sheet of the reasons for vacancy V-1" in told
    assert "Read the requirement table for vacancy V-1" in told
