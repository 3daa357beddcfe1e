"""A stay is planned when the candidate confirms: its terms come from the vacancy."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow, DeploymentRow, JobseekerRow, VacancyRow
from db.repositories.deployments import Step, add_step, find_of_candidacy
from db.repositories.numbers import next_in_series
from domain.enums import DeploymentStatus
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_, Term
from domain.transitions import ON_THE_WAY
from services import audit, clock

ENTITY = "deployment"


def plan_deployment(
    session: Session, candidacy: CandidacyRow, *, by: Officer | None
) -> DeploymentRow:
    """The stay of a candidate who has confirmed, in the caller's transaction; planned only once.

    A stay that was cancelled because its candidate withdrew is planned again.
    """
    if candidacy.status not in ON_THE_WAY:
        raise Refused(
            N_("A stay abroad is planned once the candidate has confirmed: it is “{status}” now."),
            status=Term("CandidacyStatus", candidacy.status.value),
        )
    row = find_of_candidacy(session, candidacy.id)
    if row is not None and row.status is not DeploymentStatus.CANCELLED:
        return row
    vacancy = session.get_one(VacancyRow, candidacy.vacancy_id)
    if row is None:
        row = _new_row(session, candidacy, by)
    _copy_terms(row, vacancy)
    session.add(row)
    session.flush()
    _note(session, row, vacancy, by)
    return row


def _new_row(session: Session, candidacy: CandidacyRow, by: Officer | None) -> DeploymentRow:
    series = f"DEP-{clock.today().year}"
    return DeploymentRow(
        number=f"{series}-{next_in_series(session, series):04d}",
        candidacy_id=candidacy.id,
        jobseeker_id=candidacy.jobseeker_id,
        status=DeploymentStatus.PLANNED,
        created_at=clock.now(),
        created_by=by.id if by else None,
        updated_at=clock.now(),
        updated_by=by.id if by else None,
    )


def _copy_terms(row: DeploymentRow, vacancy: VacancyRow) -> None:
    row.employer_id, row.country = vacancy.employer_id, vacancy.country
    row.starts_on, row.ends_on = vacancy.start_on, vacancy.end_on
    row.planned_return_on = vacancy.end_on
    row.pay_amount, row.pay_currency = vacancy.pay_amount, vacancy.pay_currency
    row.pay_period, row.guaranteed_hours_week = vacancy.pay_period, vacancy.hours_per_week
    row.workplace_address = vacancy.town


def _note(session: Session, row: DeploymentRow, vacancy: VacancyRow, by: Officer | None) -> None:
    step = Step(DeploymentStatus.PLANNED, clock.today())
    add_step(session, row, step, at=clock.now(), by=by.id if by else None)
    audit.record(
        session,
        action="planned",
        entity=ENTITY,
        entity_id=row.number,
        subject=session.get_one(JobseekerRow, row.jobseeker_id).external_id,
        details={"vacancy": vacancy.number, "country": row.country},
        by=by,
    )
