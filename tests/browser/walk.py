"""The main job, step by step, as officers do it at their desks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from playwright.sync_api import expect

from services import clock
from tests.browser.desk import PATIENCE, Desk

CHECKBOX, PERSON = 15, 200  # x of the columns of the ranked list
HEADER, ROW = 38, 35


def day(ahead: int) -> str:
    """The date so many days from now, as typed into a date field."""
    return (clock.today() + timedelta(days=ahead)).strftime("%d.%m.%Y")


def create_vacancy(desk: Desk, title: str, title_ka: str) -> str:
    """Take in a vacancy with one position in Germany, publish it, and return its number."""
    _ = desk.word
    desk.go("/vacancies")
    desk.click(_("New vacancy"))
    desk.fill(_("Title"), title)
    desk.fill(_("Title in Georgian"), title_ka)
    desk.choose(_("Employer"), "Muster-Spargelhof Beelitz GmbH")
    desk.choose(_("Country"), "გერმანია" if desk.reads == "ka" else "Germany")
    desk.choose(_("Occupations (ISCO-08)"), "9211")
    desk.fill(_("Years of experience at least"), "3")
    desk.choose(_("Language"), "გერმანული" if desk.reads == "ka" else "German")
    desk.choose(_("Essential skills"), "ვაშლისა და მსხლის კრეფა" if desk.reads == "ka" else "apple")
    desk.fill_date(_("Start"), day(150))
    desk.fill_date(_("End"), day(230))
    desk.fill_date(_("Closing date"), day(90))
    desk.fill(_("Hours per week"), "40")
    desk.fill(_("Pay before tax"), "15.20")
    desk.choose(_("Currency"), "EUR")
    desk.choose(_("Paid"), _("per hour"))
    desk.click(_("Save as draft"))
    desk.sees(_("Ready to be published"))
    desk.click(_("Publish"))
    desk.sees(_("Published: people can be ranked and preselected for it now."))
    found = re.search(r"vacancy=([\w-]+)", desk.page.url)
    assert found
    return found[1]


def rank(desk: Desk, number: str) -> None:
    """Open the ranking of the vacancy and see the best one's reasons."""
    _ = desk.word
    desk.go(f"/ranking?vacancy={number}")
    desk.sees(_("Score: the sum of the points"))
    desk.sees(_("Rank {rank}", rank=1))
    desk.sees(_("Asked"))


def opened(desk: Desk) -> tuple[str, ...]:
    """Name and file number of the person open on the right."""
    panel = desk.page.locator(".st-key-ranking_detail")
    name = panel.locator(".person > b").inner_text()
    file = panel.locator(".person .chip").nth(2).inner_text()
    return name, file


def open_person(desk: Desk, rank: int) -> tuple[str, ...]:
    """Click a person in the list (from 1): the panel shows who it is."""
    desk.click_cell(0, rank - 1, PERSON)
    shown = desk.text(desk.word("Rank {rank}", rank=rank)).filter(visible=True)
    if not shown.count():
        # A list that is just being drawn takes no click.
        desk.click_cell(0, rank - 1, PERSON)
    desk.sees(desk.word("Rank {rank}", rank=rank))
    return opened(desk)


def compare(desk: Desk, people: Sequence[tuple[str, ...]]) -> None:
    """Put the first ones of the list side by side, and away again."""
    _ = desk.word
    for place in range(len(people)):
        desk.click_row(0, place)
    desk.click(_("Compare {count}", count=len(people)))
    table = desk.page.locator(".st-key-ranking_comparison")
    for name, file in people:
        expect(table.get_by_text(f"{name} ({file})")).to_be_visible(timeout=PATIENCE)
    desk.click(_("Close the comparison"))


def preselect(desk: Desk, *ranks: int) -> None:
    """Tick people by their rank and take them onto the shortlist."""
    _ = desk.word
    for rank in ranks:
        desk.click_row(0, rank - 1)
    desk.click(_("Preselect {count}", count=len(ranks)))


