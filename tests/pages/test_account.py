"""My account: an officer's own password, from the first day on."""

import pyotp
import pytest

from domain.exceptions import SignInRefused
from services.officers import accounts, enrolment, second_factor, sign_in
from services.officers.demo_accounts import PASSWORD


def change(at, current, new, again=None):
    values = {"Current password": current, "New password": new, "New password again": again or new}
    fields = {field.label: field for field in at.text_input if not field.key}
    for label, value in values.items():
        fields[label].input(value)
    return press(at, "Change password")


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def newcomer_with_password(officers):
    admin, newcomer = officers["admin"], officers["newcomer"]
    return newcomer, accounts.reset_password(officer_id=newcomer.id, by=admin)


def test_first_day_officer_chooses_a_password_and_may_work(officers, open_page, texts_of):
    newcomer, password = newcomer_with_password(officers)
    at = change(open_page(newcomer, "account"), password, "seven green apples")
    assert not at.exception
    assert "Your password is changed" in texts_of(at)
    assert not at.warning
    fresh = sign_in.officer_of(at.user["sid"])
    assert fresh is not None and not fresh.must_change_password


def test_refused_password_says_which_field_and_why(officers, open_page, texts_of):
    newcomer, password = newcomer_with_password(officers)
    at = change(open_page(newcomer, "account"), password, "short")
    assert "New password" in at.error[0].value
    assert "at least 12 characters" in at.error[0].value.replace("\\", "")


def test_two_different_new_passwords_change_nothing(officers, open_page):
    newcomer, password = newcomer_with_password(officers)
    at = change(open_page(newcomer, "account"), password, "seven green apples", "other apples")
    assert "differ" in at.error[0].value
    fresh = sign_in.officer_of(at.user["sid"])
    assert fresh is not None and fresh.must_change_password


def test_demo_password_is_not_shown_on_any_account_page(officers, open_page, texts_of):
    assert PASSWORD not in texts_of(open_page(officers["recruiter"], "account"))


def test_second_factor_is_set_up_and_asked_for_from_then_on(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    at = open_page(recruiter, "account")
    at.text_input(key="account.second_factor.password").input(PASSWORD)
    press(at, "Set up a second factor")
    assert not at.exception
    pending = enrolment.pending_enrolment(by=recruiter)
    assert pending is not None and pending.secret[:4] in at.code[0].value
    code = next(field for field in at.text_input if field.label.startswith("2."))
    code.input(pyotp.TOTP(pending.secret).now())
    press(at, "Confirm")
    assert "The second factor is set up" in texts_of(at)
    assert len(at.code[0].value.splitlines()) == 10
    entrance = sign_in.begin_sign_in(
        username="recruiter", password=PASSWORD, browser=sign_in.Browser("192.0.2.1")
    )
    assert entrance.token is None and entrance.step
    with pytest.raises(SignInRefused):
        sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.1")
    at.run()
    assert not at.code, "recovery codes are shown once"


def test_whose_role_needs_a_second_factor_reaches_only_the_own_account(
    officers, open_page, texts_of, monkeypatch
):
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda role: True)
    said = texts_of(open_page(officers["recruiter"], "today"))
    assert "Your role needs a second factor" in said and "Signed-in browsers" in said
