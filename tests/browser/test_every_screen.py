"""What every screen promises to whoever may open it, and to whoever may not."""

import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, StorageState

from domain.enums import Role
from services.officers.demo_accounts import ACCOUNTS
from services.permissions import MATRIX
from services.texts import LANGUAGES
from tests.browser.conftest import PHONE, RESULTS, Sit, open_window
from tests.browser.desk import Desk
from ui.navigation import PAGES, PageSpec, spec

SHOWN_WITH = {  # screens that show one thing, and which
    "vacancy": "vacancy=VAC-SAMPLE-20",
    "jobseeker": "jobseeker=SAMPLE-0001",
    "duplicate_pair": "one=SAMPLE-0674&other=SAMPLE-1116",
    "commission": "session=COM-2026-004",
    "ranking": "vacancy=VAC-SAMPLE-20",
    "ranking_run": "run=14",
    "appeals": "appeal=APP-2026-0003",
    "letter": "letter=7",
    "document": "document=1",
    "cv": "jobseeker=SAMPLE-0024",
    "sending": "vacancy=VAC-SAMPLE-11",
    "consents": "jobseeker=SAMPLE-0024",
    "orientation": "session=ORI-2026-0001",
    "deployment": "deployment=DEP-2026-0022",
    "returnee": "stay=DEP-2026-0001",
    "local_vacancy": "vacancy=LOC-2026-0001",
    "case": "case=CASE-2026-0002",
    "employer_trust": "employer=1",
    "accesses": "jobseeker=SAMPLE-0024",
}
OFFICERS = {
    account.role: account.username for account in ACCOUNTS if not account.must_change_password
}
NO_RIGHT = "This screen is not part of your role. Ask an administrator if you need it."
UNSAID = re.compile(r"\{\w+\}|\bNone\b|\bnan\b|\bNaT\b|<\w+>|Traceback")
WIDTHS = """() => ['html', '[data-testid="stMain"]'].map(
    part => document.querySelector(part)).map(part => [part.scrollWidth, part.clientWidth])"""


def address(page: PageSpec) -> str:
    return f"/{page.name}?{SHOWN_WITH.get(page.name, '')}".rstrip("?")


def may_open(role: Role, page: PageSpec) -> bool:
    return page.permission is None or page.permission in MATRIX[role]


SEEN_DIFFERENTLY = {
    Role.MANAGER: {"fairness", "gaps", "ranking", "weights"},
    Role.INSPECTOR: {"case", "cases"},
}
"""Screens that a role sees in another form than the first one that may open them."""


def readers(page: PageSpec) -> list[Role]:
    """Whose screens are looked at: the router's own tests open each for every role."""
    may = [role for role in OFFICERS if may_open(role, page)]
    return [role for role in may if role is may[0] or _sees_another_form(role, page)]


def _sees_another_form(role: Role, page: PageSpec) -> bool:
    return page.name in SEEN_DIFFERENTLY.get(role, ())


OPENINGS = [
    pytest.param(role, page, id=f"{role.value}-{page.name}")
    for page in sorted(PAGES, key=lambda page: readers(page)[0].value)
    for role in readers(page)
]
OTHER_STATES = [
    (Role.CHAIR, "/commission?session=COM-2026-006"),  # planned
    (Role.RECRUITER, "/commission?session=COM-2026-001"),  # closed, with its minutes
    (Role.RECRUITER, "/commission?session=COM-2026-007"),  # cancelled
    (Role.MANAGER, "/commissions?commission=shortlists"),
    (Role.RECRUITER, "/document?document=2"),  # returned
    (Role.RECRUITER, "/letter?letter=14"),  # a draft
    (Role.RECRUITER, "/cv?jobseeker=SAMPLE-0392"),  # a draft
    (Role.RECRUITER, "/sending?vacancy=VAC-SAMPLE-12"),  # waits for the employer
    (Role.RECRUITER, "/orientation?session=ORI-2026-0012"),  # planned
    (Role.RECRUITER, "/preparation?candidacy=74"),  # applied for
    (Role.RECRUITER, "/preparation?candidacy=89"),  # nothing begun
    (Role.RECRUITER, "/deployment?deployment=DEP-2026-0023"),  # nobody hears of the person
    (Role.RECRUITER, "/deployment?deployment=DEP-2026-0051"),  # planned
    (Role.RECRUITER, "/local_vacancy?vacancy=LOC-2026-0002"),  # filled
]
"""Screens that look otherwise where the thing they show stands at another point of its life."""
PUBLIC = (
    "decisions",
    "decisions/COM-2026-001",
    "verify",
    "recusals",
    "complaint",
    "package/a-link-of-nobody",
    "answer/a-link-of-nobody",
    "nothing-stands-here",
)


@pytest.fixture(scope="module")
def phones(
    browser: Browser, base_url: str, cookies: Callable[[str], StorageState]
) -> Iterator[Callable[[Role], Desk]]:
    """One officer of each role at a phone, reading Georgian; the windows stay open."""
    desks: dict[Role, Desk] = {}

    def phone_of(role: Role) -> Desk:
        if role not in desks:
            state = cookies(OFFICERS[role])
            desk = open_window(browser, base_url, RESULTS / "failures", size=PHONE, state=state)
            desk.is_read = False
            desks[role] = desk
        return desks[role]

    yield phone_of
    for desk in desks.values():
        desk.page.context.close()


@pytest.mark.parametrize(("role", "page"), OPENINGS)
def test_screen_fits_a_phone_and_says_everything(
    phones: Callable[[Role], Desk], role: Role, page: PageSpec
) -> None:
    fits_and_says_everything(phones(role), address(page))


