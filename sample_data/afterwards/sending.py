"""Sending of the sample's people: consents, a permit where one is needed, one package a vacancy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from db.models import CandidacyRow, JobseekerRow, VacancyRow
from db.session import reading
from domain.enums import CandidacyStatus as C
from domain.enums import ConsentMethod, ConsentPurpose
from domain.records.officer import Officer
from sample_data.afterwards.steps import BEFORE, TAKEN_BY, Step, take_plainly
from services import clock
from services.consents import consents
from services.cvs import cv_refusal, default_level
from services.sending import leaving, packages, transfer

DAYS_TO_ANSWER = 28
"""What the sample's employers need, and never more than may be given."""
METHODS = (ConsentMethod.PHONE, ConsentMethod.IN_PERSON)


def ask_for_consents(step: Step) -> None:
    """Both consents of everybody, but for those given before."""
    recruiter = step.cast["recruiter"]
    with reading() as session:
        vacancy = session.scalars(select(VacancyRow).where(VacancyRow.number == step.vacancy)).one()
        query = (
            select(JobseekerRow.external_id)
            .join(CandidacyRow, CandidacyRow.jobseeker_id == JobseekerRow.id)
            .where(CandidacyRow.id.in_(step.candidacy_ids))
            .order_by(CandidacyRow.id)
        )
        people = list(session.scalars(query))
    for place, external_id in enumerate(people):
        for one in consents.list_needed(external_id=external_id, by=recruiter):
            if one.vacancy == vacancy.number:
                _give(external_id, one.purpose, one.employer_id, one.country, place, recruiter)


def _give(
    external_id: str,
    purpose: ConsentPurpose,
    employer_id: int | None,
    country: str | None,
    place: int,
    by: Officer,
) -> None:
    text = consents.get_consent_text(
        purpose=purpose, employer_id=employer_id, country=country, by=by
    )
    consents.give_consent(
        external_id=external_id,
        purpose=purpose,
        method=METHODS[place % len(METHODS)],
        text=text,
        language="ka",
        employer_id=employer_id,
        country=country,
        by=by,
    )


def send(step: Step) -> None:
    """One package for the whole group; whoever lacks a CV is told plainly."""
    _permit(step)
    with reading() as session:
        ready = tuple(one for one in step.candidacy_ids if cv_refusal(session, one) is None)
    if ready:
        packages.create_package(
            vacancy_number=step.vacancy,
            candidacy_ids=ready,
            level=default_level(clock.today()),
            answer_until=clock.today() + timedelta(days=DAYS_TO_ANSWER),
            by=step.cast["recruiter"],
        )
    lacking = tuple(one for one in step.candidacy_ids if one not in ready)
    if lacking:
        take_plainly(replace(step, candidacy_ids=lacking))


def _permit(step: Step) -> None:
    """A made-up permit for countries that nobody has seen on the list."""
    with reading() as session:
        country = session.scalars(
            select(VacancyRow.country).where(VacancyRow.number == step.vacancy)
        ).one()
        standing = transfer.country_standing(session, country)
    if standing.basis is None:
        transfer.record_permit(
            country=country,
            number=f"SAMPLE-{country}-{clock.today().year}",
            issued_on=clock.today(),
            by=step.cast["manager"],
        )


def leave(step: Step) -> None:
    """Somebody does not want the work any more."""
    assert step.reason is not None
    for candidacy_id in step.candidacy_ids:
        leaving.withdraw_candidacy(
            candidacy_id=candidacy_id, reason=step.reason[1], by=step.cast["recruiter"]
        )


BEFORE[C.SENT] = (*BEFORE.get(C.SENT, ()), ask_for_consents)
TAKEN_BY[C.SENT] = send
TAKEN_BY[C.WITHDRAWN] = leave
