"""The fairness panel: which groups come less far, which requirement it is, and who may know."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update

from db.models import (
    AuditEventRow,
    CommissionSessionRow,
    JobseekerRow,
    RankingRunRow,
    ShortlistRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    DecisionOutcome,
    RateVerdict,
    Role,
    SelectionStep,
    SessionStatus,
    Sex,
    Trait,
    VacancyStatus,
)
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.fairness import FairnessPanel, GroupRate
from domain.records.jobseeker import LicenceEntry
from domain.records.officer import Officer
from matching.parameters import all_versions
from matching.types import Vocabulary
from services import clock
from services.fairness.panel import get_ranking_alert, get_vacancy_fairness
from services.fairness.removal import without_each
from services.fairness.together import get_decided_fairness, get_open_fairness
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.rankings.ranking import rank_vacancy
from services.texts import render
from services.vacancies.requirements import requirement
from tests.factories.histories import candidacy, decided, people, vacancy
from tests.factories.officers import officer
from tests.factories.rankings import picker
from tests.factories.vacancies import draft_vacancy, published_vacancy

pytestmark = pytest.mark.usefixtures("database")
GATE, RANK = SelectionStep.GATE, SelectionStep.RANK


@pytest.fixture
def by() -> Officer:
    return officer()


@pytest.fixture
def manager() -> Officer:
    return officer(Role.MANAGER)


@pytest.fixture
def number(by: Officer) -> str:
    """A vacancy for lorry drivers: 24 of 30 men have the licence, 7 of 30 women."""
    register(30, Sex.MALE, with_licence=24, by=by)
    register(30, Sex.FEMALE, with_licence=7, by=by)
    return published_vacancy(by, positions=4, languages=(), licences_required=("C",)).number


def register(count: int, sex: Sex | None, *, with_licence: int, by: Officer) -> None:
    same = replace(picker(2), desired_countries=("DE",), birth_date=date(1990, 1, 1), sex=sex)
    forms = [
        (
            f"{sex}-{number:03d}",
            replace(
                same,
                personal_number=None,
                registered_on=date(2026, 1, 1 + number % 28),
                licences=(LicenceEntry("C" if number < with_licence else "B"),),
            ),
        )
        for number in range(count)
    ]
    with unit_of_work() as work:
        upsert_jobseekers(work.session, forms, by)
        work.commit()


def row_of(panel: FairnessPanel, step: SelectionStep, trait: Trait, group: str | None) -> GroupRate:
    found = panel.of(step, trait)
    assert found
    return next(row for row in found.groups if row.group == group)


def test_the_requirement_that_tells_groups_apart_is_named(number: str, by: Officer) -> None:
    panel = get_vacancy_fairness(vacancy_number=number, by=by)
    women = row_of(panel, GATE, Trait.SEX, "f")
    assert (women.people, women.selected, women.verdict) == (30, 7, RateVerdict.ALERT)
    assert women.ratio == pytest.approx(7 / 24)
    assert row_of(panel, GATE, Trait.SEX, "m").verdict is RateVerdict.HIGHEST
    alert = panel.alerts[0]
    assert (alert.step, alert.row.group, alert.row.against) == (GATE, "f", "m")
    assert (alert.without, alert.is_whole) == (1.0, True)
    assert render(panel.headline, "en") == (
        "Of women, 23 % meet the requirements; of men, 80 %. "
        "The cause: Licence, must: Driving licence C (lorries)"
    )


def test_without_a_requirement_the_same_people_come_further(number: str, by: Officer) -> None:
    panel = get_vacancy_fairness(vacancy_number=number, by=by)
    assert panel.as_asked and panel.as_asked.eligible == 31
    group, ratio = panel.as_asked.smallest(GATE, Trait.SEX) or (None, 0)
    assert group == "f"
    assert ratio == pytest.approx(7 / 24)
    said = {render(each.requirement, "en"): each for each in panel.removed}
    licence = said["Licence, must: Driving licence C (lorries)"]
    assert licence.eligible == 60
    assert licence.ratios[GATE, Trait.SEX] == {"f": 1.0, "m": 1.0}
    assert len(said) == len(panel.removed) >= 4
    age = next(each for each in panel.removed if each.clause is not None)
    assert render(age.requirement, "en") == "Age at departure: 18 to 60"
    assert age.clause and "aged 18 to 60" in render(age.clause, "en")
    assert age.eligible == 31


def test_explaining_changes_no_ranking(number: str, by: Officer) -> None:
    before = rank_vacancy(vacancy_number=number, by=by)
    get_vacancy_fairness(vacancy_number=number, by=by)
    assert rank_vacancy(vacancy_number=number, by=by) == before
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(RankingRunRow)) == 1


def test_people_of_unknown_sex_are_a_group_and_never_the_yardstick(
    number: str, by: Officer
) -> None:
    register(12, None, with_licence=12, by=by)
    panel = get_vacancy_fairness(vacancy_number=number, by=by)
    unknown = row_of(panel, GATE, Trait.SEX, None)
    assert (unknown.people, unknown.selected) == (12, 12)
    assert unknown.verdict is RateVerdict.NOT_COMPARED
    assert row_of(panel, GATE, Trait.SEX, "m").verdict is RateVerdict.HIGHEST


def test_reading_is_noted_without_a_person(number: str, by: Officer) -> None:
    get_vacancy_fairness(vacancy_number=number, by=by)
    with reading() as session:
        events = select(AuditEventRow).where(AuditEventRow.entity == "fairness_panel")
        (event,) = session.scalars(events)
        assert (event.action, event.entity_id, event.subject) == ("read", number, None)


def test_the_line_on_the_ranking_says_the_same(number: str, by: Officer) -> None:
    run = rank_vacancy(vacancy_number=number, by=by)
    said = get_ranking_alert(run_id=run.run_id, by=by)
    assert said
    assert render(said, "en") == "Of women, 23 % meet the requirements; of men, 80 %"


def test_a_ranking_without_a_difference_has_no_line(by: Officer) -> None:
    register(30, Sex.MALE, with_licence=20, by=by)
    register(30, Sex.FEMALE, with_licence=20, by=by)
    open_to = published_vacancy(by, positions=8, languages=(), licences_required=("C",)).number
    run = rank_vacancy(vacancy_number=open_to, by=by)
    assert get_ranking_alert(run_id=run.run_id, by=by) is None
    panel = get_vacancy_fairness(vacancy_number=open_to, by=by)
    assert panel.alerts == ()
    assert render(panel.headline, "en") in (
        "No group is below four fifths of the highest rate",
        "No difference that these numbers can show",
    )


def test_in_the_commission_the_ranking_is_the_one_that_was_sent(number: str, by: Officer) -> None:
    sent = rank_vacancy(vacancy_number=number, by=by).run_id
    in_commission(number, sent, by)
    register(20, Sex.FEMALE, with_licence=20, by=by)
    panel = get_vacancy_fairness(vacancy_number=number, by=by)
    assert panel.run_id == sent
    assert row_of(panel, GATE, Trait.SEX, "f").selected == 7


def in_commission(number: str, run_id: int, by: Officer) -> None:
    with unit_of_work() as work:
        row = work.session.scalars(select(VacancyRow).where(VacancyRow.number == number)).one()
        row.status = VacancyStatus.IN_COMMISSION
        held = CommissionSessionRow(
            number="S-1",
            planned_at=clock.now(),
            chair_id=by.id,
            status=SessionStatus.PLANNED,
            rules={},
            created_at=clock.now(),
        )
        work.session.add(held)
        work.session.flush()
        work.session.add(
            ShortlistRow(
                vacancy_id=row.id,
                session_id=held.id,
                run_id=run_id,
                agenda_order=1,
                positions=4,
                candidates_per_position=3,
                sent_at=clock.now(),
            )
        )
        work.commit()


def test_all_open_vacancies_count_everybody_once(
    number: str, by: Officer, manager: Officer
) -> None:
    other = published_vacancy(by, positions=4, languages=(), licences_required=("B",)).number
    panel = get_open_fairness(by=manager)
    assert panel.vacancies == 2
    women = row_of(panel, GATE, Trait.SEX, "f")
    assert (women.people, women.selected) == (30, 30)  # each has one licence or the other
    assert {(each.number, each.alert.row.group) for each in panel.alerting} >= {
        (number, "f"),
        (other, "m"),
    }


def with_decisions(sex: Sex, vacancy_id: int, approved: int, refused: int) -> None:
    ids = people(approved + refused)
    with unit_of_work() as work:
        rows = update(JobseekerRow).where(JobseekerRow.id.in_(ids)).values(sex=sex)
        work.session.execute(rows)
        work.commit()
    outcomes = [DecisionOutcome.APPROVED] * approved + [DecisionOutcome.NOT_APPROVED] * refused
    steps = (("preselected", "2026-02-02"), ("commission_review", "2026-02-10"))
    rows_of = [candidacy(person, vacancy_id, *steps) for person in ids]
    decided(
        vacancy_id, "2026-02-20", *((c, o, None) for c, o in zip(rows_of, outcomes, strict=True))
    )


def test_decisions_of_a_period_are_compared(manager: Officer) -> None:
    farm = vacancy()
    with_decisions(Sex.FEMALE, farm, approved=8, refused=22)
    with_decisions(Sex.MALE, farm, approved=24, refused=6)
    february = {"since": date(2026, 2, 1), "until": date(2026, 2, 28)}
    panel = get_decided_fairness(**february, by=manager)
    assert {rates.step for rates in panel.steps} == {SelectionStep.DECISION}
    assert row_of(panel, SelectionStep.DECISION, Trait.SEX, "f").ratio == pytest.approx(8 / 24)
    assert render(panel.headline, "en") == (
        "Of women put before the commission, 27 % were approved; of men, 80 %"
    )
    later = get_decided_fairness(since=date(2026, 3, 1), until=date(2026, 3, 31), by=manager)
    assert render(later.headline, "en") == "There are too few people to compare groups"
    with pytest.raises(InvalidInput):
        get_decided_fairness(since=date(2026, 3, 1), until=date(2026, 2, 1), by=manager)


def test_only_managers_see_many_vacancies_and_no_commission_sees_any(by: Officer) -> None:
    period: Sequence[date] = (date(2026, 1, 1), date(2026, 2, 1))
    with pytest.raises(PermissionDenied):
        get_open_fairness(by=by)
    with pytest.raises(PermissionDenied):
        get_decided_fairness(since=period[0], until=period[1], by=by)
    with pytest.raises(PermissionDenied):
        get_vacancy_fairness(vacancy_number="V-1", by=officer(Role.CHAIR))


def test_a_vacancy_that_cannot_be_ranked_says_so(by: Officer) -> None:
    with pytest.raises(Refused):
        get_vacancy_fairness(vacancy_number=draft_vacancy(by, occupations=()).number, by=by)


def test_a_rule_of_the_scheme_that_is_taken_away_is_gone() -> None:
    vacancy = published_vacancy(officer(), scheme_code="de-agri")
    asked = requirement(vacancy)
    cited = [
        each
        for each in without_each(asked, vacancy, Vocabulary({}, {}, {}), all_versions()[-1])
        if each.clause is not None
    ]
    assert cited
    for each in cited:
        assert len(each.requirement.outside_gates) == len(asked.outside_gates) - 1
