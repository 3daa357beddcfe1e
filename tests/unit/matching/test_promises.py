"""What a person is told holds: the table adds up, and each promised change brings its rank."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.explanation import requirement_table, why_above
from matching.improvement import proposed_changes, sealed_gates, what_would_raise
from matching.outside import outside_of
from matching.pool import Pool
from matching.ranking import rank
from matching.reference import failed_gates
from matching.types import Profile, Requirement
from tests.unit.matching.people import PARAMETERS, VOCABULARY
from tests.unit.matching.test_properties import crowds, people, vacancies

RULES = (VOCABULARY, PARAMETERS)
some_people = st.lists(people(), min_size=1, max_size=9, unique_by=lambda p: p.person)


@given(some_people, vacancies())
def test_rows_of_the_table_add_up_to_score_and_range(
    crowd: list[Profile], vacancy: Requirement
) -> None:
    ranking = rank(Pool(crowd), vacancy, *RULES, outside=outside_of(crowd))
    by_id = {person.person: person for person in crowd}
    for candidate in ranking.candidates:
        rows = requirement_table(by_id[candidate.person], vacancy, *RULES)
        assert sum(row.points for row in rows) == candidate.points
        assert sum(row.low for row in rows) == candidate.low
        assert sum(row.high for row in rows) == candidate.high


@settings(max_examples=120)
@given(some_people, vacancies())
def test_each_promised_change_brings_exactly_its_score_and_rank(
    crowd: list[Profile], vacancy: Requirement
) -> None:
    pool, person = Pool(crowd), crowd[0]
    changes = proposed_changes(person, vacancy, *RULES)
    promised = what_would_raise(pool, person.person, vacancy, *RULES, outside=outside_of(crowd))
    for change, promise in zip(changes, promised, strict=True):
        changed = pool.copy()
        changed.replace([change.profile])
        outside = outside_of([change.profile, *crowd[1:]])
        after = rank(changed, vacancy, *RULES, outside=outside).candidates
        found = {c.person: (c.points, c.rank) for c in after}.get(person.person)
        assert found == (None if promise.rank is None else (promise.score, promise.rank))


@settings(max_examples=120)
@given(people(), vacancies())
def test_opening_every_gate_that_can_be_opened_lets_a_person_in(
    person: Profile, vacancy: Requirement
) -> None:
    failed = failed_gates(person, vacancy, PARAMETERS)
    changes = proposed_changes(person, vacancy, *RULES)
    if not failed or sealed_gates(person, vacancy, PARAMETERS):
        assert all(change.opens_gate for change in changes) or not failed
        return
    assert not failed_gates(changes[-1].profile, vacancy, PARAMETERS)


@given(crowds(), vacancies())
def test_lines_of_why_above_the_next_one_add_up_to_the_lead(
    crowd: list[Profile], vacancy: Requirement
) -> None:
    ranking = rank(Pool(crowd), vacancy, *RULES, outside=outside_of(crowd))
    by_id = {person.person: person for person in crowd}
    order = ranking.candidates
    for above, below in zip(order[:-1], order[1:], strict=True):
        over, under = (requirement_table(by_id[c.person], vacancy, *RULES) for c in (above, below))
        assert sum(line.points for line in why_above(over, under)) == above.points - below.points
