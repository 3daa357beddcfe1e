"""A session of the commission, step by step, as those around the table do it at their screens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.desk import PATIENCE, Desk


def prepare(recruiter: Desk, vacancies: Iterable[str]) -> tuple[str, list[list[str]]]:
    """Plan a session, send the best two for each vacancy to it; their files, item by item."""
    people = []
    vacancies = list(vacancies)
    for vacancy in vacancies:
        recruiter.go(f"/ranking?vacancy={vacancy}")
        people.append([walk.open_person(recruiter, rank)[1] for rank in (1, 2)])
        walk.preselect(recruiter, 1, 2)
    session = walk.plan_session(recruiter, "თბილისი, ოთახი 9")
    for vacancy in vacancies:
        walk.send_shortlist(recruiter, vacancy, session, "ორივე მზად არის გასამგზავრებლად.")
    return session, people


def go(desk: Desk, session: str, item: int = 1) -> None:
    """Open the session, and in it the item at this place of the agenda."""
    if f"session={session}" not in desk.page.url:
        desk.go(f"/commission?session={session}")
    turn_to(desk, item)


def turn_to(desk: Desk, item: int) -> None:
    """Open the item at this place of the agenda."""
    with desk.acting():
        agenda = desk.page.locator(".st-key-commission_agenda").get_by_role("button")
        agenda.filter(has_text=re.compile(rf"^\s*{item}\. ")).click()


def attend(desk: Desk, session: str) -> None:
    """Say that one is there."""
    go(desk, session)
    desk.click(desk.word("I attend"))


def leave(desk: Desk) -> None:
    """Say that one leaves."""
    text = desk.word("I am leaving")
    if not desk.page.get_by_role("button", name=text).filter(visible=True).count():
        desk.unfold(desk.word("Members: {present} of {all} present").split(":")[0])
    desk.click(text)


def is_refused(desk: Desk, button: str, because: str) -> None:
    """The button can't be pressed, and the screen says why."""
    named = desk.page.get_by_role("button", name=desk.word(button), exact=True).first
    expect(named).to_be_disabled(timeout=PATIENCE)
    why = desk.page.get_by_text(re.compile(because)).filter(visible=True).first
    expect(why).to_be_visible(timeout=PATIENCE)


def fragment(desk: Desk, message: str) -> str:
    """The longest part of a message that names nothing: enough to find it on a screen."""
    parts = re.split(r"\{\w+\}", desk.word(message))
    return re.escape(max(parts, key=len).strip())


def declare(desk: Desk, item: int, kind: str = "no conflict", words: str = "") -> None:
    """Say whether there is a conflict of interest with an item."""
    turn_to(desk, item)
    walk.declare(desk, kind, words)


def vote(desk: Desk, item: int, candidate: int, value: str, reason: str = "") -> None:
    """Cast a vote in the open on a candidate of an item."""
    turn_to(desk, item)
    walk.vote(desk, candidate, value, reason)


def vote_secretly(desk: Desk, item: int, candidate: int, value: str) -> None:
    """Cast a vote of which only the tally is kept."""
    turn_to(desk, item)
    walk.open_candidate(desk, candidate)
    desk.tick(desk.word(value))
    desk.click(desk.word("Cast secret vote"))
