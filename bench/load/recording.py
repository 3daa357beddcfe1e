"""What a browser sends while an officer works on a screen, kept to be sent again by many.

A real Chromium walks each screen once; the frames of its websocket are the clicks of the load.
Streamlit names its fields by what they are, so the same frames mean the same in every session.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket, expect

from bench.load.frames import asks_again, interval_of, is_rerun
from services.officers.demo_accounts import PASSWORD
from tests.browser import walk
from tests.browser.conftest import open_window
from tests.browser.desk import Desk

VACANCY, SESSION = "VAC-SAMPLE-32", "COM-2026-004"
PAINTS = 5
PATIENCE = 60_000  # ms; the first ranking of a hundred thousand people takes a moment


@dataclass
class Recording:
    """How one screen is opened and worked on."""

    page: str
    officer: str
    opening: list[bytes] = field(default_factory=list)
    """What a browser sends when the address is opened."""
    clicks: list[bytes] = field(default_factory=list)
    """What it sends for each thing the officer does then; each has one answer."""
    again: bytes | None = None
    """What it sends by itself every few seconds, where the screen is alive."""
    every: float = 0.0
    """How many seconds lie between two of those."""
    first_paint_ms: float | None = None
    """From asking for the address until the screen's own title is drawn; median of PAINTS."""


@dataclass(frozen=True)
class Work:
    """A screen and what is done on it, again and again."""

    page: str
    address: str
    officer: str
    prepare: Callable[[Desk], None]
    """What has to be done once, before the frames are kept."""
    walk: Callable[[Desk], None]


def record(browser: Browser, address: str, work: Work, pictures: Path) -> Recording:
    """Open the screen, do the work once, and keep what was sent."""
    desk = open_window(browser, address, pictures)
    desk.page.set_default_timeout(PATIENCE)
    desk.sign_in(work.officer, PASSWORD)
    kept = Recording(work.page, work.officer)
    desk.open(work.address)
    work.prepare(desk)
    desk.page.goto("about:blank")
    heard = _listen(desk.page, kept)
    desk.open(work.address)
    kept.opening, heard[:] = list(heard), []
    work.walk(desk)
    kept.clicks = list(heard)
    kept.first_paint_ms = statistics.median(_paint(desk, work.address) for _ in range(PAINTS))
    desk.page.context.close()
    return kept


def _listen(page: Page, kept: Recording) -> list[bytes]:
    heard: list[bytes] = []

    def sent(payload: str | bytes) -> None:
        frame = payload if isinstance(payload, bytes) else payload.encode()
        if asks_again(frame):
            kept.again = frame
        elif is_rerun(frame):
            heard.append(frame)

    def received(payload: str | bytes) -> None:
        kept.every = interval_of(payload) or kept.every

    def opened(socket: WebSocket) -> None:
        socket.on("framesent", sent)
        socket.on("framereceived", received)

    page.on("websocket", opened)
    return heard


def _paint(desk: Desk, address: str) -> float:
    desk.page.goto("about:blank")
    began = time.perf_counter()
    desk.page.goto(desk.address + address, wait_until="commit")
    expect(desk.page.locator("[data-testid=stMain] h1").first).to_be_visible(timeout=PATIENCE)
    return (time.perf_counter() - began) * 1e3


# --- what is done on each screen


def nothing(desk: Desk) -> None:
    """Nothing has to be done before."""


def read_reasons(desk: Desk) -> None:
    """Recruiter on a ranking: person after person, the next page, the excluded, back."""
    for rank in (2, 3, 4, 5, 3):
        desk.click_cell(0, rank - 1, walk.PERSON)
    desk.fill(desk.word("Name or number"), "გელაშვილი")
    desk.fill(desk.word("Name or number"), "")


def search_the_register(desk: Desk) -> None:
    """Recruiter in the register: search by name, in both scripts, turn pages, back."""
    box = desk.page.get_by_role("searchbox").first
    for text in ("გელაშვილი", "Giorgi", "SAMPLE-0629", ""):
        with desk.acting():
            box.fill(text)
            box.press("Enter")
    for number in ("2", "3", "1"):
        with desk.acting():
            desk.page.locator("button").filter(has_text=re.compile(f"^{number}$")).first.click()


def declare(desk: Desk) -> None:
    """The member says that there is no conflict, once, and the file opens."""
    if desk.page.get_by_text(desk.word("Before the file opens")).count():
        walk.declare(desk, "no conflict")


def read_files(desk: Desk) -> None:
    """Member at a session: candidate after candidate of the open item, back to the first."""
    for candidate in (2, 3, 4, 5, 1):
        walk.open_candidate(desk, candidate)


WORKS = (
    Work("ranking", f"/ranking?vacancy={VACANCY}", "recruiter", nothing, read_reasons),
    Work("jobseekers", "/jobseekers", "recruiter", nothing, search_the_register),
    Work("commission", f"/commission?session={SESSION}", "member.agency", declare, read_files),
)
