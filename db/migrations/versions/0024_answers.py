"""Employers answer about the people sent to them, and the chosen ones confirm

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.guards import FIXED

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CHOICES = ("select", "reserve", "reject", "talk")
REJECTED = (
    "experience",
    "language",
    "skills",
    "licence",
    "dates",
    "interview",
    "filled",
    "changed",
    "other",
)
DECLINED = ("family", "health", "other_work", "conditions", "dates", "documents", "other")
STATUSES = ("asked", "confirmed", "declined", "no_answer", "taken_back")
CHANNELS = ("link", "phone", "email", "in_person")


def upgrade() -> None:
    _employer_answers()
    _interview_slots()
    _confirmations()


def _employer_answers() -> None:
    op.create_table(
        "employer_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("choice", _one_of(CHOICES, "employerchoice"), nullable=False),
        sa.Column("reason", _one_of(REJECTED, "rejectionreason"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("may_follow", sa.Boolean(), nullable=False),
        sa.Column("channel", _one_of(CHANNELS, "answerchannel"), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        _moment("answered_at"),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        _needs("employer_answers", "answered"),
        _key("employer_answers", "candidacy_id", "candidacies.id"),
        _key("employer_answers", "link_id", "access_links.id"),
        _key("employer_answers", "answered_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_answers")),
    )
    op.create_index(op.f("ix_employer_answers_candidacy_id"), "employer_answers", ["candidacy_id"])
    _never_changed("employer_answers")


def _interview_slots() -> None:
    op.create_table(
        "interview_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        _moment("starts_at"),
        sa.Column("place", sa.Text(), nullable=False),
        _moment("proposed_at"),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("candidacy_id", sa.Integer(), nullable=True),
        _moment("chosen_at", nullable=True),
        sa.Column("chosen_by", sa.Integer(), nullable=True),
        _moment("withdrawn_at", nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _needs("interview_slots", "proposed"),
        _needs("interview_slots", "chosen"),
        _needs("interview_slots", "withdrawn"),
        _key("interview_slots", "vacancy_id", "vacancies.id"),
        _key("interview_slots", "candidacy_id", "candidacies.id"),
        _key("interview_slots", "proposed_by", "officers.id"),
        _key("interview_slots", "chosen_by", "officers.id"),
        _key("interview_slots", "withdrawn_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slots")),
    )
    op.create_index(op.f("ix_interview_slots_vacancy_id"), "interview_slots", ["vacancy_id"])
    _only_one("uq_interview_slots_candidacy_id", "interview_slots", ["candidacy_id"])
    _only_one(
        "uq_interview_slots_vacancy_id_starts_at", "interview_slots", ["vacancy_id", "starts_at"]
    )


def _confirmations() -> None:
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("status", _one_of(STATUSES, "confirmationstatus"), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", _one_of(DECLINED, "declinereason"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("channel", _one_of(CHANNELS, "answerchannel"), nullable=True),
        _moment("asked_at"),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        _moment("reminded_at", nullable=True),
        _moment("answered_at", nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _needs("confirmations", "asked"),
        _needs("confirmations", "answered"),
        _key("confirmations", "candidacy_id", "candidacies.id"),
        _key("confirmations", "asked_by", "officers.id"),
        _key("confirmations", "answered_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    op.create_index(op.f("ix_confirmations_candidacy_id"), "confirmations", ["candidacy_id"])
    op.create_index(
        op.f("ix_confirmations_status_last_day"), "confirmations", ["status", "last_day"]
    )
    _only_one("uq_confirmations_open", "confirmations", ["candidacy_id"], "status = 'asked'")


def _only_one(
    name: str, table: str, columns: list[str], where: str = "withdrawn_at IS NULL"
) -> None:
    condition = sa.text(where)
    op.create_index(
        op.f(name), table, columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, db.types.UtcDateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.split(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{other}"))


def _needs(table: str, verb: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
        name=op.f(f"ck_{table}_{verb}_by_needs_{verb}_at"),
    )


def _never_changed(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION never_changed()"
    )


def downgrade() -> None:
    for table in ("confirmations", "interview_slots", "employer_answers"):
        op.drop_table(table)
