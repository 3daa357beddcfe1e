"""What a recruiter stands behind before a commission: reasons, on the real screens."""

from decimal import Decimal

from playwright.sync_api import Locator, expect

from tests.browser import walk
from tests.browser.conftest import Sit


def points_in(cells: Locator) -> list[Decimal]:
    """The points of table cells, as an officer adds them up; "must" has none."""
    first_lines = (text.split("\n")[0] for text in cells.all_inner_texts())
    return [Decimal(line.replace(",", ".")) for line in first_lines if line[:1].isdigit()]


def test_the_requirement_table_says_why_and_why_not(sit: Sit) -> None:
    desk = sit("recruiter", "ka")
    _ = desk.word
    panel = desk.page.locator(".st-key-ranking_detail")
    desk.open("/ranking?vacancy=VAC-SAMPLE-31")
    ranked = walk.open_person(desk, 6)
    seventh = _("Why above the next one: {name}, rank {rank}", name="\0", rank=7).split("\0")
    for part in seventh:
        expect(panel).to_contain_text(part)
    score = points_in(panel.locator("tfoot td.number"))
    assert sum(points_in(panel.locator(".stacked tbody td.number"))) == score[0] > 0
    expect(panel.locator("tfoot")).to_contain_text(_("Score: the sum of the points"))
    told = panel.locator(".bars").get_attribute("aria-label") or ""
    assert told.startswith(_("Points per criterion"))
    desk.sees(_("What would raise it"))

    with desk.acting():
        desk.page.get_by_role("radio", name=_("Not available for the season")).click()
    expect(panel.locator("tr.excludes").first).to_contain_text(_("excludes"))
    assert walk.opened(desk) != ranked
    desk.sees(_("What would open the way"))
    expect(panel.locator(".raises")).to_contain_text(
        _("opens: {gate}", gate=_("Not available for the season"))
    )
