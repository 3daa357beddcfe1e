"""Terms of a stay abroad, former workplaces, earlier stays, extracts for other organisations

Whoever had confirmed, left, worked or come back before stays were registered gets one, with the
terms of the vacancy and the days on which the steps were recorded.

Revision: 0023, after 0022
"""

from collections import Counter
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.guards import FIXED

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TBILISI = ZoneInfo("Asia/Tbilisi")
RECIPIENTS = (
    "foreign_ministry",
    "interior_ministry",
    "revenue_service",
    "statistics_office",
    "labour_inspectorate",
    "foreign_authority",
)
BASES = ("law", "agreement", "consent")
STANDS = {
    "orientation": ("planned",),
    "permit_pending": ("planned",),
    "departed": ("planned", "departed"),
    "working": ("planned", "departed", "working"),
    "returned": ("planned", "departed", "working", "returned"),
}
"""What a candidacy of before says of the stay; the last one is where it stands."""
SIGNED_UP = ("orientation", "permit_pending", "departed")
NEW_TABLES = ("data_share_people", "data_shares", "earlier_stays", "former_workplaces")
NEW_COLUMNS = (
    ("rent_is_kept_back", sa.Boolean()),
    ("worker_fee", sa.Numeric(12, 2)),
    ("is_understood", sa.Boolean()),
)


def upgrade() -> None:
    for name, kind in NEW_COLUMNS:
        op.add_column("deployments", sa.Column(name, kind, nullable=True))
    _workplaces()
    _stays()
    _shares()
    _register_those_abroad()


def _workplaces() -> None:
    op.create_table(
        "former_workplaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("workplace_address", sa.Text(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        _moment("recorded_at"),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        _key("former_workplaces", "deployment_id", "deployments.id"),
        _key("former_workplaces", "employer_id", "employers.id"),
        _key("former_workplaces", "recorded_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_workplaces")),
    )
    for column in ("deployment_id", "employer_id"):
        op.create_index(op.f(f"ix_former_workplaces_{column}"), "former_workplaces", [column])
    _never_changed("former_workplaces")


def _stays() -> None:
    op.create_table(
        "earlier_stays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        _moment("recorded_at"),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("removed_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "removed_by IS NULL OR removed_at IS NOT NULL",
            name=op.f("ck_earlier_stays_removed_by_needs_removed_at"),
        ),
        _key("earlier_stays", "jobseeker_id", "jobseekers.id"),
        _key("earlier_stays", "recorded_by", "officers.id"),
        _key("earlier_stays", "removed_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_stays")),
    )
    op.create_index(op.f("ix_earlier_stays_jobseeker_id"), "earlier_stays", ["jobseeker_id"])


def _shares() -> None:
    op.create_table(
        "data_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("recipient_kind", _one_of(RECIPIENTS, "recipientkind"), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", _one_of(BASES, "sharingbasis"), nullable=False),
        sa.Column("basis_text", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        _moment("shared_at"),
        sa.Column("shared_by", sa.Integer(), nullable=False),
        _key("data_shares", "shared_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_shares")),
        sa.UniqueConstraint("number", name=op.f("uq_data_shares_number")),
    )
    op.create_table(
        "data_share_people",
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        _key("data_share_people", "share_id", "data_shares.id"),
        _key("data_share_people", "jobseeker_id", "jobseekers.id"),
        sa.PrimaryKeyConstraint("share_id", "jobseeker_id", name=op.f("pk_data_share_people")),
    )
    op.create_index(
        op.f("ix_data_share_people_jobseeker_id"), "data_share_people", ["jobseeker_id"]
    )
    for table in ("data_shares", "data_share_people"):
        _never_changed(table)


def _register_those_abroad() -> None:
    """A stay for everybody whom the former statuses place on the way, abroad or back."""
    bind = op.get_bind()
    candidacies = sa.table(
        "candidacies", *(sa.column(c) for c in ("id", "vacancy_id", "jobseeker_id", "status"))
    )
    c = candidacies.c
    query = sa.select(c.id, c.vacancy_id, c.jobseeker_id, c.status).where(
        c.status.in_(list(STANDS))
    )
    given: Counter[str] = Counter()
    for row in bind.execute(query.order_by(c.id)).all():
        _register(row, given)
    series = sa.table("number_series", sa.column("series"), sa.column("last"))
    for name, last in sorted(given.items()):
        bind.execute(sa.insert(series).values(series=name, last=last))


