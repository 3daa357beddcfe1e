"""Texts find concepts by all their labels together, in the text's own language."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.texts.coding import CodingIndex, Kind, Label

LABELS = [
    Label("cook", "en", "cook", Kind.PREFERRED),
    Label("cook", "en", "line cook"),
    Label("cook", "de", "Koch/Köchin", Kind.PREFERRED),
    Label("pastry", "en", "pastry chef", Kind.PREFERRED),
    Label("pastry", "en", "pastry cook"),
    Label("pastry", "de", "Konditor/Konditorin", Kind.PREFERRED),
    Label("cooks", "en", "Cooks", Kind.PREFERRED, is_group=True),
    Label("welder", "en", "welder", Kind.PREFERRED),
    Label("welder", "ka", "შემდუღებელი", Kind.PREFERRED),
    Label("inspector", "en", "welding inspector", Kind.PREFERRED),
    Label("inspector", "en", "welder"),
]
INDEX = CodingIndex(LABELS)


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("Konditorin (m/w/d)", "de", "pastry"),
        ("pastry cook", "en", "pastry"),
        ("შემდუღებლები", "ka", "welder"),
        ("wleder", "en", "welder"),
    ],
)
def test_text_finds_its_concept_in_its_own_language(text: str, language: str, concept: str) -> None:
    best = INDEX.rank(text, languages=(language,))[0]
    assert (best.concept, best.language) == (concept, language)


def test_preferred_label_wins_where_two_concepts_share_a_name() -> None:
    assert [m.concept for m in INDEX.rank("welder", languages=("en",))][:2] == [
        "welder",
        "inspector",
    ]


def test_occupation_stands_before_the_group_that_is_called_alike() -> None:
    found = [m.concept for m in INDEX.rank("a good cook", languages=("en",))]
    assert found.index("cook") < found.index("cooks")


def test_match_carries_the_label_that_was_most_alike() -> None:
    best = INDEX.rank("Line cook", languages=("en",))[0]
    assert (best.concept, best.label) == ("cook", "line cook")
    assert best.likeness == pytest.approx(1.0, abs=1e-5)
    assert 0 < best.score <= 1


def test_all_languages_are_compared_where_the_named_have_no_labels() -> None:
    assert INDEX.rank("welder", languages=("fr",)) == INDEX.rank("welder")
    assert INDEX.rank("welder", languages=("fr", "en"))[0].language == "en"


@pytest.mark.parametrize("text", ["", "  ", "123 / 456", "(m/w/d)", "xqzzjw"])
def test_text_without_a_known_word_gets_nothing(text: str) -> None:
    assert INDEX.rank(text, languages=("en",)) == ()


def test_nothing_is_suggested_below_the_least_likeness() -> None:
    assert INDEX.rank("cooking inspection", languages=("en",))
    assert INDEX.rank("cooking inspection", languages=("en",), least=0.95) == ()


def test_order_of_the_labels_changes_nothing() -> None:
    shuffled = CodingIndex(random.Random(7).sample(LABELS, len(LABELS)))
    assert shuffled.rank("pastry cook") == INDEX.rank("pastry cook")


def test_index_without_labels_answers_nothing() -> None:
    assert CodingIndex([]).rank("cook") == ()
    assert CodingIndex([Label("x", "en", "!!")]).languages == ()


@given(st.text(max_size=40))
def test_any_text_is_answered_best_first(text: str) -> None:
    found = INDEX.rank(text, top=3)
    assert len({match.concept for match in found}) == len(found) <= 3
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
