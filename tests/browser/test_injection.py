"""What people wrote stays text on every screen: nothing runs, nothing leaves, nothing is drawn.

The database holds the 17 payloads in every column that could hold words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, StorageState

from domain.enums import Role
from services.officers.demo_accounts import PASSWORD
from tests import payloads
from tests.browser.conftest import RESULTS, free_port, open_window, running_app
from tests.browser.desk import Desk
from tests.browser.test_every_screen import OFFICERS, OPENINGS, OTHER_STATES, PUBLIC, address
from tests.conftest import copy_sample
from ui.navigation import PageSpec, spec

WROTE_MOST = [(Role.RECRUITER, "jobseeker"), (Role.INSPECTOR, "case"), (Role.CHAIR, "commission")]
"""Looked at in every test run; all screens in the long one."""
LOOK = """() => ({
    ran: window.ran ?? 0,
    put: [...document.querySelectorAll('[data-put]')].map(e => e.outerHTML.slice(0, 80)),
    leads: [...document.querySelectorAll(
        'a[href*="HOST"], a[href^="javascript"], [src*="HOST"], [action*="HOST"], base, object')]
        .map(e => e.outerHTML.slice(0, 80)),
    formed: [...document.querySelectorAll('strong, code, em')]
        .filter(e => e.textContent.startsWith('put-'))
        .map(e => e.parentElement.textContent.slice(0, 80)),
})""".replace("HOST", payloads.HOST)
SHOWN = "data-put"
"""What a payload looks like where it is shown as text."""


@pytest.fixture(scope="session")
def hostile_url(browser: Browser, request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of the app on a database in which every text is a payload."""
    running_already = os.environ.get("RUNNING_HOSTILE_APP")
    if running_already:  # one that already runs, while tests are being written
        yield running_already
        return
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("hostile")
    copy_sample(request.getfixturevalue("sample_template"), folder / "app.db")
    assert payloads.fill(folder / "app.db", payloads.combined()) > 200
    with running_app(folder, free_port(), folder / "output.txt") as running:
        yield running


@pytest.fixture(scope="module")
def desks(browser: Browser, hostile_url: str) -> Iterator[Callable[[Role], Desk]]:
    """One officer of each role at a desk; the windows stay open."""
    opened: dict[Role, Desk] = {}

    def desk_of(role: Role) -> Desk:
        if role not in opened:
            context = browser.new_context()
            context.request.post(
                hostile_url + "/signin",
                form={"username": OFFICERS[role], "password": PASSWORD},
                headers={"Origin": hostile_url},
                max_redirects=0,
            )
            state: StorageState = context.storage_state()
            context.close()
            opened[role] = open_window(browser, hostile_url, RESULTS / "failures", state=state)
        return opened[role]

    yield desk_of
    for desk in opened.values():
        desk.page.context.close()


def done_by(desk: Desk, place: str) -> list[str]:
    """Everything that the texts on the screen have done, or that is not as on any other screen."""
    found = desk.page.evaluate(LOOK)
    done = [f"{kind}: {what}" for kind, what in found.items() if what]
    if len(desk.page.frames) > 1:
        done.append(f"frames: {[frame.url for frame in desk.page.frames[1:]]}")
    if urlsplit(desk.page.url)[1:3] != urlsplit(desk.address + place)[1:3]:
        done.append(f"went to {desk.page.url}")
    done += desk.complaints
    desk.complaints.clear()
    return done


def nothing_happens(desk: Desk, place: str) -> str:
    """Open the screen and each of its tabs; all that it shows."""
    desk.go(place)
    done, shown = done_by(desk, place), desk.everything()
    tabs = desk.page.get_by_role("tab")
    for number in range(1, tabs.count()):
        with desk.acting():
            tabs.nth(number).click()
        done += done_by(desk, place)
        shown += desk.everything()
    assert not done, f"{place}: " + "\n".join(done)
    apology = desk.word(
        "Something went wrong on our side; nothing was saved by halves. Try again. "
        "If it happens once more, tell an administrator this number: {number}"
    ).partition(".")[0]
    assert apology not in shown, f"{place} broke: its texts were not seen"
    return shown


@pytest.mark.parametrize(("role", "name"), WROTE_MOST)
def test_screen_shows_what_people_wrote_as_text(
    desks: Callable[[Role], Desk], role: Role, name: str
) -> None:
    assert SHOWN in nothing_happens(desks(role), address(spec(name)))


@pytest.mark.long
@pytest.mark.parametrize(("role", "page"), OPENINGS)
def test_every_screen_shows_what_people_wrote_as_text(
    desks: Callable[[Role], Desk], role: Role, page: PageSpec
) -> None:
    """All screens with all their tabs: four minutes on a busy machine, two on a quiet one."""
    nothing_happens(desks(role), address(page))


@pytest.mark.long
@pytest.mark.parametrize(("role", "place"), OTHER_STATES)
def test_every_state_shows_what_people_wrote_as_text(
    desks: Callable[[Role], Desk], role: Role, place: str
) -> None:
    """Each a second or two."""
    nothing_happens(desks(role), place)


def test_public_pages_show_what_people_wrote_as_text(browser: Browser, hostile_url: str) -> None:
    desk = open_window(browser, hostile_url, RESULTS / "failures")
    for name in PUBLIC:
        desk.page.goto(f"{hostile_url}/public/{name}")
        desk.forgive("status of 404")  # the link of nobody
        assert done_by(desk, f"/public/{name}") == [], name
    desk.page.context.close()


def test_columns_that_hold_no_words_are_those_of_today() -> None:
    known = {f"{table}.{column.name}" for table, column in payloads.text_columns()}
    assert known >= payloads.KEPT
