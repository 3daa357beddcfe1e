"""Seven people at seven browsers hold a session, sign its minutes, and others hear an appeal."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from services.officers.demo_accounts import ACCOUNTS, PASSWORD
from tests.browser import room, walk
from tests.browser.conftest import Sit
from tests.browser.desk import PATIENCE, Desk

OPEN, SECRET = 1, 2  # the items of the agenda
NAMES = {account.username: account.name_ka for account in ACCOUNTS}
FILE = re.compile(r"SAMPLE-\d{4}")
NO_QUORUM = "No quorum: {present} of {members} members present, {needed} needed."


@pytest.mark.long  # four minutes; its rules are tested on both databases, its screens one by one
def test_seven_people_hold_a_session_and_others_hear_the_appeal(
    sit: Sit, new_desk: Callable[..., Desk]
) -> None:
    recruiter = sit("recruiter")
    session, people = room.prepare(recruiter, ("VAC-SAMPLE-48", "VAC-SAMPLE-49"))
    chair, agency, abroad, rights, ministry, secretary, observer = (
        sit(name)
        for name in (
            "chair",
            "member.agency",
            "member.io",
            "member.ngo",
            "member.ministry",
            "secretary",
            "observer",
        )
    )
    composition_fails_then_holds(session, chair, agency, abroad, rights, ministry)
    for desk in (secretary, observer):
        room.attend(desk, session)
        desk.rest()
    room.turn_to(chair, SECRET)
    chair.unfold(chair.word("Ballot: open"))
    chair.click(chair.word("Make the ballot secret"))
    chair.click(chair.word("Open the session"))
    for desk in (chair, agency, rights):
        room.declare(desk, OPEN)
    recuse(abroad)
    for desk in (chair, agency, abroad, rights):
        room.declare(desk, SECRET)
    chair.click(chair.word("Start the voting"))

    votes_twice(agency, sit("member.agency"), session)
    quorum_breaks_and_holds_again(rights, agency)
    room.vote(rights, OPEN, 1, "for")
    room.vote(rights, OPEN, 2, "against", "ბოლო სამსახურის საბუთები აკლია")
    room.vote(agency, OPEN, 2, "for")
    room.vote(chair, OPEN, 1, "for")
    room.vote(chair, OPEN, 2, "abstain")
    for desk in (chair, agency, abroad, rights):
        room.vote_secretly(desk, SECRET, 1, "for")
        room.vote_secretly(desk, SECRET, 2, "against")
    nobody_reads_a_secret_vote(agency)
    chair_breaks_the_tie(chair)
    chair_counts_the_secret_ballot(chair)
    chair.click(chair.word("Close the session"))
    chair.sees(chair.word("The session is closed and its decisions are recorded."))

    code = minutes_are_signed(session, secretary, chair, rights, agency, sit("substitute.agency"))
    verify_the_code(new_desk(), code)
    extract_is_public(session, chair, new_desk())
    appeal_is_heard_by_others(session, recruiter, people[SECRET - 1][1], sit, agency)


def composition_fails_then_holds(
    session: str, chair: Desk, agency: Desk, abroad: Desk, rights: Desk, ministry: Desk
) -> None:
    """Four are there and a seat that must be taken is empty: the button says which."""
    for desk in (abroad, rights, ministry, chair):
        room.attend(desk, session)
    empty = chair.word("The composition fails; empty seats: {missing} ({organisations}).")
    seat = chair.word("state agency")
    room.is_refused(chair, "Open the session", re.escape(empty.split("{")[0] + seat))
    room.leave(ministry)
    ministry.rest()
    room.attend(agency, session)
    button = chair.page.get_by_role("button", name=chair.word("Open the session"), exact=True)
    expect(button.first).to_be_enabled(timeout=PATIENCE)


def recuse(member: Desk) -> None:
    """Who is related to somebody does not see the file, and does not vote."""
    _ = member.word
    room.declare(member, OPEN, "family", "ნათესავს ვიცნობ")
    room.turn_to(member, OPEN)
    member.sees_not(_("Candidate {number}", number="01"))
    expect(member.page.get_by_role("button", name=_("Cast vote"))).to_have_count(0)


def votes_twice(first: Desk, second: Desk, session: str) -> None:
    """The same member at two browsers: the second vote is refused with a sentence."""
    _ = first.word
    for desk in (first, second):
        room.go(desk, session, OPEN)
        walk.open_candidate(desk, 1)
    first.tick(_("for"))
    second.tick(_("against"))
    second.fill(_("Reason (required for a vote against)"), "სხვა ფანჯრიდან")
    first.click(_("Cast vote"))
    second.click(_("Cast vote"))
    second.sees(
        _(
            "You had voted on this candidate already, perhaps in another window: what you sent now "
            "is not counted."
        )
    )
    who = _("Candidate {number}", number="01")
    once = _("{candidate}: {votes} of {expected} have voted", candidate=who, votes=1, expected=3)
    second.sees(once)
    second.rest()


def quorum_breaks_and_holds_again(leaver: Desk, voter: Desk) -> None:
    """With one gone nobody can vote; with the same one back they can."""
    room.turn_to(voter, OPEN)
    walk.open_candidate(voter, 2)
    room.leave(leaver)
    room.is_refused(voter, "Cast vote", room.fragment(voter, NO_QUORUM))
    leaver.click(leaver.word("I attend"))
    button = voter.page.get_by_role("button", name=voter.word("Cast vote"), exact=True)
    expect(button.first).to_be_enabled(timeout=PATIENCE)


def nobody_reads_a_secret_vote(member: Desk) -> None:
    """Not even the one who cast it."""
    _ = member.word
    room.turn_to(member, SECRET)
    walk.open_candidate(member, 1)
    member.sees(_("{candidate}: **you have voted secretly.**").split("**")[1])


def chair_breaks_the_tie(chair: Desk) -> None:
    """One for, one against: the chair decides, and then only can it be confirmed."""
    _ = chair.word
    room.turn_to(chair, OPEN)
    chair.click(_("Count the votes"))
    confirm = chair.page.locator(".st-key-commission-confirm button").first
    expect(confirm).to_be_disabled(timeout=PATIENCE)
    chair.tick(_("can be approved"))
    with chair.acting():
        confirm.click()
    chair.sees(_("The decisions are recorded."))
    chair.sees(_("casting decision of the chair"))


def chair_counts_the_secret_ballot(chair: Desk) -> None:
    """The tally alone; who is not approved gets a reason in kind words."""
    _ = chair.word
    room.turn_to(chair, SECRET)
    chair.click(_("End the ballot and count"))
    confirm = chair.page.locator(".st-key-commission-confirm button").first
    expect(confirm).to_be_disabled(timeout=PATIENCE)
    chair.choose(_("Reason, from the list"), _("the documents"))
    with chair.acting():
        confirm.click()
    chair.sees(_("The decisions are recorded."))


def minutes_are_signed(
    session: str, secretary: Desk, chair: Desk, rights: Desk, agency: Desk, substitute: Desk
) -> str:
    """Made, returned once, made anew, endorsed by two of whom one stands in, signed; the code."""
    absent(agency, substitute_name=NAMES["substitute.agency"])
    _ = secretary.word
    secretary.go(f"/commission?session={session}")
    secretary.click(_("Make the minutes"))
    secretary.click(_("Endorsement and signature"))
    document = re.search(r"document=\d+", secretary.page.url)
    assert document
    paper = f"/document?{document[0]}"
    for member in ("member.io", "member.ngo", "observer"):
        take_out_of_route(secretary, NAMES[member])
    secretary.click(_("Send into route"))
    secretary.click(_("Endorse"))
    chair.go(paper)
    expect(chair.page.locator(".st-key-document-sign_now button").first).to_be_disabled(
        timeout=PATIENCE
    )

    substitute.go(paper)
    substitute.sees(_("acting for {name} because of {reason} ({first} – {last})").split(" {")[0])
    substitute.unfold(_("Return with a remark"))
    substitute.fill(_("Remark"), "განსხვავებული აზრი აკლია")
    substitute.click(_("Return it"))
    dissent(rights, session, "საბუთების მოტანას დრო უნდა მიეცეს.")
    secretary.go(f"/commission?session={session}")
    secretary.click(_("Make them anew"))
    secretary.go(paper)
    secretary.sees(_("revision {number}", number=2))
    secretary.click(_("Send into route"))
    secretary.click(_("Endorse"))
    substitute.go(paper)
    substitute.click(_("Endorse"))
    chair.go(paper)
    chair.fill(_("Password again"), PASSWORD)
    chair.click(_("Sign"))
    chair.sees(_("signed"))
    secretary.go(f"/commission?session={session}")
    said = _("Verification code {code}").split("{")[0]
    return secretary.text(said).first.inner_text().removeprefix(said)


def absent(officer: Desk, substitute_name: str) -> None:
    """Say that one is away today and who stands in."""
    _ = officer.word
    officer.go("/absences")
    officer.choose(_("Reason of absence"), _("leave"))
    officer.choose(_("Substitutes"), substitute_name)
    officer.click(_("Record the absence"))
    officer.sees(substitute_name)


def take_out_of_route(author: Desk, name: str) -> None:
    """Remove the endorsement of somebody from the route of a draft."""
    endorse = author.word("mandatory endorsement")
    summary = author.page.locator("summary").filter(has_text=author.word("Arrange the route"))
    if summary.locator("xpath=..").get_attribute("open") is None:
        author.unfold(author.word("Arrange the route"))
    row = author.page.locator(".stHorizontalBlock, [data-testid=stHorizontalBlock]").filter(
        has_text=f"{endorse}: {name}"
    )
    if row.count():
        with author.acting():
            row.last.get_by_role("button", name="✕").click()


def dissent(member: Desk, session: str, text: str) -> None:
    """File what one differs in, after the session."""
    _ = member.word
    member.go(f"/commission?session={session}")
    room.turn_to(member, SECRET)
    member.unfold(_("File a dissenting opinion"))
    member.fill(_("In what you differ, and why"), text)
    member.click(_("File the opinion"))
    member.sees(text)


def verify_the_code(anybody: Desk, code: str) -> None:
    """Without signing in: the code printed on the paper leads to its fingerprints."""
    page = anybody.page
    page.goto(f"{anybody.address}/public/verify")
    page.locator("#code").fill(code)
    page.locator("form[method=get] button").click()
    expect(page.get_by_role("status").first).to_be_visible()
    expect(page.get_by_text("MIN-").first).to_be_visible()


def extract_is_public(session: str, chair: Desk, anybody: Desk) -> None:
    """Nobody can be recognised in what anybody can read."""
    _ = chair.word
    chair.go(f"/commission?session={session}")
    chair.click(_("Publish the extract"))
    chair.sees(_("What anybody reads"))
    page = anybody.page
    page.goto(f"{anybody.address}/public/decisions")
    page.get_by_role("link", name=session).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(session)
    assert not [file for file in FILE.findall(page.content()) if file]
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def appeal_is_heard_by_others(
    session: str, recruiter: Desk, file: str, sit: Sit, excluded: Desk
) -> None:
    """Registered, put before members who took no part, and decided by them."""
    _ = recruiter.word
    recruiter.go(f"/jobseeker?jobseeker={file}")
    recruiter.click(_("Decisions"))
    recruiter.unfold(_("Register an appeal"))
    recruiter.fill(_("What the person says, in their words"), "საბუთები ახლა წარმოვადგინე.")
    recruiter.click(_("Register the appeal"))
    hearing = walk.plan_session(recruiter, "თბილისი, ოთახი 3")
    recruiter.go(f"/jobseeker?jobseeker={file}")
    recruiter.click(_("Decisions"))
    recruiter.click(_("Open the appeal"))
    recruiter.choose(_("Session"), hearing)
    recruiter.click(_("Put on this agenda"))
    appeal = recruiter.page.url.removeprefix(recruiter.address)

    deputy, *others = (
        sit(name)
        for name in (
            "deputy",
            "member.ministry",
            "substitute.ngo",
            "substitute.agency",
        )
    )
    for desk in (*others, deputy, excluded):
        room.attend(desk, hearing)
    room.turn_to(excluded, 1)
    excluded.sees(
        _(
            "You took part in the first decision on this appeal: another panel hears it, and the "
            "file stays closed to you."
        )
    )
    room.leave(excluded)
    deputy.click(_("Open the session"))
    deputy.click(_("Start the voting"))
    for desk in (deputy, *others):
        room.declare(desk, 1)
        room.vote(desk, 1, 1, "for")
    deputy.click(_("Count the votes"))
    with deputy.acting():
        deputy.page.locator(".st-key-commission-confirm button").first.click()
    deputy.click(_("Close the session"))
    deputy.sees(_("The session is closed and its decisions are recorded."))
    recruiter.go(appeal)
    recruiter.sees(_("upheld"))
