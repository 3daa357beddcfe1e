"""Backups that were made, drills of restoring, anchors of the audit chain

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

WHEN = UtcDateTime(timezone=True)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _who_needs_when(verb: str, table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
        name=op.f(f"ck_{table}_{verb}_by_needs_{verb}_at"),
    )


def _officer(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["officers.id"], name=op.f(f"fk_{table}_{column}_officers")
    )


def upgrade() -> None:
    op.create_index("ix_audit_events_action", "audit_events", ["action", "seq"])
    op.create_table(
        "backup_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(("scheduled", "manual"), "backupkind"), nullable=False),
        sa.Column("status", _one_of(("running", "done", "failed"), "backupstatus"), nullable=False),
        sa.Column("started_at", WHEN, nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", WHEN, nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("is_encrypted", sa.Boolean(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("audit_seq", sa.Integer(), nullable=True),
        sa.Column("is_copied", sa.Boolean(), nullable=True),
        sa.Column("verified_at", WHEN, nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("removed_at", WHEN, nullable=True),
        _who_needs_when("started", "backup_runs"),
        _officer("started_by", "backup_runs"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_runs")),
    )
    op.create_index(op.f("ix_backup_runs_started_at"), "backup_runs", ["started_at"])
    op.create_index(
        "uq_backup_runs_running",
        "backup_runs",
        ["status"],
        unique=True,
        sqlite_where=sa.text("status = 'running'"),
        postgresql_where=sa.text("status = 'running'"),
    )
    op.create_table(
        "backup_drills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", WHEN, nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("measured", sa.JSON(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        _who_needs_when("started", "backup_drills"),
        _officer("started_by", "backup_drills"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_drills")),
    )
    op.create_table(
        "audit_anchors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("is_written", sa.Boolean(), nullable=False),
        _who_needs_when("made", "audit_anchors"),
        _officer("made_by", "audit_anchors"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_anchors")),
    )
    op.create_index(op.f("ix_audit_anchors_made_at"), "audit_anchors", ["made_at"])


def downgrade() -> None:
    op.drop_table("audit_anchors")
    op.drop_table("backup_drills")
    op.drop_table("backup_runs")
    op.drop_index("ix_audit_events_action", table_name="audit_events")
