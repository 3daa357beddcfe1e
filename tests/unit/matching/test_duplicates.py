"""The same person twice is noticed; twins, namesakes, fathers and sons are not taken for one."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.duplicates import Register, invent_register, rows_of, with_number_slips
from matching.duplicates.likeness import NamedPerson, duplicate_score
from matching.duplicates.pairs import LARGEST_BLOCK, find_likely_pairs
from matching.duplicates.rules import documents, duplicate_rules_at, parse_rules
from matching.parameters import ParametersInvalid

RULES = duplicate_rules_at(date(2026, 11, 22))
CASES = Path(__file__).parents[2] / "cases" / "duplicates.csv"
with CASES.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


def person(text: str) -> NamedPerson:
    """A line of the cases: names in Georgian, in Latin, birth date, number, phone."""
    first_ka, last_ka, first_lat, last_lat, born, number, phone = text.split("|")
    return NamedPerson(
        first_ka,
        last_ka,
        first_lat,
        last_lat,
        date.fromisoformat(born) if born else None,
        number or None,
        phone or None,
    )


NINO = person("ნინო|ყიფიანი|Nino|Kipiani|1990-03-12|01001000001|555000101")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_case_is_judged_as_an_officer_would(row: dict[str, str]) -> None:
    one, other = person(row["one"]), person(row["other"])
    assert duplicate_score(one, other, RULES).is_likely == (row["same"] == "yes")
    assert duplicate_score(one, other, RULES) == duplicate_score(other, one, RULES)


@pytest.mark.parametrize("row", [r for r in ROWS if r["same"] == "yes"], ids=lambda r: r["case"])
def test_a_pair_worth_showing_is_found_in_the_register(row: dict[str, str]) -> None:
    found = find_likely_pairs([person(row["one"]), person(row["other"])], RULES)
    assert [(pair.first, pair.second) for pair in found.pairs] == [(0, 1)]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("ნინო|ყიფიანი|||1990-03-12||", "Same name"),
        ("||Nino|Qipiani|1990-03-12||", "Same name in another spelling"),
        ("ყიფიანი|ნინო|||1990-03-12||", "First name and surname swapped"),
        ("ნინო|ყიფიან|||1990-03-12||", "Similar name"),
        ("ნინო|ყიფიანი|||1990-12-03||", "Day and month of birth swapped"),
        ("ნინო|ყიფიანი|||1990-03-13||", "Birth date differs by one digit"),
        ("ნინო|ყიფიანი|||1990-03-12|01001000001|", "Same personal number"),
        ("ნინო|ყიფიანი|||1990-03-12|01001000010|", "Personal number differs by one digit"),
        ("ნინო|ყიფიანი|||1990-03-12||+995 555 000101", "Same phone"),
    ],
)
def test_a_pair_is_shown_with_its_reason(other: str, reason: str) -> None:
    assert reason in [str(s) for s in duplicate_score(NINO, person(other), RULES).reasons]


@pytest.fixture(scope="module")
def register() -> Register:
    return with_number_slips(invent_register(3000))


def test_most_of_those_registered_twice_are_found_and_no_relatives(register: Register) -> None:
    found = find_likely_pairs(register.people, RULES)
    rows = {row["kind"]: row for row in rows_of(register, found, 0)}
    assert rows["all"]["recall"] >= 0.85
    assert rows["all"]["precision"] >= 0.9
    for kind in ("the same again", "passport spelling", "names swapped", "day and month swapped"):
        assert rows[kind]["recall"] == 1.0, kind
    for kind in ("twins", "father and son", "siblings"):
        assert rows[f"different people: {kind}"]["found"] == 0, kind


def test_blocking_loses_no_likely_pair(register: Register) -> None:
    people = register.people[-350:]
    everybody = {
        (a, b)
        for a in range(len(people))
        for b in range(a + 1, len(people))
        if duplicate_score(people[a], people[b], RULES).is_likely
    }
    found = {(pair.first, pair.second) for pair in find_likely_pairs(people, RULES).pairs}
    assert everybody == found != set()


def test_searching_what_changed_finds_exactly_its_pairs(register: Register) -> None:
    whole = find_likely_pairs(register.people, RULES).pairs
    changed = {pair.first for pair in whole[::3]} | {5, 6}
    part = find_likely_pairs(register.people, RULES, changed=changed).pairs
    assert part == tuple(p for p in whole if {p.first, p.second} & changed)


def test_a_day_on_which_everybody_is_born_does_not_explode() -> None:
    made = invent_register(4 * LARGEST_BLOCK)
    day = date(1980, 1, 1)
    people = [
        NamedPerson(p.first_ka, p.last_ka, birth_date=day, personal_number=f"{place:011d}")
        for place, p in enumerate(made.people)
    ]
    again = NamedPerson(people[7].last_ka, people[7].first_ka + "ი", birth_date=day)
    found = find_likely_pairs([*people, again], RULES)
    assert (7, len(people)) in {(pair.first, pair.second) for pair in found.pairs}
    assert found.compared < len(people) * LARGEST_BLOCK / 4


def test_progress_runs_from_nothing_to_everything(register: Register) -> None:
    told: list[float] = []
    find_likely_pairs(register.people[:200], RULES, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_register_of_nobody_has_no_pairs() -> None:
    assert find_likely_pairs([], RULES).pairs == ()
    assert find_likely_pairs([NINO], RULES).pairs == ()


def test_rules_come_into_force_on_their_day_and_are_checked() -> None:
    first = documents()[0]
    assert duplicate_rules_at(first["valid_from"] + timedelta(1)).version == first["version"]
    wrong = {**first, "values": {**first["values"], "weight_name": {"value": 40}}}
    with pytest.raises(ParametersInvalid, match="weight_name"):
        parse_rules(wrong)
    with pytest.raises(ParametersInvalid, match="nonsense"):
        parse_rules({**first, "values": {**first["values"], "nonsense": {}}})
