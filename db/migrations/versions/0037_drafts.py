"""Long forms that officers have begun

Revision: 0037, after 0036
"""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("jobseeker_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_drafts_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_drafts_jobseeker_id_jobseekers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("officer_id", "form", name=op.f("uq_drafts_officer_id_form")),
    )
    op.create_index(op.f("ix_drafts_jobseeker_id"), "drafts", ["jobseeker_id"])
    op.create_index(op.f("ix_drafts_saved_at"), "drafts", ["saved_at"])


def downgrade() -> None:
    op.drop_table("drafts")
