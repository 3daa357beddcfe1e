"""Coming home in the sample: reminders, surveys, what was learned, work in Georgia."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from db.models import (
    CandidacyRow,
    DeploymentRow,
    FollowUpRow,
    MessageRow,
    ReturnRow,
    VacancyRow,
)
from db.repositories.returns import AWAY
from db.session import reading
from domain.enums import (
    CefrLevel,
    ConsentGiven,
    Evidence,
    FollowUpOutcome,
    GainKind,
    LocalPool,
    PayAsPromised,
    PayPeriod,
    ReferralReason,
    ReferralStatus,
    RequirementKind,
    ReturnNeed,
    WantsAgain,
)
from domain.exceptions import InvalidInput
from domain.records.local_vacancies import LocalEmployerForm, LocalVacancyForm
from domain.records.officer import Officer
from domain.records.returns import GainForm, SurveyForm
from domain.records.vacancy import LanguageWanted
from sample_data.forms import Days
from sample_data.reference import read_skills
from sample_data.timeline import Timeline
from services import clock
from services.deployments.contracts import contract_of, save_contract
from services.local_vacancies.employers import create_local_employer, list_local_employers
from services.local_vacancies.ranking import rank_local_vacancy
from services.local_vacancies.referrals import ReplyForm, record_reply, refer_person
from services.local_vacancies.vacancies import create_local_vacancy
from services.returns.follow_ups import plan_follow_ups, record_follow_up
from services.returns.gains import add_gain, suggest_gains
from services.returns.reminders import send_return_reminders
from services.returns.surveys import answer_survey, record_survey, send_exit_surveys

STORY = Path(__file__).parent / "returning.yaml"
FIRST_WEEK = date(2026, 4, 6)
WEEKS = 33
SILENT_EVERY, BY_PHONE_EVERY = 4, 5
"""Every so manieth returnee answers no survey, or tells it by phone."""
DAYS_TO_ANSWER, DAYS_TO_LEARN, DAYS_TO_CALL = 6, 10, 5


def tell_returning(timeline: Timeline, days: Days, cast: dict[str, Officer]) -> None:
    """Put on the timeline what happens each week, and the employers in Georgia."""
    story: dict[str, Any] = yaml.safe_load(STORY.read_text("utf-8"))
    home = Coming(story, cast["recruiter"])
    for week in range(WEEKS):
        timeline.add(days.moved(FIRST_WEEK + timedelta(7 * week)), 10, home.week)
    for told in story["sooner"]:
        sooner = partial(come_home_sooner, told, days, cast["recruiter"])
        timeline.add(days.moved(told["day"]), 15, sooner)
    Georgia(story, days, cast["recruiter"]).tell(timeline)


def come_home_sooner(told: dict[str, Any], days: Days, by: Officer) -> None:
    """Another planned day of return, as the contract was changed."""
    with reading() as session:
        query = (
            select(DeploymentRow)
            .join(CandidacyRow, CandidacyRow.id == DeploymentRow.candidacy_id)
            .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
            .where(VacancyRow.number == told["vacancy"])
            .where(DeploymentRow.status.in_(AWAY))
        )
        stay = session.scalars(query.order_by(DeploymentRow.id)).all()[told["place"]]
        home = days.moved(told["home"])
        form = replace(contract_of(stay), ends_on=home, planned_return_on=home)
    save_contract(number=stay.number, form=form, version=stay.version, by=by)


class Coming:
    """What due work and the recruiter do each week for those who are back."""

    def __init__(self, story: dict[str, Any], by: Officer) -> None:
        self.story, self.by = story, by
        self.asked: set[int] = set()
        self.taught: set[int] = set()

    def week(self) -> None:
        """Reminders, surveys, what was learned, how people are later."""
        send_return_reminders()
        send_exit_surveys()
        plan_follow_ups()
        today = clock.today()
        with reading() as session:
            query = select(ReturnRow.id, ReturnRow.returned_on, DeploymentRow.number).join(
                DeploymentRow, DeploymentRow.id == ReturnRow.deployment_id
            )
            found = session.execute(query.order_by(ReturnRow.id)).all()
        for key, day, number in found:
            since = (today - day).days
            if since >= DAYS_TO_ANSWER and key not in self.asked:
                self.asked.add(key)
                self.answer(key, number)
            if since >= DAYS_TO_LEARN and key not in self.taught:
                self.taught.add(key)
                self.learn(key, number)
        self.call(today)

    def answer(self, key: int, number: str) -> None:
        """The survey, by the person's link or by phone; some never answer."""
        if key % SILENT_EVERY == 0:
            return
        told = self.story["survey"][key % len(self.story["survey"])]
        form = SurveyForm(
            fee_paid=told["fee"],
            fee_amount=Decimal(told["amount"]) if "amount" in told else None,
            fee_currency=told.get("currency"),
            fee_to=told.get("to", ""),
            pay_as_promised=PayAsPromised(told["pay"]),
            recommends=told["recommends"],
            wants_again=WantsAgain(told["again"]),
            needs=needs_of(self.story, key),
            comment=told.get("comment", ""),
        )
        if key % BY_PHONE_EVERY == 0:
            record_survey(deployment_number=number, form=form, by=self.by)
            return
        with reading() as session:
            sent = MessageRow.key.startswith(f"exit_survey:{key}:")
            secrets = session.scalars(select(MessageRow.secrets).where(sent)).one()
        if secrets:  # the message is still in the outbox, with the link that the person follows
            answer_survey(secret=str(secrets["link"]).rsplit("/", 1)[1], form=form)

    def learn(self, key: int, number: str) -> None:
        """The work itself, and for some a language; nothing is known of every fourth one."""
        if key % SILENT_EVERY == 3:
            return
        offered = suggest_gains(deployment_number=number, by=self.by)
        language, level = self.story["learned"][key % len(self.story["learned"])]
        known = GainForm(
            kind=GainKind.LANGUAGE,
            code=language,
            detail=CefrLevel(level).value,
            evidence=Evidence.TESTED,
            evidence_note="სააგენტოს ტესტი",
        )
        for gain in (*offered[: 1 + key % 2], *([known] if key % 2 else [])):
            with suppress(InvalidInput):  # whoever knows more already keeps what the file says
                add_gain(deployment_number=number, gain=gain, by=self.by)

    def call(self, today: date) -> None:
        """Some of the tasks are settled some days after they came up."""
        due = today - timedelta(DAYS_TO_CALL)
        with reading() as session:
            query = select(FollowUpRow.id).where(
                FollowUpRow.done_at.is_(None), FollowUpRow.due_on <= due
            )
            waiting = session.scalars(query.order_by(FollowUpRow.id)).all()
        outcomes = [FollowUpOutcome(code) for code in self.story["later"]]
        for key in waiting:
            if key % 3:
                outcome = outcomes[key % len(outcomes)]
                record_follow_up(follow_up_id=key, outcome=outcome, by=self.by)


