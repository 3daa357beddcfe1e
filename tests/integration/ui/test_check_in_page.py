"""The worker's phone page: what was typed stays, a wrong file is said, danger opens a case."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.models import MonitoringCaseRow
from db.session import configure, reading, settings
from tests.factories.monitoring import asked
from tests.integration.ui.visiting import BOUNDARY, fill_in, send, visit
from ui.public import throttle

PAGE = "/public/check-in/"
WELL = {"what": "answer", "safety": "safe", "documents": "worker", "paid_amount": "12x"}


@pytest.fixture(autouse=True)
def ready(sqlite_database: Engine) -> None:
    throttle.forget()


def test_danger_stands_above_the_questions_and_needs_no_script() -> None:
    _, secret = asked()
    text = visit(PAGE + secret).text
    assert text.index("საფრთხეში ვარ") < text.index("თავს უსაფრთხოდ გრძნობთ?")
    assert "<script" not in text


def test_what_was_typed_is_still_there_after_a_problem() -> None:
    _, secret = asked()
    answer = fill_in(PAGE + secret, WELL)
    assert answer.status == 400
    assert 'value="12x"' in answer.text and 'value="safe" checked' in answer.text


def test_a_file_that_is_no_photo_is_said_and_the_answers_stay() -> None:
    _, secret = asked()
    fields = {**WELL, "paid_amount": "350", "paid_currency": "EUR"}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        f"no picture\r\n--{BOUNDARY}--\r\n"
    )
    answer = send(PAGE + secret, "".join(parts).encode())
    assert answer.status == 400
    assert 'value="350"' in answer.text and 'class="card bad" role="alert"' in answer.text


def test_pressing_danger_opens_a_red_case() -> None:
    _, secret = asked()
    answer = fill_in(PAGE + secret, {"what": "danger"})
    with reading() as session:
        case = session.scalars(select(MonitoringCaseRow)).one()
    assert answer.status == 200 and case.number in answer.text
    assert case.urgency == "red"


def test_an_unknown_link_is_a_sentence() -> None:
    assert visit(PAGE + "x" * 43).status == 404


def test_a_complaint_needs_no_name_and_gives_number_and_secret() -> None:
    form = {"what": "new", "secret": "ABCDEFGH23456789", "category": "food", "text": "one meal"}
    answer = fill_in("/public/complaint", form, lang="en")
    assert "ABCD-EFGH-2345-6789" in answer.text
    look = {"what": "look", "number": "CASE-0000-0001", "case_secret": "ABCD-EFGH-2345-6789"}
    assert fill_in("/public/complaint", look, lang="en").status == 400


def test_a_form_that_is_sent_twice_opens_one_case() -> None:
    form = {"what": "new", "secret": "ABCDEFGH23456789", "category": "food", "text": "one meal"}
    assert 'name="request"' in visit("/public/complaint").text
    sent = [
        fill_in("/public/complaint", {**form, "request": "drawn-with-the-form"}, lang="en")
        for _ in range(2)
    ]
    assert [one.status for one in sent] == [200, 200]
    with reading() as session:
        (case,) = session.scalars(select(MonitoringCaseRow)).all()
    assert all(case.number in one.text for one in sent), "the first answer may have been lost"
    assert "ABCD-EFGH-2345-6789" in sent[1].text


def test_whatever_fails_a_public_page_answers_with_a_sentence_and_the_log_names_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    configure(replace(settings(), field_keys_file=str(tmp_path / "lost.json")))
    form = {"what": "new", "secret": "ABCDEFGH23456789", "category": "food", "text": "one meal"}
    answer = fill_in("/public/complaint", form, lang="en")
    assert answer.status == 500
    assert "nothing was saved" in answer.text and "calls 112" in answer.text
    assert "KeysUnavailable" in caplog.text and "one meal" not in caplog.text
    with reading() as session:
        assert session.scalars(select(MonitoringCaseRow)).all() == []
