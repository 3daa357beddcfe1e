"""A manager sees how good the ranking is, each figure with its definition, or "no data"."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from domain.records.officer import Officer
from tests.factories.histories import people

OpenPage = Callable[..., AppTest]
Texts = Callable[[AppTest], str]
SAID = {
    "en": ("No shortlist was sent in this period", "Rank correlation: no data", "Time saved: no"),
    "ka": ("მოკლე სია არ გაგზავნილა", "რანგების კორელაცია: მონაცემი არ არის", "დაზოგილი დრო"),
}


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_figures_say_when_there_is_nothing_to_tell(
    open_page: OpenPage, officers: dict[str, Officer], texts_of: Texts, lang: str
) -> None:
    people(7)
    at = open_page(officers["manager"], "ranking_quality", lang=lang)
    assert not at.exception
    said = texts_of(at).replace("\\", "")
    assert all(sentence in said for sentence in SAID[lang])
    # Nobody's file states a phone number: the one figure that there is.
    assert any(7 in list(frame.value["1"]) for frame in at.dataframe)
