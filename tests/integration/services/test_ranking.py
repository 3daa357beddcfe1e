"""The ranking a recruiter sees: complete, explained, fresh, stored and reproducible."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from db.models import AuditEventRow, CandidacyEventRow, CandidacyRow, RankingRunRow
from db.session import reading
from domain.enums import CandidacyStatus, CefrLevel, Evidence, Role, VacancyStatus
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.jobseeker import LanguageEntry
from domain.records.officer import Officer
from domain.records.ranking import CandidateFilter, RankingSummary
from services import clock, commission, shortlists
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import update_jobseeker
from services.rankings import ranking
from services.rankings.report import ranking_report
from services.rankings.runs import reproduce_run
from services.vacancies.vacancies import get_vacancy
from tests.factories.commissions import commission_of
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

pytestmark = pytest.mark.usefixtures("database")
PEOPLE = 60


@pytest.fixture
def by() -> Officer:
    return officer()


@pytest.fixture
def ranked(by: Officer) -> RankingSummary:
    register_pickers(PEOPLE, by)
    vacancy = published_vacancy(by, positions=2)
    return ranking.rank_vacancy(vacancy_number=vacancy.number, by=by)


def first_ids(ranked: RankingSummary, by: Officer, count: int = 100) -> list[str]:
    page = ranking.list_candidates(run_id=ranked.run_id, limit=count, by=by)
    return [row.external_id for row in page.rows]


def test_everybody_is_either_ranked_or_excluded_with_a_reason(
    ranked: RankingSummary, by: Officer
) -> None:
    excluded = sum(group.people for group in ranked.excluded)
    assert ranked.pool == PEOPLE
    assert ranked.ranked + excluded == PEOPLE
    assert ranked.ranked > 20
    assert {group.gate for group in ranked.excluded} == {
        "language_below_must",
        "country_not_wished",
    }
    for group in ranked.excluded:
        rows, total = ranking.list_excluded(run_id=ranked.run_id, gate=group.gate, by=by)
        assert total == group.people
        assert all(row.sentences for row in rows)


def test_the_list_is_in_order_and_each_row_says_why(ranked: RankingSummary, by: Officer) -> None:
    page = ranking.list_candidates(run_id=ranked.run_id, limit=100, by=by)
    assert page.total == ranked.ranked == len(page.rows)
    assert [row.rank for row in page.rows] == list(range(1, page.total + 1))
    scores = [row.score for row in page.rows]
    assert scores == sorted(scores, reverse=True)
    assert all(row.low <= row.score <= row.high for row in page.rows)
    assert page.rows[0].reasons


def test_the_same_data_gives_the_same_stored_run(ranked: RankingSummary, by: Officer) -> None:
    again = ranking.rank_vacancy(vacancy_number=ranked.vacancy_number, by=by)
    assert again.run_id == ranked.run_id
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(RankingRunRow)) == 1


def test_a_changed_file_is_in_the_next_answer(ranked: RankingSummary, by: Officer) -> None:
    last = first_ids(ranked, by)[-1]
    kept = get_jobseeker(external_id=last, by=by)
    better = replace(
        kept.form, languages=(LanguageEntry("de", CefrLevel.C1, Evidence.CERTIFICATE),)
    )
    update_jobseeker(external_id=last, form=better, version=kept.version, by=by)
    again = ranking.rank_vacancy(vacancy_number=ranked.vacancy_number, by=by)
    table = ranking.explain_candidate(run_id=again.run_id, external_id=last, by=by).table
    german = next(row for row in table if row.criterion == "languages")
    assert again.run_id != ranked.run_id
    assert german.known == "certificate"


def test_a_corrected_name_is_in_the_next_answer_of_the_same_run(
    ranked: RankingSummary, by: Officer
) -> None:
    first = first_ids(ranked, by)[0]
    kept = get_jobseeker(external_id=first, by=by)
    named = replace(kept.form, last_name_ka="ახალგვარაძე")
    update_jobseeker(external_id=first, form=named, version=kept.version, by=by)
    again = ranking.rank_vacancy(vacancy_number=ranked.vacancy_number, by=by)
    row = ranking.list_candidates(run_id=again.run_id, by=by).rows[0]
    assert again.run_id == ranked.run_id
    assert row.external_id == first and "ახალგვარაძე" in (row.name_ka or "")


def test_an_old_run_can_be_ranked_again_after_the_data_changed(
    ranked: RankingSummary, by: Officer
) -> None:
    before = first_ids(ranked, by)
    register_pickers(PEOPLE + 20, by)
    again = ranking.rank_vacancy(vacancy_number=ranked.vacancy_number, by=by)
    assert again.pool == PEOPLE + 20
    reproduced = reproduce_run(ranked.run_id)
    assert reproduced.is_same
    assert len(reproduced.ranking.candidates) == len(before)


def test_the_requirement_table_adds_up_to_the_score(ranked: RankingSummary, by: Officer) -> None:
    for external_id in first_ids(ranked, by)[:5]:
        shown = ranking.explain_candidate(run_id=ranked.run_id, external_id=external_id, by=by)
        assert sum(row.points for row in shown.table) == round(shown.score * 10_000)
        assert sum(bar.points for bar in shown.bars) == pytest.approx(shown.score)
        assert sum(row.low for row in shown.table) == round(shown.low * 10_000)


def test_the_first_is_explained_against_the_second(ranked: RankingSummary, by: Officer) -> None:
    first = first_ids(ranked, by)[0]
    shown = ranking.explain_candidate(run_id=ranked.run_id, external_id=first, by=by)
    second = ranking.list_candidates(run_id=ranked.run_id, by=by).rows[1]
    assert shown.rank == 1
    assert shown.following and shown.following.external_id == second.external_id
    lead = sum(line.points for line in shown.above_next)
    assert lead == round(shown.score * 10_000) - round(second.score * 10_000)


def test_an_excluded_person_learns_what_would_open_the_gate(
    ranked: RankingSummary, by: Officer
) -> None:
    rows, _ = ranking.list_excluded(run_id=ranked.run_id, gate="language_below_must", by=by)
    shown = ranking.explain_candidate(run_id=ranked.run_id, external_id=rows[0].external_id, by=by)
    assert shown.rank is None
    assert shown.excluded_by
    assert any(change.opens for change in shown.raises)


def test_somebody_excluded_is_found_by_name_and_number(ranked: RankingSummary, by: Officer) -> None:
    behind, total = ranking.list_excluded(run_id=ranked.run_id, limit=100, by=by)
    assert total == len(behind) == ranked.pool - ranked.ranked
    wanted = behind[3].external_id
    found, _ = ranking.list_excluded(run_id=ranked.run_id, text=wanted, by=by)
    assert [row.external_id for row in found] == [wanted]
    named, _ = ranking.list_excluded(run_id=ranked.run_id, text="ყიფიანი", limit=100, by=by)
    assert len(named) == total
    assert ranking.list_excluded(run_id=ranked.run_id, text="Zzz", by=by) == ((), 0)


def test_opening_a_table_is_logged_with_the_person(ranked: RankingSummary, by: Officer) -> None:
    first = first_ids(ranked, by)[0]
    ranking.explain_candidate(run_id=ranked.run_id, external_id=first, by=by)
    with reading() as session:
        query = select(AuditEventRow).where(AuditEventRow.entity == "requirement_table")
        (event,) = session.scalars(query).all()
    assert (event.action, event.subject, event.actor_id) == ("read", first, by.id)


def test_filters_narrow_the_list_and_keep_the_ranks(ranked: RankingSummary, by: Officer) -> None:
    everybody = ranking.list_candidates(run_id=ranked.run_id, limit=100, by=by)
    chosen = CandidateFilter(regions=("GE-KA",))
    some = ranking.list_candidates(run_id=ranked.run_id, chosen=chosen, limit=100, by=by)
    assert 0 < some.total < everybody.total
    assert set(some.rows) < set(everybody.rows)
    named = CandidateFilter(text="Kipiani")
    assert ranking.list_candidates(run_id=ranked.run_id, chosen=named, by=by).total > 0


def test_two_to_four_people_are_compared(ranked: RankingSummary, by: Officer) -> None:
    ids = first_ids(ranked, by)
    compared = ranking.compare_candidates(
        run_id=ranked.run_id, external_ids=[ids[2], ids[0]], by=by
    )
    assert [each.rank for each in compared] == [1, 3]
    with pytest.raises(Refused):
        ranking.compare_candidates(run_id=ranked.run_id, external_ids=ids[:5], by=by)


def test_a_vacancy_without_an_occupation_says_what_is_missing(by: Officer) -> None:
    vacancy = published_vacancy(by)
    bare = replace(get_vacancy(number=vacancy.number, by=by), occupations=())
    with pytest.raises(Refused, match="occupation"):
        ranking.check_can_rank(bare)


@pytest.mark.parametrize("role", [Role.COMMISSION_MEMBER, Role.CHAIR, Role.ADMINISTRATOR])
def test_other_roles_see_no_ranking(ranked: RankingSummary, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        ranking.rank_vacancy(vacancy_number=ranked.vacancy_number, by=officer(role))
    with pytest.raises(PermissionDenied):
        ranking.list_candidates(run_id=ranked.run_id, by=officer(role, "another"))


def test_age_and_citizenship_exclude_only_where_the_scheme_says_so(by: Officer) -> None:
    register_pickers(12, by, citizenship="AM", birth_date=date(1950, 1, 1))
    with_scheme = published_vacancy(by, number="VAC-TEST-1")
    gates = {
        group.gate
        for group in ranking.rank_vacancy(vacancy_number=with_scheme.number, by=by).excluded
    }
    assert gates & {"scheme_age", "scheme_citizenship"}
    without = published_vacancy(by, number="VAC-TEST-2", scheme_code=None)
    free = ranking.rank_vacancy(vacancy_number=without.number, by=by)
    assert not {group.gate for group in free.excluded} & {"scheme_age", "scheme_citizenship"}


def test_the_terminal_gives_the_same_ranking(ranked: RankingSummary, by: Officer) -> None:
    report = ranking_report(vacancy_number=ranked.vacancy_number, top=7, by=by)
    assert [c["external_id"] for c in report["candidates"]] == first_ids(ranked, by)[:7]
    assert report["pool"] == ranked.pool
    assert report["ranked"] == ranked.ranked
    criterion = report["candidates"][0]["criteria"][0]
    assert set(criterion) == {"name", "weight", "credit", "status", "en", "ka"}
    assert criterion["en"] != criterion["ka"]


def test_the_best_are_preselected_with_one_step(ranked: RankingSummary, by: Officer) -> None:
    ids = first_ids(ranked, by)[:3]
    plan = shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=ids, by=by)
    assert [each.external_id for each in plan.preselected] == ids
    assert plan.room == 2 * 3 + 2 - 3
    page = ranking.list_candidates(
        run_id=ranked.run_id, chosen=CandidateFilter(preselected=True), by=by
    )
    assert [row.status for row in page.rows] == [CandidacyStatus.PRESELECTED] * 3
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(CandidacyEventRow)) == 3


def test_whoever_was_taken_off_is_not_listed_as_preselected(
    ranked: RankingSummary, by: Officer
) -> None:
    first, second = first_ids(ranked, by)[:2]
    shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=[first, second], by=by)
    shortlists.withdraw_preselection(
        vacancy_number=ranked.vacancy_number, external_id=first, reason="Found work", by=by
    )
    page = ranking.list_candidates(
        run_id=ranked.run_id, chosen=CandidateFilter(preselected=True), by=by
    )
    assert [row.external_id for row in page.rows] == [second]


def test_passing_somebody_over_needs_a_reason_that_is_kept(
    ranked: RankingSummary, by: Officer
) -> None:
    ids = first_ids(ranked, by)
    wanted = [ids[0], ids[4]]
    assert shortlists.is_against_rank(run_id=ranked.run_id, external_ids=wanted, by=by)
    with pytest.raises(InvalidInput):
        shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=wanted, by=by)
    with reading() as session:
        assert not session.scalars(select(CandidacyRow)).all()
    plan = shortlists.preselect_candidates(
        run_id=ranked.run_id,
        external_ids=wanted,
        against_rank_reason="Knows this farm",
        by=by,
    )
    reasons = {each.external_id: each.against_rank_reason for each in plan.preselected}
    assert reasons == {ids[0]: None, ids[4]: "Knows this farm"}


def test_excluded_people_cannot_be_preselected(ranked: RankingSummary, by: Officer) -> None:
    rows, _ = ranking.list_excluded(run_id=ranked.run_id, gate="language_below_must", by=by)
    with pytest.raises(Refused):
        shortlists.preselect_candidates(
            run_id=ranked.run_id, external_ids=[rows[0].external_id], by=by
        )


def test_no_more_than_the_places_and_reserves_are_preselected(
    ranked: RankingSummary, by: Officer
) -> None:
    with pytest.raises(Refused, match="At most 6 candidates and 2 reserves"):
        shortlists.preselect_candidates(
            run_id=ranked.run_id, external_ids=first_ids(ranked, by)[:9], by=by
        )


def test_preselecting_twice_changes_nothing(ranked: RankingSummary, by: Officer) -> None:
    ids = first_ids(ranked, by)[:2]
    once = shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=ids, by=by)
    twice = shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=ids, by=by)
    assert once == twice


def sent(ranked: RankingSummary, by: Officer, people: int = 4) -> str:
    chair = officer(Role.CHAIR)
    members = [officer(Role.COMMISSION_MEMBER, f"member{n}") for n in range(2)]
    sitting = commission.plan_session(
        commission=commission_of(chair, *members), planned_at=clock.now(), place=None, by=by
    )
    shortlists.preselect_candidates(
        run_id=ranked.run_id, external_ids=first_ids(ranked, by)[:people], by=by
    )
    shortlists.send_shortlist(run_id=ranked.run_id, session_number=sitting.number, by=by)
    return sitting.number


def test_a_sent_shortlist_holds_its_people_against_other_vacancies(
    ranked: RankingSummary, by: Officer
) -> None:
    taken = set(first_ids(ranked, by)[:4])
    sent(ranked, by)
    assert get_vacancy(number=ranked.vacancy_number, by=by).status is VacancyStatus.IN_COMMISSION
    other = published_vacancy(by, number="VAC-TEST-3")
    second = ranking.rank_vacancy(vacancy_number=other.number, by=by)
    rows, total = ranking.list_excluded(run_id=second.run_id, gate="held_elsewhere", by=by)
    assert total == 4
    assert {row.external_id for row in rows} == taken
    same = ranking.rank_vacancy(vacancy_number=ranked.vacancy_number, by=by)
    assert same.ranked == ranked.ranked


def test_two_recruiters_cannot_send_the_same_person_to_two_commissions(
    ranked: RankingSummary, by: Officer
) -> None:
    other = published_vacancy(by, number="VAC-TEST-4")
    second = ranking.rank_vacancy(vacancy_number=other.number, by=by)
    sent(ranked, by)
    with pytest.raises(Refused, match="Rank again"):
        shortlists.preselect_candidates(
            run_id=second.run_id, external_ids=first_ids(second, by)[:1], by=by
        )


def test_a_withdrawn_preselection_keeps_its_reason(ranked: RankingSummary, by: Officer) -> None:
    first = first_ids(ranked, by)[0]
    shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=[first], by=by)
    plan = shortlists.withdraw_preselection(
        vacancy_number=ranked.vacancy_number, external_id=first, reason="Is in hospital", by=by
    )
    assert plan.preselected == ()
    with reading() as session:
        query = select(CandidacyEventRow.reason).where(
            CandidacyEventRow.to_status == CandidacyStatus.WITHDRAWN
        )
        assert session.scalars(query).all() == ["Is in hospital"]


def test_somebody_taken_off_by_mistake_can_come_back(ranked: RankingSummary, by: Officer) -> None:
    first = first_ids(ranked, by)[0]
    shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=[first], by=by)
    shortlists.withdraw_preselection(
        vacancy_number=ranked.vacancy_number, external_id=first, reason="Wrong row", by=by
    )
    plan = shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=[first], by=by)
    assert [each.external_id for each in plan.preselected] == [first]
    with reading() as session:
        events = session.scalars(select(CandidacyEventRow.to_status).order_by("id")).all()
    assert events == [
        CandidacyStatus.PRESELECTED,
        CandidacyStatus.WITHDRAWN,
        CandidacyStatus.PRESELECTED,
    ]
