"""English CVs: texts, sign-offs, and what was sent, which never changes

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.checks import allow_values
from db.migrations.guards import FIXED

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

FORMER = ("pdf", "docx", "jpg", "png", "csv")
FORMATS = (*FORMER, "json", "zip")
WITH_FORMAT = ("stored_files", "official_document_files", "published_extract_files")
STATUSES = ("draft", "in_review", "final")
SIGNERS = ("translator", "candidate")
CHANNELS = ("screen", "link", "phone", "in_person")
LEVELS = ("full", "no_contacts", "anonymous")
FIXED_TABLES = ("cv_signoffs", "frozen_cvs", "frozen_cv_files")


def upgrade() -> None:
    for table in WITH_FORMAT:
        allow_values(table, "fileformat", "format", FORMATS)
    _living()
    _signoffs()
    _frozen()
    for table in FIXED_TABLES:
        _never_changed(table)


def _living() -> None:
    op.create_table(
        "cvs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("status", _one_of(STATUSES, "cvstatus"), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("given_names", sa.Text(), nullable=True),
        sa.Column("surname", sa.Text(), nullable=True),
        *_done("cvs", "name_confirmed", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_done("cvs", "created"),
        _key("cvs", "jobseeker_id", "jobseekers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cvs")),
        sa.UniqueConstraint("jobseeker_id", name=op.f("uq_cvs_jobseeker_id")),
    )
    op.create_table(
        "cv_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cv_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source_ka", sa.Text(), nullable=True),
        sa.Column("english", sa.Text(), nullable=True),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        *_done("cv_texts", "written"),
        _key("cv_texts", "cv_id", "cvs.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_texts")),
        sa.UniqueConstraint("cv_id", "place", name=op.f("uq_cv_texts_cv_id_place")),
    )


def _signoffs() -> None:
    op.create_table(
        "cv_signoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cv_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("signer", _one_of(SIGNERS, "cvsigner"), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("channel", _one_of(CHANNELS, "cvsignoffchannel"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        *_done("cv_signoffs", "signed"),
        _key("cv_signoffs", "cv_id", "cvs.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_signoffs")),
    )
    op.create_index(op.f("ix_cv_signoffs_cv_id"), "cv_signoffs", ["cv_id"])


def _frozen() -> None:
    op.create_table(
        "frozen_cvs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cv_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("level", _one_of(LEVELS, "cvlevel"), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("translator_signoff_id", sa.Integer(), nullable=False),
        sa.Column("candidate_signoff_id", sa.Integer(), nullable=False),
        *_done("frozen_cvs", "frozen"),
        _key("frozen_cvs", "cv_id", "cvs.id"),
        _key("frozen_cvs", "candidacy_id", "candidacies.id"),
        _key("frozen_cvs", "translator_signoff_id", "cv_signoffs.id"),
        _key("frozen_cvs", "candidate_signoff_id", "cv_signoffs.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_cvs")),
    )
    for column in ("cv_id", "candidacy_id"):
        op.create_index(op.f(f"ix_frozen_cvs_{column}"), "frozen_cvs", [column])
    op.create_table(
        "frozen_cv_files",
        sa.Column("frozen_cv_id", sa.Integer(), nullable=False),
        sa.Column("format", _one_of(FORMATS, "fileformat"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        _key("frozen_cv_files", "frozen_cv_id", "frozen_cvs.id"),
        _key("frozen_cv_files", "sha256", "stored_files.sha256"),
        sa.PrimaryKeyConstraint("frozen_cv_id", "format", name=op.f("pk_frozen_cv_files")),
    )
    op.create_index(op.f("ix_frozen_cv_files_sha256"), "frozen_cv_files", ["sha256"])


def _done(
    table: str, verb: str, *, nullable: bool = False
) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column(f"{verb}_at", db.types.UtcDateTime(timezone=True), nullable=nullable),
        sa.Column(f"{verb}_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
            name=op.f(f"ck_{table}_{verb}_by_needs_{verb}_at"),
        ),
        _key(table, f"{verb}_by", "officers.id"),
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


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
    for table in ("frozen_cv_files", "frozen_cvs", "cv_signoffs", "cv_texts", "cvs"):
        op.drop_table(table)
    for table in WITH_FORMAT:
        allow_values(table, "fileformat", "format", FORMER)
