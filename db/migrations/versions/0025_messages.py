"""The outbox of messages to job-seekers, employers and officers

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KINDS = ("jobseeker", "employer", "officer")
CHANNELS = ("email", "sms", "screen")
STATUSES = ("waiting", "sending", "sent", "kept", "failed", "cancelled")


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("recipient_kind", _one_of(KINDS, "addresseekind"), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("secrets", sa.JSON(), nullable=True),
        sa.Column("status", _one_of(STATUSES, "messagestatus"), nullable=False),
        sa.Column("channel", _one_of(CHANNELS, "messagechannel"), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("sent_to", "language")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("subject", "body")),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("next_try_at"),
        sa.Column("claim", sa.Text(), nullable=True),
        _moment("claimed_until"),
        sa.Column("problem", sa.JSON(), nullable=True),
        _moment("queued_at", nullable=False),
        sa.Column("queued_by", sa.Integer(), nullable=True),
        _moment("tried_at"),
        _moment("sent_at"),
        _moment("cancelled_at"),
        sa.Column("cancelled_by", sa.Integer(), nullable=True),
        *(_needs(verb) for verb in ("queued", "cancelled")),
        *(_officer(column) for column in ("queued_by", "cancelled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_messages_public_id")),
        sa.UniqueConstraint("key", name=op.f("uq_messages_key")),
    )
    op.create_index("ix_messages_status_next_try_at", "messages", ["status", "next_try_at"])
    op.create_index(
        "ix_messages_recipient_kind_recipient_id", "messages", ["recipient_kind", "recipient_id"]
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, db.types.UtcDateTime(timezone=True), nullable=nullable)


def _needs(verb: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
        name=op.f(f"ck_messages_{verb}_by_needs_{verb}_at"),
    )


def _officer(column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_messages_{column}_officers")
    return sa.ForeignKeyConstraint([column], ["officers.id"], name=name)


def downgrade() -> None:
    op.drop_table("messages")
