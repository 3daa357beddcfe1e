"""Declarations filed under numbers and amended, lifted blindness, members' own notes

What was declared before becomes the first filing of each member on each item, numbered in the
order in which it was declared.

Revision: 0015, after 0014
"""

from collections import Counter
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.guards import FIXED

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KINDS = ("none", "family", "friend", "business", "employer", "other")
FIXED_TABLES = ("conflict_declarations", "lifted_blindness")
TBILISI = ZoneInfo("Asia/Tbilisi")


def upgrade() -> None:
    op.create_table(
        "number_series",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_number_series")),
    )
    _file_declarations()
    op.create_table(
        "conflict_drafts",
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        _moment("saved_at"),
        _key("conflict_drafts", "shortlist_id", "shortlists.id"),
        _key("conflict_drafts", "officer_id", "officers.id"),
        sa.PrimaryKeyConstraint("shortlist_id", "officer_id", name=op.f("pk_conflict_drafts")),
    )
    op.create_table(
        "lifted_blindness",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _moment("lifted_at"),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "lifted_by IS NULL OR lifted_at IS NOT NULL",
            name=op.f("ck_lifted_blindness_lifted_by_needs_lifted_at"),
        ),
        _key("lifted_blindness", "session_id", "commission_sessions.id"),
        _key("lifted_blindness", "lifted_by", "officers.id"),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_lifted_blindness")),
    )
    _notes()
    for table in FIXED_TABLES:
        _guard(table)


def _file_declarations() -> None:
    """The old table holds a few thousand rows at most: they wait in memory meanwhile."""
    bind = op.get_bind()
    old = bind.execute(
        sa.select(
            sa.column("shortlist_id", sa.Integer),
            sa.column("officer_id", sa.Integer),
            sa.column("kind", sa.Text),
            sa.column("explanation", sa.Text),
            sa.column("declared_at", db.types.UtcDateTime(timezone=True)),
        )
        .select_from(sa.table("conflict_declarations"))
        .order_by(sa.text("declared_at, shortlist_id, officer_id"))
    ).all()
    op.drop_table("conflict_declarations")
    declarations = op.create_table(
        "conflict_declarations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        _moment("declared_at"),
        _key("conflict_declarations", "shortlist_id", "shortlists.id"),
        _key("conflict_declarations", "officer_id", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declarations")),
        sa.UniqueConstraint("number", name=op.f("uq_conflict_declarations_number")),
        sa.UniqueConstraint(
            "shortlist_id",
            "officer_id",
            "revision",
            name=op.f("uq_conflict_declarations_shortlist_id_officer_id_revision"),
        ),
    )
    for column in ("shortlist_id", "officer_id"):
        op.create_index(
            op.f(f"ix_conflict_declarations_{column}"), "conflict_declarations", [column]
        )
    given: Counter[str] = Counter()
    filed = []
    for row in old:
        series = f"DEC-{row.declared_at.astimezone(TBILISI).year}"
        given[series] += 1
        number = f"{series}-{given[series]:05d}"
        first = {"number": number, "revision": 1, "reason": None, "is_late": False}
        filed.append({**row._asdict(), **first})
    if filed:
        op.bulk_insert(declarations, filed)
    for series, last in given.items():
        table = sa.table("number_series", sa.column("series"), sa.column("last"))
        bind.execute(sa.insert(table).values(series=series, last=last))


def _notes() -> None:
    op.create_table(
        "member_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("saved_at"),
        _key("member_notes", "shortlist_id", "shortlists.id"),
        _key("member_notes", "candidacy_id", "candidacies.id"),
        _key("member_notes", "officer_id", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_notes")),
        sa.UniqueConstraint(
            "officer_id",
            "shortlist_id",
            "candidacy_id",
            name=op.f("uq_member_notes_officer_id_shortlist_id_candidacy_id"),
        ),
    )
    op.create_index(op.f("ix_member_notes_shortlist_id"), "member_notes", ["shortlist_id"])
    on_the_item = sa.text("candidacy_id IS NULL")
    op.create_index(
        "uq_member_notes_item",
        "member_notes",
        ["officer_id", "shortlist_id"],
        unique=True,
        sqlite_where=on_the_item,
        postgresql_where=on_the_item,
    )


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION never_changed()"
    )


def _kind() -> sa.Enum:
    return sa.Enum(
        *KINDS, name="conflictkind", native_enum=False, create_constraint=True, length=40
    )


def _moment(name: str) -> sa.Column:
    return sa.Column(name, db.types.UtcDateTime(timezone=True), nullable=False)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)


def downgrade() -> None:
    """What a member declared last stays; numbers, amendments, notes and liftings go."""
    bind = op.get_bind()
    kept = bind.exec_driver_sql(
        "SELECT d.shortlist_id, d.officer_id, d.kind, d.explanation, d.declared_at "
        "FROM conflict_declarations d WHERE d.revision = (SELECT max(o.revision) "
        "FROM conflict_declarations o WHERE o.shortlist_id = d.shortlist_id "
        "AND o.officer_id = d.officer_id)"
    ).all()
    for table in ("member_notes", "lifted_blindness", "conflict_drafts", "conflict_declarations"):
        op.drop_table(table)
    op.drop_table("number_series")
    op.create_table(
        "conflict_declarations",
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        _moment("declared_at"),
        _key("conflict_declarations", "shortlist_id", "shortlists.id"),
        _key("conflict_declarations", "officer_id", "officers.id"),
        sa.PrimaryKeyConstraint(
            "shortlist_id", "officer_id", name=op.f("pk_conflict_declarations")
        ),
    )
    names = ("shortlist_id", "officer_id", "kind", "explanation", "declared_at")
    table = sa.table("conflict_declarations", *(sa.column(name) for name in names))
    for row in kept:
        bind.execute(sa.insert(table).values(dict(zip(names, row, strict=True))))
