"""Titles as people write them get the right codes to confirm, and never a silent guess."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.titles import TitleIndex, normalise_title

LABELS = [
    ("7212", "en", "Welders and flamecutters"),
    ("7212", "en", "Welder"),
    ("7212", "ka", "შემდუღებელი"),
    ("7212", "de", "Schweißer/Schweißerin"),
    ("5120", "en", "Cooks"),
    ("5120", "ka", "მზარეული"),
    ("5120", "de", "Koch/Köchin"),
    ("5131", "en", "Waiters"),
    ("5131", "ka", "მიმტანი"),
    ("8332", "en", "Heavy truck and lorry drivers"),
    ("8332", "ka", "სატვირთო მანქანის მძღოლი"),
    ("8322", "en", "Car, taxi and van drivers"),
    ("9211", "en", "Crop farm labourers"),
    ("9211", "ka", "მემცენარეობის მუშა"),
    ("3214", "en", "Dental prosthetic technicians"),
    ("5322", "de", "Altenpfleger/in"),
]
INDEX = TitleIndex(LABELS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("შემდუღებელი", "7212"),
        ("მემდუღებელი", "7212"),
        ("გამოცდილი შემდუღებლები", "7212"),
        ("Welder (m/f/d)", "7212"),
        ("wleder", "7212"),
        ("TRUCK DRIVER", "8332"),
        ("Technician, dental", "3214"),
        ("Koch (m/w/d)", "5120"),
        ("Köchin", "5120"),
        ("Altenpflegerin", "5322"),
        ("Farm labourer (crops)", "9211"),
    ],
)
def test_title_is_found_however_it_is_written(text: str, code: str) -> None:
    assert INDEX.suggest(text)[0].code == code


@pytest.mark.parametrize("text", ["", "   ", "!!!", "123 / 456", "(m/w/d)", "xqzzjw"])
def test_text_without_a_title_gets_no_suggestion(text: str) -> None:
    assert INDEX.suggest(text) == ()


def test_index_without_labels_suggests_nothing() -> None:
    assert TitleIndex([]).suggest("Cook") == ()
    assert TitleIndex([("5120", "en", "")]).languages == ()


def test_suggestion_names_the_label_and_language_that_matched() -> None:
    best = INDEX.suggest("სატვირთო მანქანის მძღოლი")[0]
    assert (best.code, best.matched_label, best.language) == (
        "8332",
        "სატვირთო მანქანის მძღოლი",
        "ka",
    )
    assert best.score == pytest.approx(1.0)


def test_code_is_suggested_once_with_its_best_label() -> None:
    found = INDEX.suggest("Welder", top=10)
    assert len({s.code for s in found}) == len(found)
    assert found[0].matched_label == "Welder"
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)


def test_own_language_alone_is_compared_when_it_has_labels() -> None:
    assert {s.language for s in INDEX.suggest("Koch", language="de")} == {"de"}
    assert INDEX.suggest("Cook", language="fr") == INDEX.suggest("Cook")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Koch/Köchin (m/w/d)", "koch"),
        ("serveur / serveuse", "serveur"),
        ("Verkäufer*in", "verkäufer"),
        ("Maurer/-in", "maurer"),
        ("Pfleger(in) [w/m/d]", "pfleger"),
        ("cook / waiter", "cook waiter"),
        ("Technician, dental", "dental technician"),
        ("Car, taxi and van drivers", "car taxi and van drivers"),
        ("ექთანი", "ექთანი"),
    ],
)
def test_normaliser_leaves_the_bare_title(text: str, plain: str) -> None:
    assert normalise_title(text) == plain


def test_order_of_labels_and_form_of_letters_change_nothing() -> None:
    shuffled = TitleIndex(random.Random(3).sample(LABELS, len(LABELS)))
    decomposed = unicodedata.normalize("NFD", "KÖCHIN")
    assert shuffled.suggest("Köchin") == INDEX.suggest("köchin") == INDEX.suggest(decomposed)


@given(st.text(max_size=40))
def test_any_text_is_answered_in_order(text: str) -> None:
    found = INDEX.suggest(text, top=3)
    assert len(found) <= 3
    assert all(0 < s.score <= 1 for s in found)
