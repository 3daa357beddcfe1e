"""Packed people: one value per job-seeker, so that everybody is loaded in seconds

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both are filled by `migrate` after the schema; a missing value is read from the file's tables.
    op.create_table(
        "feature_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feature_names")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_feature_names_kind_name")),
    )
    op.create_table(
        "jobseeker_features",
        sa.Column("jobseeker_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"],
            ["jobseekers.id"],
            name=op.f("fk_jobseeker_features_jobseeker_id_jobseekers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("jobseeker_id", name=op.f("pk_jobseeker_features")),
    )


def downgrade() -> None:
    op.drop_table("jobseeker_features")
    op.drop_table("feature_names")
