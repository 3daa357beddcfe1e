"""A season's plan is kept with its inputs' name, and adopted by an officer, vacancy by vacancy."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.models import (
    AuditDetailsRow,
    AuditEventRow,
    CandidacyRow,
    SeasonPlanPersonRow,
    SeasonPlanRow,
)
from db.repositories.ranking import jobseekers_by_external_id
from db.session import reading, unit_of_work
from domain.enums import (
    CandidacyStatus,
    CefrLevel,
    PlanLayer,
    PlannedState,
    RequirementKind,
    Role,
)
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.officer import Officer
from domain.records.season import SeasonPlan, SeasonVacancy
from domain.records.vacancy import LanguageWanted, VacancyRecord
from matching.season.lists import Room
from services import audit, clock, season, shortlists
from services.candidacies import new_candidacy
from services.rankings.ranking import rank_vacancy
from services.season.rooms import room
from services.vacancies import vacancies
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

WHY = "Season plan: better ranked people are planned elsewhere"


@pytest.fixture
def recruiter(sqlite_database: Engine) -> Officer:
    return officer()


@pytest.fixture
def openings(recruiter: Officer) -> tuple[VacancyRecord, VacancyRecord]:
    """Many positions with a hard requirement, and few that start earlier and take anybody."""
    register_pickers(30, recruiter)
    fluent = LanguageWanted("de", CefrLevel.B2, RequirementKind.MUST)
    later = published_vacancy(recruiter, positions=6, languages=(fluent,))
    start = clock.today() + timedelta(days=45)
    first = published_vacancy(
        recruiter, positions=3, languages=(), start_on=start, end_on=start + timedelta(days=40)
    )
    return first, later


def plan(by: Officer) -> SeasonPlan:
    return season.get_season_plan(plan_id=season.make_season_plan(by=by), by=by)


def of(made: SeasonPlan, vacancy: VacancyRecord) -> SeasonVacancy:
    return next(one for one in made.vacancies if one.number == vacancy.number)


def preselected(vacancy: VacancyRecord, by: Officer) -> list[str]:
    found = shortlists.get_shortlist_plan(vacancy_number=vacancy.number, by=by)
    return [each.external_id for each in found.preselected]


def test_a_plan_is_kept_and_takes_nobody_by_itself(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    heard: list[str] = []
    number = season.make_season_plan(tell=lambda doing, _: heard.append(doing), by=recruiter)
    made = season.get_season_plan(plan_id=number, by=recruiter)
    assert heard[0] == "lists" and heard[-2:] == ["reasons", "keeping"]
    assert made.head.is_exact and made.head.positions == 9
    assert [head.id for head in season.list_season_plans(by=recruiter)] == [number]
    assert made.head.plan.filled >= made.head.in_turn.filled
    with reading() as session:
        people = session.scalars(select(SeasonPlanPersonRow.jobseeker_id)).all()
        assert len(people) == len(set(people)) == sum(one.people for one in made.vacancies)
        assert session.scalars(select(CandidacyRow)).all() == []
    again = season.make_season_plan(by=recruiter)
    inputs = {head.inputs_sha256 for head in season.list_season_plans(by=recruiter)}
    assert again != number and len(inputs) == 1


def test_who_is_needed_by_a_hard_vacancy_is_kept_for_it(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    first, later = openings
    made = plan(recruiter)
    assert of(made, first).plan.filled == 3
    assert of(made, later).plan.filled == 6 > of(made, later).in_turn.filled
    assert made.moved + made.only_here > 0
    people = season.list_planned_people(
        plan_id=made.head.id, vacancy_number=later.number, by=recruiter
    )
    assert [each.layer for each in people[:6]] == [PlanLayer.POSITION] * 6
    assert all(each.why.text for each in people)
    assert any(each.in_turn == first.number for each in people)


def test_empty_positions_say_who_passes_and_what_would_open_them(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    wanting = published_vacancy(recruiter, positions=8, country="FR", scheme_code=None)
    short = of(plan(recruiter), wanting)
    assert short.plan.filled < 8
    passing, most, alone = (str(sentence) for sentence in short.why_empty)
    assert f"Free people who pass: {short.eligible}" in passing
    assert "Does not wish to work in this country (28)" in most
    assert "people fail nothing else" in alone


def test_adopting_preselects_the_planned_people_with_the_reason(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    first, later = openings
    made = plan(recruiter)
    wanted = season.list_planned_people(
        plan_id=made.head.id, vacancy_number=later.number, by=recruiter
    )
    done = season.adopt_vacancy(
        plan_id=made.head.id, vacancy_number=later.number, reason=WHY, by=recruiter
    )
    assert not done.left_out
    assert set(preselected(later, recruiter)) == {each.external_id for each in wanted}
    kept = season.get_season_plan(plan_id=made.head.id, by=recruiter)
    assert of(kept, later).adopted_people == len(wanted) and kept.head.adopted == 1
    assert audit.verify_chain().broken_seq is None
    with pytest.raises(Refused, match="adopted for this vacancy already"):
        season.adopt_vacancy(
            plan_id=made.head.id, vacancy_number=later.number, reason=WHY, by=recruiter
        )
    asked = {"plan_id": made.head.id, "vacancy_number": first.number}
    season.adopt_vacancy(**asked, reason=WHY, by=recruiter)  # type: ignore[arg-type]
    with reading() as session:
        rows = session.scalars(select(CandidacyRow)).all()
        assert len(rows) == len({row.jobseeker_id for row in rows})
        against = [row for row in rows if row.against_rank_reason]
        assert against and all(row.against_rank_reason == WHY for row in against)
        assert {row.status for row in rows} == {CandidacyStatus.PRESELECTED}


def test_whoever_was_taken_elsewhere_since_is_marked_and_left_out(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    first, later = openings
    made = plan(recruiter)
    ours = season.list_planned_people(
        plan_id=made.head.id, vacancy_number=later.number, by=recruiter
    )
    run = rank_vacancy(vacancy_number=first.number, by=recruiter)
    stolen = ours[0].external_id
    shortlists.preselect_candidates(
        run_id=run.run_id, external_ids=[stolen], against_rank_reason=WHY, by=recruiter
    )
    kept = season.get_season_plan(plan_id=made.head.id, by=recruiter)
    assert of(kept, later).lost == 1
    people = season.list_planned_people(
        plan_id=made.head.id, vacancy_number=later.number, by=recruiter
    )
    assert people[0].state is PlannedState.ELSEWHERE
    done = season.adopt_vacancy(
        plan_id=made.head.id, vacancy_number=later.number, reason=WHY, by=recruiter
    )
    assert [each.external_id for each in done.left_out] == [stolen]
    assert stolen not in preselected(later, recruiter)
    # The next plan leaves everybody who is on a shortlist where they are.
    following = plan(recruiter)
    assert of(following, first).taken == 1 and of(following, first).positions == 2


def test_a_vacancy_that_is_not_open_any_more_is_not_adopted(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    first, _ = openings
    made = plan(recruiter)
    vacancies.return_to_draft(number=first.number, by=recruiter)
    kept = season.get_season_plan(plan_id=made.head.id, by=recruiter)
    assert of(kept, first).is_changed
    with pytest.raises(Refused):
        season.check_can_adopt(of(kept, first), recruiter)
    with pytest.raises(Refused):
        season.adopt_vacancy(
            plan_id=made.head.id, vacancy_number=first.number, reason=WHY, by=recruiter
        )


def test_a_plan_made_by_other_rules_is_not_adopted(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    first, _ = openings
    made = plan(recruiter)
    with unit_of_work() as work:  # as if another version had come into force since
        work.session.get_one(SeasonPlanRow, made.head.id).parameters_version = "2025-01"
        work.commit()
    kept = season.get_season_plan(plan_id=made.head.id, by=recruiter)
    assert of(kept, first).has_other_rules and not of(made, first).has_other_rules
    with pytest.raises(Refused, match="rules have changed"):
        season.check_can_adopt(of(kept, first), recruiter)
    with pytest.raises(Refused, match="rules have changed"):
        season.adopt_vacancy(
            plan_id=made.head.id, vacancy_number=first.number, reason=WHY, by=recruiter
        )
    assert preselected(first, recruiter) == []


def test_who_looked_at_planned_people_is_logged_without_their_names(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    first, _ = openings
    made = plan(recruiter)
    looked = [
        season.list_planned_people(plan_id=made.head.id, vacancy_number=first.number, by=recruiter)
        for _ in range(2)
    ]
    with reading() as session:
        query = select(AuditDetailsRow.details).join(
            AuditEventRow, AuditEventRow.seq == AuditDetailsRow.seq
        )
        of_plan = (AuditEventRow.action == "read", AuditEventRow.entity == "season_plan")
        told = session.scalars(query.where(*of_plan)).all()
    assert told == [{"vacancy": first.number, "people": len(looked[0])}]


def test_managers_look_and_recruiters_adopt_with_a_reason(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    manager, member = officer(Role.MANAGER), officer(Role.COMMISSION_MEMBER)
    made = plan(manager)
    _, later = openings
    asked = {"plan_id": made.head.id, "vacancy_number": later.number}
    with pytest.raises(PermissionDenied):
        season.adopt_vacancy(**asked, reason=WHY, by=manager)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        season.list_season_plans(by=member)
    with pytest.raises(InvalidInput):
        season.adopt_vacancy(**asked, reason=" ", by=recruiter)  # type: ignore[arg-type]


def test_people_in_the_process_fill_positions_first_then_candidates_then_reserves(
    openings: tuple[VacancyRecord, VacancyRecord],
) -> None:
    first, _ = openings
    left = {taken: room(first, taken) for taken in (0, 2, 5, 10, 20)}
    assert left == {
        0: Room(3, 6, 3),
        2: Room(1, 6, 3),
        5: Room(0, 4, 3),
        10: Room(0, 0, 2),
        20: Room(0, 0, 0),
    }


def test_whose_file_changed_is_marked_and_ranked_anew_at_adoption(
    openings: tuple[VacancyRecord, VacancyRecord], recruiter: Officer
) -> None:
    first, _ = openings
    made = plan(recruiter)
    register_pickers(30, recruiter, desired_countries=("FR",))
    kept = season.get_season_plan(plan_id=made.head.id, by=recruiter)
    assert of(kept, first).changed == of(kept, first).people > 0
    with pytest.raises(Refused, match="Nobody of the plan"):
        season.adopt_vacancy(
            plan_id=made.head.id, vacancy_number=first.number, reason=WHY, by=recruiter
        )
    assert preselected(first, recruiter) == []


def test_whom_another_officer_is_just_taking_is_waited_for_and_left_out(database: Engine) -> None:
    by = officer()
    register_pickers(30, by)
    first, second = published_vacancy(by, positions=2), published_vacancy(by, positions=2)
    made = plan(by)
    planned = season.list_planned_people(plan_id=made.head.id, vacancy_number=second.number, by=by)
    with ThreadPoolExecutor(1) as other, unit_of_work() as work:
        # As the other officer's step leaves it before its event is written.
        rows = jobseekers_by_external_id(work.session, [planned[0].external_id])
        person = rows[planned[0].external_id].id
        new_candidacy(work.session, first.id, person, reason=WHY, by=by)
        adopting = other.submit(
            season.adopt_vacancy,
            plan_id=made.head.id,
            vacancy_number=second.number,
            reason=WHY,
            by=by,
        )
        wait([adopting], timeout=1)
        work.commit()
        done = adopting.result(30)
    assert [one.external_id for one in done.left_out] == [planned[0].external_id]
    taken = [preselected(vacancy, by) for vacancy in (first, second)]
    assert taken[0] == [planned[0].external_id] and not set(taken[0]) & set(taken[1])
