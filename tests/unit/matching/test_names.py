"""Every spelling of a name finds the same person; the same person twice is noticed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.names import (
    NATIONAL_2002,
    NamedPerson,
    block_keys,
    duplicate_score,
    fold,
    romanise,
    romanise_name,
)

CASES = Path(__file__).parents[2] / "cases" / "transliteration.csv"
with CASES.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))

georgian = st.text(alphabet=sorted(NATIONAL_2002), min_size=1, max_size=20)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["georgian"])
def test_name_is_romanised_as_the_national_system_says(row: dict[str, str]) -> None:
    assert romanise(row["georgian"], apostrophes=True) == row["national_2002"]
    assert romanise(row["georgian"]) == row["passport"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["georgian"])
def test_every_spelling_has_the_key_of_the_georgian_name(row: dict[str, str]) -> None:
    spellings = [row["national_2002"], row["passport"], *row["other_spellings"].split("|")]
    assert {s: fold(s) for s in spellings} == dict.fromkeys(spellings, fold(row["georgian"]))


def test_every_letter_has_a_case() -> None:
    assert set("".join(row["georgian"] for row in ROWS)) >= set(NATIONAL_2002)


def test_different_names_keep_different_keys() -> None:
    names = [
        "გიორგი",
        "ნინო",
        "ანა",
        "სანდრო",
        "ლომიძე",
        "ბერიძე",
        "შავაძე",
        "სავაძე",
        "ჩიტაძე",
        "ციცაძე",
        "ზაზა",
        "მაია",
    ]
    assert len({fold(name) for name in names}) == len(names)


@given(georgian)
def test_folding_agrees_across_scripts(name: str) -> None:
    assert fold(name) == fold(romanise(name)) == fold(romanise(name, apostrophes=True))


@given(st.text(max_size=30))
def test_folding_accepts_any_text(text: str) -> None:
    key = fold(text)
    assert key == key.strip()
    assert "  " not in key


def test_empty_text_folds_to_nothing() -> None:
    assert fold("") == fold(" -' ") == ""


def test_capitals_of_the_georgian_script_are_the_same_letters() -> None:
    assert romanise("ᲜᲘᲜᲝ") == "nino"
    assert fold("ᲜᲘᲜᲝ") == fold("ნინო")


def test_suggested_latin_name_has_capitals() -> None:
    assert romanise_name(" ანა-მარია ") == "Ana-Maria"
    assert romanise_name("ყიფიანი") == "Qipiani"


NINO = NamedPerson("ნინო", "ყიფიანი", "Nino", "Kipiani", date(1990, 3, 12), "01001000001")


def person(**changes: object) -> NamedPerson:
    fields = {name: getattr(NINO, name) for name in NamedPerson.__dataclass_fields__}
    return NamedPerson(**(fields | changes))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (person(), "Same personal number"),
        (person(personal_number="01001000010"), "Personal number differs by one digit"),
        (person(personal_number=None), "Same name"),
        (NamedPerson("", "", "NINO", "QIPIANI", date(1990, 3, 12)),
         "Same name in another spelling"),
        (person(first_ka="ყიფიანი", last_ka="ნინო", first_lat="", last_lat=""),
         "First name and surname swapped"),
        (person(birth_date=date(1990, 12, 3), personal_number=None),
         "Day and month of birth swapped"),
        (person(birth_date=date(1990, 3, 13), personal_number=None),
         "Birth date differs by one digit"),
        (person(last_ka="ყიპიანი", last_lat="", personal_number=None),
         "Same name in another spelling"),
        (person(last_ka="ყიფიან", last_lat="", first_lat="", personal_number=None),
         "Similar name"),
    ],
)  # fmt: skip
def test_same_person_in_another_spelling_is_likely(other: NamedPerson, reason: str) -> None:
    found = duplicate_score(NINO, other)
    assert found.is_likely
    assert reason in [str(sentence) for sentence in found.reasons]
    assert block_keys(NINO) & block_keys(other)


@pytest.mark.parametrize(
    "other",
    [
        person(birth_date=None, personal_number=None),
        person(birth_date=date(1971, 11, 30), personal_number="62003000099"),
        person(first_ka="ანა", first_lat="Ana", personal_number="01001000002"),
        NamedPerson(),
    ],
    ids=["name alone", "namesake", "twin", "empty"],
)
def test_another_person_is_not_likely(other: NamedPerson) -> None:
    assert not duplicate_score(NINO, other).is_likely


def test_same_number_under_another_name_is_shown() -> None:
    assert duplicate_score(NINO, person(first_ka="დავით", last_ka="ბაქრაძე")).is_likely


def test_comparison_does_not_depend_on_the_order() -> None:
    other = person(first_ka="ყიფიანი", last_ka="ნინო", personal_number="01001000003")
    assert duplicate_score(NINO, other) == duplicate_score(other, NINO)
