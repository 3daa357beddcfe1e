"""Versions of the ranking rules made on screen; runs keep the values they were made with

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATUSES = ("draft", "proposed", "approved", "rejected")


def upgrade() -> None:
    moment = db.types.UtcDateTime(timezone=True)
    op.add_column("ranking_runs", sa.Column("parameters", sa.JSON(), nullable=True))
    status = sa.Enum(
        *STATUSES, name="parametersstatus", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "parameter_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("status", status, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("preview", sa.JSON(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", moment, nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(
                f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
                name=op.f(f"ck_parameter_versions_{verb}_by_needs_{verb}_at"),
            )
            for verb in ("proposed", "decided")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{verb}_by"],
                ["officers.id"],
                name=op.f(f"fk_parameter_versions_{verb}_by_officers"),
            )
            for verb in ("created", "proposed", "decided")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_versions")),
        sa.UniqueConstraint("version", name=op.f("uq_parameter_versions_version")),
    )
    op.create_index(op.f("ix_parameter_versions_status"), "parameter_versions", ["status"])


def downgrade() -> None:
    op.drop_index(op.f("ix_parameter_versions_status"), "parameter_versions")
    op.drop_table("parameter_versions")
    op.drop_column("ranking_runs", "parameters")
