"""The screen of the coder: says what serves now, refuses with the number, shows what is better."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from domain.records.officer import Officer
from services.coding import coder_versions
from services.coding.decisions import take_decisions

OpenPage = Callable[..., AppTest]
Texts = Callable[[AppTest], str]
Officers = dict[str, Officer]

DECIDED = "\n".join(
    [
        "text,lang,code",
        *(f"blorkist {i},de,7212" for i in range(40)),
        *(f"quastner {i},de,9211" for i in range(40)),
    ]
).encode()


def test_without_decisions_it_says_how_many_are_needed(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    at = open_page(officers["manager"], "coders")
    assert not at.exception
    assert "At least 50 confirmed decisions are needed" in texts_of(at)
    assert next(one for one in at.button if one.key == "coders.train").disabled


def test_a_version_is_compared_and_brought_into_use(
    officers: Officers,
    open_page: OpenPage,
    texts_of: Texts,
    select_rows: Callable[..., AppTest],
) -> None:
    by = officers["manager"]
    take_decisions(content=DECIDED, by=by)
    made = coder_versions.train_coder(by=by)
    at = open_page(by, "coders")
    assert "known job titles alone" in texts_of(at)
    select_rows(at, "coders.versions", [0])
    assert "Better than what served then" in texts_of(at)
    next(one for one in at.button if one.key == "coders.activate").click().run()
    assert not at.exception
    state = coder_versions.coder_state(by=by)
    assert state.in_use is not None and state.in_use.number == made.number


@pytest.mark.parametrize("username", ["recruiter", "chair"])
def test_others_do_not_open_it(
    username: str, officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    at = open_page(officers[username], "coders")
    assert "not part of your role" in texts_of(at)
