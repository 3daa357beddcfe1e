"""Life cycles are whole: every status has a place, and a way to it."""

from enum import StrEnum

import pytest

from domain.transitions import LIFE_CYCLES


@pytest.mark.parametrize("name", LIFE_CYCLES)
def test_a_life_cycle_covers_its_statuses(name: str) -> None:
    cycle = LIFE_CYCLES[name]
    first: StrEnum = next(iter(cycle))
    assert set(cycle) == set(type(first).__members__.values())
    reached: set[StrEnum] = {first}
    while more := {after for status in reached for after in cycle[status]} - reached:
        reached |= more
    assert reached == set(cycle)
