"""Invented sentences in five languages are read as an officer reads them; others find nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from db.reference.load import _rows
from domain.enums import CefrLevel
from matching.texts.extraction.detection import detect_language
from matching.texts.extraction.languages import find_languages
from matching.texts.extraction.licences import find_licences
from matching.texts.extraction.word_tables import LANGUAGES, rows
from matching.texts.extraction.years import find_years

CASES = yaml.safe_load(
    (Path(__file__).parents[3] / "cases" / "text_findings.yaml").read_text(encoding="utf-8")
)
FINDERS = (find_languages, find_years, find_licences)
TEXTS = st.text(
    alphabet=st.sampled_from("Deutsch B12 C+E, 3 lat Jahre опыт года ენა გამოცდილება kat. \n;()-"),
    max_size=80,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_sentence_is_read_as_an_officer_reads_it(case: dict[str, Any]) -> None:
    text, lang = case["text"], case["lang"]
    languages = [
        f"{f.language} {f.level or '-'} {f.certainty} {f.kind or '-'}"
        for f in find_languages(text, lang)
    ]
    years = [f"{f.years:g} {f.certainty}" for f in find_years(text, lang)]
    licences = [f"{f.licence} {f.certainty}" for f in find_licences(text, lang)]
    found = {"language": languages, "years": years, "licence": licences}
    assert found == {name: case.get(name, []) for name in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_words_of_a_finding_stand_in_the_text(case: dict[str, Any]) -> None:
    padded = f"\n\n{case['text']}"
    for find in FINDERS:
        plain = [
            (f, case["text"][f.span.start : f.span.end]) for f in find(case["text"], case["lang"])
        ]
        moved = [(f, padded[f.span.start : f.span.end]) for f in find(padded, case["lang"])]
        assert [words for _, words in plain] == [words for _, words in moved]
        assert all(words.strip() for _, words in plain)


@given(text=TEXTS, lang=st.sampled_from(LANGUAGES))
def test_any_text_is_read_without_trouble(text: str, lang: str) -> None:
    for find in FINDERS:
        for found in find(text, lang):
            assert 0 <= found.span.start < found.span.end <= len(text)


@given(
    level=st.sampled_from([x for x in CefrLevel if x is not CefrLevel.NATIVE]), small=st.booleans()
)
def test_level_is_read_however_it_is_written(level: CefrLevel, *, small: bool) -> None:
    written = level.value.casefold() if small else level.value
    for text in (
        f"Deutsch {written}",
        f"Deutsch ({written})",
        f"Deutsch – {written[0]} {written[1]}",
    ):
        assert [(f.language, f.level) for f in find_languages(text, "de")] == [("de", level)]


@given(years=st.integers(1, 40))
def test_years_are_read_as_they_are_written(years: int) -> None:
    texts = {
        "en": f"{years} years of experience",
        "de": f"{years} Jahre Berufserfahrung",
        "pl": f"{years} lat doświadczenia",
        "ka": f"{years} წლის გამოცდილება",
        "ru": f"опыт работы {years} лет",
    }
    for lang, text in texts.items():
        assert [f.years for f in find_years(text, lang)] == [years]


def test_language_is_recognised_by_script_and_small_words() -> None:
    assert detect_language("მომვლელი გერმანიაში") == "ka"
    assert detect_language("Требуется сварщик с опытом работы") == "ru"
    assert detect_language("Wir suchen einen Koch für unser Haus an der Elbe") == "de"
    assert detect_language("Szukamy osoby do pracy w szklarni") == "pl"
    assert detect_language("We are looking for a cook and a waiter") == "en"
    assert detect_language("Nous cherchons un cuisinier pour le restaurant") is None
    assert detect_language("12345 !!!") is None


def test_words_of_licences_lead_to_known_licences() -> None:
    known = {row["code"] for row in _rows("licences.csv")}
    assert {row["code"] for row in rows("licences.csv")} - known == set()


def test_every_named_language_is_named_in_all_five() -> None:
    table = list(rows("languages.csv"))
    assert len(table) >= 40
    assert [row["code"] for row in table if not all(row[lang] for lang in LANGUAGES)] == []
