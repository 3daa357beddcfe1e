"""The way from the list of English CVs to a signed-off one, on screen."""

from services.cvs.reading import read_cv
from tests.factories import cvs as factory


def click(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception and not at.error


def test_a_recruiter_writes_a_cv_and_has_it_signed_off(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    external_id = factory.somebody(recruiter)
    factory.approved(external_id)
    at = open_page(recruiter, "cvs", jobseeker=external_id)
    assert "Compare the name with the passport" in texts_of(at)
    at = open_page(recruiter, "cv", jobseeker=external_id)
    ask = "It is whole: ask for the sign-offs"
    assert next(button for button in at.button if button.label == ask).disabled
    click(at, "It is so in the passport")
    for area, words in zip(at.text_area, (*factory.ABOUT, *factory.TASKS), strict=False):
        area.set_value(words)
    english = [one for one in at.text_input if one.label == "English"]
    english[-1].set_value("general")
    click(at, "Save the texts")
    click(at, ask)
    click(at, "I sign the translation off")
    click(at, "Send the personal link")
    assert any("/public/cv/" in code.value for code in at.code)
    record = read_cv(external_id=external_id, by=recruiter)
    assert [one.signer.value for one in record.signoffs] == ["translator"]
    assert record.texts[0].english == factory.ABOUT[1]
