"""Coming in, choosing a language and leaving, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.officers.demo_accounts import PASSWORD
from tests.browser.desk import Desk


def test_an_officer_comes_in_and_goes(desk: Desk) -> None:
    desk.sign_in("recruiter", PASSWORD)
    desk.language("en")
    desk.sees("Nimusha")
    desk.page.reload()
    desk.settle()
    desk.sees("Nimusha")
    desk.sign_out()
    desk.page.goto(desk.address)
    assert "/signin" in desk.page.url


def test_the_language_is_kept_for_the_next_time(new_desk: Callable[..., Desk]) -> None:
    first = new_desk()
    first.sign_in("chair", PASSWORD)
    first.language("en")
    second = new_desk()
    second.sign_in("chair", PASSWORD)
    second.sees("Magalita")
    second.language("ka")
    second.sees("მაგალითა")


def test_a_wrong_password_says_so_in_both_languages(desk: Desk) -> None:
    desk.page.goto(desk.address + "/signin")
    desk.page.locator("#username").fill("nobody")
    desk.page.locator("#password").fill("wrong-password-here")
    desk.page.locator("#password").press("Enter")
    desk.sees("The username or the password is wrong")
    desk.forgive("401|403|429")


def test_signing_in_works_on_a_phone(phone: Desk) -> None:
    phone.sign_in("manager", PASSWORD)
    width = phone.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_a_newcomer_sees_which_accounts_to_try(base_url: str, app_output: Path) -> None:
    printed = app_output.read_text(encoding="utf-8")
    assert base_url.rsplit(":", 1)[1] in printed
    for username in ("recruiter", "chair", "member.ngo", "manager", "admin"):
        assert username in printed
    assert PASSWORD in printed


@pytest.mark.pictures
def test_picture_of_the_sign_in_page(desk: Desk) -> None:
    desk.page.goto(desk.address + "/signin")
    desk.shot("sign-in")
