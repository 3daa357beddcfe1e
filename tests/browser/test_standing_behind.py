"""What a recruiter stands behind before a commission: reasons, on the real screens."""

import re
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
    desk.go("/ranking?vacancy=VAC-SAMPLE-31")
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


def test_weights_are_drafted_previewed_and_approved_and_the_ranking_names_them(sit: Sit) -> None:
    recruiter = sit("recruiter", "en")
    _ = recruiter.word
    recruiter.go("/weights")
    recruiter.click(_("Draft a new version"))
    for criterion, percent in (("Occupation", "30.1"), ("Skills", "34.9")):
        label = _("{criterion}, % of the score", criterion=_(criterion))
        recruiter.fill(label, percent)
    recruiter.fill(_("Reason for this version"), "Years of work keep a season going.")
    recruiter.fill(_("Legal reference (order, article)"), "Order 12, article 3")
    recruiter.click(_("Save the draft"))
    recruiter.click(_("Propose for approval"))
    recruiter.sees(_("A manager who did not make this version decides on it."))
    version = recruiter.page.url.rsplit("version=", 1)[1]

    manager = sit("manager")
    _ = manager.word
    manager.go(f"/weights?version={version}")
    approve = manager.page.get_by_role("button", name=_("Approve: counts from {day}").split(":")[0])
    assert approve.first.is_disabled()
    manager.click(_("Show the preview"))
    manager.sees(_("people enter"))
    with manager.acting():
        approve.first.click()
    manager.sees(_("In force today: weights {version}", version=version))
    manager.go("/ranking")
    manager.sees(_("Weights {version}", version=version))


def test_a_question_is_asked_and_changes_the_rank(sit: Sit) -> None:
    desk = sit("recruiter", "en")
    desk.go("/questions?jobseeker=SAMPLE-0201")
    detail, task = (desk.page.locator(f".st-key-question_{part}") for part in ("detail", "task"))
    expect(detail).to_contain_text("VAC-SAMPLE-28: has one of the 18 places")
    desk.click("Make it my task")
    expect(task).to_contain_text("Which languages do they speak")
    expect(task).to_contain_text("+995")
    desk.choose("German", "not spoken")
    desk.choose("English", "A2")
    desk.click("Save the answer")
    changed = re.compile(r"VAC-SAMPLE-28: rank \d+ → excluded")
    expect(desk.page.get_by_text(changed).first).to_be_visible()
    desk.sees("No answer of this person would change")


def test_a_fairness_alert_names_the_requirement_it_comes_from(sit: Sit) -> None:
    desk = sit("recruiter", "ka")
    _ = desk.word
    desk.go("/ranking?vacancy=VAC-SAMPLE-22")
    line = desk.page.locator(".st-key-ranking_fairness")
    expect(line).to_contain_text(_("Below four fifths: {finding}", finding="").strip())
    with desk.acting():
        line.get_by_role("link").click()
    asked = _("Licence, must: {licence}", licence="მართვის მოწმობა T (ტრაქტორი)")
    cause = _("{finding}. The cause: {requirement}", finding="", requirement=asked)
    expect(desk.page.locator("h3.finding")).to_contain_text(cause)
    desk.sees(_("The same people without one requirement"))
    step, group = _("Requirements met"), _("men")
    told = _(
        "Without “{requirement}” the ratio of {group} at the step “{step}” goes from {before} to "
        "{after}.",
        requirement=asked,
        group=group,
        step=step,
        before="\0",
        after="",
    ).split("\0")[0]
    desk.sees(told)


def test_a_season_is_planned_and_adopted_for_one_vacancy(sit: Sit) -> None:
    desk = sit("recruiter", "ka")
    _ = desk.word
    panel = desk.page.locator(".st-key-season_detail")
    desk.go("/season")
    desk.click(_("Plan the season"))
    desk.sees(_("people at another vacancy"))
    with desk.acting():
        desk.page.get_by_role("radio", name=_("Positions stay empty")).click()
    # The first one is open: nurses, of whom there are fewer than two employers ask for.
    why = _(
        "What keeps most people out by itself: {gate}. {count} people fail nothing else."
    ).split("{")[0]
    expect(panel).to_contain_text(why)
    desk.click(_("Adopt for this vacancy"))
    expect(panel).to_contain_text(_("✓ adopted"))
    with desk.acting():
        panel.get_by_role("link", name=_("Open ranking")).click()
    desk.sees(_("Preselected ({count})", count="\0").split("\0")[0])
