"""A stay abroad as monitoring needs it: who, where, what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from db.models import CandidacyRow, DeploymentRow, EmployerRow, JobseekerRow, VacancyRow
from domain.enums import DeploymentStatus
from domain.exceptions import NotFound
from domain.records.monitoring import PromisedTerms
from domain.texts import N_

ASKED_WHILE = (
    DeploymentStatus.ARRIVED,
    DeploymentStatus.WORKING,
    DeploymentStatus.TRANSFERRED,
    DeploymentStatus.LOST_CONTACT,
)
"""Somebody who stands here is asked how it goes."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One deployment with its person."""

    deployment: DeploymentRow
    person: JobseekerRow

    @property
    def subject(self) -> str:
        """For the audit."""
        return self.person.external_id


def get_stay(session: Session, deployment_id: int) -> Stay:
    """The stay with its person, or NotFound."""
    row = session.get(DeploymentRow, deployment_id)
    if row is None:
        raise NotFound(N_("There is no such stay abroad."))
    return Stay(row, session.get_one(JobseekerRow, row.jobseeker_id))


def promised_terms(session: Session, row: DeploymentRow) -> PromisedTerms:
    """What the contract says; the vacancy's hours where the contract's are not in the register."""
    parts = (
        row.deduction_housing,
        row.deduction_food,
        row.deduction_transport,
        row.deduction_other,
    )
    known = [part for part in parts if part is not None]
    hours = row.guaranteed_hours_week
    if hours is None:
        candidacy = session.get_one(CandidacyRow, row.candidacy_id)
        hours = session.get_one(VacancyRow, candidacy.vacancy_id).hours_per_week
    return PromisedTerms(
        pay_amount=row.pay_amount,
        pay_currency=row.pay_currency,
        pay_period=row.pay_period,
        hours_week=hours,
        deductions_month=sum(known, Decimal(0)) if len(known) == len(parts) else None,
    )


def employer_name(session: Session, employer_id: int | None) -> str | None:
    """The employer's name; None where the stay has no known employer."""
    row = None if employer_id is None else session.get(EmployerRow, employer_id)
    return row.name if row else None
