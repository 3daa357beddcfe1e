"""A season's plan: nobody twice, no place too many, and as good as it can be at all."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from domain.enums import Evidence, PlacedBecause
from matching.outside import NO_GATES
from matching.parameters import all_versions
from matching.pool import Pool
from matching.season import planning
from matching.season.lists import Listed, Room
from matching.season.of_pool import in_order, plan_season
from matching.season.planning import Plan, make_plan
from matching.season.reasons import Place, places
from matching.season.shortage import behind_gates, shortage
from matching.types import Profile, Requirement, Vocabulary

NO_WORDS = Vocabulary({}, {}, {})
RULES = all_versions()[-1]


@dataclass(frozen=True)
class Case:
    """Points of each person at each vacancy; None = does not pass."""

    points: tuple[tuple[int | None, ...], ...]
    rooms: tuple[Room, ...]

    def find(self, vacancies: Sequence[int], k: int) -> list[Listed]:
        return [self.listed(vacancy, k) for vacancy in vacancies]

    def listed(self, vacancy: int, k: int) -> Listed:
        own = [(-p, i) for i, p in enumerate(self.points[vacancy]) if p is not None]
        best = sorted(own)[:k]
        person = np.array([100 + i for _, i in best], np.int64)
        return Listed(person, np.array([-p for p, _ in best], np.int64), len(own))

    def plan(self) -> Plan:
        return make_plan(self.find, self.rooms, range(len(self.rooms)))


@st.composite
def cases(draw: st.DrawFn, people: int = 5, vacancies: int = 3, most: int = 3) -> Case:
    point = st.none() | st.integers(0, most)
    count = draw(st.integers(0, people))
    size = draw(st.integers(1, vacancies))
    row = st.tuples(*[point] * count)
    room = st.builds(Room, st.integers(0, 2), st.integers(0, 2), st.integers(0, 1))
    return Case(draw(st.tuples(*[row] * size)), draw(st.tuples(*[room] * size)))


def chosen(plan: Plan, layers: np.ndarray, wanted: Sequence[int]) -> list[tuple[int, int, int]]:
    """(vacancy, person, points) of some layers."""
    table = plan.table
    entries = np.flatnonzero(np.isin(layers, wanted))
    return [
        (int(table.vacancy[e]), int(table.people[table.person[e]]), int(table.points[e]))
        for e in entries
    ]


@given(cases(people=8))
def test_nobody_is_planned_twice_and_no_place_is_exceeded(case: Case) -> None:
    plan = case.plan()
    for layers in (plan.layer, plan.picked):
        people = [person for _, person, _ in chosen(plan, layers, (1, 2, 3))]
        assert len(people) == len(set(people))
        for number, name in enumerate(("positions", "candidates", "reserves"), start=1):
            counts = [0] * len(case.rooms)
            for vacancy, person, points in chosen(plan, layers, (number,)):
                counts[vacancy] += 1
                assert case.points[vacancy][person - 100] == points
            assert all(c <= getattr(r, name) for c, r in zip(counts, case.rooms, strict=True))


@given(cases(people=8, vacancies=4))
def test_as_many_positions_are_filled_as_a_maximum_flow_has(case: Case) -> None:
    plan = case.plan()
    size, people = len(case.rooms), len(case.points[0])
    assume(people > 0)
    flow = np.zeros((size + people + 2, size + people + 2), np.int32)
    source, sink = size + people, size + people + 1
    for vacancy, room in enumerate(case.rooms):
        flow[source, vacancy] = room.positions
        for person, points in enumerate(case.points[vacancy]):
            flow[vacancy, size + person] = points is not None
    flow[size : size + people, sink] = 1
    most = maximum_flow(csr_array(flow), source, sink).flow_value
    assert len(chosen(plan, plan.layer, (1,))) == most
    assert len(chosen(plan, plan.picked, (1,))) <= most


def best_by_trying(case: Case, places: Sequence[int], free: Sequence[int]) -> tuple[int, int]:
    """Most places, then most points, over every way to put free people somewhere or nowhere."""
    best = (0, 0)
    for choice in itertools.product(range(-1, len(places)), repeat=len(free)):
        put = [(v, case.points[v][p]) for v, p in zip(choice, free, strict=True) if v >= 0]
        counts = [sum(v == w for v, _ in put) for w in range(len(places))]
        if all(x is not None for _, x in put) and all(
            c <= n for c, n in zip(counts, places, strict=True)
        ):
            best = max(best, (len(put), sum(x for _, x in put if x is not None)))
    return best


@given(cases(people=5, vacancies=3))
def test_each_layer_is_the_best_of_all_ways_to_fill_it(case: Case) -> None:
    plan = case.plan()
    free = list(range(len(case.points[0])))
    for number, name in enumerate(("positions", "candidates", "reserves"), start=1):
        own = chosen(plan, plan.layer, (number,))
        wanted = best_by_trying(case, [getattr(room, name) for room in case.rooms], free)
        assert (len(own), sum(points for _, _, points in own)) == wanted
        free = [person for person in free if person + 100 not in {p for _, p, _ in own}]


@given(cases(people=12, vacancies=4, most=5))
def test_short_lists_that_grow_give_as_much_as_whole_lists(case: Case) -> None:
    whole = case.plan()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(planning, "SPARE", 0)
        grown = case.plan()
    assert grown.is_exact
    for number in (1, 2, 3):
        of_both = [chosen(plan, plan.layer, (number,)) for plan in (whole, grown)]
        sums = [(len(own), sum(points for _, _, points in own)) for own in of_both]
        assert sums[0] == sums[1]
    assert chosen(whole, whole.picked, (1, 2, 3)) == chosen(grown, grown.picked, (1, 2, 3))


def test_lists_that_may_not_grow_are_called_bounded() -> None:
    case = Case((tuple([5] * 40),) * 2, (Room(20, 0, 0),) * 2)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(planning, "SPARE", -20)  # so that the first lists have 32 people
        plan = make_plan(case.find, case.rooms, (0, 1), most_pairs=10)
    assert not plan.is_exact
    assert len(chosen(plan, plan.layer, (1,))) == 32


@given(cases(people=8, vacancies=3, most=2))
def test_whoever_stands_above_somebody_chosen_is_planned_too(case: Case) -> None:
    plan = case.plan()
    planned = {person for _, person, _ in chosen(plan, plan.layer, (1, 2, 3))}
    for vacancy in range(len(case.rooms)):
        own = {p for v, p, _ in chosen(plan, plan.layer, (1, 2, 3)) if v == vacancy}
        order = case.listed(vacancy, 99).person.tolist()
        last = max((order.index(person) for person in own), default=-1)
        assert all(person in planned for person in order[: last + 1])


@given(cases(people=8, vacancies=4))
def test_empty_positions_are_proven(case: Case) -> None:
    plan = case.plan()
    filled = [0] * len(case.rooms)
    for vacancy, _, _ in chosen(plan, plan.layer, (1,)):
        filled[vacancy] += 1
    for vacancy, room in enumerate(case.rooms):
        short = shortage(plan, case.rooms, vacancy)
        assert (short is None) == (filled[vacancy] == room.positions)
        if short is not None:
            passing = {
                i for v in short.vacancies for i, p in enumerate(case.points[v]) if p is not None
            }
            assert len(passing) == short.people < short.positions
            assert short.positions == sum(case.rooms[v].positions for v in short.vacancies)


def test_reasons_say_why_somebody_is_not_where_they_fit_best() -> None:
    case = Case(
        ((90, 80, 70, None), (None, 60, None, None), (95, None, None, 50)),
        (Room(1, 0, 0), Room(1, 0, 0), Room(1, 0, 0)),
    )
    found = {place.person: place for place in places(case.plan())}
    assert found[101] == Place(101, 1, 1, 60, PlacedBecause.NEEDED, 0, 80, 70, None, 1)
    assert found[102].because is PlacedBecause.BEST
    assert found[100].because is PlacedBecause.BEST and found[100].vacancy == 2


def people(count: int) -> list[Profile]:
    """Some speak German; they registered two a day."""
    return [
        Profile(
            person=n,
            registered=739_000 + n // 2,
            languages={"de": (1 + n % 5, Evidence.STATED)} if n % 4 else {},
            education=n % 6,
            desired_countries=frozenset({"DE" if n % 3 else "FR"}),
        )
        for n in range(count)
    ]


ASKED = [
    Requirement("V3", "DE", education_min=4, start=740_000, end=740_100),
    Requirement("V1", "DE", education_min=2, start=740_050, end=740_100),
    Requirement("V2", "FR", education_min=5),
]
ROOMS = [Room(3, 3, 1), Room(4, 4, 2), Room(9, 0, 0)]


@settings(max_examples=8)
@given(st.permutations(range(3)), st.permutations(range(30)))
def test_the_order_of_people_and_vacancies_changes_nothing(
    vacancies: list[int], order: list[int]
) -> None:
    def planned(vacancies: list[int], order: list[int]) -> list[Place]:
        everybody = people(30)
        season = in_order(
            [ASKED[v] for v in vacancies], [ROOMS[v] for v in vacancies], [NO_GATES] * 3
        )
        pool = Pool([everybody[n] for n in order])
        return places(plan_season(pool, season, NO_WORDS, RULES).plan)

    assert planned(vacancies, order) == planned([0, 1, 2], list(range(30)))


def test_who_fails_one_gate_only_would_pass_without_it() -> None:
    season = in_order(ASKED, ROOMS, [NO_GATES] * 3)
    pool = Pool(people(30))
    planned = plan_season(pool, season, NO_WORDS, RULES)
    french = [p for p in people(30) if "FR" in p.desired_countries]
    assert planned.eligible[1] == sum((p.education or 0) >= 5 for p in french) < 9
    behind = behind_gates(pool, season.requirements[1], NO_WORDS, RULES, NO_GATES)
    assert behind.alone["education_below_min"] == len(french) - planned.eligible[1]
    assert behind.failing["country_not_wished"] == 30 - len(french)
    assert shortage(planned.plan, season.rooms, 1) is not None
    assert season.turns() == [2, 0, 1]
