"""An officer at a browser: what the browser tests do and look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from services import texts
from services.officers.demo_accounts import PASSWORD
from services.texts import LANGUAGES

APP = '[data-testid="stApp"]'
IDLE = f'{APP}[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
OWN_HOSTS = ("127.0.0.1", "localhost")
PATIENCE = 20_000  # ms, for a machine that is busy with other tests
ATTEMPTS = 4
REACTION = 800  # ms within which a click makes the app run, if it does at all
# Streamlit first looks for its endpoints below the address of the screen, and finds 404.
PROBES = re.compile(r"/\w+/_stcore/(health|host-config)$")
TALLEST = 4000  # px of a picture
HEIGHT = """() => Math.max(0, ...['html', '[data-testid="stMain"]'].map(
    part => document.querySelector(part)?.scrollHeight ?? 0))"""
COUNT_RUNS = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app && window.runs === undefined) {
        window.runs = 0;
        new MutationObserver(() => { window.runs += 1; }).observe(
            app, {attributes: true, attributeFilter: ['data-test-script-state']});
    }
    return window.runs;
}"""
GO = """path => {
    history.pushState({}, '', path);
    window.dispatchEvent(new PopStateEvent('popstate', {state: {}}));
}"""
WAITS_FOR_THE_FORM = "element => !!element.closest('[data-testid=stForm]')"
QUIET = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const quiet = app && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]');
    if (!quiet) { window.quietSince = 0; return false; }
    window.quietSince ||= performance.now();
    return performance.now() - window.quietSince > 250;
}"""


@dataclass
class Desk:
    """One browser window of one officer."""

    page: Page
    address: str
    pictures: Path
    reads: str = "ka"
    """The language that the officer reads: `word` and all labels below are said in it."""
    complaints: list[str] = field(default_factory=list)
    """Errors in the console and requests to other machines; a test fails on them at its end."""
    is_read: bool = True
    """False where the officer's account may still be kept in another language."""

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type == "error" and not PROBES.search(place):
            self.complaints.append(f"console: {message.text} ({place})")

    def _watch(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in OWN_HOSTS:
            self.complaints.append(f"asked another machine: {address.hostname}")

    def forgive(self, pattern: str) -> None:
        """Drop complaints that the test provoked on purpose."""
        self.complaints[:] = [text for text in self.complaints if not re.search(pattern, text)]

    # --- getting around

    def open(self, path: str = "/") -> None:
        """Open an address of the app as if typed, and wait until it is drawn."""
        self.page.goto(self.address + path)
        self.settle()
        if not self.is_read:
            self.is_read = True
            self.language(self.reads)

    def go(self, path: str) -> None:
        """Open another screen as a link within the app does: without loading the app anew."""
        here, there = (urlsplit(place).path for place in (self.page.url, path))
        if here == there or self.page.locator(APP).count() == 0:
            self.open(path)
            return
        with self.acting():
            self.page.evaluate(GO, path)

    def rest(self) -> None:
        """Leave the app for now: a live screen asks again every few seconds."""
        self.page.goto("about:blank")

    def settle(self) -> None:
        """Wait until nothing runs and nothing stale is on the screen."""
        if self.page.locator(APP).count() == 0 and "/signin" in self.page.url:
            return
        expect(self.page.locator(IDLE)).to_be_visible(timeout=PATIENCE)
        self.page.evaluate("window.quietSince = 0")
        self.page.wait_for_function(QUIET, timeout=PATIENCE, polling=50)

    @contextmanager
    def acting(self, on: Locator | None = None) -> Iterator[None]:
        """Wait for what the app does after the action inside the block.

        `on` is the field that is filled: within a form the app runs when the form is sent.
        """
        waits = on is not None and bool(on.evaluate(WAITS_FOR_THE_FORM))
        runs = self.page.evaluate(COUNT_RUNS)
        yield
        if waits:
            return
        with suppress(PlaywrightTimeout):
            self.page.wait_for_function(
                "runs => window.runs !== runs", arg=runs, timeout=REACTION, polling=50
            )
        self.settle()

    def sign_in(self, user: str, password: str = PASSWORD) -> None:
        self.page.goto(self.address + "/signin")
        self.page.locator('input[name="username"]').fill(user)
        self.page.locator('input[name="password"]').fill(password)
        self.page.locator('input[name="password"]').press("Enter")
        self.page.wait_for_url(lambda url: "/signin" not in url)
        self.settle()

    def sign_out(self) -> None:
        self.page.locator(".st-key-officer_bar").get_by_test_id("stPopoverButton").click()
        self.page.locator('form[action="/signout"] button').click()
        self.page.wait_for_url("**/signin**")

    def language(self, code: str) -> None:
        """Switch the language in the header, where it is not the one already: ka or en."""
        self.reads = code
        option = self.page.get_by_role("radio", name=LANGUAGES[code]).first
        if option.get_attribute("aria-checked") != "true":
            with self.acting():
                option.click()

    def word(self, text: str, **values: object) -> str:
        """A message of the screens as this officer reads it."""
        said = texts.translate(text, self.reads)
        assert self.reads == "en" or said != text, f"no screen says “{text}” any more"
        return said.format(**values) if values else said

    # --- acting

    def click(self, name: str) -> None:
        """Press the button, link or tab with this text."""
        role = self.page.get_by_role
        with self.acting():
            role("button", name=name).or_(role("link", name=name)).or_(
                role("tab", name=name)
            ).filter(visible=True).first.click()

    def unfold(self, title: str) -> None:
        """Open or close the folded part with this title."""
        with self.acting():
            self.page.locator("summary").filter(has_text=title).first.click()

    def fill(self, label: str, text: str) -> None:
        """Write into the field with this label and leave it."""
        box = self.page.get_by_label(label).and_(self.page.locator("input, textarea")).first
        with self.acting(on=box):
            box.fill(text)
            box.press("Tab")

    def fill_date(self, label: str, text: str) -> None:
        """Type a date as 22.11.2026 into the field with this label, part by part."""
        first = self.page.get_by_role("group", name=label).get_by_role("spinbutton").first
        first.click()
        with self.acting(on=first):
            self.page.keyboard.type(text.replace(".", ""))
            self.page.keyboard.press("Tab")

    def choose(self, label: str, option: str) -> None:
        """Type an option of the list with this label until it is offered, and take it."""
        box = self.page.get_by_role("combobox", name=label).first
        self.take(box, self.page.get_by_role("option", name=option), typed=option)
        box.press("Tab")  # a list of several stays open

    def take(self, box: Locator, options: Locator, typed: str = "") -> None:
        """Open a list and take the first of these options.

        Once more where the app drew the screen anew in that moment: that closes an open list.
        """
        with self.acting(on=box):
            for attempts_left in reversed(range(ATTEMPTS)):
                try:
                    box.click()
                    if typed:
                        box.fill(typed)
                    options.first.click(timeout=PATIENCE / ATTEMPTS)
                    return
                except PlaywrightTimeout:
                    if not attempts_left:
                        raise
                    self.page.keyboard.press("Escape")
                    self.settle()

    def tick(self, option: str) -> None:
        """Choose the radio button with this text."""
        button = self.page.get_by_role("radiogroup").get_by_text(option, exact=True).first
        with self.acting(on=button):
            button.click()

    def click_row(self, table: int, row: int) -> None:
        """Select a row (from 0) of a table (from 0); tables are drawn on a canvas."""
        self.click_cell(table, row, 15)

    def click_cell(self, table: int, row: int, x: int) -> None:
        """Click into a row (from 0) of a table (from 0), so many pixels from its left edge."""
        grid = self.page.get_by_test_id("stDataFrame").nth(table)
        with self.acting():
            grid.click(position={"x": x, "y": 35 + 17 + 35 * row})

    # --- looking

    def sees(self, text: str) -> None:
        """Fail unless this text is on the screen."""
        expect(self.text(text).filter(visible=True).first).to_be_visible(timeout=PATIENCE)

    def sees_not(self, text: str) -> None:
        expect(self.text(text)).to_have_count(0)

    def everything(self) -> str:
        """All text of the page, also what stands in attributes and hidden parts."""
        return self.page.content()

    def text(self, text: str) -> Locator:
        return self.page.locator("body").get_by_text(text)

    def shot(self, name: str, *, whole: bool = True) -> Path:
        """Save a picture of the window; the whole: made as high as what it shows."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        path = self.pictures / f"{name}.png"
        size = self.page.viewport_size
        height = self.page.evaluate(HEIGHT)
        if whole and size and height > size["height"]:
            self.page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
            self.page.wait_for_timeout(300)  # charts and tables are drawn anew
        self.page.screenshot(path=path, animations="disabled")
        if whole and size:
            self.page.set_viewport_size(size)
        return path
