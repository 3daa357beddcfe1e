"""Which group each person belongs to: arrays beside the engine, which knows none of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


def groups_of(rows: Sequence[Traits], on: date, rules: FairnessRules) -> Groups:
    """The groups of (person, sex, birth date, region, municipality), ascending by person."""
    person, sex, birth, region, municipality = zip(*rows, strict=True) if rows else ((),) * 5
    bands = _bands(rules.age_bands)
    last_days = [last_birth(on, age) for age in rules.age_bands]

    def age_band(born: object) -> Group:
        day = date.fromisoformat(born) if isinstance(born, str) else born
        if not isinstance(day, date):
            return None
        # The later born, the fewer of the ages are reached.
        return bands[sum(day.toordinal() <= last for last in last_days)]

    def settlement(code: object) -> Group:
        if code is None:
            return None
        return (Settlement.CITY if code in rules.cities else Settlement.MUNICIPALITY).value

    def plain(code: object) -> Group:
        return None if code is None else str(code)

    columns = {
        Trait.SEX: _coded(sex, [each.value for each in Sex], plain),
        Trait.AGE: _coded(birth, bands, age_band),
        Trait.REGION: _coded(region, sorted({one for one in region if one}), plain),
        Trait.SETTLEMENT: _coded(municipality, [each.value for each in Settlement], settlement),
    }
    return Groups(
        np.array(person, np.int64),
        {trait: code for trait, (code, _) in columns.items()},
        {trait: names for trait, (_, names) in columns.items()},
    )


def _coded(
    values: Sequence[object], known: Sequence[str], group_of: Callable[[object], Group]
) -> tuple[npt.NDArray[np.int16], tuple[Group, ...]]:
    """Each value's place in the names; the last is of those not stated, and of nobody's row."""
    names: tuple[Group, ...] = (*known, None)
    place = {name: at for at, name in enumerate(names)}
    of = {value: place.get(group_of(value), len(known)) for value in set(values)}
    code = np.fromiter(map(of.__getitem__, values), np.int16, len(values))
    return np.append(code, np.int16(len(known))), names


def _bands(first_ages: Sequence[int]) -> tuple[str, ...]:
    """Codes of the age bands: "-17", "18-24", …, "65-"."""
    ends = [str(age - 1) for age in first_ages] + [""]
    return tuple(f"{first}-{last}" for first, last in zip(["", *first_ages], ends, strict=True))
