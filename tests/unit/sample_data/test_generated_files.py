"""The committed files are what the generator writes, and nobody in them can be real."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import phonenumbers
import pytest

from matching.duplicates.likeness import NamedPerson
from matching.duplicates.pairs import find_likely_pairs
from matching.duplicates.rules import duplicate_rules_at
from sample_data.employers import EMPLOYERS
from sample_data.generate import HERE, PEOPLE, write
from sample_data.people import ANCHOR

Rows = list[dict[str, str]]


def read(name: str) -> Rows:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def people() -> Rows:
    return read("jobseekers.csv")


@pytest.fixture(scope="module")
def vacancies() -> Rows:
    return read("vacancies.csv")


def test_the_generator_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    write(tmp_path)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == sorted(path.name for path in HERE.glob("*.csv"))
    for name in written:
        same = (tmp_path / name).read_bytes() == (HERE / name).read_bytes()
        assert same, f"{name} differs: python -m sample_data.generate"


def test_nobody_can_be_a_real_person(people: Rows) -> None:
    numbers = [p["personal_number"] for p in people if p["personal_number"]]
    assert all(len(n) == 11 and n.startswith("00000") for n in numbers)
    assert len(set(numbers)) == len(numbers)
    phones = [phonenumbers.parse(p["phone"]) for p in people if p["phone"]]
    assert all(phonenumbers.is_possible_number(n) for n in phones)
    assert not any(phonenumbers.is_valid_number(n) for n in phones)
    assert all(p["email"].endswith("@example.ge") for p in people if p["email"])
    assert all(row["number"].startswith("00XX") for row in read("papers.csv"))


def test_two_thousand_people_have_files_of_their_own(people: Rows) -> None:
    assert len(people) == PEOPLE
    assert len({p["external_id"] for p in people}) == PEOPLE


def test_everybody_is_of_working_age_and_registered_by_the_anchor_day(people: Rows) -> None:
    born = [date.fromisoformat(p["birth_date"]) for p in people if p["birth_date"]]
    ages = [(ANCHOR - day).days / 365.25 for day in born]
    assert min(ages) >= 18
    assert max(ages) < 65
    assert max(p["registered_on"] for p in people) <= ANCHOR.isoformat()


@pytest.mark.parametrize(
    ("region", "least", "most"),
    [("GE-TB", 0.22, 0.38), ("GE-IM", 0.09, 0.17), ("GE-KK", 0.09, 0.17), ("GE-RL", 0.002, 0.02)],
)
def test_regions_stand_in_proportion_to_their_population(
    people: Rows, region: str, least: float, most: float
) -> None:
    share = sum(p["region"] == region for p in people) / len(people)
    assert least <= share <= most


def test_languages_follow_home_and_age(people: Rows) -> None:
    def share(of: Rows, language: str) -> float:
        return sum(f"{language}:" in p["languages"] for p in of) / len(of)

    known = [p for p in people if p["languages"] and p["birth_date"]]
    young = [p for p in known if p["birth_date"] > "2000"]
    old = [p for p in known if p["birth_date"] < "1975"]
    assert share(young, "en") > 2 * share(old, "en")
    assert share(old, "ru") > 2 * share(young, "ru")
    south = [p for p in known if p["region"] == "GE-SJ"]
    assert sum("hy:native" in p["languages"] for p in south) > len(south) / 5
    to_germany = [p for p in known if "DE" in p["desired_countries"]]
    assert 0.2 < share(to_germany, "de") < 0.5


def test_unfinished_files_near_misses_and_second_files_are_there() -> None:
    cases = Counter(row["case"].split(":")[0].split(",")[0] for row in read("cases.csv"))
    assert cases["unfinished file"] == PEOPLE * 15 // 100
    assert cases["same person"] == 15
    assert cases["near miss"] >= 90
    assert cases["fits"] >= 100


def test_whoever_is_entered_twice_is_found_again(people: Rows) -> None:
    by_number = {p["external_id"]: p for p in people}
    pairs = [row for row in read("cases.csv") if row["case"].startswith("same person")]
    for pair in pairs:
        second, first = named(by_number[pair["external_id"]]), named(by_number[pair["about"]])
        assert find_likely_pairs([first, second], duplicate_rules_at(ANCHOR)).pairs


def named(row: dict[str, str]) -> NamedPerson:
    return NamedPerson(
        row["first_name_ka"],
        row["last_name_ka"],
        row["first_name_lat"],
        row["last_name_lat"],
        date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
        row["personal_number"] or None,
    )


def test_sixty_vacancies_of_twelve_employers_in_five_countries(vacancies: Rows) -> None:
    assert len(vacancies) == 60
    assert {v["employer"] for v in vacancies} == {e.name for e in EMPLOYERS}
    assert len(EMPLOYERS) == 12
    assert {v["country"] for v in vacancies} == {"DE", "IL", "BG", "FR", "PL"}
    assert all(int(v["positions"]) >= 1 for v in vacancies)
