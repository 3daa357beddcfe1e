"""Titles of two languages are alike by the occupations that both may mean."""

from __future__ import annotations

import numpy as np

from matching.texts.coder import Coder
from matching.texts.coding import CodingIndex, Kind, Label
from matching.texts.title_space import TitleSpace, likeness

NAMES = {
    "cook": {"en": "cook", "pl": "kucharz", "de": "Koch/Köchin"},
    "baker": {"en": "baker", "pl": "piekarz", "de": "Bäcker/Bäckerin"},
    "welder": {"en": "welder", "pl": "spawacz", "de": "Schweißer/Schweißerin"},
}
GROUP_OF = {"cook": "5120", "baker": "7512", "welder": "7212"}
LABELS = [
    Label(concept, language, text, Kind.PREFERRED)
    for concept, names in NAMES.items()
    for language, text in names.items()
]
SPACE = TitleSpace(CodingIndex(LABELS), GROUP_OF)


def order(asked: str, others: list[str], coder: Coder | None = None) -> list[str]:
    scores = likeness(SPACE.place([asked], "de"), SPACE.place(others, "pl", coder))[0]
    return [others[i] for i in np.argsort(-scores, kind="stable")]


def test_same_occupation_in_another_language_is_most_alike() -> None:
    assert order("Köchin (m/w/d)", ["spawacz", "kucharz", "piekarz"])[0] == "kucharz"
    assert order("Schweißer", ["piekarz", "kucharz", "spawacz"])[0] == "spawacz"


def test_coder_places_a_title_that_no_label_knows() -> None:
    titles = ["majster patelni", "majster elektrody", "majster bochenka"]
    coder = Coder.train([*titles, *titles], ["5120", "7212", "7512"] * 2)
    assert order("Koch", ["majster elektrody", "majster patelni"], coder)[0] == "majster patelni"


def test_title_without_a_known_word_is_alike_to_nothing() -> None:
    scores = likeness(SPACE.place(["123"], "de"), SPACE.place(["kucharz"], "pl"))
    assert scores.tolist() == [[0.0]]


def test_likeness_is_the_same_whatever_stands_beside() -> None:
    others = ["kucharz", "spawacz"]
    alone = likeness(SPACE.place(["Koch"], "de"), SPACE.place(others, "pl"))
    beside = likeness(SPACE.place(["Bäcker", "Koch"], "de"), SPACE.place(others, "pl"))
    assert np.allclose(alone[0], beside[1])
