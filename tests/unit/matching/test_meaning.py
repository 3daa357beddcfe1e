"""Work that is alike stands close together, though its names share no word."""

import numpy as np
import pytest

from matching.texts import meaning
from matching.texts.coding import CodingIndex, Kind, Label
from matching.texts.meaning import Background, Space

SKILLS = {
    "docker": "load cargo ships unload cargo lift heavy weights",
    "stevedore": "load cargo ships handle containers lift heavy weights",
    "cook": "prepare meals season dishes clean kitchens",
    "chef": "prepare meals plan menus season dishes",
    "nurse": "care for patients give medicines dress wounds",
}
TEXTS = {name: f"{name} {skills}" for name, skills in SKILLS.items()}


@pytest.fixture(autouse=True)
def few_concepts_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "LEAST_CONCEPTS", 3)


def ranked(background: Background | None, text: str, language: str = "en") -> list[str]:
    labels = [Label(name, "en", name, Kind.PREFERRED) for name in SKILLS]
    labels += [Label(name, "pl", own, Kind.PREFERRED) for name, own in POLISH.items()]
    index = CodingIndex(labels, background)
    return [match.concept for match in index.rank(text, languages=(language,), top=5)]


POLISH = {
    "docker": "doker",
    "stevedore": "sztauer",
    "cook": "kucharz",
    "chef": "szef kuchni",
    "nurse": "pielęgniarka",
}


def test_occupations_with_the_same_skills_stand_close_together() -> None:
    space = Space.learn(list(TEXTS.values()))
    near = dict(zip(TEXTS, space.near("docker"), strict=True))
    assert near["docker"] >= near["stevedore"] > max(near["cook"], near["nurse"])


def test_what_was_found_is_spread_to_its_neighbours() -> None:
    space = Space.learn(list(TEXTS.values()))
    near = dict(zip(TEXTS, space.spread(np.array([0, 0, 0, 1, 0], np.float32)), strict=True))
    assert near["chef"] > near["cook"] > near["docker"]


def test_a_word_of_a_skill_finds_the_occupation_before_one_that_needs_it_not() -> None:
    background = Background("en", TEXTS)
    found = ranked(background, "wounds nurse docker")
    assert found.index("nurse") < found.index("docker")


def test_the_neighbour_is_found_in_another_language_too() -> None:
    found = ranked(Background("en", TEXTS), "doker portowy", "pl")
    assert found[:2] == ["docker", "stevedore"]


def test_without_a_background_letters_alone_decide() -> None:
    assert ranked(None, "docker") == ranked(Background("en", {}), "docker")


def test_unknown_words_place_a_text_nowhere() -> None:
    space = Space.learn(list(TEXTS.values()))
    assert not space.near("qqqq xxxx").any()


def test_the_same_texts_give_the_same_space() -> None:
    some, other = (Space.learn(list(TEXTS.values())) for _ in range(2))
    assert np.array_equal(some.points, other.points)


def test_what_is_said_of_a_concept_is_joined_in_one_order() -> None:
    said = [("a", "Load ships"), ("b", "Cook"), ("a", "Docker")]
    assert Background.told("en", said) == Background.told("en", said[::-1])
    assert Background.told("en", said).texts == {"a": "docker load ships", "b": "cook"}


def test_a_concept_without_background_has_no_place() -> None:
    space = Background("en", TEXTS).space(["cook", "unheard of"])
    assert space.near("cook")[0] > 0
    assert space.near("cook")[1] == 0