def _register(row: Any, given: "Counter[str]") -> None:
    bind = op.get_bind()
    steps = _steps_of(row.id)
    planned = next((steps[s] for s in SIGNED_UP if s in steps), None)
    if planned is None:
        return
    series = f"DEP-{_day(planned).year}"
    given[series] += 1
    days = {status: _day(steps[status]) for status in steps}
    deployments = sa.table("deployments", *(_column(name) for name in (*TERMS, *OWN)))
    bind.execute(
        sa.insert(deployments).values(
            number=f"{series}-{given[series]:04d}",
            candidacy_id=row.id,
            jobseeker_id=row.jobseeker_id,
            status=STANDS[row.status][-1],
            departed_on=days.get("departed"),
            returned_on=days.get("returned"),
            version=1,
            created_at=planned,
            updated_at=planned,
            **_terms_of(row.vacancy_id),
        )
    )
    id_ = bind.execute(
        sa.select(sa.column("id"))
        .select_from(deployments)
        .where(sa.column("candidacy_id") == row.id)
    ).scalar_one()
    steps["planned"] = planned
    events = sa.table(
        "deployment_events",
        sa.column("deployment_id"),
        sa.column("to_status"),
        sa.column("happened_on", sa.Date()),
        sa.column("happened_at", db.types.UtcDateTime(timezone=True)),
    )
    for status in STANDS[row.status]:
        if status in steps:
            moment = steps[status]
            bind.execute(
                sa.insert(events).values(
                    deployment_id=id_,
                    to_status=status,
                    happened_on=_day(moment),
                    happened_at=moment,
                )
            )


TERMS = {
    "employer_id": "employer_id",
    "country": "country",
    "starts_on": "start_on",
    "ends_on": "end_on",
    "planned_return_on": "end_on",
    "pay_amount": "pay_amount",
    "pay_currency": "pay_currency",
    "pay_period": "pay_period",
    "guaranteed_hours_week": "hours_per_week",
    "workplace_address": "town",
}
"""Columns of a stay, and the vacancy's columns from which they come."""
OWN = (
    "number",
    "candidacy_id",
    "jobseeker_id",
    "status",
    "departed_on",
    "returned_on",
    "version",
    "created_at",
    "updated_at",
)
MOMENTS = ("created_at", "updated_at")
DAYS = ("departed_on", "returned_on", "starts_on", "ends_on", "planned_return_on")


def _column(name: str) -> "sa.ColumnClause[Any]":
    if name in MOMENTS:
        return sa.column(name, db.types.UtcDateTime(timezone=True))
    return sa.column(name, sa.Date()) if name in DAYS else sa.column(name)


def _terms_of(vacancy_id: int) -> dict[str, Any]:
    names = sorted({*TERMS.values()})
    columns = [sa.column(n, sa.Date()) if n.endswith("_on") else sa.column(n) for n in names]
    vacancies = sa.table("vacancies", sa.column("id"), *columns)
    query = sa.select(vacancies).where(vacancies.c.id == vacancy_id)
    found = op.get_bind().execute(query).one()._mapping
    return {own: found[theirs] for own, theirs in TERMS.items()}


def _steps_of(candidacy_id: int) -> dict[str, datetime]:
    """The moment of the last time that each status was reached."""
    events = sa.table(
        "candidacy_events",
        sa.column("id"),
        sa.column("candidacy_id"),
        sa.column("to_status"),
        sa.column("happened_at", db.types.UtcDateTime(timezone=True)),
    )
    e = events.c
    query = sa.select(e.to_status, e.happened_at).where(e.candidacy_id == candidacy_id)
    return {row.to_status: row.happened_at for row in op.get_bind().execute(query.order_by(e.id))}


def _day(moment: datetime) -> date:
    return moment.astimezone(TBILISI).date()


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, db.types.UtcDateTime(timezone=True), nullable=False)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.split(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{other}"))


def _never_changed(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION never_changed()"
    )


def downgrade() -> None:
    for table in NEW_TABLES:
        op.drop_table(table)
    for name, _ in NEW_COLUMNS:
        op.drop_column("deployments", name)
