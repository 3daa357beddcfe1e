"""Vacancies in Georgia: the same engine, other gates; recommended with consent, hired or not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.models import DeploymentRow, FollowUpRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import (
    CefrLevel,
    ConsentGiven,
    JobseekerStatus,
    LocalPool,
    LocalVacancyStatus,
    ReferralReason,
    ReferralStatus,
    RequirementKind,
    ReturnReason,
)
from domain.enums import DeploymentStatus as D
from domain.exceptions import InvalidInput, InvalidTransition, Refused
from domain.records.local_vacancies import LocalEmployerForm, LocalVacancyForm
from domain.records.officer import Officer
from domain.records.returns import ReturnForm
from domain.records.vacancy import LanguageWanted
from domain.values import PER_POINT
from matching.explanation import requirement_table
from matching.ranking import rank
from matching.types import LanguageAsked, Requirement
from services import clock
from services.local_vacancies import employers, ranking, referrals, vacancies
from services.policy.versions import parameters_at
from services.rankings.pool import live_pool, vocabulary
from services.rankings.ranking import table_row
from services.returns import follow_ups, recording
from tests.factories import histories, stays
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers

CODE = "000000101"


def employer(by: Officer, id_code: str = CODE) -> int:
    form = LocalEmployerForm(id_code=id_code, name="სანიმუშო ბაღები", region="GE-KA")
    return employers.create_local_employer(form=form, by=by).id


def vacancy(by: Officer, **changed: Any):
    form = LocalVacancyForm(
        employer_id=employer(by),
        title="ბაღის მუშა",
        positions=1,
        occupations=("9211",),
        languages=(LanguageWanted("de", CefrLevel.A2, RequirementKind.MUST),),
        experience_years_min=3,
        starts_on=clock.today() + timedelta(30),
    )
    return vacancies.create_local_vacancy(form=replace(form, **changed), by=by)


def abroad(days_left: int, external_id: str, *, back: bool, by: Officer) -> str:
    """Send somebody of the register abroad, and home again if asked; the stay's number."""
    end = clock.today() + timedelta(days_left)
    number = stays.stay(
        D.DEPARTED, D.ARRIVED, vacancy=histories.vacancy(end_on=end), on=clock.today()
    )
    with unit_of_work() as work:
        row = work.session.get_one(DeploymentRow, stays.read(number).id)
        person = work.session.scalars(
            select(JobseekerRow).where(JobseekerRow.external_id == external_id)
        ).one()
        row.jobseeker_id = person.id
        person.status = JobseekerStatus.PLACED
        work.commit()
    if back:
        form = ReturnForm(returned_on=clock.today(), reason=ReturnReason.SEASON_OVER)
        recording.record_return(deployment_number=number, form=form, by=by)
    return number


def ranked(number: str, by: Officer, among: LocalPool = LocalPool.EVERYBODY):
    return ranking.rank_local_vacancy(number=number, among=among, limit=100, by=by)


def test_a_local_vacancy_is_ranked_as_the_engine_ranks_the_same_requirement(
    sqlite_database: Engine,
) -> None:
    by = officer()
    register_pickers(40, by)
    number = vacancy(by, skills_essential=(), education_min=None).number
    asked = Requirement(
        vacancy=number,
        country="",
        occupations=("9211",),
        experience_years=3,
        languages=(LanguageAsked("de", CefrLevel.A2.order, must=True),),
    )
    parameters = parameters_at(clock.today())
    words, _ = vocabulary(parameters)
    pool = live_pool().pool
    plain = rank(pool, asked, words, parameters, explain_top=0)
    shown = ranked(number, by)
    with reading() as session:
        ids = dict(session.execute(select(JobseekerRow.id, JobseekerRow.external_id)).all())
    assert [(row.external_id, row.score) for row in shown.rows] == [
        (ids[c.person], c.points / PER_POINT) for c in plain.candidates
    ]
    assert shown.ranked < 40  # the language is a must here too
    first = plain.candidates[0]
    told = ranking.explain_local_candidate(number=number, external_id=ids[first.person], by=by)
    expected = requirement_table(pool.profile(first.person), asked, words, parameters)
    assert told.table[: len(expected)] == tuple(table_row(line) for line in expected)
    assert (told.rank, told.score) == (1, first.points / PER_POINT)


def test_no_gate_of_work_abroad_keeps_anybody_from_work_at_home(sqlite_database: Engine) -> None:
    by = officer()
    people = register_pickers(
        6, by, desired_countries=("FR",), available_from=None, available_to=None, documents=()
    )
    number = vacancy(by, languages=(), starts_on=clock.today()).number
    assert {row.external_id for row in ranked(number, by).rows} == set(people)
    assert {flag.text for row in ranked(number, by).rows for flag in row.flags} == set()


