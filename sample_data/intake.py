"""The beginning of the story: employers, vacancies and people come in, week after week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from db.session import unit_of_work
from domain.enums import CriterionStatus, PayPeriod
from domain.records.jobseeker import JobseekerForm
from domain.records.officer import Officer
from domain.records.vacancy import EmployerForm, VacancyForm
from sample_data.employers import EMPLOYERS, Employer
from sample_data.forms import Days, jobseeker_forms, rows, vacancy_forms
from sample_data.timeline import Timeline
from sample_data.vacancies import read_openings
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import withdraw_jobseeker
from services.vacancies.employers import create_employer, verify_employer
from services.vacancies.minimum_wage import compare_pay
from services.vacancies.vacancies import (
    cancel_vacancy,
    close_vacancy,
    publish_vacancy,
    upsert_vacancies,
)

FORTNIGHT = timedelta(14)


def tell_intake(timeline: Timeline, days: Days, story: dict[str, Any], recruiter: Officer) -> None:
    """Everything that a recruiter takes in, put on the timeline."""
    Employers(recruiter).tell(timeline, days.moved(story["employers_known_on"]))
    Vacancies(days, recruiter).tell(timeline)
    People(days, recruiter).tell(timeline)
    Withdrawals(days, story, recruiter).tell(timeline)


class Employers:
    """Taken in on one day and checked within a fortnight."""

    def __init__(self, recruiter: Officer) -> None:
        self.recruiter = recruiter
        self.ids: dict[str, int] = {}

    def tell(self, timeline: Timeline, day: date) -> None:
        for place, employer in enumerate(EMPLOYERS):
            timeline.add(day, 10 + place / 4, partial(self.create, employer))
            timeline.add(day + timedelta(14), 10 + place / 4, partial(self.verify, employer))

    def create(self, employer: Employer) -> None:
        form = EmployerForm(
            name=employer.name,
            country=employer.country,
            town=employer.town,
            sector=employer.sector,
            came_through=employer.came_through,
            contact_email=f"personnel{EMPLOYERS.index(employer) + 1}@employer.example",
        )
        self.ids[employer.name] = create_employer(form=form, by=self.recruiter).id

    def verify(self, employer: Employer) -> None:
        verify_employer(employer_id=self.ids[employer.name], by=self.recruiter)


class Vacancies:
    """Each comes in on its day; unless it stays a draft it is published two days later."""

    def __init__(self, days: Days, recruiter: Officer) -> None:
        self.days, self.recruiter = days, recruiter
        self.forms = vacancy_forms(days)

    def tell(self, timeline: Timeline) -> None:
        for opening in read_openings():
            number, status = opening["number"], opening.get("status", "published")
            received = self.days.moved(date.fromisoformat(opening["received_on"]))
            timeline.add(received, 11, partial(self.take_in, number, status))
            if status != "draft":
                timeline.add(received + timedelta(2), 15, partial(self.publish, number))
            if status in ("closed", "cancelled"):
                ended = self.days.moved(date.fromisoformat(opening["ended_on"]))
                timeline.add(ended, 12, partial(self.end, number, status))

    def take_in(self, number: str, status: str) -> None:
        form = self.forms[number]
        with unit_of_work() as work:
            lawful = form if status == "draft" else with_lawful_pay(form)
            upsert_vacancies(work.session, [lawful], by=self.recruiter)
            work.commit()

    def publish(self, number: str) -> None:
        publish_vacancy(number=number, by=self.recruiter)

    def end(self, number: str, status: str) -> None:
        if status == "closed":
            close_vacancy(number=number, by=self.recruiter)
        else:
            reason = "დამსაქმებელმა განაცხადი უკან გამოიხმო"
            cancel_vacancy(number=number, reason=reason, by=self.recruiter)


def with_lawful_pay(form: VacancyForm) -> VacancyForm:
    """The sample moves with the calendar, minimum wages rise: pay follows them."""
    pay = compare_pay(form)
    least = [step.minimum for step in pay.steps if step.minimum is not None]
    if pay.status is CriterionStatus.NOT_MET and form.pay_period is PayPeriod.HOUR:
        return replace(form, pay_amount=max(least))
    return form


class People:
    """Registered every fortnight, each with the day that the file says."""

    def __init__(self, days: Days, recruiter: Officer) -> None:
        self.recruiter = recruiter
        self.forms = list(jobseeker_forms(days))

    def tell(self, timeline: Timeline) -> None:
        turns: dict[date, list[tuple[str, JobseekerForm]]] = {}
        first = self.forms[0][1].registered_on or timeline.present.date()
        for key, form in self.forms:
            turn = ((form.registered_on or first) - first) // FORTNIGHT
            turns.setdefault(first + turn * FORTNIGHT + timedelta(13), []).append((key, form))
        for day, people in turns.items():
            timeline.add(day, 18, partial(self.register, people), weight=len(people))

    def register(self, people: list[tuple[str, JobseekerForm]]) -> None:
        with unit_of_work() as work:
            upsert_jobseekers(work.session, people, self.recruiter)
            work.commit()


class Withdrawals:
    """Some leave the register again after some days."""

    def __init__(self, days: Days, story: dict[str, Any], recruiter: Officer) -> None:
        self.days, self.recruiter = days, recruiter
        self.reason: str = story["withdrawal_reason"]
        self.people: int = story["withdrawn_from_the_register"]

    def tell(self, timeline: Timeline) -> None:
        special = {row["external_id"] for row in rows("cases.csv")}
        plain = [row for row in rows("jobseekers.csv") if row["external_id"] not in special]
        step = len(plain) // self.people
        for row in plain[step // 2 :: step][: self.people]:
            day = self.days.moved(date.fromisoformat(row["registered_on"])) + timedelta(16)
            timeline.add(day, 12, partial(self.withdraw, row["external_id"]))

    def withdraw(self, external_id: str) -> None:
        record = get_jobseeker(external_id=external_id, by=self.recruiter)
        withdraw_jobseeker(
            external_id=external_id,
            reason=self.reason,
            version=record.version,
            by=self.recruiter,
        )
