"""One person, one file: pairs found, searches, merges, and the status of a merged file

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATUSES = "'draft', 'active', 'placed', 'suspended', 'withdrawn'"
NAME = "ck_jobseekers_jobseekerstatus"
MOMENT = db.types.UtcDateTime(timezone=True)
JSON = sa.JSON


def upgrade() -> None:
    _replace_check(f"{STATUSES}, 'merged'")
    op.create_table(
        "duplicate_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        _person("duplicate_pairs", "first_id"),
        _person("duplicate_pairs", "second_id"),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", JSON(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pairs")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_duplicate_pairs_first_id_second_id")
        ),
    )
    op.create_index("ix_duplicate_pairs_second_id", "duplicate_pairs", ["second_id"])
    op.create_index(op.f("ix_duplicate_pairs_score"), "duplicate_pairs", ["score"])
    op.create_table(
        "duplicate_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        _officer("duplicate_searches", "started_by"),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_searches")),
        _paired("duplicate_searches", "started"),
    )
    op.create_table(
        "jobseeker_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        _person("jobseeker_merges", "kept_id"),
        _person("jobseeker_merges", "merged_id"),
        sa.Column("before", JSON(), nullable=False),
        sa.Column("merged_at", MOMENT, nullable=False),
        _officer("jobseeker_merges", "merged_by"),
        sa.Column("undone_at", MOMENT, nullable=True),
        _officer("jobseeker_merges", "undone_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobseeker_merges")),
        _paired("jobseeker_merges", "undone"),
    )
    op.create_index("ix_jobseeker_merges_kept_id", "jobseeker_merges", ["kept_id"])
    still = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_jobseeker_merges_merged_id",
        "jobseeker_merges",
        ["merged_id"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )


def _replace_check(values: str) -> None:
    # SQLite can't rebuild a table that others refer to, and knows these two since 3.53.
    op.execute(f"ALTER TABLE jobseekers DROP CONSTRAINT {NAME}")
    op.execute(f"ALTER TABLE jobseekers ADD CONSTRAINT {NAME} CHECK (status IN ({values}))")


def _person(table: str, column: str) -> sa.Column[int]:
    key = sa.ForeignKey("jobseekers.id", name=op.f(f"fk_{table}_{column}_jobseekers"))
    return sa.Column(column, sa.Integer(), key, nullable=False)


def _officer(table: str, column: str) -> sa.Column[int]:
    key = sa.ForeignKey("officers.id", name=op.f(f"fk_{table}_{column}_officers"))
    return sa.Column(column, sa.Integer(), key, nullable=True)


def _paired(table: str, verb: str) -> sa.CheckConstraint:
    name = op.f(f"ck_{table}_{verb}_by_needs_{verb}_at")
    return sa.CheckConstraint(f"{verb}_by IS NULL OR {verb}_at IS NOT NULL", name=name)


def downgrade() -> None:
    op.drop_table("jobseeker_merges")
    op.drop_table("duplicate_searches")
    op.drop_table("duplicate_pairs")
    _replace_check(STATUSES)
