"""What revisions of official documents were made from, and published extracts of sessions

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FORMATS = ("pdf", "docx", "jpg", "png", "csv")


def upgrade() -> None:
    op.create_table(
        "official_document_revisions",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        *_who_and_when("official_document_revisions", "created"),
        _key("official_document_revisions", "document_id", "official_documents.id"),
        sa.PrimaryKeyConstraint(
            "document_id", "revision", name=op.f("pk_official_document_revisions")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_official_document_revisions_code")),
    )
    op.create_table(
        "published_extracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        *_who_and_when("published_extracts", "published"),
        *_who_and_when("published_extracts", "withdrawn", nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        _key("published_extracts", "session_id", "commission_sessions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_extracts")),
        sa.UniqueConstraint(
            "session_id", "edition", name=op.f("uq_published_extracts_session_id_edition")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_published_extracts_code")),
    )
    op.create_table(
        "published_extract_files",
        sa.Column("extract_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", _one_of(FORMATS, "fileformat"), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        _key("published_extract_files", "extract_id", "published_extracts.id"),
        _key("published_extract_files", "sha256", "stored_files.sha256"),
        sa.PrimaryKeyConstraint(
            "extract_id", "language", "format", name=op.f("pk_published_extract_files")
        ),
    )
    op.create_index(
        op.f("ix_published_extract_files_sha256"), "published_extract_files", ["sha256"]
    )


def _who_and_when(
    table: str, verb: str, *, nullable: bool = False
) -> tuple[sa.Column | sa.Constraint, ...]:
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


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)


def downgrade() -> None:
    op.drop_table("published_extract_files")
    op.drop_table("published_extracts")
    op.drop_table("official_document_revisions")
