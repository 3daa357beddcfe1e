"""The dashboard counts what a person would count by hand, and keeps small counts back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import get_type_hints

import pytest
from sqlalchemy import literal, select

from db.models import SchemeRow
from db.queries.calendar import local_day, local_month
from db.session import unit_of_work
from db.types import UtcDateTime
from domain.enums import CandidacyStatus as C
from domain.enums import (
    DecisionOutcome,
    DecisionReason,
    FunnelStage,
    JobseekerStatus,
    Measure,
    OrganisationKind,
    Role,
    VacancyStatus,
)
from domain.exceptions import InvalidInput, PermissionDenied
from domain.records.officer import Officer
from domain.records.statistics import Dashboard, Figure, Hidden, StatisticsFilter
from services import audit, reference
from services.statistics import get_dashboard
from services.statistics.dashboard import Rules, count_board
from services.texts import render
from tests.factories.histories import at, candidacy, decided, people, person, vacancy
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("database")

YEAR = StatisticsFilter(date(2026, 1, 1), date(2026, 11, 30))
MANAGER = Officer(
    1, "manager", "მენეჯერი", "Manager", Role.MANAGER, "ministry", OrganisationKind.MINISTRY
)
TO_SENT = (
    ("preselected", "2026-02-02"),
    ("commission_review", "2026-02-10"),
    ("approved", "2026-02-20"),
    ("sent", "2026-02-23"),
)
TO_DEPARTED = (
    *TO_SENT,
    ("employer_selected", "2026-03-05"),
    ("orientation", "2026-03-10"),
    ("permit_pending", "2026-03-11"),
    ("departed", "2026-04-10"),
)


def dashboard(wanted: StatisticsFilter = YEAR) -> Dashboard:
    """Counted without hiding anything, to see that it is counted rightly."""
    return count_board(wanted, Rules(small_number_below=1, compared_days=30))


def seen(wanted: StatisticsFilter = YEAR) -> Dashboard:
    """As the manager sees it."""
    return get_dashboard(wanted=wanted, by=MANAGER)


def funnel(
    wanted: StatisticsFilter = YEAR, read: Callable[[StatisticsFilter], Dashboard] = dashboard
) -> dict[str, tuple[object, object, object]]:
    steps = read(wanted).funnel.steps
    return {step.stage.value: (step.reached, step.waiting, step.dropped) for step in steps}


def test_funnel_counts_each_person_once_where_they_came_furthest() -> None:
    one, two, three, four, five = people(5)
    farm, hotel = vacancy(), vacancy("FR")
    candidacy(one, farm, *TO_DEPARTED)
    candidacy(two, farm, *TO_SENT, ("employer_rejected", "2026-03-01"))
    candidacy(three, farm, *TO_SENT[:2], ("not_approved", "2026-02-20"))
    candidacy(three, hotel, ("preselected", "2026-03-01"))
    candidacy(four, hotel, *TO_SENT[:2], ("reserve", "2026-02-20"))
    assert funnel() == {
        "registered": (5, 1, 0),
        "preselected": (4, 0, 0),
        "commission": (4, 2, 0),
        "approved": (2, 0, 0),
        "sent": (2, 0, 1),
        "selected": (1, 0, 0),
        "departed": (1, 1, 0),
        "returned": (0, 0, 0),
    }
    sent = next(s for s in dashboard().funnel.steps if s.stage is FunnelStage.SENT)
    assert sent.reasons == ((C.EMPLOYER_REJECTED, 1),)


def test_funnel_stands_as_it_stood_at_the_end_of_the_period() -> None:
    candidacy(person(), vacancy(), *TO_DEPARTED)
    february = StatisticsFilter(date(2026, 2, 1), date(2026, 2, 28))
    assert funnel(february)["sent"] == (1, 1, 0)
    assert funnel(february)["departed"] == (0, 0, 0)
    assert funnel(StatisticsFilter(date(2026, 3, 1), date(2026, 4, 30)))["preselected"][0] == 0


def test_who_left_the_register_before_any_preselection_dropped_out_of_it() -> None:
    people(2)
    person(status=JobseekerStatus.WITHDRAWN)
    person(status=JobseekerStatus.DRAFT)
    assert funnel()["registered"] == (3, 2, 1)


def test_filters_apply_to_country_scheme_and_region() -> None:
    farm, hotel = vacancy("DE", scheme="de-agri"), vacancy("FR")
    candidacy(person("GE-KA", wishes=("DE",)), farm, *TO_SENT)
    candidacy(person("GE-IM", wishes=("FR",)), hotel, *TO_SENT)
    person("GE-IM")
    germany = StatisticsFilter(YEAR.since, YEAR.until, country="DE")
    assert funnel(germany)["registered"][0] == 2  # one wishes for it, one has no wish stated
    assert funnel(germany)["sent"][0] == 1
    scheme = StatisticsFilter(YEAR.since, YEAR.until, scheme="de-agri")
    assert funnel(scheme) == funnel(germany)
    assert [row.country for row in dashboard(germany).openings.countries] == ["DE"]


def test_waits_give_the_median_and_what_nine_of_ten_need() -> None:
    farm = vacancy()
    for days in (1, 2, 3, 4, 5, 6, 7, 8, 9, 28):
        step = ("commission_review", f"2026-02-{days:02d}")
        candidacy(person(), farm, ("preselected", "2026-02-01"), step)
    candidacy(person(), farm, ("preselected", "2026-11-10"))
    row = next(r for r in dashboard().waits.rows if r.status is C.PRESELECTED)
    assert (row.finished, row.median, row.nine_of_ten) == (10, 4.5, 8)
    assert (row.waiting, row.longest) == (1, 20)
    never = next(r for r in dashboard().waits.rows if r.status is C.PERMIT_PENDING)
    assert (never.finished, never.median, never.nine_of_ten) == (0, None, None)


def test_days_are_those_of_the_calendar_in_georgia() -> None:
    with unit_of_work() as work:
        late = literal(at("2026-02-28", 21), UtcDateTime)  # already 1 March, 01:00, in Tbilisi
        early = literal(at("2026-02-28", 19), UtcDateTime)
        found = work.session.execute(
            select(local_day(late) - local_day(early), local_month(late))
        ).one()
    assert tuple(found) == (1, "2026-03")


def test_small_counts_by_region_are_hidden_and_so_is_what_would_give_them_away() -> None:
    people(3, "GE-GU", work=(("9211", 2.0),))
    people(6, "GE-KA", work=(("9211", 2.0),))
    people(9, "GE-IM", work=(("9211", 2.0), ("5120", 8.0)))
    rows = {row.region: row for row in seen().register.regions}
    assert rows["GE-GU"].people is Hidden.FEW
    assert rows["GE-KA"].people is Hidden.PROTECTING  # 18 - 9 would leave the 3 visible
    assert rows["GE-IM"].people == 9
    assert rows["GE-TB"].people == 0
    assert rows["GE-GU"].by_group == {"5": 0, "9": Hidden.FEW}


def test_region_filter_hides_small_counts_everywhere() -> None:
    farm = vacancy()
    for _ in range(6):
        candidacy(person("GE-GU"), farm, *TO_SENT)
    candidacy(person("GE-GU"), farm, *TO_DEPARTED)
    guria = StatisticsFilter(YEAR.since, YEAR.until, region="GE-GU")
    counted = funnel(guria, seen)
    assert counted["preselected"] == (7, 0, 0)
    assert counted["sent"] == (7, Hidden.PROTECTING, 0)
    assert counted["departed"] == (Hidden.FEW, Hidden.FEW, 0)
    assert "1 departed" not in render(seen(guria).funnel.finding, "en")
    now = {row.measure: row.now for row in seen(guria).changes.rows}
    assert now[Measure.DEPARTED] == 0


def figures_in(shown: object, place: str = "") -> Iterator[tuple[str, int]]:
    """Every whole number on the dashboard that counts people, and where it stands."""
    if is_dataclass(shown):
        kinds = get_type_hints(type(shown))
        for one in fields(shown):
            value = getattr(shown, one.name)
            if kinds[one.name] == Figure and isinstance(value, int):
                yield f"{place}.{one.name}", value
            else:
                yield from figures_in(value, f"{place}.{one.name}")
    elif isinstance(shown, Mapping):
        for key, value in shown.items():
            yield from [(f"{place}[{key}]", value)] if isinstance(value, int) else ()
    elif isinstance(shown, tuple):
        for value in shown:
            if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], int):
                yield f"{place}[{value[0]}]", value[1]
            yield from figures_in(value, place)


FREE_PLACES = {
    ".openings.countries.open",
    ".openings.countries.unfilled",
    ".openings.finding.values[open]",
    ".openings.finding.values[positions]",
}


@pytest.mark.parametrize("wanted", [{}, {"country": "DE"}, {"region": "GE-GU"}], ids=str)
def test_dashboard_shows_no_count_of_fewer_than_five_people(wanted: dict[str, str]) -> None:
    farm, hotel = vacancy(), vacancy("FR")
    for one in range(9):
        steps = TO_DEPARTED if one < 2 else TO_SENT if one < 5 else TO_SENT[:2]
        candidacy(person("GE-GU" if one < 7 else "GE-KA"), farm if one < 6 else hotel, *steps)
    candidacy(person(), farm, *TO_SENT[:2], ("not_approved", "2026-02-20"))
    counted = dict(figures_in(seen(StatisticsFilter(YEAR.since, YEAR.until, **wanted))))
    assert len(counted) > 20
    few = {place for place, count in counted.items() if 0 < count < 5}
    assert few - FREE_PLACES == set()


def test_unknown_region_and_occupation_are_rows_of_their_own() -> None:
    people(6, None)
    people(7, "GE-KA", work=(("9211", None), ("6111", 3.0)))
    register = dashboard().register
    assert [(r.region, r.people) for r in register.regions if r.people] == [("GE-KA", 7), (None, 6)]
    assert [(r.code, r.people) for r in register.major] == [("6", 7), (None, 6)]
    assert [(r.code, r.people) for r in register.minor] == [("611", 7), (None, 6)]


def test_positions_are_filled_on_the_way_open_or_ended_unfilled() -> None:
    farm = vacancy("DE", 4)
    candidacy(person(), farm, *TO_DEPARTED)
    candidacy(person(), farm, *TO_DEPARTED[:-2])
    candidacy(person(), farm, *TO_DEPARTED[:-2], ("withdrawn", "2026-03-12"))
    vacancy("DE", 3, status=VacancyStatus.CLOSED)
    vacancy("DE", 9, status=VacancyStatus.CANCELLED)
    vacancy("DE", 9, status=VacancyStatus.DRAFT, published=None)
    (row,) = dashboard().openings.countries
    assert (row.vacancies, row.positions) == (2, 7)
    assert (row.filled, row.on_the_way, row.open, row.unfilled) == (1, 1, 2, 3)


def test_quota_that_nobody_published_is_no_data() -> None:
    candidacy(person(), vacancy(scheme="de-agri"), *TO_DEPARTED)
    with unit_of_work() as work:
        unknown = work.session.query(SchemeRow).filter_by(annual_quota=None).first()
        assert unknown is not None
        work.commit()
    reference.forget()
    rows = {row.scheme: (row.departed, row.quota) for row in dashboard().openings.quotas}
    assert rows["de-agri"] == (1, 5000)
    assert rows[unknown.code] == (0, None)


def test_decisions_by_month_session_and_reason() -> None:
    farm = vacancy()
    cases = [candidacy(person(), farm, *TO_SENT[:2]) for _ in range(4)]
    number = decided(
        farm,
        "2026-02-20",
        (cases[0], DecisionOutcome.APPROVED, None),
        (cases[1], DecisionOutcome.RESERVE, None),
        (cases[2], DecisionOutcome.NOT_APPROVED, DecisionReason.JOB),
        (cases[3], DecisionOutcome.NOT_APPROVED, DecisionReason.JOB),
    )
    decisions = dashboard().decisions
    outcomes = {
        DecisionOutcome.APPROVED: 1,
        DecisionOutcome.RESERVE: 1,
        DecisionOutcome.NOT_APPROVED: 2,
    }
    assert [(row.name, dict(row.outcomes)) for row in decisions.months] == [("2026-02", outcomes)]
    assert [(row.name, dict(row.outcomes)) for row in decisions.sessions] == [(number, outcomes)]
    assert decisions.reasons == ((DecisionReason.JOB, 2),)


def test_changes_compare_two_spans_of_the_same_length() -> None:
    people(3, registered_on="2026-11-20")
    people(1, registered_on="2026-10-20")
    people(9, registered_on="2026-08-01")
    changes = dashboard().changes
    registered = next(row for row in changes.rows if row.measure is Measure.REGISTERED)
    assert (registered.before, registered.now, changes.days) == (1, 3, 30)
    assert changes.since == date(2026, 11, 1)


def test_findings_say_the_counts_in_both_languages() -> None:
    farm = vacancy()
    for steps in (TO_DEPARTED, TO_DEPARTED, TO_SENT + (("employer_rejected", "2026-03-01"),)):
        candidacy(person(), farm, *steps)
    shown = dashboard()
    english = render(shown.funnel.finding, "en")
    assert english.startswith("Of 3 preselected people 2 departed")
    assert "“Sent to the employer”: 1" in english
    georgian = render(shown.funnel.finding, "ka")
    assert "3" in georgian and "დამსაქმებელ" in georgian and "Sent" not in georgian
    waits = render(shown.waits.finding, "en")
    assert waits == "Most time goes at “permit pending”: median 30 days, nine of ten within 30 days"


def test_empty_register_says_so() -> None:
    shown = dashboard()
    assert str(shown.funnel.finding) == "Nobody is registered under this filter yet"
    assert str(shown.waits.finding) == "No step was finished in this period"
    assert shown.openings.countries == ()


def test_figures_are_counted_again_when_something_happened() -> None:
    before = seen()
    assert seen() is before
    person()
    with unit_of_work() as work:
        audit.record(work.session, action="registered", entity="jobseeker", by=None)
        work.commit()
    assert seen().register.people is Hidden.FEW
    assert dashboard().register.people == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_read_statistics(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        get_dashboard(wanted=YEAR, by=officer(role))


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidInput):
        seen(StatisticsFilter(date(2026, 2, 1), date(2026, 1, 1)))
