"""My account: an officer's own password, from the first day on."""

from services.officers import accounts, sign_in
from services.officers.demo_accounts import PASSWORD


def change(at, current, new, again=None):
    for field, value in zip(at.text_input, (current, new, again or new), strict=True):
        field.input(value)
    return at.button[0].click().run()


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
