"""Letters: divisions, distribution, resolutions, deadlines, readers

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departments",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ka", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("is_registry", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["head_id"], ["officers.id"], name=op.f("fk_departments_head_id_officers")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_departments")),
    )
    op.create_table(
        "department_members",
        sa.Column("department_code", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_code"],
            ["departments.code"],
            name=op.f("fk_department_members_department_code_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_department_members_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint(
            "department_code", "officer_id", name=op.f("pk_department_members")
        ),
    )
    op.create_index(op.f("ix_department_members_officer_id"), "department_members", ["officer_id"])
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            _one_of(
                ("incoming", "outgoing", "internal"),
                "letterdirection",
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            _one_of(
                ("letter", "statement", "complaint", "public_information", "personal_data", "memo"),
                "letterkind",
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("their_number", sa.Text(), nullable=True),
        sa.Column("their_date", sa.Date(), nullable=True),
        sa.Column(
            "channel",
            _one_of(
                ("email", "post", "by_hand", "exchange"),
                "letterchannel",
            ),
            nullable=True,
        ),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            _one_of(
                (
                    "draft",
                    "registered",
                    "distributed",
                    "in_progress",
                    "done",
                    "returned",
                    "closed",
                    "void",
                ),
                "letterstatus",
            ),
            nullable=False,
        ),
        sa.Column("vacancy_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("candidacy_id", sa.Integer(), nullable=True),
        sa.Column("reply_to_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("created_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("registered_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("registered_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_by IS NULL OR closed_at IS NOT NULL",
            name=op.f("ck_letters_closed_by_needs_closed_at"),
        ),
        sa.CheckConstraint(
            "registered_by IS NULL OR registered_at IS NOT NULL",
            name=op.f("ck_letters_registered_by_needs_registered_at"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR voided_at IS NOT NULL",
            name=op.f("ck_letters_voided_by_needs_voided_at"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacies.id"], name=op.f("fk_letters_candidacy_id_candidacies")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["officers.id"], name=op.f("fk_letters_closed_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["officers.id"], name=op.f("fk_letters_created_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["official_documents.id"],
            name=op.f("fk_letters_document_id_official_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["officers.id"], name=op.f("fk_letters_registered_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["reply_to_id"], ["letters.id"], name=op.f("fk_letters_reply_to_id_letters")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["commission_sessions.id"],
            name=op.f("fk_letters_session_id_commission_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_letters_vacancy_id_vacancies")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by"], ["officers.id"], name=op.f("fk_letters_voided_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint(
            "direction", "year", "serial", name=op.f("uq_letters_direction_year_serial")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_letters_number")),
    )
    op.create_index(op.f("ix_letters_candidacy_id"), "letters", ["candidacy_id"])
    op.create_index(op.f("ix_letters_created_by"), "letters", ["created_by"])
    op.create_index(op.f("ix_letters_dated_on"), "letters", ["dated_on"])
    op.create_index(op.f("ix_letters_document_id"), "letters", ["document_id"])
    op.create_index(op.f("ix_letters_reply_to_id"), "letters", ["reply_to_id"])
    op.create_index(op.f("ix_letters_session_id"), "letters", ["session_id"])
    op.create_index("ix_letters_status_due_on", "letters", ["status", "due_on"])
    op.create_index(op.f("ix_letters_vacancy_id"), "letters", ["vacancy_id"])
    op.create_table(
        "letter_departments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("department_code", sa.Text(), nullable=False),
        sa.Column("distributed_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("distributed_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "distributed_by IS NULL OR distributed_at IS NOT NULL",
            name=op.f("ck_letter_departments_distributed_by_needs_distributed_at"),
        ),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_letter_departments_ended_by_needs_ended_at"),
        ),
        sa.ForeignKeyConstraint(
            ["department_code"],
            ["departments.code"],
            name=op.f("fk_letter_departments_department_code_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["distributed_by"],
            ["officers.id"],
            name=op.f("fk_letter_departments_distributed_by_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["officers.id"], name=op.f("fk_letter_departments_ended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_departments_letter_id_letters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_departments")),
    )
    op.create_index(
        op.f("ix_letter_departments_department_code"), "letter_departments", ["department_code"]
    )
    op.create_index(op.f("ix_letter_departments_letter_id"), "letter_departments", ["letter_id"])
    op.create_table(
        "letter_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            _one_of(
                (
                    "drafted",
                    "registered",
                    "corrected",
                    "attached",
                    "distributed",
                    "assigned",
                    "reassigned",
                    "returned",
                    "resolved",
                    "extension_asked",
                    "extension_approved",
                    "extension_refused",
                    "reported",
                    "report_returned",
                    "accepted",
                    "resolution_cancelled",
                    "acquaintance_asked",
                    "acquainted",
                    "sent_for_endorsement",
                    "closed",
                    "voided",
                ),
                "letterstep",
            ),
            nullable=False,
        ),
        sa.Column("department_code", sa.Text(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("happened_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("happened_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "happened_by IS NULL OR happened_at IS NOT NULL",
            name=op.f("ck_letter_events_happened_by_needs_happened_at"),
        ),
        sa.ForeignKeyConstraint(
            ["department_code"],
            ["departments.code"],
            name=op.f("fk_letter_events_department_code_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["happened_by"], ["officers.id"], name=op.f("fk_letter_events_happened_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_events_letter_id_letters")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_letter_events_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_events")),
    )
    op.create_index(op.f("ix_letter_events_letter_id"), "letter_events", ["letter_id"])
    op.create_table(
        "letter_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attached_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("attached_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "attached_by IS NULL OR attached_at IS NOT NULL",
            name=op.f("ck_letter_files_attached_by_needs_attached_at"),
        ),
        sa.ForeignKeyConstraint(
            ["attached_by"], ["officers.id"], name=op.f("fk_letter_files_attached_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_files_letter_id_letters")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_files.sha256"], name=op.f("fk_letter_files_sha256_stored_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_files")),
        sa.UniqueConstraint("letter_id", "sha256", name=op.f("uq_letter_files_letter_id_sha256")),
    )
    op.create_index(op.f("ix_letter_files_sha256"), "letter_files", ["sha256"])
    op.create_table(
        "letter_readers",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("first_opened_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_opened_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("asked_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("acquainted_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "asked_by IS NULL OR asked_at IS NOT NULL",
            name=op.f("ck_letter_readers_asked_by_needs_asked_at"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["officers.id"], name=op.f("fk_letter_readers_asked_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_readers_letter_id_letters")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_letter_readers_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("letter_id", "officer_id", name=op.f("pk_letter_readers")),
    )
    op.create_index(op.f("ix_letter_readers_officer_id"), "letter_readers", ["officer_id"])
    op.create_table(
        "letter_specialists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("department_code", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "assigned_by IS NULL OR assigned_at IS NOT NULL",
            name=op.f("ck_letter_specialists_assigned_by_needs_assigned_at"),
        ),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_letter_specialists_ended_by_needs_ended_at"),
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by"],
            ["officers.id"],
            name=op.f("fk_letter_specialists_assigned_by_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["department_code"],
            ["departments.code"],
            name=op.f("fk_letter_specialists_department_code_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["officers.id"], name=op.f("fk_letter_specialists_ended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_specialists_letter_id_letters")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_letter_specialists_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_specialists")),
    )
    op.create_index(op.f("ix_letter_specialists_letter_id"), "letter_specialists", ["letter_id"])
    op.create_index(
        "ix_letter_specialists_officer_id_ended_at",
        "letter_specialists",
        ["officer_id", "ended_at"],
    )
    op.create_table(
        "resolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_controlled", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            _one_of(
                ("open", "reported", "done", "cancelled"),
                "resolutionstatus",
            ),
            nullable=False,
        ),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("resolved_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("reported_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reported_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_resolutions_ended_by_needs_ended_at"),
        ),
        sa.CheckConstraint(
            "reported_by IS NULL OR reported_at IS NOT NULL",
            name=op.f("ck_resolutions_reported_by_needs_reported_at"),
        ),
        sa.CheckConstraint(
            "resolved_by IS NULL OR resolved_at IS NOT NULL",
            name=op.f("ck_resolutions_resolved_by_needs_resolved_at"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["officers.id"], name=op.f("fk_resolutions_ended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_resolutions_letter_id_letters")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["officers.id"], name=op.f("fk_resolutions_reported_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["officers.id"], name=op.f("fk_resolutions_resolved_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolutions")),
    )
    op.create_index(op.f("ix_resolutions_letter_id"), "resolutions", ["letter_id"])
    op.create_index(op.f("ix_resolutions_resolved_by"), "resolutions", ["resolved_by"])
    op.create_index("ix_resolutions_status_due_on", "resolutions", ["status", "due_on"])
    op.create_table(
        "deadline_extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "status",
            _one_of(
                ("asked", "approved", "refused"),
                "extensionstatus",
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("asked_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_at IS NOT NULL",
            name=op.f("ck_deadline_extensions_answered_by_needs_answered_at"),
        ),
        sa.CheckConstraint(
            "asked_by IS NULL OR asked_at IS NOT NULL",
            name=op.f("ck_deadline_extensions_asked_by_needs_asked_at"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["officers.id"],
            name=op.f("fk_deadline_extensions_answered_by_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["officers.id"], name=op.f("fk_deadline_extensions_asked_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolutions.id"],
            name=op.f("fk_deadline_extensions_resolution_id_resolutions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extensions")),
    )
    op.create_index(
        op.f("ix_deadline_extensions_resolution_id"), "deadline_extensions", ["resolution_id"]
    )
    op.create_table(
        "resolution_executors",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("is_responsible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officers.id"],
            name=op.f("fk_resolution_executors_officer_id_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolutions.id"],
            name=op.f("fk_resolution_executors_resolution_id_resolutions"),
        ),
        sa.PrimaryKeyConstraint(
            "resolution_id", "officer_id", name=op.f("pk_resolution_executors")
        ),
    )
    op.create_index(
        op.f("ix_resolution_executors_officer_id"), "resolution_executors", ["officer_id"]
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table("resolution_executors")
    op.drop_table("deadline_extensions")
    op.drop_table("resolutions")
    op.drop_table("letter_specialists")
    op.drop_table("letter_readers")
    op.drop_table("letter_files")
    op.drop_table("letter_events")
    op.drop_table("letter_departments")
    op.drop_table("letters")
    op.drop_table("department_members")
    op.drop_table("departments")
