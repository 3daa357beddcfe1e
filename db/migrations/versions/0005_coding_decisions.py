"""Decisions on job titles, and the coders that learnt from them

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = db.types.UtcDateTime(timezone=True)
    op.create_table(
        "coding_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("isco", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=True),
        sa.Column("coder_version", sa.Integer(), nullable=True),
        sa.Column("vacancy_number", sa.Text(), nullable=True),
        sa.Column("decided_at", moment, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_at IS NOT NULL",
            name=op.f("ck_coding_decisions_decided_by_needs_decided_at"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["officers.id"], name=op.f("fk_coding_decisions_decided_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_decisions")),
    )
    op.create_index(op.f("ix_coding_decisions_title_key"), "coding_decisions", ["title_key"])
    op.create_table(
        "coder_versions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trained_at", moment, nullable=False),
        sa.Column("trained_by", sa.Integer(), nullable=True),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("held_out", sa.Integer(), nullable=False),
        sa.Column("accuracy", sa.Double(), nullable=False),
        sa.Column("accuracy_low", sa.Double(), nullable=False),
        sa.Column("accuracy_high", sa.Double(), nullable=False),
        sa.Column("accuracy_of_labels", sa.Double(), nullable=False),
        sa.Column("accuracy_in_use", sa.Double(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("is_in_use", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("activated_at", moment, nullable=True),
        sa.Column("activated_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "trained_by IS NULL OR trained_at IS NOT NULL",
            name=op.f("ck_coder_versions_trained_by_needs_trained_at"),
        ),
        sa.CheckConstraint(
            "activated_by IS NULL OR activated_at IS NOT NULL",
            name=op.f("ck_coder_versions_activated_by_needs_activated_at"),
        ),
        sa.ForeignKeyConstraint(
            ["trained_by"], ["officers.id"], name=op.f("fk_coder_versions_trained_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["activated_by"], ["officers.id"], name=op.f("fk_coder_versions_activated_by_officers")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_coder_versions")),
    )


def downgrade() -> None:
    op.drop_table("coder_versions")
    op.drop_index(op.f("ix_coding_decisions_title_key"), "coding_decisions")
    op.drop_table("coding_decisions")
