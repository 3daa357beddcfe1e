"""A recruiter finds what is worth asking, calls, and reads at once what the answer did."""

from dataclasses import replace

import pytest

from db.session import unit_of_work
from domain.enums import CefrLevel, QuestionStatus, RequirementKind
from domain.records.vacancy import LanguageWanted
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.questions import listing
from tests.factories.rankings import picker, register_pickers
from tests.factories.vacancies import published_vacancy

SILENT, PHONE = "Q-00001", "+995555000199"


@pytest.fixture
def vacancy(officers) -> str:
    """One of thirty-one has stated no languages; with German she would have one of six places."""
    by = officers["recruiter"]
    register_pickers(30, by)
    person = replace(
        picker(18), personal_number="99999999999", birth_date=None, languages=(), phone=PHONE
    )
    with unit_of_work() as work:
        upsert_jobseekers(work.session, [(SILENT, person)], by)
        work.commit()
    german = LanguageWanted("de", CefrLevel.B1, RequirementKind.PREFERRED)
    return published_vacancy(by, positions=2, languages=(german,), scheme_code=None).number


@pytest.fixture
def said(texts_of):
    return lambda at: texts_of(at).replace("\\", "")


def test_a_call_changes_the_rank(officers, open_page, vacancy, said):
    by = officers["recruiter"]
    at = open_page(by, "questions", jobseeker=SILENT)
    assert not at.exception
    assert f"{vacancy}: could enter the 6 places; now rank 9" in said(at)
    assert "known answers would do that" in said(at)
    assert PHONE not in said(at)
    at.button(key="questions.make").click().run()
    assert not at.exception
    assert PHONE in said(at)
    (question,) = listing.list_asked(by=by)
    at.button(key="questions.save").click().run()
    assert "Choose a level for each language" in said(at)
    at.selectbox(key=f"questions.answer.{question.id}.de").select("B1").run()
    at.button(key="questions.save").click().run()
    assert not at.exception
    (earlier,) = listing.list_earlier(by=by)
    after = earlier.came_of_it[0].after
    assert f"rank 9 → {after}, among the 6 places now" in said(at)
    assert "No answer of this person would change" in said(at)


def test_nobody_is_nagged_after_a_call_in_vain(officers, open_page, vacancy, said):
    by = officers["recruiter"]
    at = open_page(by, "questions", lang="ka", jobseeker=SILENT)
    at.button(key="questions.make").click().run()
    at.button(key="questions.close.not_reached").click().run()
    assert not at.exception
    (earlier,) = listing.list_earlier(by=by)
    assert earlier.status is QuestionStatus.NO_ANSWER
    assert "ყველა" in said(at) or "არც ერთი პასუხი" in said(at)
    assert listing.list_questions_worth_asking(external_id=SILENT, by=by).waiting == 1


def test_with_nothing_to_ask_the_screen_says_so(officers, open_page, said):
    at = open_page(officers["recruiter"], "questions")
    assert not at.exception
    assert "No vacancy is open for ranking" in said(at)
    at = open_page(officers["manager"], "questions")
    assert "not part of your role" in said(at)
