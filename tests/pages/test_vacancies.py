"""The vacancy screens: take in, code, compare, publish, list."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from domain.enums import VacancyStatus
from domain.exceptions import InvalidInput
from domain.records.officer import Officer
from domain.records.vacancy import EmployerForm
from services import texts
from services.coding import occupation_coding
from services.vacancies import employers, vacancies
from services.vacancies.publishing import publishing_checks
from tests.factories.vacancies import draft_vacancy, published_vacancy, verified_employer
from ui.messages import plain

OpenPage = Callable[..., AppTest]
Texts = Callable[[AppTest], str]
Officers = dict[str, Officer]


def button(at: AppTest, key: str) -> Any:
    return next(one for one in at.button if one.key == key)


def ka(text: str, **values: object) -> str:
    """What the Georgian screen says."""
    return texts.translate(text, "ka").format(**values)


def put(at: AppTest, key: str, value: object) -> None:
    """Choose in a list of names."""
    at.session_state[key] = value
    at.run()


def test_an_empty_list_says_what_to_do(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    at = open_page(officers["recruiter"], "vacancies")
    assert not at.exception
    assert "There is no vacancy yet" in texts_of(at)


@pytest.mark.parametrize("lang", ["ka", "en"])
@pytest.mark.parametrize("page", ["vacancies", "vacancy", "employers", "occupation_codes"])
def test_every_screen_opens_in_both_languages(
    page: str, lang: str, officers: Officers, open_page: OpenPage
) -> None:
    by = officers["recruiter"]
    number = published_vacancy(by).number
    draft_vacancy(by, occupations=(), title="Welder")
    at = open_page(by, page, lang=lang, vacancy=number)
    assert not at.exception
    assert not at.error


@pytest.mark.parametrize("username", ["chair", "admin"])
@pytest.mark.parametrize("page", ["vacancies", "vacancy", "employers", "occupation_codes"])
def test_a_screen_opened_by_address_without_the_right_shows_nothing(
    page: str, username: str, officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    draft = draft_vacancy(officers["recruiter"])
    at = open_page(officers[username], page, vacancy=draft.number)
    assert "not part of your role" in texts_of(at)
    assert draft.title not in texts_of(at)


def test_a_list_is_filtered_and_opens_a_vacancy(
    officers: Officers,
    open_page: OpenPage,
    texts_of: Texts,
    select_rows: Callable[..., AppTest],
) -> None:
    by = officers["recruiter"]
    draft_vacancy(by)
    published = published_vacancy(by)
    at = open_page(by, "vacancies", lang="ka")
    assert ka("Vacancies found: {count}", count=2) in texts_of(at)
    put(at, "vacancies.statuses", [VacancyStatus.PUBLISHED])
    assert ka("Vacancies found: {count}", count=1) in texts_of(at)
    select_rows(at, "vacancies.table", [0])
    button(at, "vacancies.open").click().run()
    assert not at.exception
    assert plain(published.number) in texts_of(at)


def test_a_draft_below_the_minimum_wage_shows_why_and_is_published_once_the_pay_is_right(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    by = officers["recruiter"]
    draft = draft_vacancy(by, pay_amount=Decimal("9.00"))
    at = open_page(by, "vacancy", vacancy=draft.number, lang="ka")
    assert "ნაკლებია მინიმალურ ხელფასზე" in texts_of(at)
    assert button(at, "vacancy.publish").disabled
    assert "ნაკლებია მინიმალურ ხელფასზე" in button(at, "vacancy.publish").help
    key = f"vacancy.{draft.number}.0"
    at.number_input(key=f"{key}.pay").set_value(20.0).run()
    assert ka("Ready to be published") in texts_of(at)
    assert button(at, "vacancy.publish").disabled
    button(at, "vacancy.save").click().run()
    button(at, "vacancy.publish").click().run()
    assert not at.exception
    kept = vacancies.get_vacancy(number=draft.number, by=by)
    assert kept.status is VacancyStatus.PUBLISHED
    assert kept.pay_amount == Decimal("20.00")
    button(at, "vacancy.to_draft").click().run()
    assert vacancies.get_vacancy(number=draft.number, by=by).status is VacancyStatus.DRAFT


def test_a_new_vacancy_takes_its_code_from_a_suggestion(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    by = officers["recruiter"]
    verified_employer(by)
    at = open_page(by, "vacancy", vacancy="new", lang="ka")
    button(at, "vacancy.save").click().run()
    assert plain(ka("Give the vacancy a title.")) in texts_of(at)
    at.text_input(key="vacancy.new.title").set_value("Welder")
    put(at, "vacancy.new.country", "DE")
    assert at.multiselect(key="vacancy.new.occupations").value == []
    button(at, "vacancy.new.occupations.7212").click().run()
    assert at.multiselect(key="vacancy.new.occupations").value == ["7212"]
    put(at, "vacancy.new.language.0", "de")
    assert at.selectbox(key="vacancy.new.language.1").value is None
    button(at, "vacancy.save").click().run()
    assert not at.exception
    (made,) = vacancies.list_vacancies(by=by).rows
    kept = vacancies.get_vacancy(number=made.number, by=by)
    assert (kept.title, kept.occupations, kept.languages[0].language) == ("Welder", ("7212",), "de")
    assert 0 < kept.suggested_scores["7212"] <= 1


def test_the_second_to_save_is_shown_both_versions(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    by = officers["recruiter"]
    draft = draft_vacancy(by)
    key, asks = f"vacancy.{draft.number}.0", f"conflict.vacancy.{draft.number}.{draft.version + 1}"
    at = open_page(by, "vacancy", vacancy=draft.number, lang="ka")
    at.text_input(key=f"{key}.title").set_value("Mine").run()
    at.text_input(key=f"{key}.town").set_value("Mine too").run()
    theirs = replace(draft.form(), title="Theirs", positions=draft.positions + 1)
    vacancies.update_vacancy(number=draft.number, form=theirs, version=draft.version, by=by)
    button(at, "vacancy.save").click().run()
    assert ka("Somebody else saved this while you were editing") in texts_of(at)
    assert vacancies.get_vacancy(number=draft.number, by=by).title == "Theirs"
    # Where both changed something, somebody has to choose; what only one changed is proposed.
    assert button(at, f"{asks}.save").disabled
    assert [one.key for one in at.radio if one.value is None] == [f"{asks}.title"]
    at.radio(key=f"{asks}.title").set_value(True).run()
    button(at, f"{asks}.save").click().run()
    assert not at.exception
    kept = vacancies.get_vacancy(number=draft.number, by=by)
    assert (kept.title, kept.town, kept.positions) == ("Mine", "Mine too", draft.positions + 1)


def test_an_uncoded_vacancy_is_coded_by_a_click_or_skipped(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    by = officers["recruiter"]
    welder = draft_vacancy(by, occupations=(), title="Welder").number
    other = draft_vacancy(by, occupations=(), title="Bricklayer").number
    at = open_page(by, "occupation_codes", lang="ka")
    assert ka("Vacancies that need an occupation code: {count}", count=2) in texts_of(at)
    button(at, f"occupation_codes.{welder}.7212").click().run()
    assert vacancies.get_vacancy(number=welder, by=by).occupations == ("7212",)
    button(at, f"occupation_codes.{other}.skip").click().run()
    assert ka("Every vacancy has its occupation code.") in texts_of(at)
    assert occupation_coding.count_uncoded(by=by) == 1
    button(at, "occupation_codes.unskip").click().run()
    put(at, f"occupation_codes.{other}.other", "7112")
    button(at, f"occupation_codes.{other}.confirm").click().run()
    assert not at.exception
    assert vacancies.get_vacancy(number=other, by=by).occupations == ("7112",)


def test_an_employer_is_taken_in_and_verified(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    by = officers["recruiter"]
    at = open_page(by, "employers", lang="ka")
    button(at, "employers.new").click().run()
    at.text_input(key="employers.form.new.name").set_value("Hof Süd")
    at.session_state["employers.form.new.country"] = "DE"
    next(one for one in at.button if one.label == ka("Save")).click().run()
    assert not at.exception
    (made,) = employers.list_employers(by=by)
    assert (made.name, made.status) == ("Hof Süd", "new")
    at = open_page(by, "employers", employer=made.id, lang="ka")
    button(at, "employers.verify").click().run()
    assert not at.exception
    assert employers.get_employer(employer_id=made.id, by=by).status == "verified"


def test_a_manager_reads_but_changes_nothing(
    officers: Officers, open_page: OpenPage, texts_of: Texts
) -> None:
    draft = draft_vacancy(officers["recruiter"])
    at = open_page(officers["manager"], "vacancy", vacancy=draft.number, lang="ka")
    assert not at.exception
    assert all(one.disabled for one in at.button if one.key and one.key == "vacancy.publish")
    assert not any(one.key == "vacancy.save" for one in at.button)
    at = open_page(officers["manager"], "vacancies", lang="ka")
    assert not any(one.key == "vacancies.new" for one in at.button)


def test_an_employer_not_yet_known_is_told_apart_from_none(officers: Officers) -> None:
    form = draft_vacancy(officers["recruiter"], employer="Hof Neu").form()
    (new,) = [one for one in publishing_checks(form, None) if one.name == "employer"]
    assert "not verified yet" in texts.render(new.sentence, "en")
    none = replace(form, employer=None)
    (missing,) = [one for one in publishing_checks(none, None) if one.name == "employer"]
    assert "is missing" in texts.render(missing.sentence, "en")


def test_an_employer_that_nobody_could_reach_is_not_taken_in(officers: Officers) -> None:
    form = EmployerForm(
        name="Hof", country="DE", contact_email="bad@@", contact_phone="ask at the gate"
    )
    with pytest.raises(InvalidInput) as refused:
        employers.create_employer(form=form, by=officers["recruiter"])
    assert [p.field for p in refused.value.problems] == ["contact_email", "contact_phone"]
    reachable = replace(form, contact_email="hof@example.de", contact_phone="030 1234567")
    employers.create_employer(form=reachable, by=officers["recruiter"])
