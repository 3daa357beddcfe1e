"""The register of commissions; voting as a stage of a session, cancelling, invitations, seats

Revision: 0016, after 0015

Sessions of before belong to an implied commission whose seats are their members.
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.implied_commission import found_implied_commission

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = ("ministry", "agency", "international", "ngo")
ROLES = ("chair", "deputy", "member", "secretary", "observer")
ANSWERS = ("comes", "does_not_come", "sends_substitute")
STATUSES = ("planned", "open", "closed")
MOMENT = db.types.UtcDateTime(timezone=True)
SESSIONS, MEMBERS = "commission_sessions", "session_members"


def upgrade() -> None:
    _commissions()
    _rules()
    _seats()
    _refer(SESSIONS, "commission_id", "commissions")
    op.create_index(op.f("ix_commission_sessions_commission_id"), SESSIONS, ["commission_id"])
    _refer(SESSIONS, "presiding_id", "officers")
    _chosen(SESSIONS, "mode", ("on_site", "online"), "sessionmode", "on_site")
    op.add_column(SESSIONS, sa.Column("cancel_reason", sa.Text(), nullable=True))
    for verb in ("voting", "cancelled"):
        op.add_column(SESSIONS, sa.Column(f"{verb}_at", MOMENT, nullable=True))
        _refer(SESSIONS, f"{verb}_by", "officers")
        check = f"{verb}_by IS NULL OR {verb}_at IS NOT NULL"
        _check(SESSIONS, f"{verb}_by_needs_{verb}_at", check)
    _replace_statuses((*STATUSES, "voting", "cancelled"))
    _chosen(MEMBERS, "role", ROLES, "seatrole", "member")
    _refer(MEMBERS, "substitute_for_id", "officers")
    _chosen(MEMBERS, "answer", ANSWERS, "invitationanswer", None)
    for column in ("invited_at", "answered_at"):
        op.add_column(MEMBERS, sa.Column(column, MOMENT, nullable=True))
    found_implied_commission(op.get_bind())


def _commissions() -> None:
    op.create_table(
        "commissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ka", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("order_number", sa.Text(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_until", sa.Date(), nullable=True),
        *_by("commissions", "created"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commissions")),
        sa.UniqueConstraint("code", name=op.f("uq_commissions_code")),
    )


def _rules() -> None:
    table = "commission_rules"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_by(table, "made"),
        _key(table, "commission_id", "commissions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "commission_id", "valid_from", name=op.f(f"uq_{table}_commission_id_valid_from")
        ),
    )


def _seats() -> None:
    table = "commission_seats"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("organisation_code", sa.Text(), nullable=False),
        sa.Column("organisation_kind", _one_of(KINDS, "organisationkind"), nullable=False),
        sa.Column("role", _one_of(ROLES, "seatrole"), nullable=False),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("seated_from", sa.Date(), nullable=False),
        sa.Column("seated_until", sa.Date(), nullable=True),
        *_by(table, "seated"),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f(f"ck_{table}_ended_by_needs_ended_at"),
        ),
        _key(table, "commission_id", "commissions.id"),
        _key(table, "officer_id", "officers.id"),
        _key(table, "organisation_code", "organisations.code"),
        _key(table, "substitute_for_id", "commission_seats.id"),
        _key(table, "ended_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_commission_id"), table, ["commission_id"])


def _by(table: str, verb: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column(f"{verb}_at", MOMENT, nullable=False),
        sa.Column(f"{verb}_by", sa.Integer(), nullable=True),
        _key(table, f"{verb}_by", "officers.id"),
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)


def _refer(table: str, column: str, to: str) -> None:
    # As Alembic says it, SQLite would have to rebuild the table.
    name = f"fk_{table}_{column}_{to}"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {to} (id)"
    )


def _chosen(
    table: str, column: str, values: tuple[str, ...], name: str, before: str | None
) -> None:
    """A column of a closed list; rows of before get that value."""
    op.add_column(
        table,
        sa.Column(column, sa.String(40), nullable=before is None, server_default=before),
    )
    # SQLite takes a condition on nothing for broken when it meets rows that are there already.
    nothing = f"{column} IS NULL OR " if before is None else ""
    _check(table, name, f"{nothing}{column} IN ({_quoted(values)})")


def _check(table: str, name: str, condition: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({condition})")


def _replace_statuses(values: tuple[str, ...]) -> None:
    op.execute(f"ALTER TABLE {SESSIONS} DROP CONSTRAINT ck_{SESSIONS}_sessionstatus")
    _check(SESSIONS, "sessionstatus", f"status IN ({_quoted(values)})")


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def downgrade() -> None:
    # A session that is voting was open in the old sense; one that was cancelled was never held.
    op.execute(f"UPDATE {SESSIONS} SET status = 'open' WHERE status = 'voting'")
    op.execute(f"UPDATE {SESSIONS} SET status = 'closed' WHERE status = 'cancelled'")
    for name in ("sessionmode", "voting_by_needs_voting_at", "cancelled_by_needs_cancelled_at"):
        op.execute(f"ALTER TABLE {SESSIONS} DROP CONSTRAINT ck_{SESSIONS}_{name}")
    for name in ("seatrole", "invitationanswer"):
        op.execute(f"ALTER TABLE {MEMBERS} DROP CONSTRAINT ck_{MEMBERS}_{name}")
    for column in ("role", "substitute_for_id", "answer", "invited_at", "answered_at"):
        op.execute(f"ALTER TABLE {MEMBERS} DROP COLUMN {column}")
    op.drop_index(op.f("ix_commission_sessions_commission_id"), SESSIONS)
    for column in (
        *("commission_id", "presiding_id", "mode", "cancel_reason"),
        *("voting_at", "voting_by", "cancelled_at", "cancelled_by"),
    ):
        op.execute(f"ALTER TABLE {SESSIONS} DROP COLUMN {column}")
    _replace_statuses(STATUSES)
    for table in ("commission_seats", "commission_rules", "commissions"):
        op.drop_table(table)
