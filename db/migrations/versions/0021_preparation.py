"""Before departure: orientation with quiz and certificate, files for visas and permits

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.guards import FIXED

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REFUSALS = (
    "paper_missing",
    "paper_invalid",
    "conditions",
    "quota",
    "entry_ban",
    "earlier_stay",
    "stay_too_long",
    "return_doubted",
    "employer_withdrew",
    "not_stated",
    "other",
)


def upgrade() -> None:
    _sessions()
    _places()
    _permits()


def _sessions() -> None:
    table = "orientation_sessions"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        _text("number", nullable=False),
        _choice("status", ("planned", "held", "cancelled"), "orientationstatus"),
        _text("country"),
        _text("language", nullable=False),
        _choice("mode", ("on_site", "online"), "orientationmode"),
        _text("place", nullable=False),
        _text("trainer", nullable=False),
        _moment("starts_at"),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("curriculum_from", sa.Date(), nullable=False),
        _day("held_on"),
        _text("cancel_reason"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_who(table, "created", "updated"),
        sa.CheckConstraint("capacity > 0", name=op.f(f"ck_{table}_capacity_above_zero")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("number", name=op.f(f"uq_{table}_number")),
    )
    for column in ("status", "starts_at"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _places() -> None:
    table = "orientation_places"
    states = ("invited", "attended", "absent", "taken_off")
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        _choice("attendance", states, "attendance"),
        *_who(table, "created"),
        *_who(table, "marked", nullable=True),
        _key(table, "session_id", "orientation_sessions.id"),
        _key(table, "candidacy_id", "candidacies.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "session_id", "candidacy_id", name=op.f(f"uq_{table}_session_id_candidacy_id")
        ),
    )
    op.create_index(op.f(f"ix_{table}_candidacy_id"), table, ["candidacy_id"])
    table = "orientation_quizzes"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("questions_from", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        *_who(table, "recorded"),
        _key(table, "place_id", "orientation_places.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("place_id", "attempt", name=op.f(f"uq_{table}_place_id_attempt")),
    )
    _never_changed(table)
    table = "orientation_certificates"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        _text("number", nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        _text("code", nullable=False),
        _text("record_sha256", nullable=False),
        _text("file_sha256", nullable=False),
        *_who(table, "issued"),
        _key(table, "place_id", "orientation_places.id"),
        _key(table, "candidacy_id", "candidacies.id"),
        _key(table, "file_sha256", "stored_files.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))
            for column in ("number", "place_id", "candidacy_id", "code")
        ),
    )
    op.create_index(op.f(f"ix_{table}_file_sha256"), table, ["file_sha256"])
    _never_changed(table)


def _permits() -> None:
    table = "permit_files"
    statuses = ("preparing", "submitted", "granted", "refused", "cancelled")
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        _text("country", nullable=False),
        sa.Column("pack_from", sa.Date(), nullable=False),
        _choice("status", statuses, "permitstatus"),
        _day("submitted_on"),
        _text("reference_number"),
        _day("decided_on"),
        _text("permit_number"),
        _day("valid_from"),
        _day("valid_until"),
        _choice("refusal", REFUSALS, "permitrefusal", nullable=True),
        _text("refusal_text"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_who(table, "created", "updated"),
        _key(table, "candidacy_id", "candidacies.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("candidacy_id", name=op.f(f"uq_{table}_candidacy_id")),
    )
    for column in ("country", "status"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    table = "permit_papers"
    states = ("missing", "asked", "received", "checked", "unfit")
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("permit_file_id", sa.Integer(), nullable=False),
        _text("code", nullable=False),
        _choice("state", states, "permitpaperstate"),
        _text("number"),
        _day("issued_on"),
        _day("valid_until"),
        _text("note"),
        _text("file_sha256"),
        _text("file_name"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_who(table, "updated"),
        _key(table, "permit_file_id", "permit_files.id"),
        _key(table, "file_sha256", "stored_files.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("permit_file_id", "code", name=op.f(f"uq_{table}_permit_file_id_code")),
    )
    op.create_index(op.f(f"ix_{table}_file_sha256"), table, ["file_sha256"])


def _choice(
    column: str, values: tuple[str, ...], name: str, *, nullable: bool = False
) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=nullable)


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=True)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, db.types.UtcDateTime(timezone=True), nullable=nullable)


def _who(table: str, *verbs: str, nullable: bool = False) -> list[object]:
    parts: list[object] = []
    for verb in verbs:
        parts += [
            _moment(f"{verb}_at", nullable=nullable),
            sa.Column(f"{verb}_by", sa.Integer(), nullable=True),
            _key(table, f"{verb}_by", "officers.id"),
            sa.CheckConstraint(
                f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
                name=op.f(f"ck_{table}_{verb}_by_needs_{verb}_at"),
            ),
        ]
    return parts


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.split(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{other}"))


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
    for table in (
        "permit_papers",
        "permit_files",
        "orientation_certificates",
        "orientation_quizzes",
        "orientation_places",
        "orientation_sessions",
    ):
        op.drop_table(table)
