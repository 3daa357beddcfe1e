"""Accounts: invitations, limits in time and network, a second factor, sessions to look at

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

OFFICER_COLUMNS = (
    ("email", sa.Text()),
    ("valid_from", sa.Date()),
    ("valid_until", sa.Date()),
    ("allowed_networks", sa.JSON()),
    ("password_changed_at", UtcDateTime(timezone=True)),
    ("oidc_subject", sa.Text()),
)
SESSION_FLAGS = ("by_provider", "has_second_factor")


def upgrade() -> None:
    for name, kind in OFFICER_COLUMNS:
        op.add_column("officers", sa.Column(name, kind, nullable=True))
    for name in ("email", "oidc_subject"):
        op.create_index(f"ix_officers_{name}", "officers", [name], unique=True)
    for name in ("address", "device"):
        op.add_column("sign_in_sessions", sa.Column(name, sa.Text(), nullable=True))
    for name in SESSION_FLAGS:
        flag = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column("sign_in_sessions", flag)
    op.create_index("ix_sign_in_attempts_attempted_at", "sign_in_attempts", ["attempted_at"])
    _access_reviews()
    _account_tokens()
    _second_factors()
    _recovery_codes()


def _access_reviews() -> None:
    op.create_table(
        "access_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        _moment("reviewed_at", nullable=False),
        sa.Column("reviewed_by", sa.Integer(), nullable=False),
        _officer("access_reviews", "officer_id"),
        _officer("access_reviews", "reviewed_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_reviews")),
    )
    op.create_index(op.f("ix_access_reviews_officer_id"), "access_reviews", ["officer_id"])


def _account_tokens() -> None:
    op.create_table(
        "account_tokens",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "invitation",
                "second_step",
                name="accounttokenpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        _moment("issued_at", nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        _moment("expires_at", nullable=False),
        _moment("used_at"),
        sa.Column("by_provider", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "issued_by IS NULL OR issued_at IS NOT NULL",
            name=op.f("ck_account_tokens_issued_by_needs_issued_at"),
        ),
        _officer("account_tokens", "officer_id"),
        _officer("account_tokens", "issued_by"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_tokens")),
    )
    op.create_index(op.f("ix_account_tokens_officer_id"), "account_tokens", ["officer_id"])


def _second_factors() -> None:
    op.create_table(
        "second_factors",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        _moment("begun_at", nullable=False),
        _moment("confirmed_at"),
        sa.Column("last_step", sa.Integer(), nullable=True),
        _officer("second_factors", "officer_id"),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_second_factors")),
    )


def _recovery_codes() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        _moment("used_at"),
        _officer("recovery_codes", "officer_id"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_officer_id"), "recovery_codes", ["officer_id"])


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(timezone=True), nullable=nullable)


def _officer(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_officers")
    return sa.ForeignKeyConstraint([column], ["officers.id"], name=name)


def downgrade() -> None:
    for table in ("recovery_codes", "second_factors", "account_tokens", "access_reviews"):
        op.drop_table(table)
    op.drop_index("ix_sign_in_attempts_attempted_at", "sign_in_attempts")
    for name in (*SESSION_FLAGS, "device", "address"):
        op.drop_column("sign_in_sessions", name)
    for name in ("oidc_subject", "email"):
        op.drop_index(f"ix_officers_{name}", "officers")
    for name, _kind in reversed(OFFICER_COLUMNS):
        op.drop_column("officers", name)