@pytest.mark.parametrize(("role", "place"), OTHER_STATES)
def test_screen_fits_a_phone_also_in_another_state(
    phones: Callable[[Role], Desk], role: Role, place: str
) -> None:
    fits_and_says_everything(phones(role), place)


def fits_and_says_everything(desk: Desk, place: str) -> None:
    desk.go(place)
    assert urlsplit(desk.page.url).path == urlsplit(place).path
    assert [width for width, room in desk.page.evaluate(WIDTHS) if width > room] == []
    assert desk.page.locator("h1").inner_text()
    assert desk.page.get_by_test_id("stException").count() == 0
    assert UNSAID.findall(desk.page.locator("body").inner_text()) == []
    assert desk.complaints == []


def test_public_pages_fit_a_phone_and_say_everything(browser: Browser, base_url: str) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    for name in PUBLIC:
        for language in LANGUAGES:
            page.goto(f"{base_url}/public/{name}?lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], name
            assert page.locator("h1").inner_text()
            assert UNSAID.findall(page.locator("body").inner_text()) == []
    page.close()


def test_addresses_without_the_right_show_one_sentence(phones: Callable[[Role], Desk]) -> None:
    member, admin, manager = Role.COMMISSION_MEMBER, Role.ADMINISTRATOR, Role.MANAGER
    for role, name in ((member, "ranking"), (admin, "jobseeker"), (manager, "imports")):
        page = spec(name)
        assert not may_open(role, page)
        desk = phones(role)
        desk.open(address(page))
        shown = desk.page.get_by_test_id("stMainBlockContainer").inner_text()
        for part in (".st-key-officer_bar", ".environment"):  # on every screen
            shown = shown.replace(desk.page.locator(part).first.inner_text(), "")
        assert shown.split() == desk.word(NO_RIGHT).split()


def test_a_switch_of_language_stays_on_the_screen(sit: Sit) -> None:
    desk = sit("recruiter")
    desk.open("/ranking?vacancy=VAC-SAMPLE-31")
    before = desk.page.url
    assert desk.page.locator("h1").inner_text() == desk.word(spec("ranking").title)
    desk.language("en")
    assert desk.page.locator("h1").inner_text() == "Ranking"
    assert desk.page.url == before
    desk.language("ka")
    assert desk.page.locator("h1").inner_text() == desk.word(spec("ranking").title)


ROOM = """() => document.querySelector('.st-key-officer_bar').getBoundingClientRect().left
    - Math.max(...[...document.querySelectorAll('.rc-overflow-item:not([aria-hidden])')]
        .map(item => item.getBoundingClientRect().right))"""


def test_menu_ends_before_the_language_switch_at_every_width(sit: Sit) -> None:
    desk = sit("manager")  # whose menu is the longest
    desk.open("/account")
    for width in (1920, 1440, 1366, 1280, 1024, 800):
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.page.wait_for_timeout(600)  # the menu measures itself, then folds
        assert desk.page.evaluate(ROOM) >= 8, width


def test_a_name_of_sixty_letters_stays_in_its_place(sit: Sit) -> None:
    long = "გრძელისახელიანიშვილი-" * 2 + "უსაშველოდგრძელაძეე"
    assert len(long) == 60
    desk, phone = sit("recruiter"), sit("recruiter", size=PHONE)
    desk.open("/ranking?vacancy=VAC-SAMPLE-31")
    desk.click(desk.word("Open the file"))
    person = desk.page.url.partition("?")[2]
    desk.click(desk.word("Edit"))
    desk.fill(desk.word("Surname (Georgian)"), long)
    desk.click(desk.word("Save"))
    for window in (desk, phone):
        for place in (f"/jobseeker?{person}", "/ranking?vacancy=VAC-SAMPLE-31"):
            window.open(place)
            assert long in window.page.locator("body").inner_text()
            assert [w for w, room in window.page.evaluate(WIDTHS) if w > room] == []


def test_ranking_can_be_worked_with_the_keyboard_alone(sit: Sit) -> None:
    desk = sit("recruiter")
    desk.open("/ranking?vacancy=VAC-SAMPLE-32")
    wanted = desk.word("Preselect {count}", count=1)
    desk.page.get_by_role("textbox", name=desk.word("Name or number")).focus()
    for _step in range(40):
        desk.page.keyboard.press("Tab")
        if wanted in desk.page.evaluate("document.activeElement.innerText || ''"):
            break
    else:
        pytest.fail("40 times Tab do not lead to the preselection")
    with desk.acting():  # on the way the list may have noted a cell, a moment later
        pass
    with desk.acting():
        desk.page.keyboard.press("Enter")
    desk.sees(desk.word("Preselected ({count})", count=1))


def test_list_is_drawn_soon_after_the_vacancy_is_chosen(sit: Sit) -> None:
    desk = sit("recruiter")
    desk.open("/ranking?vacancy=VAC-SAMPLE-27")
    first = desk.page.locator(".st-key-ranking_detail .person > b").inner_text()
    desk.page.get_by_role("combobox").first.fill("VAC-SAMPLE-34")
    option = desk.page.get_by_role("option").first
    option.wait_for()
    begun = time.perf_counter()
    option.click()
    desk.page.wait_for_function(
        "name => document.querySelector('.st-key-ranking_detail .person > b')?.innerText !== name"
        " && !document.querySelector('[data-stale=true]')",
        arg=first,
    )
    seconds = time.perf_counter() - begun
    print(f"ranked list of a chosen vacancy: {seconds:.2f} s")  # noqa: T201 - a measured figure
    assert seconds < 5
