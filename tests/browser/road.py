"""One person's road abroad and back, step by step, as officers, employer and the person do it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from services import clock
from services.due_work import run_due
from services.preparation.rules import quiz_on
from services.texts import translate
from tests.browser.desk import PATIENCE, Desk
from tests.factories.providers import SmsBox

AGREED = "The person has read or heard this text and agrees"
COOK, LEARNED = "მზარეული", "საკვების სწორად შენახვა"
CHECKED = "checked and in order"


@dataclass
class Times:
    """The demonstration's clock, and what the passing of time brings about.

    As `manage.py move-clock` and `manage.py run-due` do it, in this process: each start of a
    command would take longer than what it does.
    """

    passed: int = 0
    """Days by which the clock was moved."""

    def pass_days(self, days: int) -> None:
        """Some days later, with all that has become due done."""
        self.passed = clock.move(days)
        self.do_what_is_due()

    def do_what_is_due(self) -> None:
        failed = [name for name, count in run_due().items() if count < 0]
        assert failed == []


def newest_link(phone: SmsBox, number: str, path: str) -> str:
    """The address in the last SMS to that number that leads to such a personal page."""
    end = time.monotonic() + 5
    pattern = re.compile(rf"/public/{path}/[\w-]{{43}}")
    while time.monotonic() < end:
        for _, post in reversed(phone.posts):
            if post["to"] == number and (found := pattern.search(post["text"])):
                return found.group()
        time.sleep(0.05)
    raise AssertionError(f"no SMS brought a link to {path}")


def say(text: str) -> str:
    """As a page without sign-in says it to somebody in Georgia."""
    said = translate(text, "ka")
    assert said != text, f"no page says “{text}” any more"
    return said


def press(page: Page, name: str) -> None:
    """Send the form of a public page."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def pick(desk: Desk, label: str, option: str) -> None:
    """Take an option of a short list."""
    box = desk.page.get_by_role("combobox", name=label).filter(visible=True).first
    desk.take(box, desk.page.get_by_role("option", name=option, exact=True), typed=option)


# --- S09: the CV and the package


def write_cv(desk: Desk, person: str) -> None:
    """Both languages, whole, signed off by the translator; the candidate is asked by link."""
    _ = desk.word
    desk.go(f"/cv?jobseeker={person}")
    if desk.page.get_by_text(_("Correct the name")).count() == 0:  # not confirmed by anybody yet
        desk.click(_("It is so in the passport"))
    desk.click(_("Write"))
    fields = desk.page.locator("[data-testid=stForm] textarea").filter(visible=True)
    for number, text in enumerate(("ვმუშაობდი სამზარეულოში.", "I worked in a kitchen.")):
        fields.nth(number).fill(text)
    desk.click(_("Save the texts"))
    desk.click(_("Sign-offs"))
    desk.click(_("It is whole: ask for the sign-offs"))
    desk.click(_("I sign the translation off"))
    desk.click(_("Send the personal link"))


def approve_cv(page: Page, link: str) -> None:
    """The candidate reads the CV on a phone and finds it right."""
    page.goto(link)
    fits_a_phone(page)
    page.get_by_label(say("Everything is right: it may be sent to employers")).check()
    press(page, say("Send the answer"))
    expect(page.get_by_text(say("Thank you, your answer has arrived")).first).to_be_visible()


def record_consents(desk: Desk, person: str) -> None:
    """To the employer and to its country, each with its own text."""
    _ = desk.word
    desk.go(f"/jobseeker?jobseeker={person}")
    desk.click(_("Consents"))
    for _each in range(2):
        pick(desk, _("How the person agreed"), _("said in person, with an identity document"))
        with desk.acting():
            desk.page.get_by_text(_(AGREED)).filter(visible=True).first.click()
        desk.click(_("Record the consent"))
        desk.sees(_("The consent is recorded."))


def send_package(desk: Desk, vacancy: str, person: str) -> str:
    """Freeze the CV and send it; the address that the employer gets."""
    _ = desk.word
    desk.go(f"/sending?vacancy={vacancy}")
    desk.click(_("Send a package"))
    ticked = desk.page.get_by_test_id("stCheckbox").filter(has_text=person, visible=True).first
    if not ticked.locator("input").is_checked():  # who can go, is proposed
        with desk.acting():
            ticked.locator("label").click()
    desk.click(_("Send to the employer: {count}", count=1))
    code = desk.page.locator("code").filter(has_text="/public/package/").first
    expect(code).to_be_visible(timeout=PATIENCE)
    found = re.search(r"/public/package/[\w-]{43}", code.inner_text())
    assert found
    return found.group()


# --- S10: the employer's choice, the candidate's reply


def employer_wants_to_talk(page: Page, link: str) -> None:
    """Without an account, in English."""
    page.goto(link)
    page.get_by_label("talk first").check()
    page.get_by_text("Propose times").click()
    page.get_by_label("Time 1: day").fill(day_ahead(page, 3))
    page.get_by_label("Time 1: hour").fill("12:00")
    page.get_by_label("Time 1: phone, meeting link or address").fill("+359 52 000 111")
    press(page, "Send the answers")
    expect(page.get_by_text("✓ Saved")).to_be_visible()


