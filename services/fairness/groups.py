"""Which group each person belongs to: arrays beside the engine, which knows none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from db.queries.fairness import Traits, read_traits
from db.session import reading
from domain.enums import Settlement, Sex, Trait
from domain.records.fairness import FairnessRules, Group
from services.dated_rules import in_force, stored_rules
from services.fairness.rates import Count
from services.rankings.scheme_gates import last_birth
from services.statistics.dashboard import rules_on

Ints = npt.NDArray[np.int64]


def fairness_rules_on(day: date) -> FairnessRules:
    """The rules of comparing in force on that day."""
    found = in_force(stored_rules("fairness"), day)
    return FairnessRules(
        found["ratio_below"],
        found["confidence"],
        found["least_compared"],
        found["least_change"],
        tuple(found["age_bands"]),
        frozenset(found["cities"]),
        rules_on(day).small_number_below,
        " ".join(found["reference"].split()),
    )


@dataclass(frozen=True, eq=False)
class Groups:
    """Everybody's group of each trait; whose file is gone belongs to those not stated."""

    person: Ints
    """Ids, ascending."""
    code: Mapping[Trait, npt.NDArray[np.int16]]
    """Places in `names`, one for each person, and one more for a person who is not there."""
    names: Mapping[Trait, tuple[Group, ...]]

    def rows(self, persons: Ints) -> Ints:
        """Where these people stand in the arrays; -1 for a person who is not there."""
        if not len(self.person):
            return np.full(len(persons), -1, np.int64)
        rows = np.minimum(np.searchsorted(self.person, persons), len(self.person) - 1)
        return np.where(self.person[rows] == persons, rows, -1)

    def count(self, trait: Trait, people: Ints, selected: Ints) -> dict[Group, Count]:
        """People of each group and who of them was selected, both by `rows`."""
        names, code = self.names[trait], self.code[trait]
        all_of, some_of = (
            np.bincount(code[rows], minlength=len(names)) for rows in (people, selected)
        )
        return {
            name: Count(int(all_of[place]), int(some_of[place]))
            for place, name in enumerate(names)
            if all_of[place]
        }


def read_groups(on: date, rules: FairnessRules) -> Groups:
    """Everybody's groups as the files are now, with the age on a day."""
    with reading() as session:
        rows = read_traits(session)
    return groups_of(rows, on, rules)


def groups_of(
    rows: Sequence[Traits | tuple[object, ...]], on: date, rules: FairnessRules
) -> Groups:
    """The groups of (person, sex, birth date, region, municipality), ascending by person."""
    person, sex, birth, region, municipality = zip(*rows, strict=True) if rows else ((),) * 5
    cities = rules.cities

    def settlement(code: object) -> Group:
        if code is None:
            return None
        return (Settlement.CITY if code in cities else Settlement.MUNICIPALITY).value

    columns: dict[Trait, tuple[npt.NDArray[np.int16], tuple[Group, ...]]] = {
        Trait.SEX: _coded(sex, [each.value for each in Sex], lambda one: one and str(one)),
        Trait.AGE: _ages(birth, on, rules.age_bands),
        Trait.REGION: _coded(region, sorted({one for one in region if one}), lambda one: one),
        Trait.SETTLEMENT: _coded(municipality, [each.value for each in Settlement], settlement),
    }
    return Groups(
        np.array(person, np.int64),
        {trait: code for trait, (code, _) in columns.items()},
        {trait: names for trait, (_, names) in columns.items()},
    )


def _coded(
    values: Iterable[object], known: Sequence[str], group_of: Callable[[object], object]
) -> tuple[npt.NDArray[np.int16], tuple[Group, ...]]:
    names: tuple[Group, ...] = (*known, None)
    place: dict[object, int] = {name: at for at, name in enumerate(names)}
    of: dict[object, int] = {}
    found = []
    for value in values:
        at = of.get(value)
        if at is None:
            at = of[value] = place.get(group_of(value), len(known))
        found.append(at)
    return np.array([*found, len(known)], np.int16), names


def _ages(
    births: Iterable[date | None], on: date, bands: Sequence[int]
) -> tuple[npt.NDArray[np.int16], tuple[Group, ...]]:
    names = (f"-{bands[0] - 1}", *map(_band, bands, [*bands[1:], None]), None)
    days = np.array([birth.toordinal() if birth else -1 for birth in births], np.int64)
    # The later born, the fewer thresholds of age are reached.
    last_days = np.array([last_birth(on, age) for age in bands])
    reached = (days[:, None] <= last_days).sum(axis=1)
    code = np.where(days < 0, len(names) - 1, reached)
    return np.append(code, len(names) - 1).astype(np.int16), names


def _band(first: int, following: int | None) -> str:
    return f"{first}-" if following is None else f"{first}-{following - 1}"
