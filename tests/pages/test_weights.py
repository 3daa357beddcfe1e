"""The screen of the weights: what counts, when it may be decided, what a suggestion may do."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from domain.records.officer import Officer
from domain.records.policy import SuggestedWeight, Suggestion, SuggestionState
from services.policy import suggestion
from tests.integration.services.test_policy import proposed

OpenPage = Callable[..., AppTest]
Texts = Callable[[AppTest], str]
Officers = dict[str, Officer]


@pytest.fixture
def plain_texts(texts_of: Texts) -> Texts:
    """What the screen says, without the marks that keep people's text from being markdown."""
    return lambda at: texts_of(at).replace("\\", "")


def button(at: AppTest, key: str) -> Button:
    return next(one for one in at.button if one.key == key)


def test_a_manager_approves_after_the_preview_only(
    officers: Officers, open_page: OpenPage, plain_texts: Texts
) -> None:
    version = proposed(officers["recruiter"])
    at = open_page(officers["manager"], "weights", version=version)
    assert not at.exception
    said = plain_texts(at)
    assert "In force today: weights 2026-01" in said
    assert "Decisions so far: 0" in said and "from 200 decisions on" in said
    assert button(at, "weights.approve").disabled
    button(at, "weights.preview").click().run()
    assert "No vacancy is open for ranking today" in plain_texts(at)
    button(at, "weights.approve").click().run()
    assert not at.exception
    assert f"In force today: weights {version}" in plain_texts(at)


def test_a_draft_says_what_is_missing_until_it_is_right(
    officers: Officers, open_page: OpenPage, plain_texts: Texts
) -> None:
    at = open_page(officers["recruiter"], "weights")
    button(at, "weights.start").click().run()
    assert "Reason: is missing" in plain_texts(at)
    languages = next(one for one in at.number_input if one.label.startswith("Languages"))
    languages.set_value(25.0).run()
    assert "Together 105 %: 5 % too much" in plain_texts(at)
    assert button(at, "weights.propose").disabled
    button(at, "weights.save").click().run()
    assert not at.exception
    assert "The draft is saved" in plain_texts(at)


def test_a_suggestion_comes_with_intervals_and_warnings_and_starts_a_draft_at_most(
    officers: Officers, open_page: OpenPage, plain_texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = {"occupation": 0.2, "skills": 0.15, "languages": 0.45, "experience": 0.2}
    told = Suggestion(
        state=SuggestionState.READY,
        decisions=400,
        approved=180,
        needed=200,
        needed_of_each=60,
        used=380,
        shortlists=30,
        weights=(
            *(SuggestedWeight(name, 0.2, x, x - 0.05, x + 0.05) for name, x in shares.items()),
            SuggestedWeight("readiness", 0.05, None),
        ),
        unknown=(0.4, 0.2, 0.6),
    )
    monkeypatch.setattr(suggestion, "get_suggestion", lambda by: told)
    at = open_page(officers["recruiter"], "weights")
    assert not at.exception
    said = plain_texts(at)
    assert "380 of 400 decisions" in said and "Only people who were shortlisted" in said
    button(at, "weights.suggestion.start").click().run()
    assert not at.exception
    assert "Draft 2026" in plain_texts(at)
    assert at.number_input and "The weights add up to 100 %" in plain_texts(at)
