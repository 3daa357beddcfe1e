"""The survey after the return, as somebody with a phone and the link sees it."""

import pytest
from sqlalchemy import Engine, select

from db.models import ExitSurveyRow
from db.session import reading, unit_of_work
from domain.enums import LinkPurpose
from services.access_links import revoke_links
from services.returns import surveys
from tests.factories.officers import officer
from tests.integration.services.returns.test_coming_back import returned
from tests.integration.ui.visiting import fill_in, visit
from ui.public import throttle


@pytest.fixture
def page(sqlite_database: Engine) -> str:
    throttle.forget()
    by = officer()
    address = surveys.send_survey(deployment_number=returned(by), by=by)
    return address[address.index("/public") :]


def kept() -> list[ExitSurveyRow]:
    with reading() as session:
        return list(session.scalars(select(ExitSurveyRow)))


def test_the_page_speaks_georgian_runs_no_script_and_takes_one_answer(page: str) -> None:
    asked = visit(page)
    assert asked.status == 200
    assert '<html lang="ka">' in asked.text and "<script" not in asked.text
    fields = {"fee_paid": "no", "pay_as_promised": "yes", "recommends": "9", "needs": "job"}
    assert "მადლობ" in fill_in(page, fields).text
    assert [(row.recommends, row.fee_paid, row.needs) for row in kept()] == [(9, False, ["job"])]
    again = fill_in(page, {"recommends": "1"})
    assert again.status == 409
    assert [row.recommends for row in kept()] == [9]
    assert "<form" not in visit(page).text


def test_a_wrong_amount_keeps_everything_typed_and_nothing_is_stored(page: str) -> None:
    fields = {
        "fee_paid": "yes",
        "fee_amount": "viele <b>",
        "fee_currency": "EUR",
        "recommends": "3",
        "comment": 'bad "food"',
        "needs": "health",
    }
    answer = fill_in(page, fields, lang="en")
    assert answer.status == 422
    assert "Write the amount as a number above zero." in answer.text
    assert "viele &lt;b&gt;" in answer.text and "bad &quot;food&quot;" in answer.text
    assert "<option selected>3</option>" in answer.text
    assert 'value="health" checked' in answer.text and 'value="yes" checked' in answer.text
    assert kept() == []


def test_forged_values_count_as_no_answer(page: str) -> None:
    answer = fill_in(page, {"fee_paid": "maybe", "recommends": "99", "pay_as_promised": "x"})
    assert answer.status == 422
    assert kept() == []


def test_a_link_that_was_called_back_shows_no_form(page: str) -> None:
    with unit_of_work() as work:
        revoke_links(
            work.session, purpose=LinkPurpose.EXIT_SURVEY, subject_id=1, reason="-", by=None
        )
        work.commit()
    answer = visit(page)
    assert answer.status == 410 and "<form" not in answer.text
    assert fill_in(page, {"recommends": "5"}).status == 409
    assert visit("/public/exit/" + "x" * 43).status == 404
