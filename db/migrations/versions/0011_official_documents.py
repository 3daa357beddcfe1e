"""Official documents and their files

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FORMATS = ("pdf", "docx", "jpg", "png", "csv")
KINDS = ("minutes", "letter", "order", "other")
STATUSES = ("draft", "in_route", "returned", "signed", "void")


def upgrade() -> None:
    op.create_table(
        "stored_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("format", _one_of(FORMATS, "fileformat"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_created("stored_files"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_files")),
    )
    op.create_table(
        "official_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(KINDS, "officialdocumentkind"), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("status", _one_of(STATUSES, "officialdocumentstatus"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_created("official_documents"),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("official_documents", "session_id", "commission_sessions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_documents")),
        sa.UniqueConstraint("number", name=op.f("uq_official_documents_number")),
    )
    for column in ("kind", "session_id", "status"):
        op.create_index(op.f(f"ix_official_documents_{column}"), "official_documents", [column])
    op.create_table(
        "official_document_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", _one_of(FORMATS, "fileformat"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("is_principal", sa.Boolean(), nullable=False),
        *_created("official_document_files"),
        _key("official_document_files", "document_id", "official_documents.id"),
        _key("official_document_files", "sha256", "stored_files.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_document_files")),
        sa.UniqueConstraint(
            "document_id",
            "revision",
            "language",
            "format",
            name=op.f("uq_official_document_files_document_id_revision_language_format"),
        ),
    )
    op.create_index(
        op.f("ix_official_document_files_sha256"), "official_document_files", ["sha256"]
    )


def _created(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("created_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "created_by IS NULL OR created_at IS NOT NULL",
            name=op.f(f"ck_{table}_created_by_needs_created_at"),
        ),
        _key(table, "created_by", "officers.id"),
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)


def downgrade() -> None:
    op.drop_table("official_document_files")
    op.drop_table("official_documents")
    op.drop_table("stored_files")