def preselect_against_rank(desk: Desk, rank: int, reason: str) -> None:
    """Take somebody although others rank better: not without a reason."""
    _ = desk.word
    preselect(desk, rank)
    desk.sees(_("People who rank better are passed over. Why are these taken instead?"))
    desk.click(_("Preselect against the rank"))
    desk.fill(_("Reason, as the commission will read it"), reason)
    desk.click(_("Preselect against the rank"))


def plan_session(desk: Desk, place: str) -> str:
    """Plan a session of everybody for tomorrow and return its number."""
    _ = desk.word
    desk.go("/sessions")
    desk.unfold(_("Plan a session"))
    desk.fill(_("Place or link"), place)
    desk.click(_("Plan the session"))
    link = desk.page.get_by_role("link", name=_("Open the session"))
    found = re.search(r"session=([\w-]+)", link.get_attribute("href") or "")
    assert found
    return found[1]


def send_shortlist(desk: Desk, number: str, session: str, message: str) -> None:
    """Send what is preselected for the vacancy to the session."""
    _ = desk.word
    desk.go(f"/ranking?vacancy={number}")
    desk.click(_("Send shortlist…"))
    desk.choose(_("Commission session"), session)
    desk.fill(_("Message to the commission"), message)
    desk.click(_("Send to the commission"))


def take_seat(desk: Desk, session: str) -> None:
    """Open the session from the list of what waits, and be there."""
    _ = desk.word
    desk.go("/sessions")
    with desk.acting():
        desk.page.locator(f".st-key-sessions-open-{session} button").click()
    desk.click(_("I attend"))


def declare(desk: Desk, kind: str, explanation: str = "") -> None:
    """Say whether there is a conflict of interest with the open item."""
    _ = desk.word
    desk.sees(_("Before the file opens"))
    desk.tick(_(kind))
    if explanation:
        desk.fill(
            _("In a few words (where there is a conflict; required for another one)"), explanation
        )
    desk.click(_("Declare"))


def open_candidate(desk: Desk, candidate: int) -> None:
    """Turn to a candidate of the open file."""
    button = desk.page.get_by_role("radio", name=re.compile(f"^{candidate:02d}")).first
    if button.get_attribute("aria-checked") != "true":
        with desk.acting():
            button.click()
    title = desk.word("Candidate {number}", number=f"{candidate:02d}")
    expect(desk.page.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)


def vote(desk: Desk, candidate: int, value: str, reason: str = "") -> None:
    """Cast a vote on the candidate who is open."""
    _ = desk.word
    open_candidate(desk, candidate)
    desk.tick(_(value))
    if reason:
        desk.fill(_("Reason (required for a vote against)"), reason)
    desk.click(_("Cast vote"))


def count_votes(desk: Desk, approved: int, reserve: int) -> None:
    """Open the count; with nobody left to give a reason for, record the decisions."""
    _ = desk.word
    desk.click(_("Count the votes"))
    confirm = _(
        "Confirm and close: {approved} approved, {reserve} on the reserve list, "
        "{refused} not approved",
        approved=approved,
        reserve=reserve,
        refused=0,
    )
    desk.click(confirm)


def approved_of_decided(desk: Desk) -> tuple[int, int]:
    """What the dashboard says the commission approved, of how many."""
    desk.go("/dashboard")
    said = desk.word("The commission approved {approved} of {decided} candidates")
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\d+)", re.escape(said))
    findings = "\n".join(desk.page.locator("h3.finding").all_inner_texts())
    found = re.search(pattern, findings)
    assert found, findings
    return int(found["approved"]), int(found["decided"])


def audit_trail_shows(desk: Desk, file: str) -> None:
    """An administrator finds what was done about a person, and that nothing was changed."""
    _ = desk.word
    desk.go("/audit_log")
    desk.unfold(_("Filters"))
    desk.fill(_("Person"), file)
    desk.sees_not(_("No event matches. Take a filter away, or choose a longer period."))
    desk.click_row(0, 0)
    desk.sees(file)
    desk.click(_("Verify the chain"))
    whole = _("The chain is whole: {count} events, none changed, none missing.")
    desk.sees(whole.partition("{")[0])
