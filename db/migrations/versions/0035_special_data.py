"""Special categories of data, and what people confided, apart and encrypted

Revision: 0035, after 0034
"""

from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

from db import encryption
from db.migrations.guards import FIXED
from db.types import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


@dataclass(frozen=True)
class Moved:
    """Columns of readable text that go, and the table and columns where they stand encrypted."""

    table: str
    key: str
    columns: tuple[str, ...]
    to_table: str
    to_key: str


MOVED = (
    Moved(
        "monitoring_cases",
        "id",
        ("text", "complainant_name", "complainant_contact"),
        "case_words",
        "case_id",
    ),
    Moved("case_events", "id", ("note",), "case_notes", "event_id"),
    Moved("check_in_answers", "check_in_id", ("told",), "check_in_words", "check_in_id"),
    Moved("case_referrals", "id", ("reply",), "case_referrals", "id"),
)
NEVER_CHANGED = ("case_events", "check_in_answers")


def upgrade() -> None:
    _special_facts()
    _check_in_words()
    _case_words()
    _case_notes()
    op.add_column("case_referrals", sa.Column("reply_sealed", sa.LargeBinary(), nullable=True))
    for moved in MOVED:
        _encrypt(moved)
        for column in moved.columns:
            op.drop_column(moved.table, column)


def _special_facts() -> None:
    op.create_table(
        "special_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                (
                    "health",
                    "disability",
                    "conviction",
                    "trade_union",
                    "religion",
                    "other",
                ),
                "specialkind",
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            _one_of(
                (
                    "law",
                    "consent",
                    "vital_interest",
                ),
                "specialbasis",
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("needed_until", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("erased_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "erased_by IS NULL OR erased_at IS NOT NULL",
            name=op.f("ck_special_facts_erased_by_needs_erased_at"),
        ),
        sa.CheckConstraint(
            "recorded_by IS NULL OR recorded_at IS NOT NULL",
            name=op.f("ck_special_facts_recorded_by_needs_recorded_at"),
        ),
        sa.ForeignKeyConstraint(
            ["erased_by"], ["officers.id"], name=op.f("fk_special_facts_erased_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"],
            ["jobseekers.id"],
            name=op.f("fk_special_facts_jobseeker_id_jobseekers"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["officers.id"], name=op.f("fk_special_facts_recorded_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_facts")),
    )
    op.create_index(op.f("ix_special_facts_jobseeker_id"), "special_facts", ["jobseeker_id"])
    op.create_index(op.f("ix_special_facts_needed_until"), "special_facts", ["needed_until"])


def _check_in_words() -> None:
    op.create_table(
        "check_in_words",
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_check_in_words_check_in_id_check_ins")
        ),
        sa.PrimaryKeyConstraint("check_in_id", name=op.f("pk_check_in_words")),
    )


def _case_words() -> None:
    op.create_table(
        "case_words",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("complainant_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("complainant_contact_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["monitoring_cases.id"],
            name=op.f("fk_case_words_case_id_monitoring_cases"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_words")),
    )


def _case_notes() -> None:
    op.create_table(
        "case_notes",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["case_events.id"], name=op.f("fk_case_notes_event_id_case_events")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_case_notes")),
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _encrypt(moved: Moved) -> None:
    bind = op.get_bind()
    filled = " OR ".join(f"coalesce({column}, '') <> ''" for column in moved.columns)
    rows = bind.execute(
        sa.text(f"SELECT {moved.key}, {', '.join(moved.columns)} FROM {moved.table} WHERE {filled}")
    ).all()
    if rows:
        encryption.ready_ring(bind)
    for key, *texts in rows:
        values = {
            f"{column}_sealed": encryption.encrypt(moved.to_table, f"{column}_sealed", (key,), text)
            for column, text in zip(moved.columns, texts, strict=True)
            if text
        }
        target = sa.table(moved.to_table, sa.column(moved.to_key), *map(sa.column, values))
        if moved.to_table == moved.table:
            same = target.c[moved.to_key] == key
            bind.execute(sa.update(target).where(same).values(**values))
        else:
            bind.execute(sa.insert(target).values({moved.to_key: key, **values}))


def _decrypt(moved: Moved) -> None:
    bind = op.get_bind()
    sealed = [f"{column}_sealed" for column in moved.columns]
    rows = bind.execute(
        sa.text(f"SELECT {moved.to_key}, {', '.join(sealed)} FROM {moved.to_table}")
    ).all()
    target = sa.table(moved.table, sa.column(moved.key), *map(sa.column, moved.columns))
    for key, *tokens in rows:
        values = {
            column: encryption.decrypt(moved.to_table, f"{column}_sealed", (key,), bytes(token))
            for column, token in zip(moved.columns, tokens, strict=True)
            if token is not None
        }
        if values:
            bind.execute(sa.update(target).where(target.c[moved.key] == key).values(**values))


def _open_guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_update")
    else:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_changed")


def _close_guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
        )
    else:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_never_changed")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    for moved in MOVED:
        for column in moved.columns:
            op.add_column(moved.table, sa.Column(column, sa.Text(), nullable=True))
    for table in NEVER_CHANGED:
        _open_guard(table)
    for moved in MOVED:
        _decrypt(moved)
    for table in NEVER_CHANGED:
        _close_guard(table)
    op.drop_column("case_referrals", "reply_sealed")
    op.drop_table("case_notes")
    op.drop_table("case_words")
    op.drop_table("check_in_words")
    op.drop_table("special_facts")
