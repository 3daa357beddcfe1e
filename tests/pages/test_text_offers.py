"""What a pasted text names is ticked by a person and then stands in the form, not saved yet."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.models import AuditDetailsRow, AuditEventRow
from db.session import reading
from domain.enums import CefrLevel, RequirementKind
from domain.records.officer import Officer
from services.vacancies import vacancies

OpenPage = Callable[..., AppTest]
Texts = Callable[[AppTest], str]
Officers = dict[str, Officer]

ADVERTISEMENT = """Welder
At least 3 years of experience and a driving licence category B.
German B1 required, English is an advantage. TIG welding."""


def by_key(kind: Any, key: str) -> Any:
    return next(one for one in kind if one.key == key)


def read(at: AppTest, key: str, text: str) -> None:
    by_key(at.text_area, f"{key}.text").input(text).run()
    by_key(at.button, f"{key}.read").click().run()


def test_what_is_ticked_stands_in_the_vacancy_and_the_rest_does_not(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    at = open_page(officers["recruiter"], "vacancy", vacancy="new")
    read(at, "vacancy.new.from_text", ADVERTISEMENT)
    assert not at.exception
    assert "German" in texts_of(at)
    for offer in ("years:", "language:de", "licence:B", "occupation:7212"):
        by_key(at.checkbox, f"vacancy.new.from_text.tick.{offer}").check()
    at.run()
    by_key(at.button, "vacancy.new.from_text.take").click().run()
    assert not at.exception
    state = at.session_state
    assert state["vacancy.new.experience"] == 3
    assert state["vacancy.new.language.0"] == "de"
    assert state["vacancy.new.language.0.level"] is CefrLevel.B1
    assert state["vacancy.new.language.0.kind"] is RequirementKind.MUST
    assert state["vacancy.new.language.1"] is None
    assert state["vacancy.new.licences_preferred"] == ["B"]
    assert state["vacancy.new.occupations"] == ["7212"]
    assert state["vacancy.new.skills_essential"] == []
    assert state["vacancy.new.from_text.text"] == ""
    with reading() as session:
        actions = session.scalars(select(AuditEventRow.action)).all()
        details = session.scalars(select(AuditDetailsRow.details)).all()[-1]
    assert "offers_chosen" in actions
    assert "language:en" in details["declined"] and "language:de" in details["accepted"]
    assert vacancies.list_vacancies(by=officers["recruiter"]).total == 0


def test_a_cv_fills_the_rows_of_a_new_person(officers: Officers, open_page: OpenPage) -> None:
    at = open_page(officers["recruiter"], "jobseeker")
    key = "jobseeker.new.from_text"
    read(at, key, "Cook, 5 years of experience\nLanguages: Georgian native, German A2\nTIG welding")
    assert not at.exception
    offered = [str(box.key) for box in at.checkbox if str(box.key).startswith(f"{key}.tick.")]
    assert f"{key}.tick.occupation:5120" in offered
    for box in offered:
        by_key(at.checkbox, box).check()
    at.run()
    by_key(at.button, f"{key}.take").click().run()
    assert not at.exception
    state = at.session_state
    assert state["jobseeker.new.occupations.100.isco"] == "5120"
    assert state["jobseeker.new.occupations.100.years"] == 5
    assert [state[f"jobseeker.new.languages.{i}.language"] for i in (100, 101)] == ["ka", "de"]
    assert state["jobseeker.new.languages.101.level"] is CefrLevel.A2
    assert state["jobseeker.new.skills"] == ["S0666"]


@pytest.mark.parametrize("lang", ["ka", "en"])
def test_a_text_in_another_language_is_said(
    lang: str, officers: Officers, open_page: OpenPage
) -> None:
    at = open_page(officers["recruiter"], "vacancy", lang=lang, vacancy="new")
    read(at, "vacancy.new.from_text", "Nous cherchons un cuisinier pour le restaurant")
    assert not at.exception
    assert len(at.info) >= 1
