"""The log of rankings is read from an index: the rows behind it carry their whole lists

Revision: 0009, after 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LISTED = [
    "created_at",
    "id",
    "vacancy_id",
    "parameters_version",
    "created_by",
    "pool_size",
    "ranked",
]


def upgrade() -> None:
    op.create_index("ix_ranking_runs_log", "ranking_runs", LISTED)


def downgrade() -> None:
    op.drop_index("ix_ranking_runs_log", "ranking_runs")
