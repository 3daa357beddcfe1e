"""Somebody who works abroad for 9.50 EUR an hour, is asked how it goes, and what they answer."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from db.models import CheckInRow, DeploymentRow, EmployerRow
from db.session import reading, unit_of_work
from domain.enums import (
    CheckInStatus,
    DocumentsKept,
    EmployerStatus,
    HousingTold,
    LinkPurpose,
    PaidFor,
    PayPeriod,
    PayReceived,
    SafetyTold,
)
from domain.enums import DeploymentStatus as D
from domain.records.monitoring import CheckInForm
from services import access_links, clock
from tests.factories import histories
from tests.factories.stays import stay

ALL_WELL = CheckInForm(
    pay_received=PayReceived.YES,
    paid_amount=Decimal(380),
    paid_currency="EUR",
    paid_for=PaidFor.WEEK,
    paid_hours=40,
    deducted=Decimal(40),
    hours_week=40,
    housing=HousingTold.AS_AGREED,
    documents=DocumentsKept.WORKER,
    safety=SafetyTold.SAFE,
)
TERMS: dict[str, Any] = {
    "pay_amount": Decimal("9.50"),
    "pay_currency": "EUR",
    "pay_period": PayPeriod.HOUR,
    "guaranteed_hours_week": 40.0,
    "deduction_housing": Decimal(200),
    "deduction_food": Decimal(0),
    "deduction_transport": Decimal(0),
    "deduction_other": Decimal(0),
}


def employer(name: str = "Beispielhof Nordfeld") -> int:
    """The id of a verified employer, the same for the same name."""
    with unit_of_work() as work:
        row = work.session.scalars(select(EmployerRow).filter_by(name=name)).one_or_none()
        if row is None:
            stamps = {"created_at": clock.now(), "updated_at": clock.now()}
            row = EmployerRow(name=name, country="DE", status=EmployerStatus.VERIFIED, **stamps)
            work.session.add(row)
            work.commit()
        return row.id


def worker(**changed: Any) -> int:
    """The id of a stay of somebody who works since today."""
    number = stay(D.DEPARTED, D.ARRIVED, D.WORKING, vacancy=histories.vacancy())
    told = {**TERMS, "employer_id": employer(), "ends_on": None, "planned_return_on": None}
    with unit_of_work() as work:
        row = work.session.scalars(select(DeploymentRow).filter_by(number=number)).one()
        for name, value in (told | changed).items():
            setattr(row, name, value)
        work.commit()
        return row.id


def asked(deployment_id: int | None = None) -> tuple[int, str]:
    """A check-in of today that waits for an answer, and the secret of its link."""
    deployment_id = deployment_id or worker()
    with unit_of_work() as work:
        row = CheckInRow(
            deployment_id=deployment_id,
            due_on=clock.today(),
            status=CheckInStatus.ASKED,
            asked_at=clock.now(),
            reminders=0,
            created_at=clock.now(),
        )
        work.session.add(row)
        work.session.flush()
        secret, _ = access_links.issue_link(
            work.session,
            purpose=LinkPurpose.CHECK_IN,
            subject_id=row.id,
            expires_at=clock.beginning(clock.today()).replace(year=clock.today().year + 1),
            by=None,
        )
        work.commit()
        return row.id, secret


def read_check_ins(deployment_id: int) -> list[CheckInRow]:
    """The check-ins of a stay by day."""
    with reading() as session:
        query = select(CheckInRow).filter_by(deployment_id=deployment_id)
        return list(session.scalars(query.order_by(CheckInRow.due_on)))
