"""One person and one vacancy from the English CV to the return home, with the clock moved on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import text

from db.session import reading
from db.settings import Settings
from services import clock
from tests.browser import road
from tests.browser.conftest import (
    FAILED,
    PHONE,
    RESULTS,
    WIDE,
    environment_of,
    free_port,
    open_window,
    running_app,
)
from tests.browser.desk import Desk
from tests.browser.road import Times
from tests.conftest import configured, copy_sample
from tests.factories.providers import Mailbox, SmsBox, mail_server, sms_provider

VACANCY, PERSON, NAME = "VAC-SAMPLE-12", "SAMPLE-0629", "გელაშვილი"


@dataclass
class World:
    """The app with its outside: phones and mailboxes, and time that can pass."""

    browser: Browser
    address: str
    times: Times
    phone: SmsBox
    mail: Mailbox
    pages: list[Page] = field(default_factory=list)

    def desk(self, officer: str) -> Desk:
        """An officer who signs in today."""
        desk = open_window(self.browser, self.address, RESULTS / "failures", size=WIDE)
        self.pages.append(desk.page)
        desk.sign_in(officer)
        desk.language("ka")
        return desk

    def page(self, size: tuple[int, int], language: str) -> Page:
        """Somebody without an account, with a browser."""
        width, height = size
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Asia/Tbilisi",
        )
        self.pages.append(context.new_page())
        return self.pages[-1]

    def one(self, query: str) -> Any:
        """What a query about the person and the vacancy of the story finds."""
        values = {"person": PERSON, "vacancy": VACANCY}
        known = {name: values[name] for name in values if f":{name}" in query}
        with reading() as session:
            return session.execute(text(query), known).scalar_one()

    @property
    def today(self) -> date:
        """The day that the demonstration's clock shows."""
        return clock.today()

    def days_until(self, day: date) -> int:
        return (day - self.today).days


@pytest.fixture
def world(
    browser: Browser, sample_template: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[World]:
    data = tmp_path / "var"
    data.mkdir()
    copy_sample(sample_template, data / "app.db")
    port = free_port()
    settle = contextmanager(configured)
    with mail_server() as mail, sms_provider() as phone:
        more = {
            "MIGRATION_SMTP_HOST": "127.0.0.1",
            "MIGRATION_SMTP_PORT": str(mail.port),
            "MIGRATION_SMTP_SECURITY": "none",
            "MIGRATION_SMTP_FROM": "work@example.ge",
            "MIGRATION_SMS_URL": phone.url,
            "MIGRATION_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        }
        with running_app(data, port, tmp_path / "output.txt", **more) as address:
            with settle(Settings.from_environment(environment_of(data, **more))):
                made = World(browser, address, Times(), phone, mail)
                yield made
            failed = request.node.stash.get(FAILED, False)
            for number, page in enumerate(made.pages):
                if failed:
                    page.screenshot(path=RESULTS / "failures" / f"road-{number}.png")
                page.context.close()


CANDIDACY = """SELECT c.id FROM candidacies c JOIN vacancies v ON v.id = c.vacancy_id
JOIN jobseekers j ON j.id = c.jobseeker_id
WHERE v.number = :vacancy AND j.external_id = :person"""
OF_STAY = f"SELECT {{}} FROM deployments WHERE candidacy_id = ({CANDIDACY})"
INSURED_AFTER = timedelta(days=30)


def test_one_person_goes_abroad_is_paid_too_little_is_helped_and_comes_home(world: World) -> None:
    candidacy = world.one(CANDIDACY)
    number = world.one("SELECT phone FROM jobseekers WHERE external_id = :person")
    recruiter = world.desk("recruiter")
    person, employer = world.page(PHONE, "ka-GE"), world.page(WIDE, "en-GB")
    due, pass_days = world.times.do_what_is_due, world.times.pass_days

    def link(path: str) -> str:
        due()
        return road.newest_link(world.phone, number, path)

    road.write_cv(recruiter, PERSON)
    road.approve_cv(person, link("cv"))
    road.record_consents(recruiter, PERSON)
    package = road.send_package(recruiter, VACANCY, PERSON)

    package_number = world.one("SELECT max(number) FROM packages")

    due()
    assert any(package in email.get_content() for email in world.mail.emails)
    road.employer_wants_to_talk(employer, package)
    road.candidate_chooses_a_time(person, link("answer"))
    road.employer_takes(employer, package)
    road.candidate_confirms(person, link("answer"))
    stay = world.one(OF_STAY.format("number"))
    back_on = date.fromisoformat(world.one(OF_STAY.format("planned_return_on")))

    road.prepare_papers(recruiter, candidacy, back_on + INSURED_AFTER)
    road.enter_contract(recruiter, stay, world.today, back_on + INSURED_AFTER)
    leaves_on = date.fromisoformat(world.one(OF_STAY.format("planned_departure_on")))
    session = road.plan_orientation(recruiter, NAME)
    pass_days(8)
    recruiter = world.desk("recruiter")
    road.hold_orientation(recruiter, session)
    road.receive_permit(recruiter, candidacy)

    pass_days(world.days_until(leaves_on))
    recruiter = world.desk("recruiter")
    road.depart(recruiter, candidacy)
    road.record_step(recruiter, stay, "arrived")
    road.record_step(recruiter, stay, "working")

    pass_days(4)
    case = road.tells_of_low_pay(person, link("check-in"))
    road.close_case(world.desk("inspector"), case)

    pass_days(world.days_until(back_on))
    recruiter = world.desk("recruiter")
    road.record_return(recruiter, stay)
    road.answers_the_survey(person, link("exit"))
    road.finds_work_at_home(recruiter, NAME)
    road.story_is_whole(recruiter, PERSON, (package_number, session.rpartition("=")[2], stay, case))
