"""Titles as people write them get the right codes to confirm, and never a silent guess."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.texts.coding import CodingIndex, Label
from matching.texts.titles import normalise_title

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
INDEX = CodingIndex(Label(code, lang, text) for code, lang, text in LABELS)


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
    assert INDEX.rank(text)[0].concept == code


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


def test_form_of_letters_changes_nothing() -> None:
    assert normalise_title(unicodedata.normalize("NFD", "KÖCHIN")) == normalise_title("köchin")


@given(st.text(max_size=40))
def test_a_bare_title_stays_as_it_is(text: str) -> None:
    plain = normalise_title(text)
    assert plain == " ".join(plain.split()) == plain.casefold()
