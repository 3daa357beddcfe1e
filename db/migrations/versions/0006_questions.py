"""What people are asked so that a rank is certain

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FACTS = (
    "occupations",
    "years",
    "skills",
    "languages",
    "licences",
    "education",
    "availability",
    "countries",
    "passport",
    "birth_date",
    "citizenship",
)
STATUSES = ("open", "answered", "no_answer", "not_needed")
OUTCOMES = ("not_reached", "does_not_know", "has_none", "does_not_say")


def upgrade() -> None:
    moment = db.types.UtcDateTime(timezone=True)
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("fact", _one_of(FACTS, "askedfact"), nullable=False),
        sa.Column("asked_for", sa.JSON(), nullable=False),
        sa.Column("status", _one_of(STATUSES, "questionstatus"), nullable=False),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("outcome", _one_of(OUTCOMES, "questionoutcome"), nullable=True),
        sa.Column("came_of_it", sa.JSON(), nullable=True),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_by IS NULL OR closed_at IS NOT NULL",
            name=op.f("ck_questions_closed_by_needs_closed_at"),
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_questions_jobseeker_id_jobseekers")
        ),
        _officer("assigned_to"),
        _officer("made_by"),
        _officer("closed_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_status_assigned_to", "questions", ["status", "assigned_to"])
    op.create_index("ix_questions_jobseeker_id_fact", "questions", ["jobseeker_id", "fact"])
    still = sa.text("status = 'open'")
    op.create_index(
        "uq_questions_open",
        "questions",
        ["jobseeker_id", "fact"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _officer(column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_questions_{column}_officers")
    return sa.ForeignKeyConstraint([column], ["officers.id"], name=name)


def downgrade() -> None:
    op.drop_table("questions")
