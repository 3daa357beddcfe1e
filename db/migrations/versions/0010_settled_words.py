"""Words of a vacancy about age, sex, looks, family or origin, and what an officer decided on them

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TOPICS = ("age", "sex", "looks", "family", "origin")
WAYS = ("clause", "no_requirement")


def of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    table = "settled_words"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("topic", of("protectedtopic", *TOPICS), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("settled_as", of("wordssettledby", *WAYS), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("scheme_code", sa.Text(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("settled_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f(f"fk_{table}_vacancy_id_vacancies")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["officers.id"], name=op.f(f"fk_{table}_settled_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("vacancy_id", "sha256", name=op.f(f"uq_{table}_vacancy_id_sha256")),
    )


def downgrade() -> None:
    op.drop_table("settled_words")
