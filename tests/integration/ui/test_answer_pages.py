"""The pages behind the links of employer and candidate: no account, no script, nothing lost."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.models import AccessLinkRow, AuditEventRow
from db.session import reading, unit_of_work
from domain.enums import LinkPurpose
from services import clock
from services.access_links import revoke_links
from services.answers.reading import look_at_package
from tests.factories.packages import Sent, people, sent_package
from tests.integration.services.answers.test_candidate_replies import link_of
from tests.integration.ui.visiting import fill_in, visit
from ui.public import throttle


@pytest.fixture(autouse=True)
def ready(sqlite_database: Engine) -> None:
    throttle.forget()


def page_of(sent: Sent, rest: str = "") -> str:
    return f"/public/package/{sent.secret}{rest}"


def test_the_employers_page_is_english_first_and_runs_no_script() -> None:
    sent = sent_package(people(2))
    answer = visit(page_of(sent))
    assert answer.status == 200 and '<html lang="en">' in answer.text
    assert "Candidates for your vacancy" in answer.text and "<script" not in answer.text
    assert 'lang="ka"' in answer.text and "lang=ka" in answer.text
    georgian = visit(page_of(sent), lang="ka").text
    assert '<html lang="ka">' in georgian and "Candidates for your" not in georgian
    with reading() as session:
        assert session.scalars(select(AccessLinkRow)).one().openings == 2


def test_a_cv_is_read_harmlessly_and_each_reading_is_written_down() -> None:
    sent = sent_package(people(1))
    answer = visit(page_of(sent, f"/cv/{sent.candidacies[0]}"))
    assert answer.status == 200 and "Katsadze" in answer.text
    assert "&lt;b&gt;for five" in answer.text and "<b>for five" not in answer.text
    with reading() as session:
        read = session.scalars(select(AuditEventRow.action)).all()
    assert "cv_read_by_employer" in read
    other = sent_package(people(1))
    assert visit(page_of(sent, f"/cv/{other.candidacies[0]}")).status == 404


def test_a_form_with_a_gap_keeps_everything_typed_and_says_what_is_missing() -> None:
    sent = sent_package(people(2), positions=2)
    first, second = sent.candidacies
    fields = {
        f"answer.{first}": "select",
        f"answer.{second}": "reject",
        f"note.{second}": 'too "far" <away>',
        "slot.1.place": "Phone +49 1",
        "slot.1.day": "2999-01-01",
    }
    answer = fill_in(page_of(sent), fields)
    assert answer.status == 400 and "give the day and the hour" in answer.text
    answer = fill_in(page_of(sent), {**fields, "slot.1.day": "", "slot.1.place": ""})
    assert answer.status == 400 and "No 2: choose the reason." in answer.text
    assert "too &quot;far&quot; &lt;away&gt;" in answer.text
    assert f'name="answer.{first}" value="select" checked' in answer.text
    assert all(one.answer is None for one in look_at_package(secret=sent.secret).people)
    day = (clock.today() + timedelta(days=3)).isoformat()
    slot = {"slot.1.day": day, "slot.1.hour": "10:30", "slot.1.place": "Phone +49 1"}
    answer = fill_in(page_of(sent), {**fields, **slot, f"why.{second}": "language"})
    assert answer.status == 200 and "✓ Saved" in answer.text
    assert "New answers: 2. New times for interviews: 1." in answer.text


@pytest.mark.parametrize(
    "forged",
    [
        {"answer.999999": "select"},
        {"answer.{one}": "marry"},
        {"answer.{one}": "reject", "why.{one}": "age"},
    ],
)
def test_a_forged_form_is_refused_with_a_sentence(forged: dict[str, str]) -> None:
    sent = sent_package(people(1))
    fields = {key.format(one=sent.candidacies[0]): value for key, value in forged.items()}
    answer = fill_in(page_of(sent), fields)
    assert answer.status == 400 and "Open the link again" in answer.text


def test_a_closed_link_opens_nothing_and_takes_nothing() -> None:
    sent = sent_package(people(1))
    fields = {f"answer.{sent.candidacies[0]}": "select"}
    assert visit("/public/package/" + "x" * 43).status == 404
    with unit_of_work() as work:
        revoke_links(
            work.session,
            purpose=LinkPurpose.EMPLOYER_PACKAGE,
            subject_id=sent.package_id,
            reason="wrong address",
            by=None,
        )
        work.commit()
    for path in ("", f"/cv/{sent.candidacies[0]}", "/package.zip"):
        answer = visit(page_of(sent, path))
        assert answer.status == 410 and "called back" in answer.text
    assert fill_in(page_of(sent), fields).status == 409
    late = sent_package(people(1))
    clock.move(30)
    assert visit(page_of(late)).status == 410


def test_the_candidate_reads_what_silence_means_and_answers_once() -> None:
    sent = sent_package(people(1))
    fill_in(page_of(sent), {f"answer.{sent.candidacies[0]}": "select"})
    own = f"/public/answer/{link_of(sent.candidacies[0])}"
    answer = visit(own)
    assert '<html lang="ka">' in answer.text and "დამსაქმებელმა აგირჩიათ" in answer.text
    english = visit(own, lang="en").text
    assert "the place goes to the next candidate in line" in english
    missing = fill_in(own, {"goes": "no", "note": "ოჯახი"}, lang="en")
    assert missing.status == 400 and 'value="ოჯახი"' in missing.text
    assert "You have confirmed" in fill_in(own, {"goes": "yes"}, lang="en").text
    again = fill_in(own, {"goes": "no", "reason": "family"}, lang="en")
    assert again.status == 409 and "noted already" in again.text


def test_the_candidate_chooses_a_time_for_an_interview() -> None:
    sent = sent_package(people(1))
    day = (clock.today() + timedelta(days=3)).isoformat()
    slot = {"slot.1.day": day, "slot.1.hour": "10:30", "slot.1.place": "Phone +49 1"}
    fill_in(page_of(sent), {f"answer.{sent.candidacies[0]}": "talk", **slot})
    own = f"/public/answer/{link_of(sent.candidacies[0])}"
    assert "Phone +49 1" in visit(own).text
    slot_id = str(look_at_package(secret=sent.secret).slots[0].id)
    assert "Your interview" in fill_in(own, {"slot": slot_id}, lang="en").text
    assert "Interview:" in visit(page_of(sent)).text
