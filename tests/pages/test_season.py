"""The season's screen: empty, made by a button, looked at by managers, adopted by recruiters."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from domain.records.officer import Officer
from services import season
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

OpenPage = Callable[..., AppTest]
Texts = Callable[[AppTest], str]
Officers = dict[str, Officer]


def button(at: AppTest, key: str) -> object:
    return next(one for one in at.button if one.key == key)


def test_a_plan_is_made_by_a_button_and_adopted_by_a_recruiter(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    by = officers["recruiter"]
    register_pickers(12, by)
    vacancy = published_vacancy(by, positions=9, languages=())
    at = open_page(by, "season")
    assert "No plan was made yet" in texts_of(at)
    button(at, "season.make").click().run()  # type: ignore[attr-defined]
    assert not at.exception
    assert "no other assignment fills more positions" in texts_of(at)
    assert "Season plan No 1: people who rank better" in str(at.text_area[0].value)
    manager = open_page(officers["manager"], "season")
    assert button(manager, "season.adopt").disabled  # type: ignore[attr-defined]
    button(at, "season.adopt").click().run()  # type: ignore[attr-defined]
    assert not at.exception
    kept = season.get_season_plan(plan_id=1, by=by).vacancies[0]
    assert kept.number == vacancy.number and kept.adopted_people == 11  # one wishes for France


def test_the_commission_does_not_open_it(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    assert "not part of your role" in texts_of(open_page(officers["chair"], "season"))