def needs_of(story: dict[str, Any], key: int) -> tuple[ReturnNeed, ...]:
    """What a returnee asks for, in turn."""
    return tuple(ReturnNeed(code) for code in story["needs"][key % len(story["needs"])])


class Georgia:
    """Employers in Georgia: each vacancy on its day, then the recommendations and replies."""

    def __init__(self, story: dict[str, Any], days: Days, by: Officer) -> None:
        self.story, self.days, self.by = story, days, by
        self.skills = read_skills().ids

    def tell(self, timeline: Timeline) -> None:
        """Put all of it on the timeline."""
        first = min(told["day"] for told in self.story["vacancies"]) - timedelta(7)
        timeline.add(self.days.moved(first), 11, self.employers)
        for told in self.story["vacancies"]:
            timeline.add(self.days.moved(told["day"]), 12, partial(self.vacancy, told, timeline))

    def employers(self) -> None:
        for told in self.story["employers"]:
            form = LocalEmployerForm(
                id_code=told["code"],
                name=told["name"],
                region=told["region"],
                sector=told["sector"],
                contact_name=told["contact"],
                contact_email=told["email"],
            )
            create_local_employer(form=form, by=self.by)

    def vacancy(self, told: dict[str, Any], timeline: Timeline) -> None:
        """The vacancy, and what is to come of it."""
        number = create_local_vacancy(form=self.form(told), by=self.by).number
        # Replies need the recommendation's number: they are put on the timeline by it.
        consents = cycle(ConsentGiven)
        for reply in told["replies"]:
            refer = partial(self.refer, number, reply, next(consents), timeline)
            timeline.add(self.days.moved(reply["day"]), 13, refer)

    def form(self, told: dict[str, Any]) -> LocalVacancyForm:
        ids = {one.id_code: one.id for one in list_local_employers(by=self.by)}
        amount, period = told["pay"]
        closes = told.get("closes_on")
        return LocalVacancyForm(
            employer_id=ids[told["employer"]],
            title=told["title"],
            region=told["region"],
            positions=told["positions"],
            occupations=tuple(told["occupations"]),
            skills_essential=tuple(self.skills[x] for x in told.get("essential", ())),
            skills_optional=tuple(self.skills[x] for x in told.get("optional", ())),
            languages=tuple(
                LanguageWanted(code, CefrLevel(level), RequirementKind(kind))
                for code, level, kind in told.get("languages", ())
            ),
            licences_required=tuple(told.get("licences", ())),
            experience_years_min=told.get("experience"),
            starts_on=self.days.moved(told["starts_on"]),
            closes_on=self.days.moved(closes) if closes else None,
            hours_per_week=told["hours"],
            pay_amount=Decimal(amount),
            pay_period=PayPeriod(period),
        )

    def refer(
        self, number: str, reply: dict[str, Any], consent: ConsentGiven, timeline: Timeline
    ) -> None:
        """The best of those who are back, at home and not recommended for it yet."""
        among = rank_local_vacancy(number=number, among=LocalPool.RETURNEES, by=self.by)
        free = [row for row in among.rows if row.away is None and row.referral is None]
        if not free:
            return
        today = clock.today()
        made = refer_person(
            number=number,
            external_id=free[0].external_id,
            consent=consent,
            consented_on=today,
            by=self.by,
        )
        for place, (status, after, *reason) in enumerate(reply["then"]):
            answer = partial(self.reply, made.id, made.version + place, status, *reason)
            timeline.add(today + timedelta(after), 14, answer)

    def reply(self, referral: int, version: int, status: str, reason: str | None = None) -> None:
        form = ReplyForm(
            after=ReferralStatus(status),
            on=clock.today(),
            reason=ReferralReason(reason) if reason else None,
        )
        record_reply(referral_id=referral, form=form, version=version, by=self.by)
