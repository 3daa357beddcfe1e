"""What the router promises: the right screen for the right officer, and nothing else."""

import pytest

from db.models import SignInSessionRow
from db.session import unit_of_work
from domain.enums import Role
from services import texts
from services.officers import sign_in
from services.operations.environment import BANNERS
from ui import navigation

DENIED = "This screen is not part of your role"


def test_first_screen_opens_from_the_plain_address(officers, open_page):
    at = open_page(officers["admin"])
    assert not at.exception
    assert at.title[0].value == "Officers"


@pytest.mark.parametrize("page", navigation.PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("username", ["recruiter", "member.ngo", "chair", "manager", "admin"])
def test_screen_without_the_right_shows_only_a_sentence(
    officers, open_page, texts_of, username, page
):
    officer = officers[username]
    at = open_page(officer, page.name)
    assert not at.exception
    if navigation.may_open(officer, page):
        assert not any(DENIED in warning.value for warning in at.warning)
    else:
        assert [warning.value[: len(DENIED)] for warning in at.warning] == [DENIED]
        assert not (at.title or at.dataframe or at.button or at.text_input or at.error)


def test_ended_session_shows_sign_in_at_the_next_rerun(officers, open_page):
    at = open_page(officers["recruiter"], "account")
    assert at.title
    with unit_of_work() as work:
        sign_in.revoke(work.session, SignInSessionRow.officer_id == officers["recruiter"].id)
        work.commit()
    at.run()
    assert not at.title and "session has ended" in at.warning[0].value


def test_no_session_shows_nothing(officers, open_page):
    at = open_page(officers["recruiter"], "account")
    at.user = {"uid": "1", "sid": "00" * 32}
    at.run()
    assert not at.title and "session has ended" in at.warning[0].value


def test_another_officer_in_the_same_browser_finds_nothing_of_the_first(officers, open_page):
    at = open_page(officers["recruiter"], "account")
    at.session_state["draft"] = "of the recruiter"
    other = open_page(officers["manager"], "account").user
    at.user = other
    at.run()
    assert "draft" not in at.session_state


def test_first_day_officer_is_led_to_the_password_from_every_screen(officers, open_page, texts_of):
    for page in (None, *(page.name for page in navigation.PAGES)):
        at = open_page(officers["newcomer"], page)
        assert not at.exception
        assert at.title[0].value == "My account"


def test_language_switch_is_kept_for_the_officer(officers, open_page):
    at = open_page(officers["recruiter"], "account", lang="ka")
    assert at.title[0].value == "ჩემი ანგარიში"
    at.segmented_control[0].set_value("en").run()
    assert at.title[0].value == "My account"
    kept = sign_in.officer_of(at.user["sid"])
    assert kept is not None and kept.language == "en"


def test_every_role_has_a_first_screen():
    assert set(navigation.FIRST_SCREENS) == set(Role)


@pytest.mark.parametrize("lang", ["ka", "en"])
def test_a_screen_says_in_the_officers_language_that_it_is_no_production(officers, open_page, lang):
    said = {one: texts.translate(BANNERS["test"], one) for one in ("ka", "en")}
    screen = open_page(officers["recruiter"], "account", lang=lang)
    drawn = " ".join(str(one.proto.body) for one in screen.get("html"))
    assert said[lang] in drawn
    assert said["en" if lang == "ka" else "ka"] not in drawn
