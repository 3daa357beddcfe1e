"""When each job of due work ran last

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "due_jobs",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ran_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures_in_a_row", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_due_jobs")),
    )


def downgrade() -> None:
    op.drop_table("due_jobs")
