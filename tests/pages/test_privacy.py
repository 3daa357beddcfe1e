"""Personal data on screen: a request goes from its taking in to its answer."""

from domain.enums import IdentityProof, PrivacyChannel, PrivacyOutcome, PrivacyRequestKind
from domain.records.privacy import RequestForm
from services.jobseekers import registration
from services.privacy import requests
from tests.factories.jobseekers import NINO


def test_a_request_is_answered_on_its_screen(officers, open_page):
    recruiter, dpo = officers["recruiter"], officers["dpo"]
    external_id = registration.register_jobseeker(form=NINO, by=recruiter).external_id
    form = RequestForm(external_id, PrivacyRequestKind.ACCESS, PrivacyChannel.PHONE)
    number = requests.register_request(form=form, by=recruiter).number
    app = open_page(dpo, "privacy_request", request=number)
    assert app.button(key="privacy.answered").disabled
    app.selectbox(key="privacy.proof").select(IdentityProof.IDENTITY_CARD).run()
    app.button(key="privacy.identify").click().run()
    app.selectbox(key="privacy.outcome").select(PrivacyOutcome.GRANTED).run()
    app.text_area(key="privacy.answer").input("აქ არის ასლი").run()
    app.button(key="privacy.answered").click().run()
    assert not app.exception
    assert requests.get_request(number=number, by=dpo).outcome is PrivacyOutcome.GRANTED


def test_what_is_due_is_shown_before_it_happens(officers, open_page, texts_of):
    dpo = officers["dpo"]
    app = open_page(dpo, "retention")
    assert not app.exception
    assert "Nobody's period is over." in texts_of(app)
    app.text_input(key="retention.hold.file").input("JS-0").run()
    app.button(key="retention.hold").click().run()
    assert "A reason is needed" in app.error[0].value
