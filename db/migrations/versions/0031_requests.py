"""Requests that are done, so that a repeated one changes nothing twice

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("use_case", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("audit_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", "use_case", "nth", name=op.f("pk_requests")),
    )
    op.create_index(op.f("ix_requests_finished_at"), "requests", ["finished_at"])


def downgrade() -> None:
    op.drop_table("requests")
