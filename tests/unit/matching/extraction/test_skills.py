"""Skills are found by their labels, also inflected and mistyped, with the words they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.enums import RequirementKind
from matching.texts.extraction.skills import SkillFinder

LABELS = {
    "en": [
        ("S1", "pick strawberries"),
        ("S2", "operate a forklift"),
        ("S3", "care for persons with dementia"),
        ("S4", "TIG welding"),
        ("S5", "lay bricks"),
    ],
    "de": [("S1", "Erdbeeren pflücken"), ("S2", "Gabelstapler bedienen"), ("S5", "Ziegel mauern")],
    "pl": [("S1", "zbieranie truskawek"), ("S2", "obsługa wózka widłowego")],
    "ka": [("S1", "მარწყვის კრეფა"), ("S2", "დამტვირთველის მართვა")],
    "ru": [("S1", "сбор клубники"), ("S2", "управление погрузчиком")],
}
FINDERS = {lang: SkillFinder(labels, lang) for lang, labels in LABELS.items()}


@pytest.mark.parametrize(
    ("lang", "text", "skill", "words"),
    [
        ("en", "You will be picking strawberries from May", "S1", "picking strawberries"),
        ("en", "Experience operating forklifts", "S2", "operating forklifts"),
        ("en", "care of a person with dementia", "S3", "care of a person with dementia"),
        ("en", "pick strawberies", "S1", "pick strawberies"),
        ("de", "Pflücken von Erdbeeren auf dem Feld", "S1", "Pflücken von Erdbeeren"),
        ("de", "Bedienung des Gabelstaplers", "S2", "Bedienung des Gabelstaplers"),
        ("pl", "praca przy zbieraniu truskawek", "S1", "zbieraniu truskawek"),
        ("pl", "umiejętność obsługi wózków widłowych", "S2", "obsługi wózków widłowych"),
        ("ka", "მუშაობა: მარწყვის საკრეფად და კრეფა მარწყვისა", "S1", "კრეფა მარწყვისა"),
        ("ru", "работа на сборе клубники", "S1", "сборе клубники"),
    ],
)
def test_skill_is_found_with_its_words(lang: str, text: str, skill: str, words: str) -> None:
    found = {f.skill: f for f in FINDERS[lang].find(text, lang)}
    assert skill in found
    assert words in text[found[skill].span.start : found[skill].span.end]
    assert 0.7 <= found[skill].score <= 1


@pytest.mark.parametrize(
    "text",
    [
        "We sell strawberries",
        "Pick a date that suits you",
        "The forklift stands in the yard, and we operate in five countries",
        "Careful people wanted",
        "",
    ],
)
def test_a_word_of_a_label_alone_is_no_skill(text: str) -> None:
    assert FINDERS["en"].find(text, "en") == ()


def test_the_same_words_score_one() -> None:
    found = FINDERS["en"].find("TIG welding", "en")
    assert [(f.skill, f.score) for f in found] == [("S4", 1.0)]


def test_preferred_is_said_of_what_stands_near() -> None:
    found = FINDERS["en"].find("TIG welding is an advantage", "en")
    assert [f.kind for f in found] == [RequirementKind.PREFERRED]


def test_finder_without_labels_finds_nothing() -> None:
    assert SkillFinder([], "en").find("TIG welding", "en") == ()


@given(text=st.text(max_size=200))
def test_any_text_is_searched_without_trouble(text: str) -> None:
    for found in FINDERS["en"].find(text, "en"):
        assert 0 <= found.span.start < found.span.end <= len(text)


def test_a_skill_within_the_words_of_a_fuller_one_is_not_offered() -> None:
    labels = [("W", "harvest"), ("F", "harvest crops"), ("O", "load OS"), ("L", "load trucks")]
    finder = SkillFinder(labels, "en")
    assert [f.skill for f in finder.find("We harvest the crops.", "en")] == ["F"]
    assert [f.skill for f in finder.find("Help with the harvest.", "en")] == ["W"]
    assert finder.find("Heavy loads.", "en") == ()
