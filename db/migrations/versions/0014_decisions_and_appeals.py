"""Coded reasons of decisions, dissenting opinions and appeals

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATUSES = (
    "received",
    "admitted",
    "refused_late",
    "scheduled",
    "upheld",
    "dismissed",
    "withdrawn",
)
CHANNELS = ("in_person", "post", "email", "online", "phone")
MOMENT = db.types.UtcDateTime(timezone=True)
STEPS = ("registered", "admitted", "scheduled", "heard", "withdrawn")
DECISION_COLUMNS = (
    ("reason_codes", sa.JSON()),
    ("reasons_version", sa.Text()),
    ("candidate_text", sa.Text()),
    ("scored", sa.Integer()),
    ("score_sums", sa.JSON()),
    ("by_casting", sa.Boolean()),
)


def upgrade() -> None:
    for name, kind in DECISION_COLUMNS:
        op.add_column("decisions", sa.Column(name, kind, nullable=True))
    op.create_table(
        "dissents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        _key("dissents", "shortlist_id", "shortlists.id"),
        _key("dissents", "officer_id", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissents")),
        sa.UniqueConstraint(
            "shortlist_id", "officer_id", name=op.f("uq_dissents_shortlist_id_officer_id")
        ),
    )
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("channel", _one_of(CHANNELS, "appealchannel"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", _one_of(STATUSES, "appealstatus"), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        *(part for step in STEPS for part in _step(step)),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("appeals", "shortlist_id", "shortlists.id"),
        _key("appeals", "candidacy_id", "candidacies.id"),
        _key("appeals", "hearing_id", "shortlists.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("number", name=op.f("uq_appeals_number")),
    )
    for column in ("candidacy_id", "hearing_id", "status"):
        op.create_index(op.f(f"ix_appeals_{column}"), "appeals", [column])
    standing = sa.text("status <> 'withdrawn'")
    op.create_index(
        "uq_appeals_decision",
        "appeals",
        ["shortlist_id", "candidacy_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _step(verb: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column(f"{verb}_at", MOMENT, nullable=verb != "registered"),
        sa.Column(f"{verb}_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
            name=op.f(f"ck_appeals_{verb}_by_needs_{verb}_at"),
        ),
        _key("appeals", f"{verb}_by", "officers.id"),
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)


def downgrade() -> None:
    op.drop_table("appeals")
    op.drop_table("dissents")
    for name, _ in reversed(DECISION_COLUMNS):
        op.drop_column("decisions", name)
