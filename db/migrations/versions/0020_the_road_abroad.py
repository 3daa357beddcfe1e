"""The way from the employer's choice to the return: steps, stays abroad, personal links

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.checks import allow_values
from db.migrations.guards import FIXED

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FORMER = (
    "preselected",
    "commission_review",
    "approved",
    "reserve",
    "not_approved",
    "sent",
    "employer_selected",
    "employer_rejected",
    "orientation",
    "permit_pending",
    "permit_refused",
    "departed",
    "working",
    "returned",
    "withdrawn",
)
NEW = (
    "employer_reserve",
    "confirmed",
    "declined",
    "no_answer",
    "permit_granted",
    "no_show",
    "cancelled",
)
DEPLOYED = (
    "planned",
    "departed",
    "arrived",
    "working",
    "transferred",
    "lost_contact",
    "ended",
    "returned",
    "cancelled",
)
PURPOSES = ("employer_package", "candidate_answer", "cv_approval", "check_in", "exit_survey")
COLUMNS = (
    ("candidacies", "candidacystatus", "status"),
    ("candidacy_events", "status_before", "from_status"),
    ("candidacy_events", "candidacystatus", "to_status"),
)


def upgrade() -> None:
    for table, name, column in COLUMNS:
        allow_values(table, name, column, (*FORMER, *NEW))
    _deployments()
    _links()


def _deployments() -> None:
    op.create_table(
        "deployments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("status", _one_of(DEPLOYED, "deploymentstatus"), nullable=False),
        _text("contract_number"),
        _day("contract_signed_on"),
        _text("contract_language"),
        _day("starts_on"),
        _day("ends_on"),
        _money("pay_amount"),
        _text("pay_currency"),
        sa.Column("pay_period", _one_of(("hour", "month"), "payperiod"), nullable=True),
        sa.Column("guaranteed_hours_week", sa.Double(), nullable=True),
        _money("deduction_housing"),
        _money("deduction_food"),
        _money("deduction_transport"),
        _money("deduction_other"),
        _text("insurance_payer"),
        _text("insurance_policy"),
        _day("insurance_until"),
        _text("workplace_address"),
        _text("housing_address"),
        _text("supervisor_name"),
        _text("supervisor_phone"),
        _text("phone_abroad"),
        _text("emergency_name"),
        _text("emergency_phone"),
        _day("planned_departure_on"),
        _day("planned_return_on"),
        _day("departed_on"),
        _day("arrived_on"),
        _day("ended_on"),
        _text("end_reason"),
        _day("returned_on"),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("created_at"),
        sa.Column("created_by", sa.Integer(), nullable=True),
        _moment("updated_at"),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        _key("deployments", "candidacy_id", "candidacies.id"),
        _key("deployments", "jobseeker_id", "jobseekers.id"),
        _key("deployments", "employer_id", "employers.id"),
        _key("deployments", "created_by", "officers.id"),
        _key("deployments", "updated_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployments")),
        sa.UniqueConstraint("number", name=op.f("uq_deployments_number")),
        sa.UniqueConstraint("candidacy_id", name=op.f("uq_deployments_candidacy_id")),
    )
    for column in ("jobseeker_id", "employer_id", "country", "status"):
        op.create_index(op.f(f"ix_deployments_{column}"), "deployments", [column])
    op.create_table(
        "deployment_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("to_status", _one_of(DEPLOYED, "deploymentstatus"), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        _text("note"),
        _moment("happened_at"),
        sa.Column("happened_by", sa.Integer(), nullable=True),
        _key("deployment_events", "deployment_id", "deployments.id"),
        _key("deployment_events", "happened_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment_events")),
    )
    op.create_index(
        op.f("ix_deployment_events_deployment_id"), "deployment_events", ["deployment_id"]
    )
    _never_changed("deployment_events")


def _links() -> None:
    op.create_table(
        "access_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("purpose", _one_of(PURPOSES, "linkpurpose"), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        _moment("expires_at"),
        _moment("issued_at"),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        _moment("revoked_at", nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        _text("revoke_reason"),
        _moment("first_opened_at", nullable=True),
        _moment("last_opened_at", nullable=True),
        sa.Column("openings", sa.Integer(), nullable=False),
        _needs("access_links", "issued"),
        _needs("access_links", "revoked"),
        _key("access_links", "issued_by", "officers.id"),
        _key("access_links", "revoked_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_links")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_access_links_secret_sha256")),
    )
    op.create_index(
        op.f("ix_access_links_purpose_subject_id"), "access_links", ["purpose", "subject_id"]
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=True)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=True)


def _money(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Numeric(12, 2), nullable=True)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, db.types.UtcDateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.split(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{other}"))


def _needs(table: str, verb: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
        name=op.f(f"ck_{table}_{verb}_by_needs_{verb}_at"),
    )


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
    op.drop_table("access_links")
    op.drop_table("deployment_events")
    op.drop_table("deployments")
    for table, name, column in COLUMNS:
        allow_values(table, name, column, FORMER)
