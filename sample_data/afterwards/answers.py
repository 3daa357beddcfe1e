"""The employers' answers and the candidates' replies of the sample, through the services."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from db.models import (
    CandidacyRow,
    ConfirmationRow,
    InterviewSlotRow,
    PackageCandidateRow,
    PackageRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    AnswerChannel,
    ConfirmationStatus,
    DeclineReason,
    EmployerChoice,
    RejectionReason,
)
from domain.enums import CandidacyStatus as C
from domain.records.answers import AnswerForm, GivenAnswer, ProposedSlot, Said
from domain.records.officer import Officer
from sample_data.afterwards.steps import TAKEN_BY, Step, take_plainly
from services import clock
from services.answers.asking import ask_to_confirm
from services.answers.candidate import record_reply
from services.answers.due import settle_silence
from services.answers.employer import record_answers
from services.answers.interviews import choose_slot
from services.answers.taking_back import cancel_place
from services.sending.handing_over import send_package_again

CHOICES = {
    C.EMPLOYER_SELECTED: EmployerChoice.SELECT,
    C.EMPLOYER_RESERVE: EmployerChoice.RESERVE,
    C.EMPLOYER_REJECTED: EmployerChoice.REJECT,
}
REASONS = (RejectionReason.FILLED, RejectionReason.EXPERIENCE, RejectionReason.LANGUAGE)
CHANNELS = (AnswerChannel.EMAIL, AnswerChannel.PHONE)
SPEAKER = "HR department (sample)"
INTERVIEW = "https://meet.example/interview"
DAYS_TO_INTERVIEW = 5
DECLINED = "ოჯახის წევრი მძიმედ ავად გახდა"


def take_answer(step: Step) -> None:
    """A recruiter writes down what the employer said of these people, package by package."""
    choice, by = CHOICES[step.status], step.cast["recruiter"]
    packages: dict[str, list[int]] = defaultdict(list)
    for candidacy_id in step.candidacy_ids:
        packages[_package_of(candidacy_id, by)].append(candidacy_id)
    if told := packages.pop("", []):
        _tell_plainly(replace(step, candidacy_ids=tuple(told)))
    for number, people in packages.items():
        given = tuple(
            GivenAnswer(
                one,
                choice,
                REASONS[one % len(REASONS)] if choice is EmployerChoice.REJECT else None,
            )
            for one in people
        )
        said = Said(CHANNELS[people[0] % len(CHANNELS)], SPEAKER, clock.today())
        record_answers(package_number=number, form=AnswerForm(given), said=said, by=by)


def take_confirmation(step: Step) -> None:
    """Each of them tells the recruiter that they go."""
    _reply(step, goes=True)


def take_refusal(step: Step) -> None:
    """Each of them tells the recruiter that they do not go, and why."""
    _reply(step, goes=False)


def take_silence(step: Step) -> None:
    """The last day is over."""
    settle_silence()
    _rest_plainly(step)


def take_place_back(step: Step) -> None:
    """The employer needs fewer people than it said."""
    assert step.reason is not None
    for candidacy_id in step.candidacy_ids:
        cancel_place(candidacy_id=candidacy_id, note=step.reason[1], by=step.cast["recruiter"])


def invite(vacancy: str, by: Officer) -> None:
    """The employer wants to talk to whoever it has not answered about, and proposes times."""
    with reading() as session:
        query = (
            select(CandidacyRow.id)
            .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
            .where(VacancyRow.number == vacancy, CandidacyRow.status == C.SENT)
            .order_by(CandidacyRow.id)
        )
        people = list(session.scalars(query))
    number = _package_of(people[0], by) if people else ""
    if not number:
        return
    people = [one for one in people if _package_of(one, by) == number]
    first = clock.beginning(clock.today() + timedelta(DAYS_TO_INTERVIEW)) + timedelta(hours=11)
    slots = tuple(
        ProposedSlot(first + timedelta(days=day, hours=hour), INTERVIEW)
        for day in range(2)
        for hour in (0, 1)
    )
    given = tuple(GivenAnswer(one, EmployerChoice.TALK) for one in people)
    said = Said(AnswerChannel.EMAIL, SPEAKER, clock.today())
    record_answers(package_number=number, form=AnswerForm(given, slots), said=said, by=by)
    with reading() as session:
        taken = session.scalars(select(InterviewSlotRow.id).order_by(InterviewSlotRow.id)).first()
    assert taken is not None
    choose_slot(candidacy_id=people[0], slot_id=taken, by=by)


def _reply(step: Step, *, goes: bool) -> None:
    for candidacy_id in step.candidacy_ids:
        if _is_asked(candidacy_id):
            record_reply(
                candidacy_id=candidacy_id,
                goes=goes,
                channel=AnswerChannel.PHONE,
                reason=None if goes else DeclineReason.FAMILY,
                note=None if goes else DECLINED,
                by=step.cast["recruiter"],
            )
    _rest_plainly(step)


def _package_of(candidacy_id: int, by: Officer) -> str:
    """The number of the package somebody went in; extended where the answer came late."""
    with reading() as session:
        query = (
            select(PackageRow)
            .join(PackageCandidateRow, PackageCandidateRow.package_id == PackageRow.id)
            .where(
                PackageCandidateRow.candidacy_id == candidacy_id,
                PackageCandidateRow.removed_at.is_(None),
            )
            .order_by(PackageRow.id.desc())
        )
        package = session.scalars(query).first()
    if package is None:
        return ""
    if package.answer_until < clock.today():
        send_package_again(number=package.number, answer_until=clock.today(), by=by)
    return package.number


def _is_asked(candidacy_id: int) -> bool:
    with reading() as session:
        query = select(ConfirmationRow).where(
            ConfirmationRow.candidacy_id == candidacy_id,
            ConfirmationRow.status == ConfirmationStatus.ASKED,
        )
        return session.scalars(query).first() is not None


def _rest_plainly(step: Step) -> None:
    with reading() as session:
        left = [
            one
            for one in step.candidacy_ids
            if session.get_one(CandidacyRow, one).status is not step.status
        ]
    if left:
        take_plainly(replace(step, candidacy_ids=tuple(left)))


def _tell_plainly(step: Step) -> None:
    """People who went without a package: the step, and the question to whoever was selected."""
    take_plainly(step)
    if step.status is not C.EMPLOYER_SELECTED:
        return
    with unit_of_work() as work:
        for candidacy_id in step.candidacy_ids:
            row = work.session.get_one(CandidacyRow, candidacy_id)
            ask_to_confirm(work.session, row, by=step.cast["recruiter"])
        work.commit()


TAKEN_BY.update(dict.fromkeys(CHOICES, take_answer))
TAKEN_BY[C.CONFIRMED] = take_confirmation
TAKEN_BY[C.DECLINED] = take_refusal
TAKEN_BY[C.NO_ANSWER] = take_silence
TAKEN_BY[C.CANCELLED] = take_place_back
