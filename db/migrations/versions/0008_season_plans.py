"""Plans of a season

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LAYERS = ("position", "candidate", "reserve")
BECAUSE = ("best", "taken", "needed")


def upgrade() -> None:
    moment = db.types.UtcDateTime(timezone=True)
    op.create_table(
        "season_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("parameters_version", sa.Text(), nullable=False),
        sa.Column("inputs_sha256", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("pool_size", sa.Integer(), nullable=False),
        sa.Column("is_exact", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        _who_needs_when("season_plans", "made"),
        _key("season_plans", "made_by", "officers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_plans")),
    )
    op.create_table(
        "season_plan_vacancies",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("version", "taken", "positions", "candidates", "reserves", "eligible")
        ),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("picked", sa.Integer(), nullable=False),
        sa.Column("picked_points", sa.BigInteger(), nullable=False),
        sa.Column("shortage", sa.JSON(), nullable=True),
        sa.Column("adopted_at", moment, nullable=True),
        sa.Column("adopted_by", sa.Integer(), nullable=True),
        sa.Column("adopted_people", sa.Integer(), nullable=True),
        _who_needs_when("season_plan_vacancies", "adopted"),
        _key("season_plan_vacancies", "plan_id", "season_plans"),
        _key("season_plan_vacancies", "vacancy_id", "vacancies"),
        _key("season_plan_vacancies", "adopted_by", "officers"),
        sa.PrimaryKeyConstraint("plan_id", "vacancy_id", name=op.f("pk_season_plan_vacancies")),
    )
    op.create_index(
        op.f("ix_season_plan_vacancies_vacancy_id"), "season_plan_vacancies", ["vacancy_id"]
    )
    op.create_table(
        "season_plan_people",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("layer", _one_of(LAYERS, "planlayer"), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("because", _one_of(BECAUSE, "placedbecause"), nullable=False),
        sa.Column("best_vacancy_id", sa.Integer(), nullable=False),
        sa.Column("best_points", sa.Integer(), nullable=False),
        sa.Column("last_points", sa.Integer(), nullable=True),
        sa.Column("next_points", sa.Integer(), nullable=True),
        sa.Column("picked_vacancy_id", sa.Integer(), nullable=True),
        _key("season_plan_people", "plan_id", "season_plans"),
        _key("season_plan_people", "jobseeker_id", "jobseekers"),
        _key("season_plan_people", "vacancy_id", "vacancies"),
        _key("season_plan_people", "best_vacancy_id", "vacancies"),
        _key("season_plan_people", "picked_vacancy_id", "vacancies"),
        sa.PrimaryKeyConstraint("plan_id", "jobseeker_id", name=op.f("pk_season_plan_people")),
    )
    for column in ("jobseeker_id", "vacancy_id"):
        op.create_index(op.f(f"ix_season_plan_people_{column}"), "season_plan_people", [column])


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def _who_needs_when(table: str, verb: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
        name=op.f(f"ck_{table}_{verb}_by_needs_{verb}_at"),
    )


def downgrade() -> None:
    op.drop_table("season_plan_people")
    op.drop_table("season_plan_vacancies")
    op.drop_table("season_plans")
