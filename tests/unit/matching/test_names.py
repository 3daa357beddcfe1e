"""Every spelling of a name finds the same person."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.names import NATIONAL_2002, fold, romanise, romanise_name

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
