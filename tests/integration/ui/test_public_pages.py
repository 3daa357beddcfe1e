"""Public pages: anybody may read them, in both languages, and nothing is believed or executed."""

import pytest
from sqlalchemy import Engine

from domain.enums import ConflictKind
from services.commission import close_session, declare_conflict
from tests.integration.services.commission.room import Room, candidacies, send_shortlist
from tests.integration.ui.visiting import BOUNDARY, send, send_file, visit
from ui.public import throttle


@pytest.fixture(autouse=True)
def ready(sqlite_database: Engine) -> None:
    throttle.forget()


def test_public_page_needs_no_sign_in_and_runs_no_script() -> None:
    answer = visit("/public/decisions")
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in answer.text and " onclick" not in answer.text
    assert '<html lang="ka">' in answer.text and "კომისიის გადაწყვეტილებები" in answer.text


def test_language_is_kept_from_page_to_page() -> None:
    answer = visit("/public/decisions", lang="en")
    assert '<html lang="en">' in answer.text
    assert "/public/verify?lang=en" in answer.text and 'hreflang="ka"' in answer.text


def test_language_switch_keeps_what_was_asked() -> None:
    answer = visit("/public/verify", code="4F7KQ-2M9X3", lang="en")
    assert 'href="/public/verify?code=4F7KQ-2M9X3" lang="ka"' in answer.text


@pytest.mark.parametrize(
    "path", ["/public/nothing", "/public/decisions/", "/public/../officers", "/public/a.php"]
)
def test_unknown_address_is_a_sentence(path: str) -> None:
    answer = visit(path)
    assert answer.status == 404 and "ასეთი გვერდი არ არსებობს" in answer.text


def test_look_alike_of_the_public_folder_asks_for_sign_in() -> None:
    assert visit("/publicity").headers["location"].startswith("/signin")


def test_bare_folder_leads_to_the_decisions() -> None:
    assert visit("/public").headers["location"] == "/public/decisions"


def test_form_to_a_page_without_one_is_refused_with_a_sentence() -> None:
    answer = send("/public/decisions", b"", lang="en")
    assert answer.status == 405 and "Nothing can be sent" in answer.text


@pytest.mark.parametrize("typed", ["abc", "4F7KQ-2M9X0", "<script>alert(1)</script>"])
def test_what_is_no_code_is_refused_and_shown_harmlessly(typed: str) -> None:
    answer = visit("/public/verify", code=typed, lang="en")
    assert answer.status == 400 and "This is no code" in answer.text
    assert "<script" not in answer.text


def test_file_of_others_is_not_ours() -> None:
    answer = send_file("/public/verify", b"%PDF-1.7 other", lang="en")
    assert answer.status == 200 and "Not ours, or changed" in answer.text


def test_form_without_a_file_says_what_to_do() -> None:
    answer = send("/public/verify", f"--{BOUNDARY}--\r\n".encode(), lang="en")
    assert answer.status == 200 and "Choose a file" in answer.text


def test_file_over_ten_megabytes_is_refused_with_a_sentence() -> None:
    answer = send_file("/public/verify", b"0" * (10 * 1024 * 1024 + 1), lang="en")
    assert answer.status == 413 and "at most 10 MB" in answer.text


def test_broken_form_is_refused_with_a_sentence() -> None:
    answer = send("/public/verify", b"no form at all", lang="en")
    assert answer.status == 400 and "did not arrive whole" in answer.text


def test_who_asks_too_often_waits() -> None:
    answers = [visit("/public/verify") for _ in range(throttle.PER_MINUTE + 1)]
    assert [answer.status for answer in answers[-2:]] == [200, 429]


def test_register_of_recusals_names_members_and_no_words() -> None:
    assert "ჯერ არავინ ყოფილა აცილებული" in visit("/public/recusals").text
    room = Room()
    shortlist_id = send_shortlist(room.number)
    room.open()
    room.declare(shortlist_id, room.chair, room.agency, room.international)
    declare_conflict(
        shortlist_id=shortlist_id,
        kind=ConflictKind.FAMILY,
        explanation="<b>my cousin Saidumlodze</b>",
        by=room.ngo,
    )
    for candidacy_id in candidacies(shortlist_id):
        room.vote(shortlist_id, candidacy_id, "+++.")
    room.close(shortlist_id)
    assert "Officer member.ngo" not in visit("/public/recusals", lang="en").text
    close_session(number=room.number, by=room.chair)
    answer = visit("/public/recusals", lang="en")
    assert answer.status == 200
    for shown in (room.number, "Officer member.ngo", "family", "before the vote"):
        assert shown in answer.text
    for hidden in ("cousin", "Saidumlodze", "საიდუმლო", "V-1", "Farm"):
        assert hidden not in answer.text
