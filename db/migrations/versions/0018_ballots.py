"""Withdrawn votes, points on criteria, secret ballots

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import conv

import db.types
from db.migrations import ballot_guards

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ONE_VOTE = ("shortlist_id", "candidacy_id", "officer_id")
FORMERLY = conv("uq_votes_shortlist_id_candidacy_id_officer_id")
IN_FORCE = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    ballot_guards.drop_former()
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
        votes.add_column(sa.Column("request_id", sa.Text(), nullable=True))
        votes.add_column(sa.Column("withdrawn_at", _moment(), nullable=True))
        votes.add_column(sa.Column("withdrawn_by", sa.Integer(), nullable=True))
        votes.add_column(sa.Column("withdrawal_reason", sa.Text(), nullable=True))
        votes.alter_column("value", existing_type=sa.String(40), nullable=True)
        votes.drop_constraint(FORMERLY, type_="unique")
        for last in ("attempt", "request_id"):
            votes.create_unique_constraint(op.f(f"{FORMERLY}_{last}"), [*ONE_VOTE, last])
        votes.create_check_constraint(op.f("ck_votes_once_more_at_most"), "attempt IN (1, 2)")
        votes.create_check_constraint(
            op.f("ck_votes_withdrawn_by_needs_withdrawn_at"),
            "withdrawn_by IS NULL OR withdrawn_at IS NOT NULL",
        )
        votes.create_foreign_key(
            op.f("fk_votes_withdrawn_by_officers"), "officers", ["withdrawn_by"], ["id"]
        )
    op.create_index(
        "uq_votes_in_force",
        "votes",
        list(ONE_VOTE),
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    _points()
    _secret_ballots()
    ballot_guards.create(("open", "voting"))


def _points() -> None:
    op.create_table(
        "vote_scores",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 10", name=op.f("ck_vote_scores_points_in_range")),
        _key("vote_scores", "vote_id", "votes.id"),
        sa.PrimaryKeyConstraint("vote_id", "criterion", name=op.f("pk_vote_scores")),
    )


def _secret_ballots() -> None:
    op.create_table(
        "secret_ballots",
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", _moment(), nullable=False),
        sa.Column("chosen_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", _moment(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_secret_ballots_ended_by_needs_ended_at"),
        ),
        _key("secret_ballots", "shortlist_id", "shortlists.id"),
        _key("secret_ballots", "chosen_by", "officers.id"),
        _key("secret_ballots", "ended_by", "officers.id"),
        sa.PrimaryKeyConstraint("shortlist_id", name=op.f("pk_secret_ballots")),
    )
    op.create_table(
        "secret_voters",
        *_candidate("secret_voters"),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        _key("secret_voters", "officer_id", "officers.id"),
        sa.PrimaryKeyConstraint(*ONE_VOTE, name=op.f("pk_secret_voters")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "secret_tallies",
        *_candidate("secret_tallies"),
        *(
            sa.Column(counter, sa.Integer(), nullable=False)
            for counter in ("votes_for", "votes_against", "votes_abstain", "scored")
        ),
        sa.PrimaryKeyConstraint(*ONE_VOTE[:2], name=op.f("pk_secret_tallies")),
    )
    op.create_table(
        "secret_scores",
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shortlist_id", "candidacy_id"],
            ["secret_tallies.shortlist_id", "secret_tallies.candidacy_id"],
            name="fk_secret_scores_tally",
        ),
        sa.PrimaryKeyConstraint(*ONE_VOTE[:2], "criterion", name=op.f("pk_secret_scores")),
    )


def _candidate(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        _key(table, "shortlist_id", "secret_ballots.shortlist_id"),
        _key(table, "candidacy_id", "candidacies.id"),
    )


def _moment() -> db.types.UtcDateTime:
    return db.types.UtcDateTime(timezone=True)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)


def downgrade() -> None:
    ballot_guards.drop()
    for table in ("secret_scores", "secret_tallies", "secret_voters", "secret_ballots"):
        op.drop_table(table)
    op.drop_table("vote_scores")
    op.execute("DELETE FROM votes WHERE withdrawn_at IS NOT NULL OR value IS NULL")
    op.drop_index("uq_votes_in_force", "votes")
    with op.batch_alter_table("votes") as votes:
        votes.drop_constraint(op.f("fk_votes_withdrawn_by_officers"), type_="foreignkey")
        votes.drop_constraint(op.f("ck_votes_withdrawn_by_needs_withdrawn_at"), type_="check")
        votes.drop_constraint(op.f("ck_votes_once_more_at_most"), type_="check")
        for last in ("attempt", "request_id"):
            votes.drop_constraint(op.f(f"{FORMERLY}_{last}"), type_="unique")
        votes.create_unique_constraint(FORMERLY, list(ONE_VOTE))
        votes.alter_column("value", existing_type=sa.String(40), nullable=False)
        for column in (
            *("withdrawal_reason", "withdrawn_by", "withdrawn_at", "request_id", "attempt"),
        ):
            votes.drop_column(column)
    ballot_guards.restore_former()
