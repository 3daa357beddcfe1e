"""Pictures of every screen to look at, and those that the README shows: `make screenshots`."""

import pytest
from PIL import Image

from domain.enums import Role
from services.permissions import MATRIX
from tests.browser import walk
from tests.browser.conftest import PHONE, RESULTS, ROOT, WIDE, Sit
from tests.browser.test_every_screen import OFFICERS, address
from ui.navigation import PAGES, PageSpec

pytestmark = pytest.mark.pictures

TO_LOOK_AT = RESULTS / "pictures"
FOR_README = ROOT / "docs" / "pictures"
LARGEST = 300_000  # bytes
USED_BY = (Role.RECRUITER, Role.COMMISSION_MEMBER, Role.MANAGER, Role.ADMINISTRATOR)
HIGH = (1440, 1240)  # with the requirement table
README = {
    "ranking-ka": ("recruiter", "ka", HIGH, "/ranking?vacancy=VAC-SAMPLE-30"),
    "ranking-en": ("recruiter", "en", HIGH, "/ranking?vacancy=VAC-SAMPLE-30"),
    "ranking-phone-ka": ("recruiter", "ka", PHONE, "/ranking?vacancy=VAC-SAMPLE-30"),
    "today-ka": ("recruiter", "ka", WIDE, "/today"),
    "commission-en": ("member.ngo", "en", WIDE, "/commission?session=COM-2026-004"),
    "dashboard-en": ("manager", "en", WIDE, "/dashboard"),
}


def user_of(page: PageSpec) -> str:
    return next(
        OFFICERS[role]
        for role in USED_BY
        if page.permission is None or page.permission in MATRIX[role]
    )


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_picture_of(sit: Sit, page: PageSpec, size: tuple[int, int], language: str) -> None:
    desk = sit(user_of(page), language, size=size)
    desk.pictures = TO_LOOK_AT
    desk.open(address(page))
    desk.shot(f"{page.name}-{language}-{size[0]}")


@pytest.mark.parametrize("name", README)
def test_picture_for_the_readme(sit: Sit, name: str) -> None:
    officer, language, size, place = README[name]
    desk = sit(officer, language, size=size)
    desk.pictures = FOR_README
    desk.open(place)
    if name.startswith("commission"):
        walk.declare(desk, "no conflict")
        walk.open_candidate(desk, 2)
    picture = desk.shot(name, whole=False)
    with Image.open(picture) as image:
        image.convert("RGB").quantize(128).save(picture, optimize=True)
    assert picture.stat().st_size <= LARGEST
