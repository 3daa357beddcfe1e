"""Coming back on screen: from the list to the return, from a vacancy in Georgia to the reply."""

from datetime import timedelta

from domain.enums import ConsentGiven, ReferralStatus
from services import clock
from services.local_vacancies import referrals
from tests.factories import stays
from tests.factories.rankings import register_pickers
from tests.integration.services.returns.test_coming_back import away
from tests.integration.services.returns.test_work_in_georgia import vacancy


def click(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception and not at.error


def test_the_list_says_who_is_expected_and_the_return_is_recorded(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    number = away(5)
    at = open_page(recruiter, "returns")
    assert not at.exception
    assert "expected soon" in texts_of(at) and "Expected (1)" in str(at)
    at = open_page(recruiter, "returnee", stay=number)
    assert not at.exception
    assert "record the return here" in texts_of(at)
    click(at, "Record the return")
    assert stays.read(number).returned_on == clock.today()
    said = texts_of(at)
    assert "the work was finished" in said and "the survey is not answered yet" in said


def test_who_fits_is_explained_and_recommended_only_with_consent(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    register_pickers(8, recruiter)
    number = vacancy(recruiter, languages=(), starts_on=clock.today() + timedelta(9)).number
    at = open_page(recruiter, "local_vacancy", vacancy=number)
    assert not at.exception
    # Nobody has been abroad yet: the empty state says where to look.
    assert "Look in the whole register" in texts_of(at)
    group = next(x for x in at.get("button_group") if "whole register" in str(x))
    group.set_value(group.options[1] if isinstance(group.options, list) else "everybody").run()
    assert not at.exception
    assert "score" in texts_of(at)
    button = next(x for x in at.button if x.label == "Recommend to the employer")
    assert button.disabled and "consent" in button.help
    consent = next(x for x in at.selectbox if "agreed" in x.label)
    consent.set_value(ConsentGiven.BY_PHONE).run()
    click(at, "Recommend to the employer")
    (made,) = referrals.list_referrals(number=number, by=recruiter)
    assert (made.status, made.rank) == (ReferralStatus.SENT, 1)