def day_ahead(page: Page, days: int) -> str:
    """A day so many days after the browser's own today, as a date field takes it."""
    return str(
        page.evaluate(
            "days => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)", days
        )
    )


def candidate_chooses_a_time(page: Page, link: str) -> None:
    page.goto(link)
    fits_a_phone(page)
    page.get_by_role("radio").first.check()
    press(page, say("Choose this time"))
    expect(page.get_by_text(say("✓ Your answer is noted"))).to_be_visible()


def employer_takes(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("we take this person").check()
    press(page, "Send the answers")
    expect(page.get_by_text("✓ Saved")).to_be_visible()


def candidate_confirms(page: Page, link: str) -> None:
    """What silence means stands there before the answer."""
    page.goto(link)
    fits_a_phone(page)
    silence = "If you do not answer by then, the place goes to the next candidate in line."
    expect(page.get_by_text(say(silence))).to_be_visible()
    page.get_by_label(say("Yes, I go")).check()
    press(page, say("Send my answer"))
    expect(page.get_by_text(say("You have confirmed: you are going"))).to_be_visible()


# --- S11: orientation, papers, departure


def open_departure_file(desk: Desk, candidacy: int) -> None:
    desk.go("/today")
    desk.go(f"/preparation?candidacy={candidacy}")


def prepare_papers(desk: Desk, candidacy: int, insured_until: date) -> None:
    """Plan, papers and application; the departure can't be confirmed, and the screen says why."""
    _ = desk.word
    open_departure_file(desk, candidacy)
    refused = desk.page.get_by_role("button", name=_("Confirm the departure"), exact=True)
    expect(refused).to_be_disabled(timeout=PATIENCE)
    desk.fill(_("Whom to call in an emergency"), "მარიამ მაგალითაძე")
    desk.fill(_("Their phone"), "+995599112233")
    desk.click(_("Save the plan"))
    desk.click(_("Open the file for the visa or permit"))
    for row in range(5):
        desk.click_row(0, row)
        pick(desk, _("Standing"), _(CHECKED))
        if row == 4:  # an insurance without an end is none
            desk.fill_date(_("Valid until"), f"{insured_until:%d.%m.%Y}")
        desk.click(_("Save the paper"))
    desk.fill(_("Reference number"), "BG-2027-100")
    desk.click(_("Write down that it was applied for"))
    expect(refused).to_be_disabled(timeout=PATIENCE)


def plan_orientation(desk: Desk, name: str) -> str:
    """A session next week, with the person invited; its address."""
    _ = desk.word
    desk.go("/orientations")
    desk.fill(_("Address, or how to get in online"), "თბილისი, ოთახი 3")
    desk.fill(_("Trainer"), "თამარ მაგალითაძე")
    desk.click(_("Plan the orientation session"))
    place = desk.page.url.removeprefix(desk.address)
    invited = desk.page.get_by_role("combobox").filter(visible=True).last
    desk.take(invited, desk.page.get_by_role("option").filter(has_text=name))
    desk.page.keyboard.press("Escape")
    desk.click(_("Invite {count} people", count=1))
    return place


def hold_orientation(desk: Desk, session: str) -> None:
    """Who was there, the quiz, the certificate."""
    _ = desk.word
    desk.go(session)
    desk.click(_("Save the attendance"))
    desk.click_row(0, 0)
    for question in quiz_on(clock.today()).questions:
        right = question.answer(question.right, desk.reads)
        desk.page.get_by_text(right, exact=True).filter(visible=True).first.click()
    desk.click(_("Save the answers"))
    desk.click(_("Issue the certificate"))
    desk.sees(_("Code to check it"))


def fits_a_phone(page: Page) -> None:
    """Nothing is cut off, and no word is left in another language's placeholder."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, width
    assert re.findall(r"\{\w+\}|\bNone\b", page.locator("body").inner_text()) == []


def receive_permit(desk: Desk, candidacy: int) -> None:
    """The last thing that was open."""
    _ = desk.word
    open_departure_file(desk, candidacy)
    desk.fill(_("Number of the permit"), "BG-D-778899")
    desk.click(_("Write down the permit"))
    desk.sees(_("The permit is written down."))


def depart(desk: Desk, candidacy: int) -> None:
    """Nothing is open any more."""
    _ = desk.word
    open_departure_file(desk, candidacy)
    desk.click(_("Confirm the departure"))
    desk.sees(_("The departure is confirmed. The stay abroad begins; next comes the arrival."))


# --- S12, S13: abroad


def record_step(desk: Desk, deployment: str, status: str) -> None:
    """Arrived, working: on the day that stands there."""
    _ = desk.word
    step = _(status)
    desk.go("/today")
    desk.go(f"/deployment?deployment={deployment}")
    desk.click(step)
    desk.page.get_by_role("button", name=_("Record"), exact=True).filter(visible=True).first.click()
    desk.sees(_("Recorded: {status}.", status=step))


def tells_of_low_pay(page: Page, link: str) -> str:
    """From abroad, on a phone, in Georgian: two thirds of what was promised; the case's number."""
    page.goto(link)
    fits_a_phone(page)
    for field, value in (
        ("safety", "safe"),
        ("documents", "worker"),
        ("pay_received", "yes"),
        ("paid_for", "week"),
        ("housing", "as_agreed"),
        ("wants_call", "yes"),
    ):
        page.locator(f'input[name="{field}"][value="{value}"]').check()
    for field, text in (("paid_amount", "150"), ("paid_hours", "48"), ("hours_week", "48")):
        page.locator(f'input[name="{field}"]').fill(text)
    press(page, say("Send"))
    expect(page.get_by_text(say("✓ Thank you: your answer has arrived")).first).to_be_visible()
    found = re.search(r"CASE-\d{4}-\d+", page.locator("body").inner_text())
    assert found, page.locator("main").inner_text()
    return found.group()


def enter_contract(desk: Desk, deployment: str, today: date, insured_until: date) -> None:
    """What both signed, as data: what is paid later is held against it."""
    _ = desk.word
    desk.go("/today")
    desk.go(f"/deployment?deployment={deployment}")
    desk.click(_("Contract"))
    desk.fill_date(_("Signed on"), f"{today:%d.%m.%Y}")
    pick(desk, _("Language of the contract"), "ქართული")
    pick(desk, _("The worker has it in a language they understand"), _("yes"))
    desk.fill(_("What the worker paid for the job"), "0")
    pick(desk, _("Insurance"), _("employer pays"))
    desk.fill_date(_("Insured until"), f"{insured_until:%d.%m.%Y}")
    desk.click(_("Save the contract"))
    desk.sees(_("The contract is saved."))


def close_case(desk: Desk, case: str) -> None:
    """The monitoring officer stops the clock, gets the money and closes the case."""
    _ = desk.word
    desk.go(f"/case?case={case}")
    desk.sees(_("Call the person, then say that you have begun: that stops the clock."))
    desk.click(_("Begin with this case"))
    desk.unfold(_("Money came back"))
    desk.fill(_("Amount the worker got back"), "115")
    desk.click(_("Note the money"))
    desk.sees(_("Noted: the worker got money back."))
    desk.unfold(_("Close with an outcome"))
    pick(desk, _("Outcome"), _("founded"))
    desk.fill(_("Why, in a sentence"), "დამსაქმებელმა სხვაობა გადაიხადა")
    desk.click(_("Close the case"))
    desk.sees(_("The case is closed."))


# --- S15: home


def record_return(desk: Desk, deployment: str) -> None:
    """What was learned abroad goes into the file at a click."""
    _ = desk.word
    desk.go("/today")
    desk.go(f"/returnee?stay={deployment}")
    desk.click(_("Record the return"))
    desk.sees(_("The return is recorded; the person can be recommended for work."))
    likely = _("The work abroad makes likely what the file lacks. Confirm what is true:")
    desk.sees(likely)
    add = desk.page.get_by_role("button", name=LEARNED)
    with desk.acting():
        add.first.click()
    expect(add).to_have_count(0, timeout=PATIENCE)


def answers_the_survey(page: Page, link: str) -> None:
    """Nobody took a fee; the pay came only in part; a job at home is wished for."""
    page.goto(link)
    fits_a_phone(page)
    for field, value in (
        ("fee_paid", "no"),
        ("pay_as_promised", "partly"),
        ("wants_again", "same_employer"),
        ("needs", "job"),
    ):
        page.locator(f'input[name="{field}"][value="{value}"]').check()
    page.locator('select[name="recommends"]').select_option("7")
    press(page, say("Send the answers"))
    expect(page.get_by_text(say("Thank you")).first).to_be_visible()
    page.goto(link)
    assert page.locator("form").count() == 0, "a survey is answered once"


def finds_work_at_home(desk: Desk, name: str) -> None:
    """A vacancy in Georgia is ranked by the same engine; the one who was abroad is hired."""
    _ = desk.word
    desk.go("/local_vacancies")
    take_first(desk, _("Employer in Georgia"))
    desk.fill(_("Title"), COOK)
    desk.choose(_("Occupations (ISCO-08)"), COOK)
    desk.page.keyboard.press("Escape")
    desk.click(_("Take the vacancy in"))
    desk.sees(name)
    take_first(desk, _("The person agreed that the file goes to this employer"))
    desk.click(_("Recommend to the employer"))
    desk.click(_("Recommended ({count})", count=1))
    for answer in ("the employer is interested", "hired"):
        pick(desk, _("What came of it"), _(answer))
        desk.click(_("Write it down"))
    desk.sees(_("hired"))


def story_is_whole(desk: Desk, person: str, told: tuple[str, ...]) -> None:
    """Everything that happened stands on the person's file, each thing once."""
    desk.go(f"/jobseeker?jobseeker={person}")
    desk.click(desk.word("Story"))
    for one in told:
        expect(desk.text(one).filter(visible=True).first).to_be_visible(timeout=PATIENCE)


def take_first(desk: Desk, label: str) -> None:
    """Take the first option of a list."""
    box = desk.page.get_by_role("combobox", name=label).filter(visible=True).first
    desk.take(box, desk.page.get_by_role("option"))
