"""The candidate's page: Georgian first, both languages, the answer kept, nothing typed lost."""

import pytest
from sqlalchemy import Engine

from domain.records.officer import Officer
from services.cvs import approval, signing
from services.cvs.reading import read_cv
from tests.factories import cvs as factory
from tests.factories.officers import officer
from tests.integration.ui.visiting import fill_in, visit
from ui.public import throttle


@pytest.fixture
def recruiter(sqlite_database: Engine) -> Officer:
    throttle.forget()
    return officer()


@pytest.fixture
def external_id(recruiter: Officer) -> str:
    number = factory.somebody(recruiter)
    factory.written(number, recruiter)
    signing.ask_for_signoffs(external_id=number, by=recruiter)
    return number


def link_of(external_id: str, by: Officer) -> str:
    made = approval.send_approval_link(external_id=external_id, by=by)
    return f"/public/cv/{made.address.rpartition('/')[2]}"


def answer(external_id: str, by: Officer, **fields: str) -> dict[str, str]:
    return {"content": read_cv(external_id=external_id, by=by).content_sha256, **fields}


def test_the_candidate_reads_both_languages_and_approves(
    recruiter: Officer, external_id: str
) -> None:
    link = link_of(external_id, recruiter)
    page = visit(link)
    assert page.status == 200 and '<html lang="ka">' in page.text and "<script" not in page.text
    for words in (*factory.ABOUT, "თქვენი ინგლისური რეზიუმე", "KIPIANI"):
        assert words in page.text
    done = fill_in(link, answer(external_id, recruiter, answer="approve"))
    assert done.status == 200 and "გმადლობთ" in done.text
    (given,) = read_cv(external_id=external_id, by=recruiter).signoffs
    assert (given.is_approved, given.channel.value, given.by_ka) == (True, "link", None)
    assert "approve" not in visit(link).text


def test_a_no_needs_words_and_what_was_chosen_stays_in_the_form(
    recruiter: Officer, external_id: str
) -> None:
    link = link_of(external_id, recruiter)
    page = fill_in(link, answer(external_id, recruiter, answer="change"), lang="en")
    assert page.status == 400 and "in your own words" in page.text
    assert 'value="change" required checked' in page.text
    wish = "I drove <b>tractors</b>"
    done = fill_in(link, answer(external_id, recruiter, answer="change", note=wish), lang="en")
    assert done.status == 200 and "asks you again" in done.text
    assert read_cv(external_id=external_id, by=recruiter).signoffs[0].note == wish
    assert "The agency is working on this CV" in visit(link, lang="en").text


def test_a_closed_link_says_so(recruiter: Officer, external_id: str) -> None:
    first = link_of(external_id, recruiter)
    link_of(external_id, recruiter)
    assert visit(first).status == 410
    assert fill_in(first, answer(external_id, recruiter, answer="approve")).status == 409
    assert visit("/public/cv/" + "x" * 43).status == 404
