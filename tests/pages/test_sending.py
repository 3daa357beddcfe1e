"""From a missing consent to a package that has gone, on screen."""

from domain.enums import ConsentMethod
from services.consents import consents
from services.sending.board import get_board
from tests.factories import cvs, sending


def click(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception, at.exception
    assert not at.error, [one.value for one in at.error]


def test_recruiter_records_both_consents_and_sends_the_cv(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    where = sending.opening(recruiter)
    external_id = sending.somebody(recruiter)
    candidacy = cvs.approved(external_id, where.vacancy_id)

    at = open_page(recruiter, "sending", vacancy=where.number)
    at.session_state["sending.tabs.en"] = "Send a package"
    at.run()
    assert "no consent: employer" in texts_of(at)
    assert at.checkbox(key=f"sending.person.{candidacy}").disabled

    at = open_page(recruiter, "consents", jobseeker=external_id)
    said = texts_of(at)
    assert "„Beispielhof Nordfeld“" in said
    for _ in range(2):
        asked = next(box for box in at.selectbox if box.label == "How the person agreed")
        asked.select(ConsentMethod.PHONE).run()
        next(box for box in at.checkbox if "agrees" in box.label).check().run()
        click(at, "Record the consent")
    given = consents.list_consents(external_id=external_id, by=recruiter)
    assert {one.is_valid for one in given} == {True}
    assert len(given) == 2

    at = open_page(recruiter, "sending", vacancy=where.number)
    at.session_state["sending.tabs.en"] = "Send a package"
    at.run()
    click(at, "Send to the employer: 1")
    (package,) = get_board(vacancy_number=where.number, by=recruiter).packages
    assert len(package.within) == 1
    assert any("/public/package/" in code.value for code in at.code)
