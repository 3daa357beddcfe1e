"""Routes of official documents, signatures, absences and substitutes

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column(
            "reason",
            _one_of(
                (
                    "leave",
                    "illness",
                    "business_trip",
                    "other",
                ),
                "absencereason",
            ),
            nullable=False,
        ),
        sa.Column("recorded_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_absences_ended_by_needs_ended_at"),
        ),
        sa.CheckConstraint(
            "recorded_by IS NULL OR recorded_at IS NOT NULL",
            name=op.f("ck_absences_recorded_by_needs_recorded_at"),
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_absences_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["officers.id"], name=op.f("fk_absences_ended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_absences_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["officers.id"], name=op.f("fk_absences_recorded_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_officer_id_until_on", "absences", ["officer_id", "until_on"])

    op.create_table(
        "absence_substitutes",
        sa.Column("absence_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absences.id"], name=op.f("fk_absence_substitutes_absence_id_absences")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_absence_substitutes_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("absence_id", "place", name=op.f("pk_absence_substitutes")),
        sa.UniqueConstraint(
            "absence_id", "officer_id", name=op.f("uq_absence_substitutes_absence_id_officer_id")
        ),
    )
    op.create_index(
        op.f("ix_absence_substitutes_officer_id"), "absence_substitutes", ["officer_id"]
    )

    op.create_table(
        "route_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                (
                    "endorsement",
                    "mandatory_endorsement",
                    "signature",
                    "acquaintance",
                ),
                "stepkind",
            ),
            nullable=False,
        ),
        sa.Column(
            "capacity",
            _one_of(
                (
                    "author",
                    "secretary",
                    "member",
                    "chair",
                    "head",
                ),
                "stepcapacity",
            ),
            nullable=True,
        ),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            _one_of(
                (
                    "waiting",
                    "asked",
                    "done",
                    "returned",
                    "lapsed",
                    "reset",
                ),
                "stepstatus",
            ),
            nullable=False,
        ),
        sa.Column("asked_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("acted_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("acted_by", sa.Integer(), nullable=True),
        sa.Column("absence_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("created_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "acted_by IS NULL OR acted_at IS NOT NULL",
            name=op.f("ck_route_steps_acted_by_needs_acted_at"),
        ),
        sa.CheckConstraint(
            "created_by IS NULL OR created_at IS NOT NULL",
            name=op.f("ck_route_steps_created_by_needs_created_at"),
        ),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absences.id"], name=op.f("fk_route_steps_absence_id_absences")
        ),
        sa.ForeignKeyConstraint(
            ["acted_by"], ["officers.id"], name=op.f("fk_route_steps_acted_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["officers.id"], name=op.f("fk_route_steps_created_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_documents.id"],
            name=op.f("fk_route_steps_document_id_official_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_route_steps_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_files.sha256"], name=op.f("fk_route_steps_sha256_stored_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_steps")),
    )
    op.create_index("ix_route_steps_document_id_round", "route_steps", ["document_id", "round"])
    op.create_index("ix_route_steps_officer_id_status", "route_steps", ["officer_id", "status"])

    op.create_table(
        "document_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column(
            "level",
            _one_of(
                (
                    "simple",
                    "wet_ink",
                    "qualified",
                ),
                "signaturelevel",
            ),
            nullable=False,
        ),
        sa.Column("scan_sha256", sa.Text(), nullable=True),
        sa.Column("scan_name", sa.Text(), nullable=True),
        sa.Column("detached", sa.LargeBinary(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("signed_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "signed_by IS NULL OR signed_at IS NOT NULL",
            name=op.f("ck_document_signatures_signed_by_needs_signed_at"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_documents.id"],
            name=op.f("fk_document_signatures_document_id_official_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["scan_sha256"],
            ["stored_files.sha256"],
            name=op.f("fk_document_signatures_scan_sha256_stored_files"),
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["stored_files.sha256"],
            name=op.f("fk_document_signatures_sha256_stored_files"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["officers.id"], name=op.f("fk_document_signatures_signed_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["route_steps.id"], name=op.f("fk_document_signatures_step_id_route_steps")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_signatures")),
        sa.UniqueConstraint("step_id", name=op.f("uq_document_signatures_step_id")),
    )
    op.create_index(
        op.f("ix_document_signatures_document_id"), "document_signatures", ["document_id"]
    )


def downgrade() -> None:
    for table in ("document_signatures", "route_steps", "absence_substitutes", "absences"):
        op.drop_table(table)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
