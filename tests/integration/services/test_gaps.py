"""The gap board counts what a course would open, and shows people only to whoever may."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.models import AuditDetailsRow, AuditEventRow
from db.session import reading, unit_of_work
from domain.enums import CefrLevel, Evidence, GapKind, RequirementKind, Role
from domain.exceptions import NotFound, PermissionDenied
from domain.records.gaps import GapFilter
from domain.records.jobseeker import LanguageEntry
from domain.records.officer import Officer
from domain.records.statistics import Hidden
from domain.records.vacancy import LanguageWanted
from services.gaps import gap_choices, get_gap_board, get_gap_split, list_gap_people
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.texts import render
from tests.factories.officers import officer
from tests.factories.rankings import picker
from tests.factories.vacancies import published_vacancy

pytestmark = pytest.mark.usefixtures("sqlite_database")

ALL = GapFilter()
A2 = "language:de:2"
REGIONS = ("GE-KA", "GE-KA", "GE-KA", "GE-KA", "GE-KA", "GE-IM", "GE-IM")


@pytest.fixture
def by() -> Officer:
    return officer()


@pytest.fixture
def manager() -> Officer:
    return officer(Role.MANAGER)


def register(level: CefrLevel, regions: tuple[str, ...], first: int, by: Officer) -> None:
    forms = [
        replace(
            picker(first + n),
            region=region,
            languages=(LanguageEntry("de", level, Evidence.STATED),),
            desired_countries=("DE", "FR"),
        )
        for n, region in enumerate(regions)
    ]
    ids = [f"T-{first + n:05d}" for n in range(len(forms))]
    with unit_of_work() as work:
        upsert_jobseekers(work.session, list(zip(ids, forms, strict=True)), by)
        work.commit()


@pytest.fixture
def harvest(by: Officer) -> str:
    """Twelve positions that ask for German A2; seven people have A1, two have it."""
    register(CefrLevel.A1, REGIONS, 1, by)
    register(CefrLevel.A2, ("GE-KA", "GE-IM"), 51, by)
    return published_vacancy(by).number


def test_one_level_opens_the_positions_to_those_just_below(by: Officer, harvest: str) -> None:
    board = get_gap_board(wanted=ALL, by=by)
    (row,) = board.rows
    assert (row.id, row.count.people, row.count.vacancies, row.count.positions) == (A2, 7, 1, 12)
    assert (row.count.lacking, row.excluded) == (12, 7)
    assert render(board.finding, "en") == "German A2 would open 12 positions to 7 people"
    assert (board.vacancies, board.positions, board.lacking, board.people) == (1, 12, 12, 9)


def test_a_position_counts_once_and_enough_candidates_are_said(by: Officer, harvest: str) -> None:
    small = published_vacancy(by, positions=1, languages=(wanted(CefrLevel.B2),)).number
    register(CefrLevel.B2, ("GE-KA",) * 4, 71, by)
    rows = {row.id: row.count for row in get_gap_board(wanted=ALL, by=by).rows}
    assert rows[A2].positions == 12
    split = get_gap_split(change=A2, wanted=ALL, by=by)
    assert [(v.number, v.eligible, v.places) for v in split.vacancies] == [(harvest, 6, 36)]
    board = get_gap_board(wanted=ALL, by=by)
    # Four people have B2 and three places are asked for: that vacancy lacks nobody.
    assert (board.positions, board.lacking) == (13, 12)
    assert small not in {v.number for v in split.vacancies}


def wanted(level: CefrLevel) -> LanguageWanted:
    return LanguageWanted("de", level, RequirementKind.MUST)


def test_filters_leave_what_they_name(by: Officer, harvest: str) -> None:
    assert get_gap_board(wanted=GapFilter(country="FR"), by=by).rows == ()
    assert get_gap_board(wanted=GapFilter(kinds=(GapKind.SKILL,)), by=by).rows == ()
    imereti = get_gap_board(wanted=GapFilter(region="GE-IM"), by=by)
    assert [row.count.people for row in imereti.rows] == [2]
    assert gap_choices(by=by)["country"] == ("DE",)
    start = get_gap_split(change=A2, wanted=ALL, by=by).vacancies[0].start_on
    assert start is not None
    assert get_gap_board(wanted=GapFilter(since=start, until=start), by=by).rows
    assert get_gap_board(wanted=GapFilter(until=start.replace(year=2020)), by=by).vacancies == 0


def test_split_adds_up_by_region_and_country(by: Officer, harvest: str) -> None:
    split = get_gap_split(change=A2, wanted=ALL, by=by)
    told = {region: count for region, count in split.regions if count}
    assert told == {"GE-KA": 5, "GE-IM": 2}
    assert [(code, c.people, c.positions) for code, c in split.countries] == [("DE", 7, 12)]


def test_manager_sees_no_small_count_and_no_person(manager: Officer, harvest: str) -> None:
    split = get_gap_split(change=A2, wanted=ALL, by=manager)
    regions = dict(split.regions)
    assert regions["GE-IM"] is Hidden.FEW
    assert regions["GE-KA"] is Hidden.PROTECTING
    few = get_gap_board(wanted=GapFilter(region="GE-IM"), by=manager)
    assert [row.count.people for row in few.rows] == [Hidden.FEW]
    assert few.least == 5
    said = "German A2 would open 12 positions to fewer than 5 people"
    assert render(few.finding, "en") == said
    with pytest.raises(PermissionDenied):
        list_gap_people(change=A2, wanted=ALL, by=manager)


def test_no_filter_tells_what_the_split_keeps_back(by: Officer, manager: Officer) -> None:
    register(CefrLevel.A1, ("GE-KA",) * 8 + ("GE-SZ",) * 6 + ("GE-IM",) * 2, 1, by)
    published_vacancy(by)
    (whole,) = get_gap_board(wanted=ALL, by=manager).rows
    regions = dict(get_gap_split(change=A2, wanted=ALL, by=manager).regions)
    assert (whole.count.people, regions["GE-KA"]) == (16, 8)
    assert (regions["GE-SZ"], regions["GE-IM"]) == (Hidden.PROTECTING, Hidden.FEW)
    # 16 less 8 less the people of GE-SZ would be those two.
    one = GapFilter(region="GE-SZ")
    (row,) = get_gap_board(wanted=one, by=manager).rows
    split = get_gap_split(change=A2, wanted=one, by=manager)
    told = [row.count.people, row.excluded, dict(split.regions)["GE-SZ"]]
    told += [count.people for _, count in split.countries] + [v.people for v in split.vacancies]
    assert len(told) == 5 and all(isinstance(figure, Hidden) for figure in told)
    (seen,) = get_gap_board(wanted=one, by=by).rows
    assert (seen.count.people, seen.excluded) == (6, 6)


def test_people_behind_a_count_are_listed_and_the_reading_is_audited(
    by: Officer, harvest: str
) -> None:
    people, total = list_gap_people(change=A2, wanted=ALL, limit=3, by=by)
    assert total == 7
    assert [one.external_id for one in people] == ["T-00001", "T-00002", "T-00003"]
    first = people[0]
    assert render(first.has, "en") == "German A1"
    assert (first.vacancies, first.positions, first.excluded) == ((harvest,), 12, 1)
    with reading() as session:
        newest = select(AuditEventRow).order_by(AuditEventRow.seq.desc()).limit(1)
        event = session.scalars(newest).one()
        kept = session.get_one(AuditDetailsRow, event.seq).details
    assert (event.action, event.entity, event.entity_id) == ("read", "list", f"gaps {A2}")
    assert kept["people"] == 3


def test_board_follows_the_register(by: Officer, harvest: str) -> None:
    before = get_gap_board(wanted=ALL, by=by)
    assert get_gap_board(wanted=ALL, by=by).counted_at == before.counted_at
    register(CefrLevel.A1, ("GE-KA",), 90, by)
    assert get_gap_board(wanted=ALL, by=by).rows[0].count.people == 8


def test_empty_register_and_vanished_course_are_said(by: Officer) -> None:
    assert render(get_gap_board(wanted=ALL, by=by).finding, "en") == (
        "No vacancy is open under this filter"
    )
    with pytest.raises(NotFound):
        get_gap_split(change=A2, wanted=ALL, by=by)


def test_commission_members_do_not_see_the_board(harvest: str) -> None:
    with pytest.raises(PermissionDenied):
        get_gap_board(wanted=ALL, by=officer(Role.COMMISSION_MEMBER))
