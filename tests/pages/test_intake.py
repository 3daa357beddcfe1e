"""Words that ask for something protected are shown, and an officer decides on the screen."""

from services.vacancies.intake import protected_words
from services.vacancies.vacancies import get_vacancy
from tests.factories.vacancies import draft_vacancy


def test_officer_sees_the_words_cites_a_clause_and_publishes(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    draft = draft_vacancy(recruiter, description="Work <b>outdoors</b>. Workers aged 18 to 60.")
    (words,) = protected_words(draft)
    at = open_page(recruiter, "vacancy", vacancy=draft.number)
    assert not at.exception
    assert "Workers <mark>aged 18 to 60</mark>" in texts_of(at)
    assert at.button(key="vacancy.publish").disabled
    at.button(key=f"vacancy.intake.cite.{words.id}.age_at_departure").click().run()
    assert not at.exception
    assert "Words decided on" in texts_of(at)
    assert not at.button(key="vacancy.publish").disabled
    at.button(key="vacancy.publish").click().run()
    assert get_vacancy(number=draft.number, by=recruiter).status == "published"
