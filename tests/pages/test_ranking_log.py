"""A manager finds a ranking in the log, reads its story, and has it computed again."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from domain.records.officer import Officer
from tests.factories.rankings_log import ILLNESS, REASON, worked_ranking

OpenPage = Callable[..., AppTest]
Texts = Callable[[AppTest], str]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "Nothing has been ranked yet"), ("ka", "ჯერ რანჟირება არ გაკეთებულა")],
)
def test_an_empty_log_says_how_it_fills(
    open_page: OpenPage, officers: dict[str, Officer], texts_of: Texts, lang: str, sentence: str
) -> None:
    at = open_page(officers["manager"], "ranking_log", lang=lang)
    assert not at.exception
    assert sentence in texts_of(at)


def test_the_story_is_found_read_and_proven(
    open_page: OpenPage, officers: dict[str, Officer], texts_of: Texts
) -> None:
    worked = worked_ranking(people=25)
    at = open_page(officers["manager"], "ranking_log")
    assert list(at.dataframe[0].value["0"]) == [worked.run_id]
    at = open_page(officers["manager"], "ranking_run", run=worked.run_id)
    assert not at.exception
    by_hand = next(f.value for f in at.dataframe if "Reason" in str(f.proto.columns))
    assert list(by_hand["6"]) == [REASON, ILLNESS]
    at.button(key="ranking_run.again").click().run()
    assert "The same list comes out" in "\n".join(x.value for x in at.success)