def test_returnees_stand_in_the_order_of_the_whole_register_with_the_day_they_are_free(
    sqlite_database: Engine,
) -> None:
    by = officer()
    people = register_pickers(30, by)
    home, away = people[3], people[5]
    abroad(0, home, back=True, by=by)
    abroad(60, away, back=False, by=by)
    number = vacancy(by, languages=()).number
    everybody = [row.external_id for row in ranked(number, by).rows]
    among = ranked(number, by, LocalPool.RETURNEES)
    assert [row.external_id for row in among.rows] == [x for x in everybody if x in {home, away}]
    assert [row.rank for row in among.rows] == [1, 2]
    told = {row.external_id: row for row in among.rows}
    assert told[home].away is None
    assert told[home].returned_on == clock.today()
    free = told[away].away
    assert free is not None
    assert free.free_from == clock.today() + timedelta(60)
    assert told[away].comes_after_start


def test_an_identification_code_has_nine_digits_and_one_employer(sqlite_database: Engine) -> None:
    by = officer()
    for wrong in ("12345678", "1234567890", "12345678a", "", "１２３４５６７８９"):
        with pytest.raises(InvalidInput) as refused:
            employer(by, wrong)
        assert [problem.field for problem in refused.value.problems] == ["id_code"]
    employer(by, " 000000101 ")
    with pytest.raises(InvalidInput, match="already"):
        employer(by)


def test_a_vacancy_with_codes_that_do_not_exist_is_not_kept(sqlite_database: Engine) -> None:
    by = officer()
    with pytest.raises(InvalidInput) as refused:
        vacancy(by, occupations=("0000",), closes_on=clock.today() + timedelta(60), region="XX")
    assert {problem.field for problem in refused.value.problems} == {
        "occupations",
        "region",
        "closes_on",
    }
    assert vacancies.list_local_vacancies(by=by) == ()


def refer(number: str, external_id: str, by: Officer):
    return referrals.refer_person(
        number=number,
        external_id=external_id,
        consent=ConsentGiven.BY_PHONE,
        consented_on=clock.today(),
        by=by,
    )


def reply(one, after: ReferralStatus, by: Officer, reason: ReferralReason | None = None):
    form = referrals.ReplyForm(after=after, on=clock.today(), reason=reason)
    return referrals.record_reply(referral_id=one.id, form=form, version=one.version, by=by)


def test_a_recommendation_is_answered_and_the_last_hired_fills_the_vacancy(
    sqlite_database: Engine,
) -> None:
    by = officer()
    register_pickers(12, by)
    number = vacancy(by, languages=()).number
    best, second, third = (row.external_id for row in ranked(number, by).rows[:3])
    one, two, three = (refer(number, person, by) for person in (best, second, third))
    assert (one.rank, two.rank) == (1, 2)
    with pytest.raises(Refused, match="already"):
        refer(number, best, by)
    with pytest.raises(InvalidInput, match="reason"):
        reply(two, ReferralStatus.NOT_INTERESTED, by)
    reply(two, ReferralStatus.NOT_INTERESTED, by, ReferralReason.SKILLS)
    one = reply(one, ReferralStatus.INTERESTED, by)
    hired = reply(one, ReferralStatus.HIRED, by)
    assert (hired.hired_on, len(hired.steps)) == (clock.today(), 3)
    assert vacancies.get_local_vacancy(number=number, by=by).status is LocalVacancyStatus.FILLED
    with pytest.raises(Refused, match="positions"):
        reply(three, ReferralStatus.HIRED, by)
    with pytest.raises(InvalidTransition):
        reply(hired, ReferralStatus.NOT_HIRED, by, ReferralReason.PAY)
    with pytest.raises(Refused, match="not open"):
        refer(number, ranked(number, by).rows[4].external_id, by)
    clock.move(95)
    assert (follow_ups.plan_follow_ups(), follow_ups.plan_follow_ups()) == (1, 0)
    with reading() as session:
        assert session.scalars(select(FollowUpRow)).one().referral_id == hired.id


def test_nobody_behind_a_must_is_recommended(sqlite_database: Engine) -> None:
    by = officer()
    register_pickers(8, by)
    wanted = (LanguageWanted("de", CefrLevel.B2, RequirementKind.MUST),)
    number = vacancy(by, languages=wanted).number
    fits = {row.external_id for row in ranked(number, by).rows}
    with pytest.raises(Refused, match="mandatory"):
        refer(number, next(f"T-{n:05d}" for n in range(1, 9) if f"T-{n:05d}" not in fits), by)
