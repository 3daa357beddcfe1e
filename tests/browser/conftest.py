"""The real app on its sample data, and a real browser; skipped with a reason without one."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

import install
from services.officers.demo_accounts import PASSWORD
from tests.browser.desk import Desk
from tests.conftest import copy_sample

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RESULTS = ROOT / "test-results"
WIDE, PHONE = (1440, 900), (390, 844)
START_WITHIN = 300  # seconds, with all sample data on a busy machine
Sit = Callable[..., Desk]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # the tests also run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = install.find_chromium()
    if executable is None:
        pytest.skip(f"no browser: {install.why_no_browser()}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=executable, args=CHROMIUM_ARGUMENTS, chromium_sandbox=False
        )
        yield started
        started.close()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def app_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the app printed while it started and ran."""
    return tmp_path_factory.mktemp("app") / "output.txt"


@pytest.fixture(scope="session")
def base_url(browser: Browser, app_output: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of the app as `make run` starts it, on a database of its own with sample data."""
    running = os.environ.get("RUNNING_APP")
    if running:  # one that already runs, while tests are being written
        yield running
        return
    data = app_output.parent / "var"
    data.mkdir()
    copy_sample(request.getfixturevalue("sample_template"), data / "app.db")
    with running_app(data, free_port(), app_output) as address:
        yield address


def environment_of(data: Path, **more: str) -> dict[str, str]:
    """What a process of the app finds in its environment; its files are in `data`."""
    return {
        **{name: value for name, value in os.environ.items() if name != "PORT"},
        "MIGRATION_DATA_DIR": str(data),
        "MIGRATION_DATABASE_URL": f"sqlite:///{data / 'app.db'}",
        "MIGRATION_ENVIRONMENT": "demo",
        **more,
    }


@contextmanager
def running_app(data: Path, port: int, printed: Path, **more: str) -> Iterator[str]:
    """The app as `make run` starts it, until the block is left; `more` settings by name."""
    with printed.open("w") as output:
        app = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment_of(data, **more),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(app, address, printed)
        yield address
    finally:
        app.terminate()
        try:
            app.wait(15)
        except subprocess.TimeoutExpired:
            app.kill()
            app.wait()


def wait_until_healthy(app: subprocess.Popen[bytes], address: str, output: Path) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        if app.poll() is not None:
            pytest.fail(f"the app ended while starting:\n{output.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(address + "/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the app is not healthy after {START_WITHIN} s:\n{output.read_text()[-3000:]}")


def open_window(
    browser: Browser,
    address: str,
    pictures: Path,
    size: tuple[int, int] = WIDE,
    language: str = "ka",
    dark: bool = False,
    state: StorageState | None = None,
) -> Desk:
    """A window with cookies of its own, as a browser of that language and size has it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale={"ka": "ka-GE", "en": "en-GB"}[language],
        timezone_id="Asia/Tbilisi",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        storage_state=state,
    )
    return Desk(context.new_page(), address, pictures)


@pytest.fixture
def new_desk(
    request: pytest.FixtureRequest, browser: Browser, base_url: str
) -> Iterator[Callable[..., Desk]]:
    """Opens browser windows, each with its own cookies: one for each officer of a test."""
    desks: list[Desk] = []
    pictures = RESULTS / "pictures"
    if request.node.get_closest_marker("pictures"):
        pictures = ROOT / "docs" / "pictures"

    def open_desk(**options: Any) -> Desk:
        desks.append(open_window(browser, base_url, pictures, **options))
        return desks[-1]

    yield open_desk
    failed = request.node.stash.get(FAILED, False)
    for number, desk in enumerate(desks):
        if failed:
            desk.pictures = RESULTS / "failures"
            desk.shot(re.sub(r"\W+", "-", request.node.name) + f"-{number}")
        desk.page.context.close()
    complaints = [complaint for desk in desks for complaint in desk.complaints]
    assert failed or not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def cookies(browser: Browser, base_url: str) -> Callable[[str], StorageState]:
    """What the browser of a signed-in officer keeps: each signs in once for all tests.

    Only the form is sent, without drawing what comes then: `test_sign_in` looks at that.
    """
    states: dict[str, StorageState] = {}

    def of(officer: str) -> StorageState:
        if officer not in states:
            context = browser.new_context()
            answer = context.request.post(
                base_url + "/signin",
                form={"username": officer, "password": PASSWORD},
                headers={"Origin": base_url},
                max_redirects=0,
            )
            assert answer.status == 303, answer.status_text
            states[officer] = context.storage_state()
            context.close()
        return states[officer]

    return of


@pytest.fixture
def sit(new_desk: Callable[..., Desk], cookies: Callable[[str], StorageState]) -> Sit:
    """An officer at a window of their own, signed in and reading one language."""

    def seated(officer: str, language: str = "ka", **options: Any) -> Desk:
        desk = new_desk(language=language, state=cookies(officer), **options)
        desk.reads, desk.is_read = language, False
        return desk

    return seated


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """A window of 1440 × 900, in Georgian."""
    return new_desk()


@pytest.fixture
def phone(new_desk: Callable[..., Desk]) -> Desk:
    """A window as wide as a phone, in Georgian."""
    return new_desk(size=PHONE)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report
