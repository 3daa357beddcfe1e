"""Departure, work and return of the sample's people, through the register of people abroad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, DeploymentRow, VacancyRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import DeploymentStatus as D
from domain.enums import EndReason, InsurancePayer, RecipientKind, SharingBasis
from domain.records.deployments import TransferForm
from domain.records.officer import Officer
from domain.records.sharing import ShareForm
from sample_data.afterwards.steps import FOLLOWED_BY, TAKEN_BY, Step
from services import clock
from services.deployments import move_deployment, plan_deployment
from services.deployments.actions import extend, record_step, transfer
from services.deployments.contracts import contract_of, save_contract
from services.deployments.sharing import share
from services.exports import ExportFormat


def take_departure(step: Step) -> None:
    """Everybody of the group leaves on this day."""
    with unit_of_work() as work:
        for row in _stays(work.session, step):
            move_deployment(
                work.session, row, D.DEPARTED, on=clock.today(), by=step.cast["recruiter"]
            )
        work.commit()


def take_up_work(step: Step) -> None:
    """The arrival is told together with the first day of work."""
    with unit_of_work() as work:
        for row in _stays(work.session, step):
            assert row.departed_on is not None
            arrived = min(row.departed_on + timedelta(1), clock.today())
            for after, on in ((D.ARRIVED, arrived), (D.WORKING, clock.today())):
                move_deployment(work.session, row, after, on=on, by=step.cast["recruiter"])
        work.commit()


def take_return(step: Step) -> None:
    """Back home: as agreed, or early for the reason that the story tells."""
    reason = EndReason.FAMILY if step.reason else EndReason.COMPLETED
    note = step.reason[1] if step.reason else None
    with unit_of_work() as work:
        for row in _stays(work.session, step):
            for after in (D.ENDED, D.RETURNED):
                move_deployment(
                    work.session,
                    row,
                    after,
                    on=clock.today(),
                    note=note,
                    reason=reason if after is D.ENDED else None,
                    by=step.cast["recruiter"],
                )
        work.commit()


def _stays(session: Session, step: Step) -> list[DeploymentRow]:
    """The stay of each candidacy; planned now if its confirmation was told plainly."""
    found = []
    for id_ in step.candidacy_ids:
        candidacy = session.get_one(CandidacyRow, id_)
        row = session.query(DeploymentRow).filter_by(candidacy_id=id_).one_or_none()
        found.append(row or plan_deployment(session, candidacy, by=step.cast["recruiter"]))
    return found


def sign_contracts(step: Step) -> None:
    """Whoever applies for a permit has a signed contract, with what the vacancy promised."""
    by = step.cast["recruiter"]
    with unit_of_work() as work:
        rows = _stays(work.session, step)
        work.commit()
    for row in rows:
        known = contract_of(row)
        until = known.ends_on or known.planned_return_on
        contract = replace(
            known,
            contract_number=f"{row.number[-4:]}/{clock.today().year}",
            contract_signed_on=clock.today(),
            contract_language="ka",
            is_understood=True,
            deduction_housing=Decimal(0),
            deduction_food=Decimal(0),
            deduction_transport=Decimal(0),
            rent_is_kept_back=False,
            worker_fee=Decimal(0),
            insurance_payer=InsurancePayer.EMPLOYER,
            insurance_policy=f"S-{row.number[-4:]}",
            insurance_until=until + timedelta(INSURED_AFTER) if until else None,
        )
        save_contract(number=row.number, form=contract, version=row.version, by=by)


def tell_of_stay(vacancy: str, event: Mapping[str, Any], cast: Mapping[str, Officer]) -> None:
    """What happens to one of the people abroad of a vacancy: told by the recruiter that day."""
    by = cast["recruiter"]
    if event["step"] == "shared":
        _share(by)
        return
    row = _nth_abroad(vacancy, event["person"])
    if row is None:
        return
    if event["step"] == "transferred":
        place = TransferForm(
            clock.today(), row.employer_id, event["place"], None, None, None, event["note"]
        )
        transfer(number=row.number, form=place, version=row.version, by=by)
    elif event["step"] == "extended":
        if row.ends_on is not None:
            until = row.ends_on + timedelta(event["days"])
            extend(
                number=row.number,
                until=until,
                insurance_until=until + timedelta(INSURED_AFTER),
                note=event["note"],
                version=row.version,
                by=by,
            )
    else:
        record_step(
            number=row.number,
            after=D(event["step"]),
            on=clock.today(),
            note=event["note"],
            reason=EndReason(event["reason"]) if "reason" in event else None,
            version=row.version,
            by=by,
        )


def _nth_abroad(vacancy: str, place: int) -> DeploymentRow | None:
    query = (
        select(DeploymentRow)
        .join(CandidacyRow, CandidacyRow.id == DeploymentRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(VacancyRow.number == vacancy, DeploymentRow.departed_on.is_not(None))
        .order_by(DeploymentRow.id)
    )
    with reading() as session:
        rows = session.scalars(query).all()
    return rows[place] if place < len(rows) else None


def _share(by: Officer) -> None:
    """The ministry is told who is where, as every month."""
    form = ShareForm(
        kind=RecipientKind.FOREIGN_MINISTRY,
        recipient="საკონსულო დეპარტამენტი",
        purpose="საკონსულო დახმარება",
        basis=SharingBasis.LAW,
        basis_text="„შრომითი მიგრაციის შესახებ“ საქართველოს კანონი",
        fields=("number", "name_ka", "name_lat", "country", "workplace_address", "status"),
        expires_on=clock.today() + timedelta(30),
    )
    share(form=form, language="ka", file_format=ExportFormat.XLSX, by=by)


INSURED_AFTER = 14
"""Days by which the insurance outlasts the work."""

TAKEN_BY.setdefault(C.DEPARTED, take_departure)
TAKEN_BY[C.WORKING] = take_up_work
TAKEN_BY[C.RETURNED] = take_return
FOLLOWED_BY[C.PERMIT_PENDING] = (sign_contracts,)
