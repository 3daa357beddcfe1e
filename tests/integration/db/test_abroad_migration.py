"""Whoever was abroad before stays were registered has a stay afterwards."""

import importlib
from datetime import date
from decimal import Decimal

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, select, text

from db.models import DeploymentEventRow, DeploymentRow
from db.session import reading
from domain.enums import DeploymentStatus as D
from domain.enums import PayPeriod
from tests.factories import histories

MIGRATION = importlib.import_module("db.migrations.versions.0023_the_register_of_people_abroad")
ROAD = (
    ("employer_selected", "2026-03-01"),
    ("orientation", "2026-03-05"),
    ("permit_pending", "2026-03-10"),
    ("departed", "2026-04-01"),
    ("working", "2026-04-03"),
    ("returned", "2026-06-20"),
)


def test_stays_are_registered_for_those_who_were_on_the_way(database: Engine) -> None:
    vacancy = histories.vacancy(
        start_on=date(2026, 4, 2), pay_amount=14, pay_currency="EUR", pay_period=PayPeriod.HOUR
    )
    ids = {
        ROAD[count - 1][0]: histories.candidacy(histories.person(), vacancy, *ROAD[:count])
        for count in range(1, len(ROAD) + 1)
    }
    with (
        database.begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        MIGRATION.downgrade()
        MIGRATION.upgrade()
    with reading() as session:
        stays = {row.candidacy_id: row for row in session.scalars(select(DeploymentRow))}
        home = stays[ids["returned"]]
        steps = session.execute(
            select(DeploymentEventRow.to_status, DeploymentEventRow.happened_on)
            .where(DeploymentEventRow.deployment_id == home.id)
            .order_by(DeploymentEventRow.id)
        )
        told = [tuple(step) for step in steps]
    assert {name: stays[id_].status for name, id_ in ids.items() if id_ in stays} == {
        "orientation": D.PLANNED,
        "permit_pending": D.PLANNED,
        "departed": D.DEPARTED,
        "working": D.WORKING,
        "returned": D.RETURNED,
    }
    assert told == [
        (D.PLANNED, date(2026, 3, 5)),
        (D.DEPARTED, date(2026, 4, 1)),
        (D.WORKING, date(2026, 4, 3)),
        (D.RETURNED, date(2026, 6, 20)),
    ]
    assert (home.starts_on, home.pay_amount, home.pay_period) == (
        date(2026, 4, 2), Decimal(14), PayPeriod.HOUR
    )  # fmt: skip
    assert (home.departed_on, home.returned_on, home.arrived_on) == (
        date(2026, 4, 1), date(2026, 6, 20), None
    )  # fmt: skip
    assert home.number == "DEP-2026-0005"
    with database.connect() as connection:
        last = connection.execute(
            text("SELECT last FROM number_series WHERE series = 'DEP-2026'")
        ).scalar_one()
    assert last == 5
